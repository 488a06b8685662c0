/** The one table from refusal code to HTTP status, and the RFC 9457 documents that the API answers with. */
import 'server-only'
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

/** A problem document. In: the refusal, a status other than its code's, and the newer state where the caller's is old. */
export function problem(refusal: Refusal, status: number = STATUS[refusal.code], current?: unknown): Response {
  const body = {
    type: `/docs/problems#${refusal.code}`, title: TITLE[refusal.code], status, detail: refusal.message, code: refusal.code,
    ...(refusal.blockers ? { blockers: refusal.blockers } : {}),
    ...(current === undefined ? {} : { current }),
  }
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } })
}
