/** A small typed client of the Prometheus HTTP API, through the guarded fetcher; every answer is parsed, every failure has a kind. */
import 'server-only'
import { parseAnswer, type Answer } from '@/lib/domain/verdict/answer'
import { call, dataOf, post, read, type AskOptions, type Params, type Result } from './call'
import type { Connection } from './connection'

export type { AskOptions, Result } from './call'

/** Prometheus refuses more than 11,000 intervals in one range. */
export const MOST_POINTS = 11_000

function strings(json: unknown): readonly string[] | null {
  const data = dataOf(json)
  return Array.isArray(data) && data.every((one) => typeof one === 'string') ? data : null
}

function labelSets(json: unknown): readonly Readonly<Record<string, string>>[] | null {
  const data = dataOf(json)
  if (!Array.isArray(data)) return null
  return data.map((entry: unknown) => Object.fromEntries(Object.entries(entry ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === 'string')))
}

/** The server's own limit lies just below ours, so that it stops working when we stop waiting. */
function timeoutOf(options: AskOptions): string {
  return `${Math.max(100, (options.deadlineMs ?? 10_000) - 500)}ms`
}

/** One value now or at a time (unix seconds). */
export async function query(connection: Connection, promql: string, at: number | null, options: AskOptions = {}): Promise<Result<Answer>> {
  const params = { query: promql, timeout: timeoutOf(options), ...(at === null ? {} : { time: String(at) }) }
  return read(await post(connection, '/api/v1/query', params, options), parseAnswer)
}

export interface Range {
  /** Unix seconds; both are aligned to the step by the caller, Prometheus does not. */
  readonly start: number
  readonly end: number
  readonly stepSeconds: number
}

/** Many values. A range of more than 11,000 points is refused here, as Prometheus would. */
export async function queryRange(connection: Connection, promql: string, range: Range, options: AskOptions = {}): Promise<Result<Answer>> {
  if (!(range.stepSeconds > 0) || range.end < range.start || (range.end - range.start) / range.stepSeconds > MOST_POINTS) {
    return { ok: false, failure: { kind: 'bad-query', message: `A range may have at most ${MOST_POINTS.toLocaleString('en-GB')} points; use a longer step or a shorter range.` } }
  }
  const params = { query: promql, start: String(range.start), end: String(range.end), step: String(range.stepSeconds), timeout: timeoutOf(options) }
  return read(await post(connection, '/api/v1/query_range', params, options), parseAnswer)
}

/** Label sets of the series that match. `limit` is ignored by servers before 2.51, therefore cut here too. */
export async function series(connection: Connection, matches: readonly string[], limit = 1000, options: AskOptions = {}): Promise<Result<readonly Readonly<Record<string, string>>[]>> {
  const result = read(await post(connection, '/api/v1/series', { 'match[]': matches, limit: String(limit) }, options), labelSets)
  return result.ok ? { ...result, value: result.value.slice(0, limit) } : result
}

/** Label names, of all series or of those that match. */
export async function labelNames(connection: Connection, matches: readonly string[] = [], options: AskOptions = {}): Promise<Result<readonly string[]>> {
  return read(await post(connection, '/api/v1/labels', { 'match[]': matches }, options), strings)
}

/** A label name as a part of a path: what is no classic name is written in the escaping of Prometheus 3 (`http.status` → `U__http_2e_status`). */
export function labelInPath(label: string): string {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) return label
  return `U__${[...label].map((char) => (char === '_' ? '__' : /[a-zA-Z0-9]/.test(char) ? char : `_${(char.codePointAt(0) ?? 0).toString(16)}_`)).join('')}`
}

/** Values of one label, of series between two unix seconds when given (sources look at whole blocks, so older ones may be among them). GET is the only way here. */
export async function labelValues(connection: Connection, label: string, matches: readonly string[] = [], limit = 1000, options: AskOptions = {}, between: { readonly start: number; readonly end: number } | null = null): Promise<Result<readonly string[]>> {
  const time: Params = between === null ? {} : { start: String(between.start), end: String(between.end) }
  const result = read(await call(connection, 'GET', `/api/v1/label/${labelInPath(label)}/values`, { 'match[]': matches, limit: String(limit), ...time }, options), strings)
  return result.ok ? { ...result, value: result.value.slice(0, limit) } : result
}

export interface MetricMeta {
  readonly type: string
  readonly help: string
  readonly unit: string
}

function metaOf(json: unknown): Readonly<Record<string, readonly MetricMeta[]>> | null {
  const data = dataOf(json)
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null
  const text = (entry: object, key: string) => (key in entry ? String(Object.entries(entry).find(([name]) => name === key)?.[1] ?? '') : '')
  return Object.fromEntries(Object.entries(data).map(([name, list]: [string, unknown]) => [
    name,
    Array.isArray(list) ? list.filter((one): one is object => typeof one === 'object' && one !== null).map((one) => ({ type: text(one, 'type'), help: text(one, 'help'), unit: text(one, 'unit') })) : [],
  ]))
}

/** Type, help and unit by metric name; several entries where targets disagree. */
export async function metadata(connection: Connection, metric: string | null, options: AskOptions = {}): Promise<Result<Readonly<Record<string, readonly MetricMeta[]>>>> {
  return read(await call(connection, 'GET', '/api/v1/metadata', metric === null ? { limit: '1000' } : { metric }, options), metaOf)
}

/** The JSON `data` of any further read-only part of the API (build info, targets); its shape is the caller's to read. */
export async function get(connection: Connection, path: string, params: Params = {}, options: AskOptions = {}): Promise<Result<unknown>> {
  return read(await call(connection, 'GET', path, params, options), (json) => dataOf(json) ?? null)
}
