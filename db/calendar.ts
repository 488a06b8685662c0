/** Hides how what stands in a calendar is found: check-ins of a time, releases with a target date and how often it was moved, and which releases a series means. */
import { and, asc, eq, gt, gte, inArray, like, lt, or } from 'drizzle-orm'
import type { CheckInRow } from '@/db/check-in-list'
import type { Store } from '@/db/store'

/** Check-ins that start between two instants (the second excluded), by their start. */
export async function checkInsBetween(store: Store, from: Date, to: Date, most: number): Promise<readonly CheckInRow[]> {
  const { checkInRow: t } = store.t
  return store.db.select({ id: t.id, state: t.state, startsAt: t.startsAt, closedAt: t.closedAt, body: t.body }).from(t)
    .where(and(gte(t.startsAt, from), lt(t.startsAt, to))).orderBy(asc(t.startsAt), asc(t.id)).limit(most)
}

/** Check-ins by id, those that exist. */
export async function checkInRowsOf(store: Store, ids: readonly string[]): Promise<readonly CheckInRow[]> {
  const { checkInRow: t } = store.t
  const found: CheckInRow[] = []
  for (let from = 0; from < ids.length; from += 500) {
    found.push(...(await store.db.select({ id: t.id, state: t.state, startsAt: t.startsAt, closedAt: t.closedAt, body: t.body }).from(t).where(inArray(t.id, ids.slice(from, from + 500)))))
  }
  return found
}

export interface MovingRelease {
  readonly id: string
  readonly code: string
  readonly modelId: string
  readonly phase: string
  readonly targetAt: Date | null
  readonly card: unknown
}

/** Releases in flight, by code. */
export async function movingReleases(store: Store): Promise<readonly MovingRelease[]> {
  const { releaseCard: r } = store.t
  return store.db.select({ id: r.releaseId, code: r.code, modelId: r.modelId, phase: r.phase, targetAt: r.targetAt, card: r.card }).from(r).where(eq(r.isInFlight, true)).orderBy(asc(r.code))
}

/** Releases that have ended since an instant, before the day that was their target. */
export async function endedBeforeTarget(store: Store, since: Date): Promise<readonly MovingRelease[]> {
  const { releaseCard: r } = store.t
  return store.db.select({ id: r.releaseId, code: r.code, modelId: r.modelId, phase: r.phase, targetAt: r.targetAt, card: r.card }).from(r)
    .where(and(eq(r.isInFlight, false), gte(r.closedAt, since), gt(r.targetAt, r.closedAt))).orderBy(asc(r.code))
}

/** How often what a calendar says of a release was changed, and when last. */
export interface TargetTurns {
  readonly count: number
  readonly at: Date
}

/** Reads from the log how often the target date, the candidate or the decision of each release was changed. In: ids. */
export async function targetTurns(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, TargetTurns>> {
  const { logEntry: t } = store.t
  const found = new Map<string, TargetTurns>()
  const isTurn = or(inArray(t.type, ['release-opened', 'candidate-replaced', 'decided']), and(eq(t.type, 'release-changed'), like(t.body, '%"part":"target"%')))
  for (let from = 0; from < ids.length; from += 500) {
    const rows = await store.db.select({ id: t.aggregateId, at: t.at }).from(t).where(and(eq(t.kind, 'release'), inArray(t.aggregateId, ids.slice(from, from + 500)), isTurn)).orderBy(asc(t.seq))
    for (const { id, at } of rows) found.set(id, { count: (found.get(id)?.count ?? -1) + 1, at })
  }
  return found
}

/** The same without their cards, for what is asked every half minute. */
export async function movingPhases(store: Store): Promise<readonly { readonly id: string; readonly modelId: string; readonly phase: string }[]> {
  const { releaseCard: r } = store.t
  return store.db.select({ id: r.releaseId, modelId: r.modelId, phase: r.phase }).from(r).where(eq(r.isInFlight, true)).orderBy(asc(r.releaseId))
}
