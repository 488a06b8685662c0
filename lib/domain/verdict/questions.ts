/** Plans what a metric item asks: the questions of each kind of test as PromQL, ready to send. */

import { missingLabels, resolveQuery, type Questions } from '@/lib/domain/preset/resolve'
import type { Preset, StackId } from '@/lib/domain/preset/preset'
import { fillQuery, type Selectors } from '@/lib/domain/preset/selector'
import type { ExchangeRole } from './exchange'
import type { MetricSpec } from './metric-spec'
import { isPlainSeries } from './plain-series'
import type { BurnRateTest, FreshnessTest, HeadroomTest, DeclaredTest } from './rule'
import type { Verdict } from './verdict'

export interface Question {
  readonly role: ExchangeRole
  readonly query: string
}

export interface Asking {
  readonly stacks: readonly StackId[]
  readonly selectors: Selectors
  /** `null` when there is no stable version to compare with. */
  readonly stableSelectors: Selectors | null
  /** Whether the stable version is measured on another source than the candidate. */
  readonly isStableElsewhere: boolean
  readonly scrapeSeconds: number
}

/** The questions, the candidate's first; or what stands in the way, with the verdict that this is. */
export type Planned =
  | { readonly ok: true; readonly questions: readonly Question[]; readonly preset: Preset | null }
  | { readonly ok: false; readonly verdict: Verdict; readonly reason: string }

/** Points that a peak looks at most: finer steps cost more and see no more than the scrapes. */
const PEAK_POINTS = 500
/** Prometheus forgets a sample after five minutes, so the search for the newest one must not step over it. */
const LOOKBACK_SECONDS = 300
const LONGEST_SEARCH_SECONDS = 30 * 86_400

function overTime(fn: 'max_over_time' | 'count_over_time', query: string, windowSeconds: number, scrapeSeconds: number): string {
  const step = Math.max(scrapeSeconds, Math.ceil(windowSeconds / PEAK_POINTS))
  return `${fn}((${query})[${windowSeconds}s:${step}s])`
}

type Ask = (windowSeconds: number) => Questions | null
type Plan = readonly Question[] | { readonly verdict: Verdict; readonly reason: string }

function freshness(test: FreshnessTest, own: Questions, spec: MetricSpec, scrapeSeconds: number): Plan {
  if (test.of !== 'sample') return [{ role: 'candidate', query: own.value }]
  if (own.age !== null) return [{ role: 'candidate', query: own.age }]
  if (!isPlainSeries(own.value)) return { verdict: 'inconclusive', reason: 'The age of the newest sample can be asked of a plain series only: the result of a function is always new.' }
  const window = Math.min(LONGEST_SEARCH_SECONDS, Math.max(spec.windowSeconds, 2 * test.maxAgeSeconds, LOOKBACK_SECONDS))
  const step = Math.min(LOOKBACK_SECONDS, Math.max(scrapeSeconds, Math.ceil(window / PEAK_POINTS)))
  return [{ role: 'candidate', query: `time() - max_over_time(timestamp(${own.value.trim()})[${Math.ceil(window)}s:${step}s])` }]
}

function burn(test: BurnRateTest, own: Questions, ask: Ask): Plan {
  const short = ask(test.shortSeconds)
  if (!short || short.value === own.value) return { verdict: 'inconclusive', reason: 'The query does not use the window ($w), so a long and a short one cannot be told apart.' }
  return [{ role: 'candidate', query: own.value }, { role: 'short-window', query: short.value }, ...counted(own)]
}

function counted(own: Questions): readonly Question[] {
  return own.samples === null ? [] : [{ role: 'samples', query: own.samples }]
}

function peak(test: HeadroomTest | DeclaredTest, own: Questions, spec: MetricSpec, selectors: Selectors, scrapeSeconds: number): Plan {
  const window = Math.max(spec.windowSeconds, scrapeSeconds)
  const points: readonly Question[] = (spec.rule.minSamples ?? 0) > 0 ? [{ role: 'samples', query: overTime('count_over_time', own.value, window, scrapeSeconds) }] : []
  const capacity: readonly Question[] = test.kind === 'headroom' && test.capacity.kind === 'query' ? [{ role: 'capacity', query: fillQuery(test.capacity.promql, selectors, 4 * scrapeSeconds) }] : []
  return [{ role: 'candidate', query: overTime('max_over_time', own.value, window, scrapeSeconds) }, ...points, ...capacity]
}

/** The window that the query itself is filled with, in seconds: rates need four scrapes, a peak looks at short rates. */
function windowOf(spec: MetricSpec, scrapeSeconds: number): number {
  const { test } = spec.rule
  const least = 4 * scrapeSeconds
  if (test.kind === 'burn-rate') return test.longSeconds
  if (test.kind === 'headroom' || test.kind === 'declared') return least
  return Math.max(spec.windowSeconds, least)
}

/** The sum by bucket inside a histogram quantile, with the factor that scales it; `null` when the query is none. */
export function bucketsOf(query: string): { readonly query: string; readonly scale: number } | null {
  const inner = /^histogram_quantile\([\d.]+, (sum by \(le\) \(.*\))\)( \/ 1e\d)?$/.exec(query)
  return inner?.[1] ? { query: inner[1], scale: Number(inner[2]?.slice(3) ?? 1) } : null
}

/**
 * The questions of a specification. In: what is asked, and of which release. Out: the questions with their roles, the candidate's first;
 * or the verdict and the reason when nothing can be asked (no preset, no labels, a query that does not fit its test).
 */
export function planQuestions(spec: MetricSpec, asking: Asking): Planned {
  const { scrapeSeconds, stableSelectors } = asking
  const resolved = resolveQuery(spec.query, asking.stacks)
  if (!resolved.ok) return { ok: false, verdict: 'no-data', reason: resolved.reason }
  const selectors = { ...asking.selectors, ...spec.selectors }
  const ask: Ask = (windowSeconds) => resolved.ask(selectors, windowSeconds)
  const window = windowOf(spec, scrapeSeconds)
  const own = ask(window)
  if (!own) return { ok: false, verdict: 'no-data', reason: missingLabels(resolved.preset) }
  const { test } = spec.rule
  const plan: Plan = test.kind === 'freshness' ? freshness(test, own, spec, scrapeSeconds)
    : test.kind === 'burn-rate' ? burn(test, own, ask)
    : test.kind === 'headroom' || test.kind === 'declared' ? peak(test, own, spec, selectors, scrapeSeconds)
    : [{ role: 'candidate', query: own.value }, ...counted(own)]
  if ('verdict' in plan) return { ok: false, ...plan }
  const aged: readonly Question[] = own.age !== null && spec.rule.maxAgeSeconds !== undefined && test.kind !== 'freshness' ? [{ role: 'age', query: own.age }] : []
  const beside = test.kind === 'stable' && stableSelectors ? resolved.ask(stableSelectors, window) : null
  const stable: readonly Question[] = beside !== null && (beside.value !== own.value || asking.isStableElsewhere) ? [{ role: 'stable', query: beside.value }] : []
  const buckets = resolved.preset?.latency?.kind === 'histogram' ? bucketsOf(own.value) : null
  const bounds: readonly Question[] = buckets ? [{ role: 'bounds', query: buckets.query }] : []
  return { ok: true, preset: resolved.preset, questions: [...plan, ...aged, ...stable, ...bounds] }
}
