/** Hides the wire form of the few errors that are answered before a route runs (RFC 9457). */
import type { ServerResponse } from 'node:http'

export interface PlainProblem {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
}

/** Answers with a problem document and ends the response. */
export function sendProblem(response: ServerResponse, problem: PlainProblem, headers: Record<string, string> = {}): void {
  const body = JSON.stringify({ type: 'about:blank', ...problem })
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(body)
}
