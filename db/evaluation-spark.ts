/** The last values of many metric items at once, for the sparks of a list. */
import { and, desc, gte, inArray } from 'drizzle-orm'
import type { Store } from '@/db/store'

/** How far back a spark reaches at most. */
const REACH_MS = 6 * 3_600_000

/** In: owners with the item that each shows. Out: by `owner item`, its newest values, oldest first, at most `most`. */
export async function sparkRows(store: Store, wanted: readonly { readonly ownerId: string; readonly itemId: string }[], most: number): Promise<ReadonlyMap<string, readonly { readonly value: number | null }[]>> {
  const found = new Map<string, { value: number | null }[]>()
  if (wanted.length === 0) return found
  const { evaluation } = store.t
  const keys = new Set(wanted.map((one) => `${one.ownerId} ${one.itemId}`))
  const since = new Date(Date.now() - REACH_MS)
  for (let from = 0; from < wanted.length; from += 500) {
    const owners = wanted.slice(from, from + 500).map((one) => one.ownerId)
    const items = [...new Set(wanted.slice(from, from + 500).map((one) => one.itemId))]
    const rows = await store.db.select({ ownerId: evaluation.ownerId, itemId: evaluation.itemId, value: evaluation.value }).from(evaluation)
      .where(and(inArray(evaluation.ownerId, owners), inArray(evaluation.itemId, items), gte(evaluation.at, since))).orderBy(desc(evaluation.at)).limit(owners.length * most * 2)
    for (const row of rows) {
      const key = `${row.ownerId} ${row.itemId}`
      const list = found.get(key) ?? []
      if (!keys.has(key) || list.length >= most) continue
      list.unshift({ value: row.value })
      found.set(key, list)
    }
  }
  return found
}
