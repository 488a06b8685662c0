/** Hides how operations that people wait for while they type are answered in front of the framework: by the same door of the API, without the way through it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { processWide } from '@/lib/public/process-wide'

/** Where an operation is, below /api/v1; parameters in braces. */
export interface Place {
  readonly method: string
  readonly path: string
}

/** Answers one request to /api/v1, and never throws. In: the request, and its path below that in parts. */
export type Door = (request: Request, path: readonly string[]) => Promise<Response>

interface Way {
  readonly method: string
  readonly parts: readonly string[]
}

interface Offered {
  ways: readonly Way[]
  door: Door | null
}

const API = '/api/v1/'

function offered(): Offered {
  return processWide<Offered>('short-way', () => ({ ways: [], door: null }))
}

/** Says which operations may take the short way, and what answers them. The API's route does so when it is loaded; the last one counts. */
export function offerShortWay(places: readonly Place[], door: Door): void {
  Object.assign(offered(), { ways: places.map(({ method, path }) => ({ method, parts: path.split('/').filter(Boolean) })), door })
}

/**
 * Whether the short way is open for a request. In: method and path without the query. Out: what answers it, and the parts of the path; null sends it the long
 * way, where every other form of an address is understood.
 */
export function shortWay(method: string, pathname: string): { readonly door: Door; readonly path: readonly string[] } | null {
  const { ways, door } = offered()
  if (door === null || !pathname.startsWith(API) || pathname.includes('%')) return null
  const path = pathname.slice(API.length).split('/')
  const isWay = (way: Way) => way.method === method && way.parts.length === path.length && way.parts.every((part, i) => part === path[i] || (part.startsWith('{') && path[i] !== ''))
  return ways.some(isWay) ? { door, path } : null
}

/** Answers a request by the door. In: a request whose body was admitted, and the origin to read its address by. */
export async function takeShortWay({ door, path }: { readonly door: Door; readonly path: readonly string[] }, request: IncomingMessage, response: ServerResponse, origin: string): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const asked = await requestOf(request, origin, gone.signal)
  if (asked === null) return
  const answer = await door(asked, path)
  if (gone.signal.aborted) return void answer.body?.cancel().catch(() => undefined)
  response.statusCode = answer.status
  // Node's own way to take over the web's headers: it is the one that keeps every cookie.
  response.setHeaders(answer.headers)
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') && answer.body) return pour(answer.body, response, gone.signal)
  const body = Buffer.from(await answer.arrayBuffer())
  response.setHeader('content-length', body.byteLength)
  response.end(body)
}

/** The request in the words of the web, with its whole body; null when its sender left before that had come. */
async function requestOf(request: IncomingMessage, origin: string, signal: AbortSignal): Promise<Request | null> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) for (const one of typeof value === 'string' ? [value] : (value ?? [])) headers.append(name, one)
  const init = { method: request.method ?? 'GET', headers, signal }
  const url = origin + (request.url ?? '/')
  if (init.method === 'GET') return new Request(url, init)
  const body = await bodyOf(request)
  return body && new Request(url, { ...init, body })
}

function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('close', () => resolve(null))
  })
}

/** Hands on what a stream says as it says it, no faster than it is taken, until either side ends. */
async function pour(stream: ReadableStream<Uint8Array>, response: ServerResponse, signal: AbortSignal): Promise<void> {
  const reader = stream.getReader()
  signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true })
  response.flushHeaders()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    if (!response.write(value)) await taken(response)
  }
  response.end()
}

function taken(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const on = () => {
      response.off('drain', on)
      response.off('close', on)
      resolve()
    }
    response.once('drain', on)
    response.once('close', on)
  })
}
