/** Hides the bounded list of alerts that came in, with what became of each: no record, only what an admin looks at when something did not match. */
import { desc, inArray } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { type Write, write } from '@/db/write'

/** How many are kept. */
export const KEPT_INBOUND = 300

export type InboundAlert = Store['t']['inboundAlert']['$inferSelect']

/** The write that notes an alert, over the note that the same firing had. */
export function inboundWrite(row: InboundAlert): Write {
  const { receivedAt, isMatched, body } = row
  return write((tx, { inboundAlert }) => tx.insert(inboundAlert).values(row).onConflictDoUpdate({ target: inboundAlert.id, set: { receivedAt, isMatched, body } }).returning({ id: inboundAlert.id }))
}

/** The newest alerts that came in. */
export async function inboundAlerts(store: Store, limit: number): Promise<readonly InboundAlert[]> {
  const { inboundAlert } = store.t
  return store.db.select().from(inboundAlert).orderBy(desc(inboundAlert.receivedAt), desc(inboundAlert.id)).limit(limit)
}

/** Forgets all but the newest. */
export async function forgetInbound(store: Store): Promise<void> {
  const { inboundAlert } = store.t
  const old = await store.db.select({ id: inboundAlert.id }).from(inboundAlert).orderBy(desc(inboundAlert.receivedAt), desc(inboundAlert.id)).limit(1000).offset(KEPT_INBOUND)
  if (old.length > 0) await store.db.delete(inboundAlert).where(inArray(inboundAlert.id, old.map((row) => row.id))).returning({ id: inboundAlert.id })
}
