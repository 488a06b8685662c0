/** The last values of many metric items at once, for the sparks of a list. */
import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Store } from '@/db/store'

/** How far back a spark reaches at most. */
const REACH_MS = 6 * 3_600_000

export interface SparkWish {
  readonly ownerId: string
  readonly itemId: string
  /** Show what was judged against the stable version (a ratio), not the value itself. */
  readonly isCompared?: boolean
}

/** The number that was compared, from what is kept with an evaluation. */
function comparedOf(body: unknown): number | null {
  return typeof body === 'object' && body !== null && 'compared' in body && typeof body.compared === 'number' ? body.compared : null
}

type Rows = readonly { readonly ownerId: string; readonly itemId: string; readonly value: number | null }[]

/** Up to so many are read one by one, each by its index, so that an item that is measured often hides no other; beyond that, together. */
const ONE_BY_ONE = 40

type Asked = ReturnType<typeof prepared>

const askedOf = new WeakMap<Store, Asked>()

/** The two questions of one item, prepared once per store: a list asks forty times, and building the statement costs more than running it. */
function prepared({ db, t: { evaluation } }: Store) {
  const since = sql.param(sql.placeholder('since'), evaluation.at)
  const where = and(eq(evaluation.ownerId, sql.placeholder('ownerId')), eq(evaluation.itemId, sql.placeholder('itemId')), gte(evaluation.at, since))
  const values = db.select({ value: evaluation.value }).from(evaluation).where(where).orderBy(desc(evaluation.at)).limit(sql.placeholder('most'))
  const bodies = db.select({ body: evaluation.body }).from(evaluation).where(where).orderBy(desc(evaluation.at)).limit(sql.placeholder('most'))
  return { values: values.prepare(), bodies: bodies.prepare() }
}

async function newestOf(store: Store, { ownerId, itemId, isCompared = false }: SparkWish, since: Date, most: number): Promise<Rows> {
  const asked = askedOf.get(store) ?? prepared(store)
  askedOf.set(store, asked)
  const given = { ownerId, itemId, since, most }
  if (!isCompared) return (await asked.values.execute(given)).map(({ value }) => ({ ownerId, itemId, value }))
  return (await asked.bodies.execute(given)).map(({ body }) => ({ ownerId, itemId, value: comparedOf(body) }))
}

async function newestOfAll(store: Store, wanted: readonly SparkWish[], since: Date, most: number): Promise<Rows> {
  const { evaluation } = store.t
  const owners = wanted.map((one) => one.ownerId)
  const items = [...new Set(wanted.map((one) => one.itemId))]
  return store.db.select({ ownerId: evaluation.ownerId, itemId: evaluation.itemId, value: evaluation.value }).from(evaluation)
    .where(and(inArray(evaluation.ownerId, owners), inArray(evaluation.itemId, items), gte(evaluation.at, since))).orderBy(desc(evaluation.at)).limit(owners.length * most * 2)
}

/** In: owners with the item that each shows. Out: by `owner item`, its newest values, oldest first, at most `most`. */
export async function sparkRows(store: Store, wanted: readonly SparkWish[], most: number): Promise<ReadonlyMap<string, readonly { readonly value: number | null }[]>> {
  const found = new Map<string, { value: number | null }[]>()
  const keys = new Set(wanted.map((one) => `${one.ownerId} ${one.itemId}`))
  const since = new Date(Date.now() - REACH_MS)
  const keep = (rows: Rows) => {
    for (const row of rows) {
      const key = `${row.ownerId} ${row.itemId}`
      const list = found.get(key) ?? []
      if (!keys.has(key) || list.length >= most) continue
      list.unshift({ value: row.value })
      found.set(key, list)
    }
  }
  const alone = wanted.length <= ONE_BY_ONE ? wanted : wanted.filter((one) => one.isCompared)
  for (const rows of await Promise.all(alone.map((one) => newestOf(store, one, since, most)))) keep(rows)
  const together = wanted.filter((one) => !alone.includes(one))
  for (let from = 0; from < together.length; from += 500) keep(await newestOfAll(store, together.slice(from, from + 500), since, most))
  return found
}
