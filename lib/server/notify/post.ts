/** Hides how one message is posted: through the guarded way out, with what its failures say about whether the message may have arrived. */
import 'server-only'
import type { Attempt } from '@/lib/server/notify/answer'
import { addressFault, callOut, type OutboundFailureKind } from '@/lib/server/outbound'

/** Slack answers within a second or two; Standard Webhooks asks for 15 to 30 s. */
const DEADLINE_MS = 15_000
const BODY_LIMIT = 16_384

/** Failures at which no message was handed over; after all others it may have arrived. */
const NEVER_SENT: ReadonlySet<OutboundFailureKind> = new Set(['not-allowed', 'unknown-host', 'refused', 'tls', 'redirect'])

/** What is sent: the bytes, and the headers that belong to them. */
export interface Letter {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** A letter of plain JSON. */
export function jsonLetter(payload: unknown): Letter {
  return { body: JSON.stringify(payload), headers: { 'content-type': 'application/json; charset=utf-8' } }
}

export type Post = (url: string, letter: Letter) => Promise<Attempt>

/** The origin of an address whose host the operator named, which may lie in the private network. */
function ownOrigins(url: string, allowedHosts: readonly string[]): readonly string[] {
  const { origin, host, hostname } = new URL(url)
  return allowedHosts.includes(host) || allowedHosts.includes(hostname) ? [origin] : []
}

/** Why nothing would ever be posted to an address, by the rule of the sender below and the same hosts; null when it may be. In: an address that `readAddress` allowed. */
export async function postFault(url: string, allowedHosts: readonly string[]): Promise<string | null> {
  const fault = await addressFault({ url, privateOrigins: ownOrigins(url, allowedHosts) })
  return fault && `${fault} Give an address on the open network, or ask the operator to name its host in WEBHOOK_HOSTS.`
}

/**
 * Makes the sender. In: hosts that the operator named, which may lie in the private network; the deadline over everything.
 * The sender posts a letter once to an address that `readAddress` allowed, says what came of it, and never throws.
 */
export function postTo(allowedHosts: readonly string[], deadlineMs = DEADLINE_MS): Post {
  return async (url, { body, headers }) => {
    const answer = await callOut({
      url,
      method: 'POST',
      headers,
      body,
      maxBytes: BODY_LIMIT,
      deadlineMs,
      privateOrigins: ownOrigins(url, allowedHosts),
    })
    if (answer.ok) return { kind: 'answered', status: answer.status, body: answer.body, retryAfter: answer.headers['retry-after'] ?? null }
    return { kind: NEVER_SENT.has(answer.failure.kind) ? 'unreachable' : 'lost', reason: answer.failure.message }
  }
}
