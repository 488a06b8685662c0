/** Reads of open actions by when they are due, for reminders. */
import { and, asc, eq, gte, isNotNull, lte } from 'drizzle-orm'
import type { Store } from '@/db/store'
import type { ActionRow } from '@/db/work-list'

/** Open actions that are due between two instants, the first due first. In: how many at most. */
export async function actionsDue(store: Store, from: Date, to: Date, most: number): Promise<readonly ActionRow[]> {
  const { actionRow: t } = store.t
  return store.db.select({ id: t.id, body: t.body, releaseId: t.releaseId, checkInId: t.checkInId, liveId: t.liveId, ownerPersonId: t.ownerPersonId, team: t.team, dueAt: t.dueAt })
    .from(t).where(and(eq(t.state, 'open'), isNotNull(t.dueAt), gte(t.dueAt, from), lte(t.dueAt, to))).orderBy(asc(t.dueAt)).limit(most)
}

/** Ids of the releases in flight, in no order that means anything. */
export async function idsInFlight(store: Store): Promise<readonly string[]> {
  const { releaseCard: t } = store.t
  const rows = await store.db.select({ id: t.releaseId }).from(t).where(eq(t.isInFlight, true))
  return rows.map((row) => row.id)
}

/** Mentions since an instant, oldest first: whose, where. In: how many at most. */
export async function mentionsAfter(store: Store, since: Date, most: number): Promise<readonly { readonly id: string; readonly personId: string; readonly releaseId: string | null; readonly at: Date; readonly body: unknown }[]> {
  const { mentionRow: t } = store.t
  return store.db.select({ id: t.id, personId: t.personId, releaseId: t.releaseId, at: t.at, body: t.body }).from(t).where(gte(t.at, since)).orderBy(asc(t.at)).limit(most)
}
