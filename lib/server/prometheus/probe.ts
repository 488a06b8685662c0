/** Tests the connection to a source: what it is, how often it scrapes, whether its clock agrees with ours, and what it does not let us see. */
import 'server-only'
import type { ConnectionFindings, LackingPart, SourceFlavour } from '@/lib/domain/source/view'
import { get, labelNames, metadata, query, series, type Result } from './client'
import type { Connection } from './connection'
import type { SourceFailure } from './failure'
import { buildInfo, rules, targets, type BuildInfo, type ScrapeTarget } from './status'

export type Probe = { readonly ok: false; readonly failure: SourceFailure } | ({ readonly ok: true } & ConnectionFindings)

const MOST_NAMED = 5

/** How many targets are scraped at each interval, the most frequent first: rate windows and panel steps follow it. */
function intervalsOf(list: readonly ScrapeTarget[]): readonly { readonly seconds: number; readonly targets: number }[] {
  const counts = new Map<number, number>()
  for (const { scrapeInterval } of list) if (scrapeInterval !== null) counts.set(scrapeInterval, (counts.get(scrapeInterval) ?? 0) + 1)
  return [...counts].map(([seconds, count]) => ({ seconds, targets: count })).toSorted((a, b) => b.targets - a.targets || a.seconds - b.seconds).slice(0, MOST_NAMED)
}

/** Names of the jobs with targets that are down; never their errors, which tell of the inner network. */
function downJobs(list: readonly ScrapeTarget[]): readonly string[] {
  return [...new Set(list.filter((one) => one.health === 'down').map((one) => one.labels['job'] ?? one.scrapePool))].toSorted().slice(0, MOST_NAMED)
}

/**
 * Tells the relatives apart. Mimir and Cortex name themselves; VictoriaMetrics sends its host's name and leaves most of the build out;
 * Thanos looks like a Prometheus, but answers for its stores.
 */
function flavourOf(build: BuildInfo | null, headers: Readonly<Record<string, string>>, hasStores: boolean): SourceFlavour {
  const named = build?.application.toLowerCase() ?? ''
  if (named.includes('mimir') || named.includes('cortex')) return 'mimir'
  if (named.includes('thanos') || hasStores) return 'thanos'
  if ('x-server-hostname' in headers || named.includes('victoria')) return 'victoriametrics'
  return build !== null && build.version !== '' ? 'prometheus' : 'unknown'
}

/** Thanos answers with lists of stores by kind. */
function isListOfStores(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  const kinds: readonly unknown[] = Object.values(data)
  return kinds.length > 0 && kinds.every((kind) => Array.isArray(kind) || kind === null)
}

/** Why a part of the API cannot be used; `null` when it can. */
function lackOf(part: LackingPart['part'], result: Result<unknown>): LackingPart | null {
  if (result.ok) return null
  const { kind } = result.failure
  return { part, why: kind === 'unauthorized' ? 'not-permitted' : kind === 'not-found' || kind === 'method' ? 'absent' : 'broken' }
}

/**
 * Tests a connection. In: the connection, now (unix ms). Out: what was found, or the first failure.
 * `vector(1)` decides whether it can answer at all, because relatives of Prometheus lack other parts of its API.
 */
export async function probe(connection: Connection, now: number): Promise<Probe> {
  const one = await query(connection, 'vector(1)', null)
  if (!one.ok) return one
  const [build, found, stores, names, known, described, ruled] = await Promise.all([
    buildInfo(connection), targets(connection), get(connection, '/api/v1/stores'), labelNames(connection, ['up']),
    series(connection, ['up'], 1), metadata(connection, 'up'), rules(connection),
  ])
  const list = found.ok ? found.value : null
  const lacking = [lackOf('series', known), lackOf('labels', names), lackOf('metadata', described), lackOf('targets', found), lackOf('rules', ruled)]
  return {
    ok: true,
    flavour: flavourOf(build.ok ? build.value : null, one.headers, stores.ok && isListOfStores(stores.value)),
    version: build.ok && build.value.version !== '' ? build.value.version : null,
    intervals: list === null ? [] : intervalsOf(list),
    scrapeIntervalSeconds: list === null ? null : (intervalsOf(list)[0]?.seconds ?? null),
    targetsUp: list?.filter((each) => each.health === 'up').length ?? null,
    targets: list?.length ?? null,
    downJobs: list === null ? [] : downJobs(list),
    lacking: lacking.filter((lack) => lack !== null),
    clockDifferenceSeconds: one.sourceClock === null ? null : Math.round((one.sourceClock - now) / 1000),
    tookMs: Math.round(one.tookMs),
  }
}
