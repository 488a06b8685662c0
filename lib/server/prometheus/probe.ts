/** Tests a connection: is something there, is it Prometheus or a relative of it, how often does it scrape, do the clocks agree. */
import 'server-only'
import type { Connection } from './connection'
import { get, query } from './client'
import type { SourceFailure } from './failure'

export type Flavour = 'prometheus' | 'mimir' | 'thanos' | 'victoriametrics' | 'unknown'

export type Probe =
  | { readonly ok: false; readonly failure: SourceFailure }
  | {
      readonly ok: true
      readonly flavour: Flavour
      /** As the source writes it, such as "2.42.0+ds"; `null` when it does not say. */
      readonly version: string | null
      /** The most frequent scrape interval of its targets, seconds. */
      readonly scrapeIntervalSeconds: number | null
      readonly targetsUp: number | null
      readonly targets: number | null
      /** Source minus us, seconds; a Date header is exact to one second. */
      readonly clockDifferenceSeconds: number | null
      readonly tookMs: number
    }

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined
}

const DURATION = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w|y)/g
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 }

/** A Go or Prometheus duration ("15s", "1m30s") in seconds; `null` when it is none. */
export function durationSeconds(text: string): number | null {
  let total = 0
  let rest = text
  for (const [whole, digits, unit] of text.matchAll(DURATION)) {
    total += Number(digits) * (SECONDS[unit ?? ''] ?? 0)
    rest = rest.replace(whole, '')
  }
  return rest === '' && total > 0 ? total : null
}

function mostFrequent(values: readonly number[]): number | null {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? null
}

/** The scrape interval that rate windows and panel steps follow, and how many targets are up. */
async function targets(connection: Connection): Promise<{ readonly interval: number | null; readonly up: number | null; readonly all: number | null }> {
  const answer = await get(connection, '/api/v1/targets', { state: 'active' }, { maxBytes: 20_000_000 })
  const list = answer.ok ? field(answer.value, 'activeTargets') : null
  if (!Array.isArray(list)) return { interval: null, up: null, all: null }
  const intervals = list.flatMap((target: unknown) => {
    const text = field(target, 'scrapeInterval')
    return typeof text === 'string' ? (durationSeconds(text) ?? []) : []
  })
  return { interval: mostFrequent(intervals), up: list.filter((target: unknown) => field(target, 'health') === 'up').length, all: list.length }
}

function flavourOf(build: unknown): Flavour {
  const text = JSON.stringify(build ?? '').toLowerCase()
  if (text.includes('mimir') || text.includes('cortex')) return 'mimir'
  if (text.includes('thanos')) return 'thanos'
  if (text.includes('victoria')) return 'victoriametrics'
  return typeof field(build, 'version') === 'string' && field(build, 'version') !== '' ? 'prometheus' : 'unknown'
}

/**
 * Tests a connection. In: the connection, now (unix ms). Out: what was found, or the first failure.
 * `vector(1)` decides whether it can answer at all, because relatives of Prometheus lack other parts of its API.
 */
export async function probe(connection: Connection, now: number): Promise<Probe> {
  const one = await query(connection, 'vector(1)', null)
  if (!one.ok) return one
  const [build, found] = await Promise.all([get(connection, '/api/v1/status/buildinfo'), targets(connection)])
  const version = build.ok ? field(build.value, 'version') : null
  return {
    ok: true,
    flavour: build.ok ? flavourOf(build.value) : 'unknown',
    version: typeof version === 'string' && version !== '' ? version : null,
    scrapeIntervalSeconds: found.interval,
    targetsUp: found.up,
    targets: found.all,
    clockDifferenceSeconds: one.sourceClock === null ? null : Math.round((one.sourceClock - now) / 1000),
    tookMs: Math.round(one.tookMs),
  }
}
