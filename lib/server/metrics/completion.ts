/** What a source knows for whoever writes PromQL: names of metrics, labels and values, and the help; bounded, and kept for a minute for everybody. */
import 'server-only'
import { quote } from '@/lib/domain/preset/selector'
import { processWide } from '@/lib/public/process-wide'
import { labelNames, labelValues, metadata, type MetricMeta, type Result } from '@/lib/server/prometheus/client'
import type { FindSource } from './source-book'
import type { Connection } from '@/lib/server/prometheus/connection'

const KEEP_MS = 60_000
const MOST_KEPT = 200
export const MOST_NAMES = 5000
const MOST_HELP = 200
const OPTIONS = { deadlineMs: 5000, maxBytes: 5_000_000 }

export type Known<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }
export interface Names {
  readonly names: readonly string[]
  /** Whether the source knows more than is told. */
  readonly isCut: boolean
}

type Help = Readonly<Record<string, readonly MetricMeta[]>>
type Book<T> = Map<string, { readonly until: number; readonly answer: Promise<Known<T> | null> }>

export interface Completion {
  labels(sourceId: string, metric: string | null): Promise<Known<Names> | null>
  values(sourceId: string, label: string, metric: string | null): Promise<Known<Names> | null>
  metadata(sourceId: string): Promise<Known<Help> | null>
}

/** A selector that names the metric in a way that no name can break out of. */
function matching(metric: string | null): readonly string[] {
  return metric === null ? [] : [`{__name__=${quote(metric)}}`]
}

function cut(names: readonly string[]): Names {
  return { names: names.slice(0, MOST_NAMES), isCut: names.length > MOST_NAMES }
}

/** Makes the reader over a book of sources. `null` answers: there is no such source. */
export function makeCompletion(findSource: FindSource, now: () => number = Date.now): Completion {
  async function ask<T>(sourceId: string, run: (connection: Connection) => Promise<Result<T>>): Promise<Known<T> | null> {
    const source = await findSource(sourceId)
    if (!source) return null
    const result = await run(source.connection)
    return result.ok ? { ok: true, value: result.value } : { ok: false, message: result.failure.message }
  }
  function once<T>(book: Book<T>, key: string, make: () => Promise<Known<T> | null>): Promise<Known<T> | null> {
    const known = book.get(key)
    if (known && known.until > now()) return known.answer
    const answer = make()
    book.delete(key)
    book.set(key, { until: now() + KEEP_MS, answer })
    for (const [oldest] of book) {
      if (book.size <= MOST_KEPT) break
      book.delete(oldest)
    }
    const drop = () => { if (book.get(key)?.answer === answer) book.delete(key) }
    answer.then((one) => { if (!one?.ok) drop() }, drop)
    return answer
  }
  const names: Book<Names> = new Map()
  const helps: Book<Help> = new Map()
  const listed = (found: Known<readonly string[]> | null): Known<Names> | null => (found?.ok ? { ok: true, value: cut(found.value) } : found)

  return {
    labels: (sourceId, metric) => once(names, `l ${sourceId} ${metric ?? ''}`, async () => listed(await ask(sourceId, (connection) => labelNames(connection, matching(metric), OPTIONS)))),
    values: (sourceId, label, metric) => once(
      names, `v ${sourceId} ${label} ${metric ?? ''}`,
      async () => listed(await ask(sourceId, (connection) => labelValues(connection, label, matching(metric), MOST_NAMES + 1, OPTIONS))),
    ),
    metadata: (sourceId) => once(helps, `m ${sourceId}`, async () => {
      const found = await ask(sourceId, (connection) => metadata(connection, null, OPTIONS))
      if (!found?.ok) return found
      return { ok: true, value: Object.fromEntries(Object.entries(found.value).map(([name, list]) => [name, list.map((one) => ({ ...one, help: one.help.slice(0, MOST_HELP) }))])) }
    }),
  }
}

/** The one of this process. */
export function sharedCompletion(findSource: FindSource): Completion {
  return processWide('metric-completion', () => makeCompletion(findSource))
}
