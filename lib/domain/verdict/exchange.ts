/** What was asked of a metrics source and what it answered, as it is kept with an evaluation: enough to read a verdict after Prometheus has forgotten, and never more than 16 kB. */

import type { Answer } from './answer'

export type ExchangeRole = 'candidate' | 'stable' | 'samples' | 'age' | 'bounds' | 'history' | 'stable-history' | 'short-window' | 'capacity'

/** One question and its answer. */
export interface Exchange {
  readonly role: ExchangeRole
  /** The query as sent. */
  readonly query: string
  /** The instant that was asked for, unix seconds. */
  readonly at: number
  readonly ok: boolean
  /** The first ten series, values as Prometheus wrote them. */
  readonly series: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: string }[]
  readonly totalSeries: number
  readonly warnings: readonly string[]
  readonly infos: readonly string[]
  readonly error: { readonly kind: string; readonly message: string } | null
  /** Milliseconds until the answer was there; near zero when it was shared with an earlier question. */
  readonly tookMs: number
}

/** What came back for a question; `failure` where the client says what kind of fault it was. */
export type Replied =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: string; readonly failure?: { readonly kind: string; readonly message: string } }

const MOST_SERIES = 10
const MOST_LABELS = 20
const MOST_QUERY = 4000
const MOST_TEXT = 300
const MOST_NOTES = 5
/** Bytes of JSON that one kept evaluation may take. */
export const MOST_BODY_BYTES = 16_384

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

function keptLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).slice(0, MOST_LABELS).map(([name, value]) => [cut(name, 100), cut(value, 200)]))
}

/** Writes down one question and its answer. In: its role, the query as sent, the instant (unix s), what came back, how long it took (ms). */
export function exchangeOf(role: ExchangeRole, query: string, at: number, replied: Replied, tookMs: number): Exchange {
  const base = { role, query: cut(query, MOST_QUERY), at, tookMs: Math.max(0, Math.round(tookMs)) }
  if (!replied.ok) {
    const { kind, message } = replied.failure ?? { kind: 'unknown', message: replied.reason }
    return { ...base, ok: false, series: [], totalSeries: 0, warnings: [], infos: [], error: { kind, message: cut(message, 1000) } }
  }
  const { series, warnings, infos } = replied.answer
  return {
    ...base, ok: true, error: null, totalSeries: series.length,
    series: series.slice(0, MOST_SERIES).map((one) => ({
      labels: keptLabels(one.labels),
      value: one.samples.length > 1 ? `${one.samples.length} points, last ${one.samples.at(-1)?.raw ?? ''}` : (one.samples[0]?.raw ?? (one.histograms > 0 ? 'a histogram' : 'no sample')),
    })),
    warnings: warnings.slice(0, MOST_NOTES).map((text) => cut(text, MOST_TEXT)),
    infos: infos.slice(0, MOST_NOTES).map((text) => cut(text, MOST_TEXT)),
  }
}

/** UTF-8 bytes of a value as JSON. */
function bytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}

/**
 * Fits exchanges into what is left of a body. In: the exchanges, bytes that they may take.
 * Out: as many series of each as fit (10, 5, 2, 1, 0), then shorter queries; the number of series stays true. Never throws.
 */
export function boundExchanges(exchanges: readonly Exchange[], most: number): readonly Exchange[] {
  for (const keep of [MOST_SERIES, 5, 2, 1, 0]) {
    const fewer = exchanges.map((one) => ({ ...one, series: one.series.slice(0, keep) }))
    if (bytes(fewer) <= most) return fewer
  }
  const bare = exchanges.map((one) => ({ ...one, query: cut(one.query, 400), series: [], warnings: one.warnings.slice(0, 1), infos: [] }))
  return bytes(bare) <= most ? bare : bare.slice(0, 1)
}

/**
 * The body of a kept evaluation, bounded to 16 kB: everything else as it is, its exchanges as far as they fit.
 * In: a plain object with `exchanges`. Out: the same with fewer series where needed.
 */
export function boundBody<T extends { readonly exchanges: readonly Exchange[] }>(body: T): T {
  const rest = bytes({ ...body, exchanges: [] })
  return { ...body, exchanges: boundExchanges(body.exchanges, Math.max(0, MOST_BODY_BYTES - rest)) }
}

/** Roles whose answers say nothing new while the verdict stays a pass. */
const BESIDE: ReadonlySet<ExchangeRole> = new Set<ExchangeRole>(['bounds', 'history', 'stable-history'])

/** The exchanges of a pass like the one before it: what decided, one series each. Most rows of the table are such, and it grows by them. */
export function briefExchanges(exchanges: readonly Exchange[]): readonly Exchange[] {
  return exchanges.filter((one) => !BESIDE.has(one.role)).map((one) => ({ ...one, series: one.series.slice(0, 1) }))
}
