/** Hides the daily record of live versions, and when their items were evaluated. */
import { and, desc, eq, gte, inArray, lt } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { type Write, write } from '@/db/write'
import type { DayCount } from '@/lib/domain/live/day'

/** How far the record of a live version is counted: its newest day; null before the first. */
export async function lastDay(store: Store, liveId: string): Promise<(DayCount & { readonly upTo: Date }) | null> {
  const { liveDay } = store.t
  const [row] = await store.db.select().from(liveDay).where(eq(liveDay.liveId, liveId)).orderBy(desc(liveDay.day)).limit(1)
  return row ?? null
}

/** The days of some live versions from a day on (YYYY-MM-DD), by live id. */
export async function daysOf(store: Store, liveIds: readonly string[], fromDay: string): Promise<ReadonlyMap<string, readonly DayCount[]>> {
  const found = new Map<string, DayCount[]>()
  if (liveIds.length === 0) return found
  const { liveDay } = store.t
  const rows = await store.db.select().from(liveDay).where(and(inArray(liveDay.liveId, [...liveIds]), gte(liveDay.day, fromDay)))
  for (const { liveId, day, goodMinutes, badMinutes, unknownMinutes } of rows) found.set(liveId, [...(found.get(liveId) ?? []), { day, goodMinutes, badMinutes, unknownMinutes }])
  return found
}

/** The write of one day, counted up to an instant. `seen`: up to where it was counted before; another count meanwhile makes it a conflict. */
export function dayWrite(liveId: string, count: DayCount, upTo: Date, seen: Date | null): Write {
  const { goodMinutes, badMinutes, unknownMinutes } = count
  const row = { id: `${liveId} ${count.day}`, liveId, day: count.day, goodMinutes, badMinutes, unknownMinutes, upTo }
  if (seen === null) return write((tx, { liveDay }) => tx.insert(liveDay).values(row).onConflictDoNothing().returning({ id: liveDay.id }))
  return write((tx, { liveDay }) => tx.update(liveDay).set({ goodMinutes, badMinutes, unknownMinutes, upTo }).where(and(eq(liveDay.id, row.id), eq(liveDay.upTo, seen))).returning({ id: liveDay.id }))
}

/** When the items of an owner were evaluated in a span (unix ms). Item by item, because that is how the table is ordered. */
export async function evaluationTimes(store: Store, ownerId: string, itemIds: readonly string[], from: Date, to: Date): Promise<readonly number[]> {
  const { evaluation } = store.t
  const found = await Promise.all(itemIds.map((itemId) => store.db.select({ at: evaluation.at }).from(evaluation)
    .where(and(eq(evaluation.ownerId, ownerId), eq(evaluation.itemId, itemId), gte(evaluation.at, from), lt(evaluation.at, to)))))
  return found.flat().map((row) => row.at.getTime())
}
