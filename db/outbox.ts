/** Hides how deliveries wait, are leased, retried, buried and dug up again; what is sent and when to retry is the caller's. */
import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Store } from '@/db/store'
import type { DeliveryState } from '@/db/tables/operations'
import { AggregateConflict, type Write, write } from '@/db/write'

export type Delivery = Store['t']['outbox']['$inferSelect']
export type Attempt = Store['t']['deliveryAttempt']['$inferSelect']

/** What one attempt was like. `status` is the HTTP status or a word such as `timeout`; `excerpt` is already redacted. */
export interface AttemptReport {
  readonly attemptId: string
  readonly at: Date
  readonly status: string
  readonly durationMs: number
  readonly excerpt: string | null
}

/** A destination for which something waits; `null` for what names none. */
export type LaneId = string | null

/** The destinations for which something waits, each with the time at which its first message falls due. */
export async function waitingLanes(store: Store): Promise<readonly { readonly lane: LaneId; readonly dueAt: Date }[]> {
  const { outbox } = store.t
  const dueAt = sql`min(${outbox.nextAt})`.mapWith(outbox.nextAt)
  return store.db.select({ lane: outbox.destinationId, dueAt }).from(outbox).where(eq(outbox.state, 'pending')).groupBy(outbox.destinationId)
}

/**
 * Leases the next due delivery of each of the destinations, by one statement: what cannot be sent now is left alone. Within an
 * ordering key only the oldest unfinished one is handed out. Out: the deliveries, `attempts` already counted up, oldest first.
 */
