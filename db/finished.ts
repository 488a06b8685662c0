/** Reads of finished releases: those of a period, and those on which a forecast rests. */
import { and, asc, count, desc, eq, exists, gt, gte, isNotNull, lt, max, min, or } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { OUTCOMES, type FinishedBody, type FinishedRelease } from '@/lib/domain/flow/finished'
import { TIERS } from '@/lib/domain/template/template'

/** The column holds what `finishedWrites` put there; the compiler cannot know it. */
function isBody(value: unknown): value is FinishedBody {
  return typeof value === 'object' && value !== null && 'waits' in value && 'gates' in value && 'progress' in value
}

type Row = Store['t']['finishedRow']['$inferSelect']

function finished(row: Row): readonly FinishedRelease[] {
  const outcome = OUTCOMES.find((one) => one === row.outcome)
  const risk = TIERS.find((one) => one === row.risk)
  if (!outcome || !risk || !isBody(row.body)) return []
  return [{ ...row, outcome, risk, body: row.body, openedAt: row.openedAt.getTime(), goAt: row.goAt?.getTime() ?? null, stableAt: row.stableAt?.getTime() ?? null, finishedAt: row.finishedAt.getTime() }]
}

export interface FinishedFilter {
  readonly from: Date | null
  readonly to: Date | null
  readonly modelId: string | null
  readonly environmentId: string | null
  readonly risk: string | null
}

/** Rows that are read at once; a page takes a few milliseconds. */
const PAGE = 100

function within(t: Store['t']['finishedRow'], { from, to, modelId, environmentId, risk }: FinishedFilter) {
  return and(
    from ? gte(t.finishedAt, from) : undefined, to ? lt(t.finishedAt, to) : undefined, modelId ? eq(t.modelId, modelId) : undefined,
    environmentId ? eq(t.environmentId, environmentId) : undefined, risk ? eq(t.risk, risk) : undefined,
  )
}

/** Releases that finished from one instant on and before another, oldest first, in pages. */
export async function* finishedPages(store: Store, filter: FinishedFilter): AsyncGenerator<readonly FinishedRelease[]> {
  const { finishedRow: t } = store.t
  for (let last: Row | undefined; ;) {
    const after = last && or(gt(t.finishedAt, last.finishedAt), and(eq(t.finishedAt, last.finishedAt), gt(t.releaseId, last.releaseId)))
    const rows: readonly Row[] = await store.db.select().from(t).where(and(within(t, filter), after)).orderBy(asc(t.finishedAt), asc(t.releaseId)).limit(PAGE)
    if (rows.length > 0) yield rows.flatMap(finished)
    if (rows.length < PAGE) return
    last = rows.at(-1)
  }
}

/** How many there are, and what they reach over in ms; the range is `null` of none. */
export async function finishedRange(store: Store, filter: FinishedFilter): Promise<{ readonly count: number; readonly range: { readonly from: number; readonly to: number } | null; readonly first: number | null }> {
  const { finishedRow: t } = store.t
  const [row] = await store.db.select({ count: count(), from: min(t.openedAt), first: min(t.finishedAt), to: max(t.finishedAt) }).from(t).where(within(t, filter))
  return { count: row?.count ?? 0, range: row?.from && row.to ? { from: row.from.getTime(), to: row.to.getTime() } : null, first: row?.first?.getTime() ?? null }
}

/** Whether anything was recorded after an entry of the log about releases that are finished now; one that moves again shows in how many there are. */
export async function isFinishedTouched(store: Store, after: number): Promise<boolean> {
  const { finishedRow: t, logEntry: l } = store.t
  const rows = await store.db.select({ seq: l.seq }).from(l)
    .where(and(gt(l.seq, after), eq(l.kind, 'release'), exists(store.db.select({ id: t.releaseId }).from(t).where(eq(t.releaseId, l.aggregateId))))).limit(1)
  return rows.length > 0
}

/** The newest finished releases that had a go, by the instant of their go, newest first. */
export async function finishedWithGo(store: Store, most: number): Promise<readonly FinishedRelease[]> {
  const { finishedRow: t } = store.t
  const rows = await store.db.select().from(t).where(isNotNull(t.goAt)).orderBy(desc(t.goAt), t.releaseId).limit(most)
  return rows.flatMap(finished)
}

/** How many finished releases had a go. */
export async function countWithGo(store: Store): Promise<number> {
  const { finishedRow: t } = store.t
  const [row] = await store.db.select({ count: count() }).from(t).where(isNotNull(t.goAt))
  return row?.count ?? 0
}

/** Slugs of models and environments by id. */
export async function placeNames(store: Store): Promise<{ readonly models: ReadonlyMap<string, string>; readonly environments: ReadonlyMap<string, string> }> {
  const { modelRow, environmentRow } = store.t
  const [models, environments] = await Promise.all([
    store.db.select({ id: modelRow.id, slug: modelRow.slug }).from(modelRow), store.db.select({ id: environmentRow.id, slug: environmentRow.slug }).from(environmentRow),
  ])
  const named = (rows: readonly { readonly id: string; readonly slug: string }[]) => new Map(rows.map(({ id, slug }) => [id, slug]))
  return { models: named(models), environments: named(environments) }
}
