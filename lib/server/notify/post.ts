/** Hides how one message is posted: a deadline over everything, no redirects, no more read than is needed. */
import 'server-only'
import { request } from 'undici'
import type { Attempt } from '@/lib/server/notify/answer'

/** Slack answers within a second or two; Standard Webhooks asks for 15 to 30 s. */
const DEADLINE_MS = 15_000
const BODY_LIMIT = 4096

// The connection was never made, so the message cannot have arrived. Everything else may have.
const NEVER_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

export type Post = (url: string, payload: unknown) => Promise<Attempt>

/**
 * Posts JSON once. In: an address that `readAddress` allowed, and the payload. Out: what came of it; never throws.
 * The deadline covers connecting, waiting and reading, so that neither a hanging nor a dripping server holds the worker.
 */
export async function post(url: string, payload: unknown, deadlineMs = DEADLINE_MS): Promise<Attempt> {
  const signal = AbortSignal.timeout(deadlineMs)
  try {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Gatehouse' },
      body: JSON.stringify(payload),
      signal,
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
    })
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of response.body) {
      const bytes = Buffer.from(chunk)
      chunks.push(bytes)
      size += bytes.length
      if (size > BODY_LIMIT) break // leaving the loop destroys the stream
    }
    const retryAfter = response.headers['retry-after']
    const body = Buffer.concat(chunks).subarray(0, BODY_LIMIT).toString('utf8')
    return { kind: 'answered', status: response.statusCode, body, retryAfter: typeof retryAfter === 'string' ? retryAfter : null }
  } catch (error) {
    if (signal.aborted) return { kind: 'lost', reason: `no answer within ${deadlineMs / 1000} s` }
    const code = codeOf(error)
    return NEVER_SENT.test(code) ? { kind: 'unreachable', reason: code } : { kind: 'lost', reason: code === '' ? 'the connection broke' : code }
  }
}

/** The system's code for a broken connection, also where it is wrapped. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : ''
}
