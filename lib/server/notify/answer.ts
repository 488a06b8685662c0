/** Hides what an answer of the other side means for the message and for its destination. */
import 'server-only'
import type { DestinationKind } from '@/lib/domain/destination/kind'
import type { DisabledReason } from '@/lib/domain/destination/state'

/** What one attempt came to, before it is judged. */
export type Attempt =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly retryAfter: string | null }
  /** The connection never stood, so nothing was sent. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The request may have arrived, its answer did not. */
  | { readonly kind: 'lost'; readonly reason: string }

export type Judgement =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly delayMs: number | null; readonly isPacing: boolean }
  | { readonly kind: 'dead' }
  | { readonly kind: 'disable'; readonly reason: DisabledReason }

/** How an attempt stands in the delivery log. Lost ones are told apart, because they make the next attempt a possible repeat. */
export const LOST = 'lost'
export const PACED = '429'

/**
 * Delays between attempts in milliseconds: Standard Webhooks 1.0.0, "Retry schedule" (5 s … 24 h). After the last one the message is
 * dead, visible, and can be sent again by hand.
 */
export const RETRY_SCHEDULE_MS: readonly number[] = [
  5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
]

const HOUR_MS = 3_600_000

/**
 * Judges an attempt by the kind of the other side. Slack and Mattermost say success as the body "ok"
 * (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors), so that a 200 with anything else came from somebody
 * in between; Teams accepts with 200 or 202, and a plain webhook with any 2xx (Standard Webhooks 1.0.0). 429 waits as long as it says, 408 and 5xx wait by the schedule,
 * 403, 404 and 410 say that no message will ever arrive here, and every other refusal is about this message. A mail server speaks other
 * numbers: 4xx asks to try later, 5xx refuses for good, the first when the address does not exist (RFC 5321 §4.2).
 */
export function judge(attempt: Attempt, now: Date, kind: DestinationKind = 'slack'): Judgement {
  if (attempt.kind !== 'answered') return { kind: 'retry', delayMs: null, isPacing: false }
  const { status, body } = attempt
  if (kind === 'email') return status < 400 ? { kind: 'delivered' } : status < 500 ? { kind: 'retry', delayMs: null, isPacing: false } : { kind: 'dead' }
  if (isTaken(kind, status, body)) return { kind: 'delivered' }
  if (status === 429) return { kind: 'retry', delayMs: retryAfterMs(attempt.retryAfter, now), isPacing: true }
  if (status === 404) return { kind: 'disable', reason: 'revoked' }
  if (status === 403) return { kind: 'disable', reason: 'forbidden' }
  if (status === 410) return { kind: 'disable', reason: 'archived' }
  if (status === 408 || status >= 500 || status < 400) return { kind: 'retry', delayMs: null, isPacing: false }
  return { kind: 'dead' }
}

function isTaken(kind: DestinationKind, status: number, body: string): boolean {
  switch (kind) {
    case 'slack': case 'mattermost': return status === 200 && body.trim() === 'ok'
    case 'teams': return status === 200 || status === 202
    case 'webhook': case 'email': return status >= 200 && status < 300
  }
}

/** How long a Retry-After header asks to wait: seconds or an HTTP date (RFC 9110 §10.2.3); at least a second, at most an hour. */
export function retryAfterMs(header: string | null, now: Date): number {
  const value = header?.trim() ?? ''
  const asked = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime()
  return Math.min(Math.max(Number.isFinite(asked) ? asked : 1000, 1000), HOUR_MS)
}

/**
 * When the next attempt is due: the delay asked for or the schedule's, plus up to a fifth of jitter so that a fleet does not return at
 * once. In: failures so far (this one included, 429s not), a random number in [0, 1). Out: milliseconds, or null when the schedule ends.
 */
export function nextDelayMs(asked: number | null, failures: number, random: number, schedule = RETRY_SCHEDULE_MS): number | null {
  const base = asked ?? schedule[failures - 1]
  return base === undefined ? null : Math.round(base * (1 + random / 5))
}

/** The word for the delivery log. */
export function statusOf(attempt: Attempt): string {
  return attempt.kind === 'answered' ? String(attempt.status) : attempt.kind
}

/** The beginning of what was said, for the delivery log: one line, at most 300 units, never the address. */
export function excerptOf(attempt: Attempt, secret: string): string {
  const said = attempt.kind === 'answered' ? attempt.body : attempt.reason
  return masked(said, secret).replace(/\s+/g, ' ').trim().slice(0, 300).toWellFormed()
}

/** Text without the address or its path, in case somebody in between echoes it, in whatever case. */
function masked(text: string, secret: string): string {
  if (secret === '') return text
  const path = URL.canParse(secret) ? new URL(secret).pathname : ''
  const bare = text.replace(anyCase(secret), '[address]')
  return path.length > 1 ? bare.replace(anyCase(path), '/[address]') : bare
}

function anyCase(words: string): RegExp {
  return new RegExp(words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'gi')
}
