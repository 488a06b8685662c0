/** Measures one metric item: asks what its rule needs, at one instant for all of it, and judges. */
import 'server-only'
import { missingLabels, resolveQuery } from '@/lib/domain/preset/resolve'
import { judge, type Asked } from '@/lib/domain/verdict/judge'
import type { Judgement, KeptPoint, Verdict } from '@/lib/domain/verdict/verdict'
import { alignedTo, type Asker } from './asker'
import type { MetricTarget } from './target'

export interface Measurement {
  readonly judgement: Judgement
  /** The candidate's query as sent; empty when nothing could be asked. */
  readonly query: string
  /** Unix seconds of the evaluation. */
  readonly at: number
  readonly sourceId: string | null
}

/** Points of the series that is kept with a turn. */
const KEPT_POINTS = 60

function unmeasured(verdict: Verdict, reason: string): Judgement {
  return { verdict, reason, value: null, raw: null, stable: null, compared: null, samples: null, series: 0, warnings: [], infos: [] }
}

/** Highest finite bucket among the series behind a histogram quantile; `undefined` when it is none. */
async function topBucket(asker: Asker, sourceId: string, query: string, at: number): Promise<number | undefined> {
  const inner = /^histogram_quantile\([\d.]+, (sum by \(le\) \(.*\))\)( \/ 1e\d)?$/.exec(query)
  if (!inner?.[1]) return undefined
  const scale = Number(inner[2]?.slice(3) ?? 1)
  // Bounds hardly ever change, so a minute-aligned time lets many evaluations share one question.
  const answer = await asker.instant(sourceId, inner[1], at - (at % 60))
  if (!answer.ok) return undefined
  const bounds = answer.answer.series.map((series) => Number(series.labels['le'])).filter(Number.isFinite)
  return bounds.length === 0 ? undefined : Math.max(...bounds) / scale
}

/** The instant at which items are evaluated: aligned, and one scrape back, so that no series is half-scraped. */
export function evaluationTime(nowMs: number, scrapeIntervalSeconds: number): number {
  return alignedTo(nowMs, scrapeIntervalSeconds) - scrapeIntervalSeconds
}

/** Measures a target now (unix ms). Out: the judgement; never throws. What could not be asked is `error` or `no-data` with the reason. */
export async function measure(asker: Asker, target: MetricTarget, nowMs: number): Promise<Measurement> {
  const { spec, sourceId } = target
  if (sourceId === null) return { judgement: unmeasured('no-data', 'The environment has no metrics source.'), query: '', at: nowMs / 1000, sourceId }
  const source = await asker.source(sourceId)
  const at = evaluationTime(nowMs, source?.scrapeIntervalSeconds ?? 15)
  const resolved = resolveQuery(spec.query, target.stacks)
  if (!resolved.ok) return { judgement: unmeasured('no-data', resolved.reason), query: '', at, sourceId }
  const windowSeconds = Math.max(spec.windowSeconds, 4 * (source?.scrapeIntervalSeconds ?? 15))
  const own = resolved.ask({ ...target.selectors, ...spec.selectors }, windowSeconds)
  if (!own) return { judgement: unmeasured('no-data', missingLabels(resolved.preset)), query: '', at, sourceId }
  const wantsStable = spec.rule.test.kind === 'stable'
  const beside = wantsStable && target.stableSelectors ? resolved.ask(target.stableSelectors, windowSeconds) : null
  const ask = (query: string): Promise<Asked> => asker.instant(sourceId, query, at)
  const isComparable = beside !== null && (beside.value !== own.value || target.stableSourceId !== sourceId)
  const [candidate, samples, age, stable, bound] = await Promise.all([
    ask(own.value),
    own.samples === null ? undefined : ask(own.samples),
    own.age === null || spec.rule.maxAgeSeconds === undefined ? undefined : ask(own.age),
    isComparable ? asker.instant(target.stableSourceId ?? sourceId, beside.value, at) : undefined,
    resolved.preset?.latency?.kind === 'histogram' ? topBucket(asker, sourceId, own.value, at) : undefined,
  ])
  const judgement = judge({
    candidate,
    now: nowMs / 1000,
    ...(samples === undefined ? {} : { samples }),
    ...(age === undefined ? {} : { age }),
    ...(bound === undefined ? {} : { topBucket: bound }),
    ...(wantsStable ? { stable: stable ?? null } : {}),
  }, spec.rule)
  return { judgement, query: own.value, at, sourceId }
}

/** The last stretch of the measured series, for the record: at most 60 points over the item's window, or an hour. Empty when it cannot be read. */
export async function keptSeries(asker: Asker, measurement: Measurement, windowSeconds: number): Promise<readonly KeptPoint[]> {
  const { sourceId, query, at } = measurement
  if (sourceId === null || query === '') return []
  const span = Math.max(3600, windowSeconds)
  const stepSeconds = Math.ceil(span / KEPT_POINTS)
  const end = Math.floor(at / stepSeconds) * stepSeconds
  const answer = await asker.range(sourceId, query, { start: end - span, end, stepSeconds })
  if (!answer.ok || answer.answer.series.length !== 1) return []
  return (answer.answer.series[0]?.samples ?? []).map(({ at: time, value }): KeptPoint => [time, Number.isFinite(value) ? value : null])
}
