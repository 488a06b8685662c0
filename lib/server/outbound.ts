/** The one way out: every call that the product makes to another host passes these checks of scheme, origin, address, size, time and concurrency. */
import 'server-only'
import { lookup as resolve, type LookupAddress } from 'node:dns'
import { lookup as resolveNow } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import ipaddr from 'ipaddr.js'
import { Agent, request as send } from 'undici'
import { agentFor, connectParts, tlsSentence, type TlsParts } from './outbound-tls'
import { turnFor } from './outbound-turn'

export interface OutboundRequest {
  readonly url: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** When given, the URL's origin must be one of these. */
  readonly origins?: readonly string[]
  /** Origins that an admin allowed although they lie in the private network. Link-local and metadata addresses stay refused. */
  readonly privateOrigins?: readonly string[]
  /** Decoded bytes; 5 MB when absent. */
  readonly maxBytes?: number
  /** For everything together; 10 s when absent. */
  readonly deadlineMs?: number
  /** Calls to one origin at a time; 4 when absent. */
  readonly concurrency?: number
  /** A CA of one's own and a client certificate; the system's authorities and none when absent. */
  readonly tls?: TlsParts
  readonly signal?: AbortSignal
}

export type OutboundFailureKind =
  | 'not-allowed' // scheme, credentials in the URL, origin or address
  | 'unknown-host' | 'refused' | 'tls' | 'timeout' | 'too-large' | 'redirect' | 'encoding' | 'broken' | 'aborted'

export interface OutboundFailure {
  readonly kind: OutboundFailureKind
  /** One sentence for people. It holds nothing that the other side sent. */
  readonly message: string
}

export type OutboundAnswer =
  | { readonly ok: true; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly ok: false; readonly failure: OutboundFailure }

const MAX_BYTES = 5_000_000
const DEADLINE_MS = 10_000
const CONCURRENCY = 4
/** Whoever keeps an address does not wait longer than this for its name. */
const NAME_MS = 3_000

class NotAllowed extends Error {
  readonly code = 'GH_NOT_ALLOWED'
}

/** Ranges that nobody may ask us to call, not even an admin: they hold cloud credentials, or nothing. */
const NEVER: ReadonlySet<string> = new Set(['linkLocal', 'unspecified', 'multicast', 'broadcast', 'reserved'])

/** Whether a resolved address may be called. In: the address, whether its origin was allowed to be private. */
export function isAddressAllowed(address: string, mayBePrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return false
  // `process` unwraps ::ffff:127.0.0.1; NAT64, 6to4 and Teredo carry an IPv4 address that we cannot vouch for.
  const parsed = ipaddr.process(address)
  const range: string = parsed.range()
  if (NEVER.has(range) || parsed.toString() === 'fd00:ec2::254') return false
  return range === 'unicast' || (mayBePrivate && ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'].includes(range))
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

function dispatcherFor(mayBePrivate: boolean, tls: TlsParts | undefined): Agent {
  return agentFor(mayBePrivate ? 'private' : 'public', tls, () => new Agent({
    connect: {
      timeout: 5000,
      ...connectParts(tls),
      lookup: (host, options, callback: LookupCallback) => {
        resolve(host, { ...options, all: true }, (error, found) => {
          if (error) return callback(error, [])
          const blocked = found.find((entry) => !isAddressAllowed(entry.address, mayBePrivate))
          const [first] = found
          if (blocked || !first) return callback(new NotAllowed('address'), [])
          return options.all ? callback(null, found) : callback(null, first.address, first.family)
        })
      },
    },
    keepAliveTimeout: 10_000,
    connections: 8,
  }))
}

const fail = (kind: OutboundFailureKind, message: string): OutboundAnswer => ({ ok: false, failure: { kind, message } })

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : ''
}

function failureOf(error: unknown, { host, protocol }: URL, isLate: boolean): OutboundAnswer {
  const code = codeOf(error)
  if (isLate) return fail('timeout', `${host} did not answer in time.`)
  if (code === 'GH_TOO_LARGE') return fail('too-large', `The answer of ${host} is larger than is allowed.`)
  if (code === 'GH_NOT_ALLOWED') return fail('not-allowed', leadsAstray(host))
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return fail('unknown-host', `The name ${host} could not be resolved.`)
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return fail('refused', `${host} refuses the connection.`)
  if (code.startsWith('UND_ERR_') && code.endsWith('TIMEOUT')) return fail('timeout', `${host} did not answer in time.`)
  if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR') return fail('encoding', `The answer of ${host} could not be decoded.`)
  const sentence = tlsSentence(code, host)
  if (sentence !== null) return fail('tls', sentence)
  // In TLS 1.3 a missing client certificate shows only after the handshake, as a connection that ends.
  const hint = protocol === 'https:' ? ' A server that asks for a client certificate, or does not accept this one, ends it so.' : ''
  return fail('broken', `The connection to ${host} broke before the answer was complete.${hint}`)
}

/** Refuses what can be seen before a connection: scheme, credentials, origin, and addresses written as numbers (undici never looks those up). */
function checkUrl(input: Pick<OutboundRequest, 'url' | 'origins' | 'privateOrigins'>): { readonly url: URL; readonly mayBePrivate: boolean } | OutboundAnswer {
  if (!URL.canParse(input.url)) return fail('not-allowed', 'This is not a URL.')
  const url = new URL(input.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return fail('not-allowed', 'Only http and https may be called.')
  if (url.username !== '' || url.password !== '') return fail('not-allowed', 'The URL must not hold a user name or password.')
  if (input.origins && !input.origins.includes(url.origin)) return fail('not-allowed', `${url.host} is not on the list of hosts that may be called.`)
  const mayBePrivate = input.privateOrigins?.includes(url.origin) ?? false
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) !== 0 && !isAddressAllowed(literal, mayBePrivate)) return fail('not-allowed', `${url.host} is an address that may not be called.`)
  return { url, mayBePrivate }
}

