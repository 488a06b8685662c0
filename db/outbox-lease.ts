/** Hides how leases are given back by who could not use them, how those of a dead process are found at once, and what is forgotten. */
import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Delivery } from '@/db/outbox'
import type { Store } from '@/db/store'
import type { DeliveryState } from '@/db/tables/operations'

/**
 * At the start of the only process on the embedded database: whoever leased before is gone, so its deliveries are due now and not
 * when their leases end. Their attempts stay counted, because the last one may have arrived. Several replicas wait for the leases.
 */
export async function expireLeases(store: Store, now: Date): Promise<void> {
  if (store.dialect !== 'sqlite') return
  const { outbox } = store.t
  await store.db.update(outbox).set({ leaseUntil: now }).where(eq(outbox.state, 'leased')).returning({ id: outbox.id })
}

/** How many deliveries of each state some destinations have. */
export async function countDeliveries(store: Store, destinationIds: readonly string[]): Promise<ReadonlyMap<string, Readonly<Partial<Record<DeliveryState, number>>>>> {
  const { outbox } = store.t
  const counts = new Map<string, Partial<Record<DeliveryState, number>>>()
  if (destinationIds.length === 0) return counts
  const rows = await store.db
    .select({ id: outbox.destinationId, state: outbox.state, count: sql<number>`count(*)` })
    .from(outbox)
    .where(inArray(outbox.destinationId, [...destinationIds]))
    .groupBy(outbox.destinationId, outbox.state)
  for (const row of rows) if (row.id !== null) counts.set(row.id, { ...counts.get(row.id), [row.state]: Number(row.count) })
  return counts
}

/** Keeps a delivery for later without trying it, because its destination was switched off after it was written. */
export async function holdDelivery(store: Store, claimed: Delivery, reason: string): Promise<void> {
  const { outbox } = store.t
  await store.db
    .update(outbox)
    .set({ state: 'held', leaseOwner: null, leaseUntil: null, attempts: sql`${outbox.attempts} - 1`, lastError: reason })
    .where(and(eq(outbox.id, claimed.id), eq(outbox.state, 'leased'), eq(outbox.leaseOwner, claimed.leaseOwner ?? '')))
    .returning({ id: outbox.id })
}

/** Forgets what was delivered before an instant, with its attempts: the words of messages are kept no longer than they are looked at. */
export async function forgetDelivered(store: Store, before: Date): Promise<void> {
  const { outbox, deliveryAttempt } = store.t
  const gone = await store.db.delete(outbox).where(and(eq(outbox.state, 'delivered'), lt(outbox.deliveredAt, before))).returning({ id: outbox.id })
  for (let from = 0; from < gone.length; from += 500) {
    const ids = gone.slice(from, from + 500).map((row) => row.id)
    await store.db.delete(deliveryAttempt).where(inArray(deliveryAttempt.outboxId, ids)).returning({ id: deliveryAttempt.id })
  }
}
