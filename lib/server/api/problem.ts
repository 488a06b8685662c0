/** The one table from refusal code to HTTP status, and the RFC 9457 documents that the API answers with. */
import 'server-only'
import type { StorageFault } from '@/db/conflict'
import type { Refusal, RefusalCode } from '@/lib/domain/aggregate'

export const STATUS: Readonly<Record<RefusalCode, number>> = {
  'not-found': 404, forbidden: 403, invalid: 422, exists: 409, blocked: 409, stale: 409, conflict: 409, closed: 409,
}

const TITLE: Readonly<Record<RefusalCode, string>> = {
  'not-found': 'Not found', forbidden: 'Not allowed', invalid: 'Not understood', exists: 'It is there already', blocked: 'Something stands in the way',
  stale: 'It has changed meanwhile', conflict: 'Two changes met', closed: 'It has ended',
}

/** Thrown by an operation to refuse; the dispatcher answers with the problem document. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal, readonly status: number = STATUS[refusal.code]) {
    super(refusal.message)
  }
}

const STORAGE: Readonly<Record<StorageFault, { readonly status: number; readonly title: string; readonly detail: string; readonly retryAfter: number }>> = {
  full: { status: 507, title: 'The disk is full', detail: 'There is no room left to save this. Nothing was changed; ask who runs Gatehouse to free space, then try again.', retryAfter: 60 },
  busy: { status: 503, title: 'The database is busy', detail: 'Something else holds the database. Nothing was changed; try again in a moment.', retryAfter: 2 },
  'read-only': { status: 503, title: 'The database is read-only', detail: 'Gatehouse may not write to its database. Nothing was changed; what is there can still be read. Ask who runs Gatehouse.', retryAfter: 60 },
  broken: { status: 503, title: 'The database does not answer', detail: 'The database failed. It may be that this was not saved: look before you try again, or repeat it under the same idempotency key.', retryAfter: 10 },
}

/** The answer when not the command but the storage is at fault (507 without room, else 503, each with Retry-After in seconds). */
export function storageProblem(fault: StorageFault): Response {
  const { status, title, detail, retryAfter } = STORAGE[fault]
  const body = { type: `/docs/problems#storage-${fault}`, title, status, detail, code: `storage-${fault}` }
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'retry-after': String(retryAfter) } })
}

/** A problem document. In: the refusal, a status other than its code's, and the newer state where the caller's is old. */
export function problem(refusal: Refusal, status: number = STATUS[refusal.code], current?: unknown): Response {
  const body = {
    type: `/docs/problems#${refusal.code}`, title: TITLE[refusal.code], status, detail: refusal.message, code: refusal.code,
    ...(refusal.blockers ? { blockers: refusal.blockers } : {}),
    ...(current === undefined ? {} : { current }),
  }
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } })
}