/**
 * Why a call would be refused for where it leads, asked before anybody wants to call: when an address is kept. In: as for `callOut`. Out: the sentence, or null.
 * A name that cannot be resolved at this moment is not held against anybody; each call asks again.
 */
export async function addressFault(input: Pick<OutboundRequest, 'url' | 'origins' | 'privateOrigins'>): Promise<string | null> {
  const checked = checkUrl(input)
  if ('ok' in checked) return checked.ok ? null : checked.failure.message
  const { url, mayBePrivate } = checked
  const late = pause(NAME_MS, [], { ref: false })
  const found = await Promise.race([resolveNow(url.hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []), late])
  return found.every((entry) => isAddressAllowed(entry.address, mayBePrivate)) ? null : leadsAstray(url.host)
}

function leadsAstray(host: string): string {
  return `${host} leads to an address that may not be called.`
}

async function readCapped(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) throw Object.assign(new Error('too large'), { code: 'GH_TOO_LARGE' })
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** We ask for no encoding; a server that sends one all the same is decoded under the same cap (a bomb stops at `maxBytes`). */
function decode(body: Readable, encoding: string | undefined): Readable | null {
  if (encoding === undefined || encoding === '' || encoding === 'identity') return body
  const decoder = encoding === 'gzip' ? createGunzip() : encoding === 'deflate' ? createInflate() : encoding === 'br' ? createBrotliDecompress() : null
  if (!decoder) return null
  body.on('error', (error) => decoder.destroy(error))
  decoder.on('close', () => body.destroy())
  decoder.on('error', () => undefined)
  return body.pipe(decoder)
}

function headersOf(raw: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]))
}

/**
 * Calls another host (reliability facts: SSRF, bombs, slow peers). Never throws and never follows a redirect.
 * In: the request with its limits. Out: status, headers and the decoded body as text, or a failure with a kind and a sentence.
 */
export async function callOut(input: OutboundRequest): Promise<OutboundAnswer> {
  const checked = checkUrl(input)
  if ('ok' in checked) return checked
  const { url, mayBePrivate } = checked
  const deadline = AbortSignal.timeout(input.deadlineMs ?? DEADLINE_MS)
  const signal = input.signal ? AbortSignal.any([deadline, input.signal]) : deadline
  const release = await turnFor(url.origin, input.concurrency ?? CONCURRENCY, signal)
  if (!release) return input.signal?.aborted ? fail('aborted', 'The call was given up.') : fail('timeout', `${url.host} is busy: calls to it wait longer than is allowed.`)
  try {
    const answer = await send(url, {
      method: input.method,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'gatehouse', ...input.headers },
      ...(input.body === undefined ? {} : { body: input.body }),
      dispatcher: dispatcherFor(mayBePrivate, input.tls),
      signal,
    })
    // A body that is given up reports that as an error; without a listener it would end the process.
    answer.body.on('error', () => undefined)
    const headers = headersOf(answer.headers)
    if (answer.statusCode >= 300 && answer.statusCode < 400) {
      answer.body.destroy()
      return fail('redirect', `${url.host} answers with a redirect, which is not followed. Set the final URL.`)
    }
    const decoded = decode(answer.body, headers['content-encoding'])
    if (!decoded) {
      answer.body.destroy()
      return fail('encoding', `${url.host} answers in an encoding that was not asked for.`)
    }
    try {
      return { ok: true, status: answer.statusCode, headers, body: await readCapped(decoded, input.maxBytes ?? MAX_BYTES) }
    } finally {
      decoded.destroy()
      answer.body.destroy()
    }
  } catch (error) {
    if (input.signal?.aborted) return fail('aborted', 'The call was given up.')
    return failureOf(error, url, deadline.aborted)
  } finally {
    release()
  }
}
