/** The table of everything that can go wrong with a metrics source, and the sentence for each. */
import 'server-only'
import type { OutboundFailureKind } from '@/lib/server/outbound'

export type SourceFailureKind =
  | OutboundFailureKind
  | 'bad-query' // 400 bad_data: our question is wrong
  | 'execution' // 422: too expensive, or many-to-many
  | 'query-timeout' // 503 timeout: it gave up by itself
  | 'unauthorized' | 'not-found' | 'method' | 'unavailable' | 'rate-limited'
  | 'html' // a proxy or another product answers
  | 'not-prometheus' // JSON or text of another shape, half an answer
  | 'server-error'

export interface SourceFailure {
  readonly kind: SourceFailureKind
  /** One sentence for people: what is wrong and what to do. */
  readonly message: string
}

/** Whether the fault lies with the source (the breaker counts it) and not with the question. */
export function isSourceFault(kind: SourceFailureKind): boolean {
  return kind !== 'bad-query' && kind !== 'execution' && kind !== 'query-timeout' && kind !== 'too-large' && kind !== 'aborted'
}

interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

interface ErrorDocument {
  readonly errorType: string
  readonly error: string
}

function errorDocument(body: string): ErrorDocument | null {
  try {
    const json: unknown = JSON.parse(body)
    if (typeof json !== 'object' || json === null || !('error' in json) || typeof json.error !== 'string') return null
    return { errorType: 'errorType' in json && typeof json.errorType === 'string' ? json.errorType : '', error: json.error.slice(0, 500) }
  } catch {
    return null
  }
}

function fromDocument(status: number, document: ErrorDocument): SourceFailure {
  const { errorType, error } = document
  if (errorType === 'bad_data' || status === 400) return { kind: 'bad-query', message: `Prometheus does not accept the query: ${error}.` }
  if (errorType === 'execution' || status === 422) return { kind: 'execution', message: `Prometheus cannot run the query: ${error}.` }
  if (errorType === 'timeout' || errorType === 'canceled') return { kind: 'query-timeout', message: 'Prometheus gave the query up because it takes too long. Use a shorter window or fewer series.' }
  if (status === 429) return { kind: 'rate-limited', message: 'The source limits how often it may be asked.' }
  if (errorType === 'unavailable' || status === 503) return { kind: 'unavailable', message: 'The source is not ready: it starts up or stops.' }
  if (errorType === 'not_found' || status === 404) return { kind: 'not-found', message: 'The source does not know this part of the API.' }
  if (status === 401 || status === 403) return { kind: 'unauthorized', message: 'The source does not accept the credentials.' }
  return { kind: 'server-error', message: `The source answers with an error of its own (${status}).` }
}

function isHtml(reply: Reply): boolean {
  return reply.contentType.includes('html') || /^\s*<(!doctype|html|head|a )/i.test(reply.body.slice(0, 200))
}

/** Names what is wrong with a reply that is not a good answer. Text is never read as JSON, HTML never as text; the other side's words are shown only from Prometheus' own error documents. */
export function failureOfReply(reply: Reply): SourceFailure {
  const { status } = reply
  const document = reply.contentType.includes('json') ? errorDocument(reply.body) : null
  if (document) return fromDocument(status, document)
  if (status === 401 || status === 403) return { kind: 'unauthorized', message: status === 401 ? 'The source asks for credentials, or does not accept these.' : 'The source forbids these credentials to ask.' }
  if (isHtml(reply)) return { kind: 'html', message: 'A web page answers, not Prometheus: a proxy or a log-in page stands before it.' }
  if (status === 404) return { kind: 'not-found', message: 'Nothing answers at this path. Check the URL and its path prefix.' }
  if (status === 405 || status === 501) return { kind: 'method', message: 'The source does not accept this kind of request.' }
  if (status === 429) return { kind: 'rate-limited', message: 'The source limits how often it may be asked.' }
  if (status === 503) return { kind: 'unavailable', message: 'The source is not ready: it starts up or stops.' }
  if (status >= 500) return { kind: 'server-error', message: `The source answers with an error of its own (${status}).` }
  if (status === 400 && reply.body.includes('HTTPS')) return { kind: 'tls', message: 'The source wants https.' }
  return { kind: 'not-prometheus', message: 'What answers does not speak as Prometheus does.' }
}
