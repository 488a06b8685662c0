/** Hides how kept evaluations are read for people: a page of them by verdict, one of them, how many there are, thin points for a chart, and the turns that the log keeps for ever. */
import { and, asc, desc, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm'
import type { Evaluation } from '@/db/evaluation'
import { eventOf } from '@/db/log'
import type { Store } from '@/db/store'
import type { AggregateKind, DomainEvent } from '@/lib/domain/aggregate'
import type { Verdict } from '@/lib/domain/verdict/verdict'

/** A place in the list: everything older than this row follows. */
export interface EvaluationPlace {
  readonly at: Date
  readonly id: string
}

interface PageAsk {
  readonly verdicts: readonly Verdict[]
  readonly before: EvaluationPlace | null
  readonly most: number
}

function own({ t: { evaluation } }: Store, ownerId: string, itemId: string) {
  return and(eq(evaluation.ownerId, ownerId), eq(evaluation.itemId, itemId))
}

/** Evaluations of an item, newest first. In: verdicts to show (none: all), the place to page from, how many. */
export async function evaluationPage(store: Store, ownerId: string, itemId: string, { verdicts, before, most }: PageAsk): Promise<readonly Evaluation[]> {
  const { evaluation } = store.t
  const older = before === null ? undefined : or(lt(evaluation.at, before.at), and(eq(evaluation.at, before.at), lt(evaluation.id, before.id)))
  const ofVerdict = verdicts.length === 0 ? undefined : inArray(evaluation.verdict, [...verdicts])
  return store.db.select().from(evaluation).where(and(own(store, ownerId, itemId), older, ofVerdict)).orderBy(desc(evaluation.at), desc(evaluation.id)).limit(most)
}

/** One evaluation of an item; `null` when it was never kept, or is kept no more. */
export async function evaluationById(store: Store, ownerId: string, itemId: string, id: string): Promise<Evaluation | null> {
  const { evaluation } = store.t
  const [row] = await store.db.select().from(evaluation).where(and(own(store, ownerId, itemId), eq(evaluation.id, id))).limit(1)
  return row ?? null
}

/** The evaluation that followed a place in time; `null` for the newest. */
export async function evaluationAfter(store: Store, ownerId: string, itemId: string, place: EvaluationPlace): Promise<{ readonly id: string; readonly at: Date } | null> {
  const { evaluation } = store.t
  const newer = or(gt(evaluation.at, place.at), and(eq(evaluation.at, place.at), gt(evaluation.id, place.id)))
  const [row] = await store.db.select({ id: evaluation.id, at: evaluation.at }).from(evaluation).where(and(own(store, ownerId, itemId), newer)).orderBy(asc(evaluation.at), asc(evaluation.id)).limit(1)
  return row ?? null
}

export interface EvaluationTally {
  readonly counts: Readonly<Partial<Record<Verdict, number>>>
  readonly oldest: Date | null
}

/** How many evaluations of each verdict are kept, and since when. */
export async function evaluationTally(store: Store, ownerId: string, itemId: string): Promise<EvaluationTally> {
  const { evaluation } = store.t
  const rows = await store.db
    .select({ verdict: evaluation.verdict, count: sql<number>`count(*)`.mapWith(Number), oldest: sql`min(${evaluation.at})`.mapWith(evaluation.at) })
    .from(evaluation).where(own(store, ownerId, itemId)).groupBy(evaluation.verdict)
  const times = rows.map(({ oldest }) => oldest.getTime())
  return { counts: Object.fromEntries(rows.map(({ verdict, count }) => [verdict, count])), oldest: times.length === 0 ? null : new Date(Math.min(...times)) }
}

/** What a chart needs of one evaluation. */
export interface EvaluationPoint {
  readonly at: Date
  readonly verdict: Verdict
  readonly value: number | null
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/**
 * The newest points since an instant, oldest first. In: at most how many, and which number is wanted: the value, or what was held against the limit
 * (it lies in the body; only the number is taken out, since bodies are long).
 */
export async function evaluationPoints(store: Store, ownerId: string, itemId: string, since: Date, ask: { readonly of: 'value' | 'compared' | 'stable'; readonly most: number }): Promise<readonly EvaluationPoint[]> {
  const { evaluation } = store.t
  const inBody = ask.of === 'stable' ? 'stable' : 'compared'
  const number = ask.of === 'value' ? sql<unknown>`${evaluation.value}`
    : store.dialect === 'postgres' ? sql<unknown>`(${evaluation.body} ->> ${inBody})::double precision` : sql<unknown>`json_extract(${evaluation.body}, ${`$.${inBody}`})`
  // Ordered by time alone, which the index gives: two of one instant may change places in a chart.
  const rows = await store.db.select({ at: evaluation.at, verdict: evaluation.verdict, value: number }).from(evaluation)
    .where(and(own(store, ownerId, itemId), gte(evaluation.at, since))).orderBy(desc(evaluation.at)).limit(ask.most)
  return rows.map(({ at, verdict, value }) => ({ at, verdict, value: isNumber(value) ? value : null })).reverse()
}

/** A turn as the log keeps it: its place in the log, when it was written, and the event in today's shape. */
export interface LoggedTurn {
  readonly seq: number
  readonly at: Date
  readonly event: DomainEvent
}

/** Entries of some types of one aggregate, newest first, at most so many. */
export async function entriesOfTypes(store: Store, kind: AggregateKind, id: string, types: readonly string[], most: number): Promise<readonly LoggedTurn[]> {
  const { logEntry } = store.t
  const rows = await store.db.select({ seq: logEntry.seq, at: logEntry.at, body: logEntry.body }).from(logEntry)
    .where(and(eq(logEntry.kind, kind), eq(logEntry.aggregateId, id), inArray(logEntry.type, [...types]))).orderBy(desc(logEntry.seq)).limit(most)
  return rows.map(({ seq, at, body }) => ({ seq, at, event: eventOf(kind, body) }))
}
