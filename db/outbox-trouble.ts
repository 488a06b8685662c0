/** Hides what is known of places and people that messages do not reach: how often in a row a place failed, and the e-mails to people that were given up. */
import { and, desc, eq, gte, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Delivery } from '@/db/outbox'
import type { Store } from '@/db/store'
import { write, type Write } from '@/db/write'

/** A place that failed, since when and how often in a row, and what it said last. */
const failingSchema = z.object({ count: z.int().min(1), since: z.iso.datetime(), error: z.string() })
export type Failing = z.infer<typeof failingSchema>

const PREFIX = 'failing '

/** Where a delivery goes, as far as failures are counted: its destination, or its topic where it has none. */
export function placeOf({ destinationId, topic }: Pick<Delivery, 'destinationId' | 'topic'>): string {
  return destinationId ?? topic
}

/** Places that failed when they were last tried, by their destination or topic. All processes count together, and a restart forgets nothing. */
export async function failingPlaces(store: Store): Promise<ReadonlyMap<string, Failing>> {
  const { mark } = store.t
  const rows = await store.db.select({ name: mark.name, value: mark.value }).from(mark).where(sql`${mark.name} like ${`${PREFIX}%`}`)
  return new Map(rows.flatMap(({ name, value }): [string, Failing][] => {
    const read = failingSchema.safeParse(JSON.parse(value))
    return read.success ? [[name.slice(PREFIX.length), read.data]] : []
  }))
}

/** How one place fails; null when it took the last message, or was never tried. */
export async function readFailing(store: Store, place: string): Promise<Failing | null> {
  const { mark } = store.t
  const [row] = await store.db.select({ value: mark.value }).from(mark).where(eq(mark.name, `${PREFIX}${place}`))
  const read = row ? failingSchema.safeParse(JSON.parse(row.value)) : null
  return read?.success ? read.data : null
}

/** The write that says how a place fails, or that it does so no longer. */
export function failingWrite(place: string, failing: Failing | null): Write {
  const name = `${PREFIX}${place}`
  if (failing === null) return write((tx, { mark }) => tx.delete(mark).where(eq(mark.name, name)).returning({ name: mark.name }), 'any')
  const value = JSON.stringify(failing)
  return write((tx, { mark }) => tx.insert(mark).values({ name, value }).onConflictDoUpdate({ target: mark.name, set: { value } }).returning({ name: mark.name }))
}

/** E-mails to people that did not arrive: given up, or failed and still tried. Newest first. In: the topic of such deliveries; one person, or absent all; how many at most. */
export async function troubledMail(store: Store, topic: string, filter: { readonly personId?: string; readonly since?: Date; readonly limit: number }): Promise<readonly Delivery[]> {
  const { outbox: t } = store.t
  return store.db.select().from(t)
    .where(and(
      or(eq(t.state, 'dead'), and(inArray(t.state, ['pending', 'leased']), isNotNull(t.lastError))), eq(t.topic, topic), gte(t.createdAt, filter.since ?? new Date(0)),
      filter.personId === undefined ? undefined : sql`${t.orderingKey} like ${`${topic} ${filter.personId} %`}`,
    ))
    .orderBy(desc(t.id)).limit(filter.limit)
}

/** How many deliveries of a topic stand how. */
export async function countTopic(store: Store, topic: string, since: Date): Promise<{ readonly waiting: number; readonly delivered: number; readonly dead: number }> {
  const { outbox: t } = store.t
  const rows = await store.db.select({ state: t.state, count: sql<number>`count(*)` }).from(t).where(and(eq(t.topic, topic), ne(t.state, 'held'), gte(t.createdAt, since))).groupBy(t.state)
  const of = (...states: readonly Delivery['state'][]): number => rows.reduce((sum, row) => (states.includes(row.state) ? sum + Number(row.count) : sum), 0)
  return { waiting: of('pending', 'leased'), delivered: of('delivered'), dead: of('dead') }
}

/** How many e-mails to people were given up since an instant: what is asked for every page that an admin opens, so it reads only what failed. */
export async function countDeadMail(store: Store, topic: string, since: Date): Promise<number> {
  const { outbox: t } = store.t
  const [row] = await store.db.select({ count: sql<number>`count(*)` }).from(t).where(and(eq(t.state, 'dead'), eq(t.topic, topic), gte(t.createdAt, since)))
  return Number(row?.count ?? 0)
}

/** Forgets e-mails to people that were given up before an instant: what they said has long been read elsewhere, or concerns nobody any more. */
export async function forgetDeadMail(store: Store, topic: string, before: Date): Promise<void> {
  const { outbox, deliveryAttempt } = store.t
  const gone = await store.db.delete(outbox).where(and(eq(outbox.state, 'dead'), eq(outbox.topic, topic), lt(outbox.createdAt, before))).returning({ id: outbox.id })
  for (let from = 0; from < gone.length; from += 500) {
    const ids = gone.slice(from, from + 500).map((row) => row.id)
    await store.db.delete(deliveryAttempt).where(inArray(deliveryAttempt.outboxId, ids)).returning({ id: deliveryAttempt.id })
  }
}
