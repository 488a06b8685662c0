/** Hides the wire form of the problem documents that the API answers with (RFC 9457); what each code means is in lib/domain/problem. */
import 'server-only'
import type { StorageFault } from '@/db/conflict'
import type { Refusal } from '@/lib/domain/aggregate'
import { PROBLEMS, problemType, type ProblemCode } from '@/lib/domain/problem'

/** The status of each code. */
export function statusOf(code: ProblemCode): number {
  return PROBLEMS[code].status
}

/** Thrown by an operation to refuse; the dispatcher answers with the problem document. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal, readonly status: number = statusOf(refusal.code)) {
    super(refusal.message)
  }
}

const STORAGE: Readonly<Record<StorageFault, { readonly detail: string; readonly retryAfter: number }>> = {
  full: { detail: 'There is no room left to save this. Nothing was changed; ask who runs Gatehouse to free space, then try again.', retryAfter: 60 },
  busy: { detail: 'Something else holds the database. Nothing was changed; try again in a moment.', retryAfter: 2 },
  'read-only': { detail: 'Gatehouse may not write to its database. Nothing was changed; what is there can still be read. Ask who runs Gatehouse.', retryAfter: 60 },
  broken: { detail: 'The database failed. It may be that this was not saved: look before you try again, or repeat it under the same idempotency key.', retryAfter: 10 },
}

/** The answer when not the command but the storage is at fault (507 without room, else 503, each with Retry-After in seconds). */
export function storageProblem(fault: StorageFault): Response {
  const { detail, retryAfter } = STORAGE[fault]
  const code = `storage-${fault}` as const
  return answer(code, statusOf(code), { detail }, { 'retry-after': String(retryAfter) })
}

/** A problem document. In: the refusal, a status other than its code's, and the newer state where the caller's is old. */
export function problem(refusal: Omit<Refusal, 'code'> & { readonly code: ProblemCode }, status: number = statusOf(refusal.code), current?: unknown): Response {
  return answer(refusal.code, status, { detail: refusal.message, ...(refusal.blockers ? { blockers: refusal.blockers } : {}), ...(current === undefined ? {} : { current }) })
}

function answer(code: ProblemCode, status: number, words: { readonly detail: string }, headers: Readonly<Record<string, string>> = {}): Response {
  const body = { type: problemType(code), title: PROBLEMS[code].title, status, code, ...words }
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers } })
}
