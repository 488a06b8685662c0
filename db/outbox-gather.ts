/** Hides how messages that wait behind one are put into it, how one is put off, and how a clock that jumped back strands nothing. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Delivery } from '@/db/outbox'
import type { Store } from '@/db/store'
import { AggregateConflict, type Write, write } from '@/db/write'

const MOST = 200

/** What waits behind a delivery under its ordering key and was never tried, oldest first. */
export async function waitingBehind(store: Store, delivery: Delivery): Promise<readonly Delivery[]> {
  const { outbox } = store.t
  return store.db.select().from(outbox)
    .where(and(eq(outbox.orderingKey, delivery.orderingKey), gt(outbox.id, delivery.id), eq(outbox.state, 'pending'), eq(outbox.attempts, 0)))
    .orderBy(asc(outbox.id)).limit(MOST)
}

/** Puts others into a leased delivery: it says what they said, and they are gone. All or nothing. Out: false when somebody else was first with one of them. */
export async function absorbDeliveries(store: Store, claimed: Delivery, payload: unknown, ids: readonly string[]): Promise<boolean> {
  const said = write((tx, { outbox }) => tx.update(outbox).set({ payload })
    .where(and(eq(outbox.id, claimed.id), eq(outbox.state, 'leased'), eq(outbox.leaseOwner, claimed.leaseOwner ?? ''))).returning({ id: outbox.id }))
  const gone = write((tx, { outbox }) => tx.delete(outbox).where(and(inArray(outbox.id, [...ids]), eq(outbox.state, 'pending'), eq(outbox.attempts, 0))).returning({ id: outbox.id }), ids.length)
  try {
    await store.commit({ writes: [said, gone] })
    return true
  } catch (error) {
    if (error instanceof AggregateConflict) return false
    throw error
  }
}

/** Gives a leased delivery back untried, to be looked at again at an instant. */
export async function postponeDelivery(store: Store, claimed: Delivery, until: Date): Promise<void> {
  const { outbox } = store.t
  await store.db.update(outbox).set({ state: 'pending', leaseOwner: null, leaseUntil: null, attempts: claimed.attempts - 1, nextAt: until })
    .where(and(eq(outbox.id, claimed.id), eq(outbox.state, 'leased'), eq(outbox.leaseOwner, claimed.leaseOwner ?? ''))).returning({ id: outbox.id })
}

/** What was written after now by this clock was written before the clock was set back: it does not wait for that time to come again. */
export async function freeStranded(store: Store, now: Date, toleranceMs: number): Promise<void> {
  const { outbox } = store.t
  await store.db.update(outbox).set({ nextAt: now, createdAt: now })
    .where(and(eq(outbox.state, 'pending'), eq(outbox.attempts, 0), gt(outbox.createdAt, new Date(now.getTime() + toleranceMs)))).returning({ id: outbox.id })
}

/** What waits for a place and was never tried is looked at now, because the hours of the place have changed. */
export function hastenWrite(destinationId: string, now: Date): Write {
  return write((tx, { outbox }) => tx.update(outbox).set({ nextAt: now })
    .where(and(eq(outbox.destinationId, destinationId), eq(outbox.state, 'pending'), eq(outbox.attempts, 0), gt(outbox.nextAt, now))).returning({ id: outbox.id }), 'any')
}
