/** Hides the wire form of the few errors that are answered before a route runs (RFC 9457). */
import type { ServerResponse } from 'node:http'
import { PROBLEMS, problemType, type ProblemCode } from '@/lib/domain/problem'

export interface PlainProblem {
  readonly code: ProblemCode
  readonly detail: string
  /** Where it is not the code's own. */
  readonly status?: number
}

/** Answers with a problem document and ends the response. */
export function sendProblem(response: ServerResponse, { code, detail, status = PROBLEMS[code].status }: PlainProblem, headers: Record<string, string> = {}): void {
  const body = JSON.stringify({ type: problemType(code), title: PROBLEMS[code].title, status, detail, code })
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(body)
}
