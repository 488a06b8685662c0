/** The one table of the problems that the API answers with (RFC 9457): what each code means and what whoever asked can do. Zod-free. */
import type { RefusalCode } from '@/lib/domain/aggregate'

export type ProblemCode = RefusalCode | 'failed' | 'method' | 'too-large' | 'storage-full' | 'storage-busy' | 'storage-read-only' | 'storage-broken'

export interface ProblemKind {
  readonly title: string
  readonly status: number
  /** Statuses that say more precisely what is not understood or who is meant, each with when. */
  readonly also?: string
  readonly meaning: string
  readonly remedy: string
}

const ASK = 'Ask who runs Gatehouse.'

export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  invalid: {
    title: 'Not understood', status: 422, also: '400 for an address or body that cannot be read, 405 for a method that the address does not have, 413 for too much, 415 for another content type than JSON',
    meaning: 'The words of the request do not fit what this address takes. Nothing was changed.', remedy: 'Read the detail; blockers name the members that are wrong. GET /api/v1/openapi.json describes every body.',
  },
  forbidden: {
    title: 'Not allowed', status: 403, also: '401 without a session or token',
    meaning: 'Whoever asks is known but may not do this, or nobody is signed in. The detail says who may.', remedy: 'Sign in, ask somebody whom the detail names, or use a token with the scope that is named.',
  },
  'not-found': {
    title: 'Not found', status: 404,
    meaning: 'There is no such thing, or whoever asks may not know that there is.', remedy: 'Look at the address and the id. A token that is limited to models sees only those.',
  },
  exists: {
    title: 'It is there already', status: 409,
    meaning: 'A name or an id that must be its own is taken.', remedy: 'Choose another name, or go on with what is there. To repeat a command safely, send it under the same Idempotency-Key.',
  },
  blocked: {
    title: 'Something stands in the way', status: 409, also: '503 while the server is doing as much as it can',
    meaning: 'A rule or an open step stands in the way. Nothing was changed.', remedy: 'Settle what the blockers name, then repeat the command.',
  },
  stale: {
    title: 'It has changed meanwhile', status: 409,
    meaning: 'A judgement was made on something that is no longer as its maker saw it. Nothing was recorded.', remedy: 'Look at the newer state in current, and judge again.',
  },
  conflict: {
    title: 'Two changes met', status: 409, also: '502 when a metric source did not answer, 503 while the server stops',
    meaning: 'Others were first, and the command could not be decided again on its own.', remedy: 'Read again and repeat the command.',
  },
  closed: {
    title: 'It has ended', status: 409,
    meaning: 'The life of what the command is about is over: it was decided, archived, revoked or finished.', remedy: 'Start a new one, or restore it where that is offered.',
  },
  method: {
    title: 'Method not used', status: 405,
    meaning: 'No address here takes this method.', remedy: 'Use one of the methods in the Allow header.',
  },
  'too-large': {
    title: 'Body too large', status: 413,
    meaning: 'The body is larger than this address takes. Nothing of it was used.', remedy: 'Send less, or link the content where it lies.',
  },
  failed: {
    title: 'Something broke', status: 500,
    meaning: 'A fault of the product. It is logged without what was sent.', remedy: `Try again. ${ASK}`,
  },
  'storage-full': {
    title: 'The disk is full', status: 507,
    meaning: 'There is no room left to save this. Nothing was changed; reading goes on.', remedy: `${ASK} Retry-After says when to come back.`,
  },
  'storage-busy': {
    title: 'The database is busy', status: 503,
    meaning: 'Something else holds the database. Nothing was changed.', remedy: 'Repeat it after the seconds that Retry-After names.',
  },
  'storage-read-only': {
    title: 'The database is read-only', status: 503,
    meaning: 'Gatehouse may not write to its database. Nothing was changed; reading goes on.', remedy: ASK,
  },
  'storage-broken': {
    title: 'The database does not answer', status: 503,
    meaning: 'The database failed while this was asked, and it may be that it was not saved.', remedy: 'Look before you repeat it, or repeat it under the same Idempotency-Key, which does it at most once.',
  },
}

/** Where the page about all problems is, on every installation. */
export const PROBLEMS_PAGE = '/docs/problems'

/** The `type` of a problem document, relative to the installation that answers: the address of the words about it. */
export function problemType(code: ProblemCode): string {
  return `${PROBLEMS_PAGE}#${code}`
}