export async function claimDeliveries(store: Store, lease: { owner: string; now: Date; until: Date; lanes: readonly LaneId[] }): Promise<readonly Delivery[]> {
  const { outbox } = store.t
  if (lease.lanes.length === 0) return []
  const now = sql.param(lease.now, outbox.nextAt)
  const firsts = lease.lanes.map((lane) => sql`select id from (select o.id from outbox o
    where o.state = 'pending' and ${lane === null ? sql`o.destination_id is null` : sql`o.destination_id = ${lane}`} and o.next_at <= ${now}
    and not exists (select 1 from outbox e where e.ordering_key = o.ordering_key and e.id < o.id and e.state in ('pending', 'leased'))
    order by o.next_at, o.id limit 1) x`)
  const rows = await store.db
    .update(outbox)
    .set({ state: 'leased', leaseOwner: lease.owner, leaseUntil: lease.until, attempts: sql`${outbox.attempts} + 1` })
    // the outer condition is checked again after waiting for another replica's lock; the inner one is not
    .where(and(eq(outbox.state, 'pending'), sql`${outbox.nextAt} <= ${now}`, sql`${outbox.id} in (${sql.join(firsts, sql` union all `)})`))
    .returning()
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Lets what was leased by somebody who did not come back wait again; its attempt stays counted, because it may have arrived. */
export async function reviveLost(store: Store, now: Date): Promise<void> {
  const { outbox } = store.t
  await store.db
    .update(outbox)
    .set({ state: 'pending', leaseOwner: null, leaseUntil: null })
    .where(and(eq(outbox.state, 'leased'), sql`${outbox.leaseUntil} <= ${sql.param(now, outbox.leaseUntil)}`))
    .returning({ id: outbox.id })
}

/** Notes that it arrived. `beside`: what else is written with it. Out: false when the lease was lost meanwhile (another worker has it). */
export function completeDelivery(store: Store, claimed: Delivery, report: AttemptReport, beside: readonly Write[] = []): Promise<boolean> {
  return settle(store, claimed, report, { state: 'delivered', deliveredAt: report.at, lastError: null }, beside)
}

/** Notes that it failed. `nextAt`: when to try again, or null to bury it. Out: false when the lease was lost meanwhile. */
export function failDelivery(store: Store, claimed: Delivery, report: AttemptReport, failure: { error: string; nextAt: Date | null }, beside: readonly Write[] = []): Promise<boolean> {
  const { error, nextAt } = failure
  return settle(store, claimed, report, nextAt ? { state: 'pending', nextAt, lastError: error } : { state: 'dead', lastError: error }, beside)
}

type Settled = Partial<Pick<Delivery, 'state' | 'deliveredAt' | 'lastError' | 'nextAt'>>

async function settle(store: Store, claimed: Delivery, report: AttemptReport, end: Settled, beside: readonly Write[]): Promise<boolean> {
  const { attemptId, ...rest } = report
  const moved = write((tx, { outbox }) =>
    tx
      .update(outbox)
      .set({ ...end, leaseOwner: null, leaseUntil: null })
      .where(and(eq(outbox.id, claimed.id), eq(outbox.state, 'leased'), eq(outbox.leaseOwner, claimed.leaseOwner ?? ''), eq(outbox.attempts, claimed.attempts)))
      .returning({ id: outbox.id }),
  )
  const noted = write((tx, t) => tx.insert(t.deliveryAttempt).values({ id: attemptId, outboxId: claimed.id, ...rest }).returning({ id: t.deliveryAttempt.id }))
  try {
    await store.commit({ writes: [moved, noted, ...beside] })
    return true
  } catch (error) {
    if (error instanceof AggregateConflict) return false
    throw error
  }
}

/** The write that sends a dead or held delivery again, under its old id, as if it were new. */
export function replayWrite(id: string, at: Date): Write {
  return write((tx, { outbox }) =>
    tx
      .update(outbox)
      .set({ state: 'pending', attempts: 0, nextAt: at, leaseOwner: null, leaseUntil: null })
      .where(and(eq(outbox.id, id), inArray(outbox.state, ['dead', 'held'])))
      .returning({ id: outbox.id }),
  )
}

/** The write that holds back what waits for a destination (switched off, breaker open), or lets it go again. */
export function holdWrite(destinationId: string, isHeld: boolean): Write {
  return write(
    (tx, { outbox }) =>
      tx
        .update(outbox)
        .set({ state: isHeld ? 'held' : 'pending' })
        .where(and(eq(outbox.destinationId, destinationId), eq(outbox.state, isHeld ? 'pending' : 'held')))
        .returning({ id: outbox.id }),
    'any',
  )
}

/** Gives back what this worker still holds, at an orderly end; the attempt does not count. */
export async function releaseLeases(store: Store, owner: string): Promise<void> {
  const { outbox } = store.t
  await store.db
    .update(outbox)
    .set({ state: 'pending', leaseOwner: null, leaseUntil: null, attempts: sql`${outbox.attempts} - 1` })
    .where(and(eq(outbox.leaseOwner, owner), eq(outbox.state, 'leased')))
    .returning({ id: outbox.id })
}

/** Deliveries for a list, newest first. */
export async function listDeliveries(
  store: Store,
  filter: { destinationId?: string; states?: readonly DeliveryState[]; beforeId?: string; limit: number },
): Promise<readonly Delivery[]> {
  const { outbox } = store.t
  return store.db
    .select()
    .from(outbox)
    .where(
      and(
        filter.destinationId === undefined ? undefined : eq(outbox.destinationId, filter.destinationId),
        filter.states === undefined ? undefined : inArray(outbox.state, [...filter.states]),
        filter.beforeId === undefined ? undefined : lt(outbox.id, filter.beforeId),
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(filter.limit)
}

/** The attempts of one delivery, oldest first. */
export async function attemptsOf(store: Store, outboxId: string): Promise<readonly Attempt[]> {
  const { deliveryAttempt } = store.t
  return store.db.select().from(deliveryAttempt).where(eq(deliveryAttempt.outboxId, outboxId)).orderBy(asc(deliveryAttempt.at), asc(deliveryAttempt.id))
}

/** When the next delivery falls due, for a worker that sleeps until then; null when none waits. */
export async function nextDueAt(store: Store): Promise<Date | null> {
  const { outbox } = store.t
  const [row] = await store.db.select({ at: outbox.nextAt }).from(outbox).where(eq(outbox.state, 'pending')).orderBy(asc(outbox.nextAt)).limit(1)
  return row?.at ?? null
}
