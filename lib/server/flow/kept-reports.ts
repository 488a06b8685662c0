/** Keeps what was computed of finished releases until one of them changes, so that thousands are counted once and not for every reader. */
import 'server-only'
import { headSeq } from '@/db/changes'
import { isFinishedTouched } from '@/db/finished'
import type { Store } from '@/db/store'
import type { BehindRow, ForecastRecord, InsightsReport } from '@/lib/domain/flow/insights'
import { processWide } from '@/lib/public/process-wide'

/** What is kept of each kind; a report is about a megabyte for ten thousand releases. */
const MOST_KEPT = 6

/** Largest first, and how many there are of which these are the first. */
export interface Listed {
  readonly total: number
  readonly rows: readonly BehindRow[]
}

interface Values {
  readonly reports: Map<string, Promise<InsightsReport>>
  readonly lists: Map<string, Promise<Listed>>
  readonly forecasts: Map<string, Promise<ForecastRecord>>
}

interface Book {
  /** The entry of the log up to which nothing has changed them. */
  readonly seq: number
  readonly values: Values
}

const books = processWide('flow-reports', () => new WeakMap<Store, Book>())

/** What is kept of a store; empty once a finished release was touched. What is being computed meanwhile still goes to who asked for it. */
export async function keptReports(store: Store): Promise<Values> {
  const end = await headSeq(store)
  const known = books.get(store)
  const isCurrent = known !== undefined && (known.seq >= end || !(await isFinishedTouched(store, known.seq)))
  const values = isCurrent ? known.values : { reports: new Map(), lists: new Map(), forecasts: new Map() }
  books.set(store, { seq: isCurrent ? Math.max(known.seq, end) : end, values })
  return values
}

/** The value under a key, which names everything that it rests on beside the finished releases; computed once, also when many ask at once. */
export function kept<T>(values: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = values.get(key)
  const value = known ?? make()
  // Set anew, so that the first of the map is what nobody asked for longest.
  values.delete(key)
  values.set(key, value)
  if (known === undefined) value.catch(() => { if (values.get(key) === value) values.delete(key) })
  const [oldest] = values.keys()
  if (values.size > MOST_KEPT && oldest !== undefined) values.delete(oldest)
  return value
}
