/** Reads which aggregates something was recorded about lately, and which facts made by time were told. */
import { and, desc, gte, inArray, like, lte, max } from 'drizzle-orm'
import type { Store } from '@/db/store'
import type { AggregateKind } from '@/lib/domain/aggregate'

/** Ids by kind, those that moved last first. In: the kinds, the time, how many at most of all kinds together. */
export async function lastTouched(store: Store, kinds: readonly AggregateKind[], from: Date, to: Date, most: number): Promise<readonly { readonly kind: string; readonly id: string }[]> {
  const { logEntry: t } = store.t
  const last = max(t.seq)
  const rows = await store.db.select({ kind: t.kind, id: t.aggregateId, last }).from(t).where(and(inArray(t.kind, [...kinds]), gte(t.at, from), lte(t.at, to))).groupBy(t.kind, t.aggregateId).orderBy(desc(last)).limit(most)
  return rows.map(({ kind, id }) => ({ kind, id }))
}

/** When facts whose names begin like this were told, by name. */
export async function toldSince(store: Store, prefix: string, from: Date, to: Date): Promise<ReadonlyMap<string, Date>> {
  const { turnNotice: t } = store.t
  const rows = await store.db.select({ key: t.key, at: t.at }).from(t).where(and(like(t.key, `${prefix}%`), gte(t.at, from), lte(t.at, to)))
  return new Map(rows.map(({ key, at }) => [key, at]))
}
