/** Hides who wants to hear of incidents and what is still to be told to whom; no record, and an address that left is gone. */
import { and, asc, count, eq, gt, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm'
import type { Store } from '@/db/store'

export type SubscriberChannel = 'email' | 'slack' | 'webhook'

export interface Subscriber {
  readonly id: string
  readonly channel: SubscriberChannel
  readonly boxed: string
  readonly isConfirmed: boolean
  readonly createdAt: Date
}

/** How many are told, by way. */
export async function countSubscribers(store: Store): Promise<Readonly<Record<SubscriberChannel, number>>> {
  const { statusSubscriber: t } = store.t
  const rows = await store.db.select({ channel: t.channel, many: count() }).from(t).where(eq(t.isConfirmed, true)).groupBy(t.channel)
  const of = (channel: SubscriberChannel) => rows.find((row) => row.channel === channel)?.many ?? 0
  return { email: of('email'), slack: of('slack'), webhook: of('webhook') }
}

/** The encrypted address of everyone who subscribed or wished to. */
export async function subscriberBoxes(store: Store): Promise<readonly { readonly id: string; readonly boxed: string }[]> {
  const { statusSubscriber: t } = store.t
  return store.db.select({ id: t.id, boxed: t.boxed }).from(t)
}

/** Replaces an encrypted address by the same one under another key. Out: false when it is no longer the one that was read. */
export async function replaceSubscriberBox(store: Store, id: string, before: string, boxed: string): Promise<boolean> {
  const { statusSubscriber: t } = store.t
  const rows = await store.db.update(t).set({ boxed }).where(and(eq(t.id, id), eq(t.boxed, before))).returning({ id: t.id })
  return rows.length === 1
}

/** Keeps a wish that nobody has confirmed yet, in place of an earlier one for the address. Out: false when the address is confirmed already. */
export async function keepWish(store: Store, wish: Omit<Subscriber, 'isConfirmed'> & { readonly addressHash: string; readonly confirmHash: string; readonly endHash: string; readonly confirmBy: Date }): Promise<boolean> {
  const { statusSubscriber: t } = store.t
  await store.db.delete(t).where(and(eq(t.channel, wish.channel), eq(t.addressHash, wish.addressHash), eq(t.isConfirmed, false))).returning({ id: t.id })
  const rows = await store.db.insert(t).values({ ...wish, isConfirmed: false, confirmedAt: null }).onConflictDoNothing().returning({ id: t.id })
  return rows.length === 1
}

/** Confirms by the hash of the code, once. Out: the subscriber's id, or null when there is no such wish any more. */
export async function confirmWish(store: Store, confirmHash: string, now: Date): Promise<string | null> {
  const { statusSubscriber: t } = store.t
  const [row] = await store.db.update(t).set({ isConfirmed: true, confirmHash: sql`null`, confirmedAt: now })
    .where(and(eq(t.confirmHash, confirmHash), eq(t.isConfirmed, false), gt(t.confirmBy, now))).returning({ id: t.id })
  return row?.id ?? null
}

/** Forgets a subscriber and what was still to be told, by the hash of the code that ends it, or by its id. */
export async function forgetSubscriber(store: Store, which: { readonly endHash: string } | { readonly id: string }): Promise<void> {
  const { statusSubscriber: t, statusNotice } = store.t
  const rows = await store.db.delete(t).where('id' in which ? eq(t.id, which.id) : eq(t.endHash, which.endHash)).returning({ id: t.id })
  for (const { id } of rows) await store.db.delete(statusNotice).where(eq(statusNotice.subscriberId, id)).returning({ id: statusNotice.id })
}

/** Forgets wishes that nobody confirmed in time, and what was told long ago. */
export async function tidySubscribers(store: Store, now: Date, toldBefore: Date): Promise<void> {
  const { statusSubscriber: t, statusNotice } = store.t
  await store.db.delete(t).where(and(eq(t.isConfirmed, false), lt(t.confirmBy, now))).returning({ id: t.id })
  await store.db.delete(statusNotice).where(lt(statusNotice.createdAt, toldBefore)).returning({ id: statusNotice.id })
}

/** Ids of those who are told, with the instant since which. */
export async function confirmedSubscribers(store: Store): Promise<readonly { readonly id: string; readonly since: Date }[]> {
  const { statusSubscriber: t } = store.t
  const rows = await store.db.select({ id: t.id, since: t.confirmedAt }).from(t).where(eq(t.isConfirmed, true))
  return rows.flatMap(({ id, since }) => (since === null ? [] : [{ id, since }]))
}

export interface Notice {
  readonly id: string
  readonly subscriberId: string
  readonly subject: string
  readonly payload: unknown
  readonly attempts: number
}

/** Puts down what is to be told, once for each subscriber and subject. */
export async function addNotices(store: Store, notices: readonly (Omit<Notice, 'attempts'> & { readonly at: Date })[]): Promise<void> {
  const { statusNotice: t } = store.t
  for (let from = 0; from < notices.length; from += 200) {
    const rows = notices.slice(from, from + 200).map(({ at, ...notice }) => ({ ...notice, attempts: 0, nextAt: at, createdAt: at }))
    await store.db.insert(t).values(rows).onConflictDoNothing().returning({ id: t.id })
  }
}

/** What is due, the longest waiting first, with whom to tell. */
export async function dueNotices(store: Store, now: Date, most: number): Promise<readonly (Notice & { readonly subscriber: Subscriber | null })[]> {
  const { statusNotice: n, statusSubscriber: s } = store.t
  const rows = await store.db.select().from(n).where(and(isNotNull(n.nextAt), lte(n.nextAt, now))).orderBy(asc(n.nextAt), asc(n.id)).limit(most)
  if (rows.length === 0) return []
  const people = await store.db.select().from(s).where(inArray(s.id, rows.map((row) => row.subscriberId)))
  return rows.map((row) => ({ ...row, subscriber: people.find((one) => one.id === row.subscriberId) ?? null }))
}

/** Notes an attempt. In: when the next one is due; null when it was told or is given up. */
export async function noteAttempt(store: Store, id: string, attempts: number, nextAt: Date | null): Promise<void> {
  const { statusNotice: t } = store.t
  await store.db.update(t).set(nextAt === null ? { attempts, nextAt: sql`null` } : { attempts, nextAt }).where(eq(t.id, id)).returning({ id: t.id })
}
