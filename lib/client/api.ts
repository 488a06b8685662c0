/** Talks to the product's own API from the browser: one function to read, one to send; problems become refusals. */
import type { Blocker, Refusal, RefusalCode } from '@/lib/domain/aggregate'

/** Thrown by reads that the server refuses or that do not arrive. */
export class ApiError extends Error {
  constructor(readonly refusal: Refusal, readonly status: number, readonly current?: unknown) {
    super(refusal.message)
  }
}

const CODES: readonly RefusalCode[] = ['not-found', 'forbidden', 'invalid', 'exists', 'blocked', 'stale', 'conflict', 'closed']

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function blockersIn(value: unknown): readonly Blocker[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown) => {
    if (!isRecord(one) || typeof one.code !== 'string' || typeof one.message !== 'string') return []
    const text = (key: string) => { const found = one[key]; return typeof found === 'string' ? { [key]: found } : {} }
    return [{ code: one.code, message: one.message, ...text('gateId'), ...text('itemId'), ...text('team') }]
  })
}

/** Reads a problem document into a refusal; an answer of any other kind becomes a plain sentence. */
async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  if (!isRecord(body) || typeof body.detail !== 'string') {
    return new ApiError({ code: 'conflict', message: `The server answered ${response.status}. Nothing was lost; try again.` }, response.status)
  }
  const code = CODES.find((known) => known === body.code) ?? 'conflict'
  return new ApiError({ code, message: body.detail, blockers: blockersIn(body.blockers) }, response.status, body.current)
}

const AWAY: Refusal = { code: 'conflict', message: 'The server cannot be reached. What you wrote is kept here; try again.' }

async function fetched(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...init }).catch(() => null)
  if (!response) throw new ApiError(AWAY, 0)
  if (!response.ok) throw await errorOf(response)
  return response
}

/** Reads a view. In: the path below /api/v1. Out: its JSON, as the type that the view's owner declares. Throws ApiError. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetched(path, signal ? { signal } : {})
  return response.json()
}

export interface CommandAnswer {
  readonly id: string
  readonly version: number
  readonly answer?: unknown
  readonly view?: unknown
}

/** Sends one command. In: collection, id, the command, the key that makes a repeat harmless. Throws ApiError. */
export async function send(collection: string, id: string, command: { readonly type: string }, key: string): Promise<CommandAnswer> {
  const response = await fetched(`/${collection}/${encodeURIComponent(id)}/commands`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify(command),
  })
  return response.json()
}

/** Posts JSON to an operation that is no command. Throws ApiError. */
export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetched(path, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(body), ...(signal ? { signal } : {}) })
  return response.json()
}

/** Posts JSON and takes a file. Out: its bytes, and the name that the server gives it. Throws ApiError. */
export async function postForFile(path: string, body: unknown): Promise<{ readonly name: string | null; readonly blob: Blob }> {
  const response = await fetched(path, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(body) })
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? null
  return { name, blob: await response.blob() }
}

/** Replaces something by an operation that is no command. Throws ApiError. */
export async function put<T>(path: string, body: unknown): Promise<T> {
  const response = await fetched(path, { method: 'PUT', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(body) })
  return response.json()
}

/** Stores a file by its bytes. Out: what the server says of it. Throws ApiError. */
export async function upload<T>(path: string, file: File): Promise<T> {
  const response = await fetched(path, {
    method: 'POST', headers: { 'content-type': file.type || 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name), 'idempotency-key': crypto.randomUUID() }, body: file,
  })
  return response.json()
}
