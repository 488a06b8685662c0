/** The last values of many metric items at once, for the sparks of a list. */
import { sql, type SQL } from 'drizzle-orm'
import type { Store } from '@/db/store'

/** How far back a spark reaches at most. */
const REACH_MS = 6 * 3_600_000

export interface SparkWish {
  readonly ownerId: string
  readonly itemId: string
  /** Show what was judged against the stable version (a ratio), not the value itself. */
  readonly isCompared?: boolean
}

/** The questions of a list: for each wish, in their order, the newest values as one JSON array, newest first; `null` where there are none. */
type Asked = ReturnType<typeof prepared>

const askedOf = new WeakMap<Store, Asked>()

/**
 * One statement for a whole list, prepared once per store. Each wish is looked up by itself in the index, so that an item that is measured
 * often hides no other; asked one by one, forty wishes cost more in putting the question than in answering it.
 */
function prepared({ db, dialect, t: { evaluation } }: Store) {
  const isSqlite = dialect === 'sqlite'
  const wishes = isSqlite
    ? sql`json_each(${sql.placeholder('wishes')}) as wish`
    : sql`json_array_elements((${sql.placeholder('wishes')})::text::json) as wish(value)`
  const word = (i: number) => (isSqlite ? sql.raw(`json_extract(wish.value, '$[${i}]')`) : sql.raw(`(wish.value ->> ${i})`))
  const gathered = sql.raw(isSqlite ? 'json_group_array(point order by moment desc)' : 'json_agg(point order by moment desc)')
  const since = sql.param(sql.placeholder('since'), evaluation.at)
  const newest = (point: SQL) => sql<unknown>`(select ${gathered} from (
    select ${point} as point, ${evaluation.at} as moment from ${evaluation}
    where ${evaluation.ownerId} = ${word(0)} and ${evaluation.itemId} = ${word(1)} and ${evaluation.at} >= ${since}
    order by ${evaluation.at} desc limit ${sql.placeholder('most')}) as points)`
  const compared = isSqlite ? sql`json_extract(${evaluation.body}, '$.compared')` : sql`${evaluation.body} -> 'compared'`
  return {
    values: db.select({ points: newest(sql`${evaluation.value}`) }).from(wishes).prepare(),
    compared: db.select({ points: newest(compared) }).from(wishes).prepare(),
  }
}

/** Databases answer JSON as text or already read. */
function pointsOf(answer: unknown): readonly { readonly value: number | null }[] {
  const read: unknown = typeof answer === 'string' ? JSON.parse(answer) : answer
  return Array.isArray(read) ? read.map((value: unknown) => ({ value: typeof value === 'number' ? value : null })).reverse() : []
}

/** In: owners with the item that each shows. Out: by `owner item`, its newest values, oldest first, at most `most`; nothing of an item without any. */
export async function sparkRows(store: Store, wanted: readonly SparkWish[], most: number): Promise<ReadonlyMap<string, readonly { readonly value: number | null }[]>> {
  const found = new Map<string, readonly { readonly value: number | null }[]>()
  if (wanted.length === 0) return found
  const asked = askedOf.get(store) ?? prepared(store)
  askedOf.set(store, asked)
  const since = new Date(Date.now() - REACH_MS)
  const ask = async (question: Asked['values'], wishes: readonly SparkWish[]) => {
    if (wishes.length === 0) return
    const rows = await question.execute({ wishes: JSON.stringify(wishes.map(({ ownerId, itemId }) => [ownerId, itemId])), since, most })
    rows.forEach(({ points }, i) => {
      const wish = wishes[i]
      const list = pointsOf(points)
      if (wish && list.length > 0) found.set(`${wish.ownerId} ${wish.itemId}`, list)
    })
  }
  await Promise.all([ask(asked.values, wanted.filter((one) => !one.isCompared)), ask(asked.compared, wanted.filter((one) => one.isCompared))])
  return found
}
