/** Hides how the secret addresses of calendars are kept: one per person and calendar, by the hash of its secret; no record. */
import { and, asc, eq, lt, isNull, or } from 'drizzle-orm'
import type { Store } from '@/db/store'

export interface CalendarFeed {
  readonly id: string
  readonly personId: string
  /** `mine`, or the id of a series. */
  readonly about: string
  readonly hash: string
  readonly createdAt: Date
  readonly usedAt: Date | null
}

/** Keeps an address in the place of the one before, which is gone with it. */
export async function keepFeed(store: Store, feed: Omit<CalendarFeed, 'usedAt'>): Promise<void> {
  const { calendarFeed: t } = store.t
  const row = { ...feed, usedAt: null }
  await store.db.insert(t).values(row).onConflictDoUpdate({ target: [t.personId, t.about], set: row }).returning({ id: t.id })
}

/** Takes an address away. Out: whether there was one. */
export async function dropFeed(store: Store, personId: string, id: string): Promise<boolean> {
  const { calendarFeed: t } = store.t
  return (await store.db.delete(t).where(and(eq(t.personId, personId), eq(t.id, id))).returning({ id: t.id })).length > 0
}

export async function findFeed(store: Store, id: string): Promise<CalendarFeed | null> {
  const { calendarFeed: t } = store.t
  const [row] = await store.db.select().from(t).where(eq(t.id, id))
  return row ?? null
}

export async function feedsOf(store: Store, personId: string): Promise<readonly CalendarFeed[]> {
  const { calendarFeed: t } = store.t
  return store.db.select().from(t).where(eq(t.personId, personId)).orderBy(asc(t.createdAt))
}

/** Notes that a calendar asked, unless that was noted since. */
export async function stampFeed(store: Store, id: string, at: Date, unlessSince: Date): Promise<void> {
  const { calendarFeed: t } = store.t
  await store.db.update(t).set({ usedAt: at }).where(and(eq(t.id, id), or(isNull(t.usedAt), lt(t.usedAt, unlessSince)))).returning({ id: t.id })
}
