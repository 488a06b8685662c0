/** Hides one call of the Prometheus HTTP API: form or query string, the guarded way out, and the reading of its envelope. */
import 'server-only'
import { callOut } from '@/lib/server/outbound'
import { headersOf, joinPath, type Connection } from './connection'
import { failureOfReply, type SourceFailure } from './failure'

export type Result<T> =
  | { readonly ok: true; readonly value: T; /** How long the source took, milliseconds. */ readonly tookMs: number; /** The source's clock by its Date header, unix milliseconds. */ readonly sourceClock: number | null; /** Lower-cased; relatives of Prometheus are told apart by them. */ readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly failure: SourceFailure }

export interface AskOptions {
  /** Milliseconds for the whole call; 10,000 when absent. Prometheus is told to give up a little earlier. */
  readonly deadlineMs?: number
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

export type Params = Readonly<Record<string, string | readonly string[]>>

function encode(params: Params): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) for (const one of typeof value === 'string' ? [value] : value) form.append(name, one)
  return form.toString()
}

/** One call. Out: the parsed JSON of a 200, or the failure with its kind. Text, HTML and half an answer never pass for JSON. */
export async function call(connection: Connection, method: 'GET' | 'POST', path: string, params: Params, options: AskOptions): Promise<Result<unknown>> {
  const base = joinPath(connection.url, path)
  const form = encode(params)
  const origin = new URL(base).origin
  const startedAt = performance.now()
  const answer = await callOut({
    url: method === 'GET' && form !== '' ? `${base}?${form}` : base,
    method,
    headers: { ...headersOf(connection), accept: 'application/json', ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(method === 'POST' ? { body: form } : {}),
    origins: [origin],
    privateOrigins: [origin],
    ...(connection.tls === undefined ? {} : { tls: connection.tls }),
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
    ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  if (!answer.ok) return answer
  const reply = { status: answer.status, contentType: answer.headers['content-type'] ?? '', body: answer.body }
  if (reply.status !== 200 || !reply.contentType.includes('json')) return { ok: false, failure: failureOfReply(reply) }
  const clock = Date.parse(answer.headers['date'] ?? '')
  try {
    const value: unknown = JSON.parse(reply.body)
    return { ok: true, value, tookMs: performance.now() - startedAt, sourceClock: Number.isNaN(clock) ? null : clock, headers: answer.headers }
  } catch {
    return { ok: false, failure: { kind: 'not-prometheus', message: 'The answer is cut off or is no JSON.' } }
  }
}

/** POST as a form, because proxies cut long URLs; GET once more where POST is not accepted (405, 501). JSON bodies are ignored by Prometheus. */
export async function post(connection: Connection, path: string, params: Params, options: AskOptions): Promise<Result<unknown>> {
  const first = await call(connection, 'POST', path, params, options)
  if (first.ok || first.failure.kind !== 'method') return first
  return call(connection, 'GET', path, params, options)
}

/** Reads a result with a parser that answers `null` for another shape. */
export function read<T>(result: Result<unknown>, parse: (json: unknown) => T | null): Result<T> {
  if (!result.ok) return result
  const value = parse(result.value)
  if (value !== null) return { ...result, value }
  return { ok: false, failure: { kind: 'not-prometheus', message: 'The answer has not the shape of Prometheus.' } }
}

/** The `data` of a success document, or `null`. */
export function dataOf(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('status' in json) || json.status !== 'success' || !('data' in json)) return null
  return json.data
}
