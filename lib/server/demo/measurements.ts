/** What was measured before the demo began: verdicts with their series as the evaluator would have recorded them, and the bounded table behind the sparks. */
import 'server-only'
import { v7 as timedId } from 'uuid'
import { keepEvaluations, type Evaluation } from '@/db/evaluation'
import type { Store } from '@/db/store'
import { unitOf, valueText, type Unit } from '@/lib/domain/preset/unit'
import { resolveQuery } from '@/lib/domain/preset/resolve'
import type { CommandOf } from '@/lib/domain/release/commands'
import { stacksOfRelease } from '@/lib/domain/release/measured'
import type { ItemState, ReleaseState } from '@/lib/domain/release/state'
import type { PresetRole } from '@/lib/domain/template/template'
import { exchangeOf, type Exchange } from '@/lib/domain/verdict/exchange'
import type { Verdict } from '@/lib/domain/verdict/verdict'
import { SOURCE_ID, type ModelCast } from './cast'

/** What the synthetic model server shows of a healthy version. */
const HEALTHY: Readonly<Record<PresetRole, (model: ModelCast) => number>> = {
  'latency-p95': (model) => 0.158 * model.traffic.speed, 'error-ratio': (model) => model.traffic.errors, throughput: (model) => model.traffic.perSecond,
  drift: () => 0.081, skew: () => 0.032, 'invalid-predictions': () => 0, quality: () => 0.93, 'live-quality': () => 0.93,
  'memory-use': () => 0.7, 'cpu-throttling': () => 0.012, 'gpu-memory': () => 0.77, 'gpu-use': () => 0.58, 'volume-use': () => 0.34,
  'series-exist': () => 2, 'drift-exported': () => 3, 'pipeline-freshness': () => 600, 'version-share': () => 0.995,
  'ttft-p95': (model) => 0.05 * model.traffic.speed, 'itl-p95': () => 0.035, 'cost-per-1000': () => 2.1, groundedness: () => 0.95,
}

/** Small movement that looks measured, within ± 4 %. In: a seed and a step. */
function sway(seed: string, at: number): number {
  const phase = [...seed].reduce((sum, char) => sum + char.charCodeAt(0), 0)
  return 1 + 0.024 * Math.sin((at + phase) / 3.1) + 0.012 * Math.sin((at + phase * 7) / 1.3)
}

export interface Seen {
  readonly verdict: Verdict
  readonly value: number
  readonly reason: string
}

/** The value of an item while all is well. */
export function healthy(item: ItemState, model: ModelCast): Seen {
  const role = item.metric?.presetRole ?? 'quality'
  const value = HEALTHY[role](model)
  const isCount = Number.isInteger(value) || role === 'version-share'
  return { verdict: 'pass', value: isCount ? value : Number((value * sway(`${model.slug}${item.id}`, 1)).toFixed(4)), reason: '' }
}

function queryOf(state: ReleaseState, item: ItemState): string {
  if (!item.metric) return ''
  const resolved = resolveQuery({ kind: 'signal', signal: item.metric.presetRole }, stacksOfRelease(state))
  return resolved.ok ? (resolved.ask(state.selectors.candidate, item.metric.rule.windowMinutes * 60)?.value ?? '') : ''
}

/** The command by which the evaluator records a turn. In: what was seen, and what it came from (drawn in its series). */
export function verdictCommand(state: ReleaseState, item: ItemState, seen: Seen, from: number | null, at: Date): CommandOf<'record-verdict'> {
  const end = Math.floor(at.getTime() / 60_000) * 60
  const unit = unitOf(item.metric?.rule.unit ?? '')
  const limit = item.metric?.rule.threshold
  const series = Array.from({ length: 60 }, (_, index): [number, number | null] => {
    const rise = from === null ? 1 : Math.max(0, (index - 34) / 25)
    const base = from === null ? seen.value : from + (seen.value - from) * Math.min(1, rise)
    return [end - (59 - index) * 60, Number((base * (seen.value === 0 ? 0 : sway(state.code + item.id, index))).toPrecision(6))]
  })
  return {
    type: 'record-verdict', itemId: item.id, verdict: seen.verdict, value: seen.value, samples: item.metric?.rule.minimumSamples === 1 ? 1 : 5_400,
    reason: seen.reason || (limit == null ? '' : `${valueText(seen.value, unit)}; within ${item.metric?.rule.comparison === 'at-least' ? '≥' : '≤'} ${valueText(limit, unit)}.`), query: queryOf(state, item), at: at.toISOString(), series,
  }
}

/** How an item went over the last hours: `since` it has been otherwise (a fail), before that as `before`. */
export interface Course {
  readonly ownerId: string
  readonly itemId: string
  readonly seen: Seen
  readonly before: number
  readonly since: Date | null
  /** Stable's value, where it is judged as a ratio to it. */
  readonly stable: number | null
  /** The query as it would have been sent, for the candidate and beside it for stable. */
  readonly query: string
  readonly stableQuery: string
  /** The rule in words, and the value as its unit is written. */
  readonly rule: string
  readonly unit: Unit
}

/** The exchange that the evaluator would have kept: one series, its value as received. */
function exchange(role: 'candidate' | 'stable', query: string, at: number, value: number): Exchange {
  return exchangeOf(role, query, at, { ok: true, answer: { type: 'vector', warnings: [], infos: [], series: [{ labels: {}, samples: [{ at, value, raw: String(value) }], histograms: 0 }] } }, 3)
}

function keptBody(course: Course, value: number, verdict: Verdict, reason: string, at: number): object {
  const { stable, query, stableQuery, rule, unit } = course
  const compared = stable ? value / stable : value
  const words = stable ? `${valueText(value, unit)} is ${compared.toFixed(2)} × stable (${valueText(stable, unit)}); within its limit.` : `${valueText(value, unit)}; within its limit.`
  const asked = query === '' ? [] : [exchange('candidate', query, at, value), ...(stable === null ? [] : [exchange('stable', stableQuery, at, stable)])]
  return { reason: reason || words, query, raw: String(value), stable, compared, series: 1, warnings: [], infos: [], standing: verdict, evaluatedAt: at, rule, exchanges: asked, advice: null }
}

const REACH_MS = 5.5 * 3_600_000
const STEP_MS = 12 * 60_000

/** Keeps the evaluations of the last hours, by the same function as the evaluator. */
export async function keepCourses(store: Store, courses: readonly Course[], start: Date): Promise<void> {
  const rows = courses.flatMap((course) => {
    const made: Evaluation[] = []
    const steps = Math.floor(REACH_MS / STEP_MS)
    for (let step = steps; step >= 0; step -= 1) {
      const at = new Date(start.getTime() - step * STEP_MS - 5_000)
      const isTurned = course.since !== null && at >= course.since
      const rise = course.since === null ? 0 : Math.min(1, Math.max(0, (at.getTime() - course.since.getTime() + 3 * STEP_MS) / (3 * STEP_MS)))
      const base = course.before + (course.seen.value - course.before) * rise
      const value = Number((base * sway(course.ownerId.slice(-4) + course.itemId, step)).toPrecision(5))
      const verdict: Verdict = course.since === null || isTurned ? course.seen.verdict : 'pass'
      made.push({
        id: timedId({ msecs: at.getTime() }), ownerId: course.ownerId, itemId: course.itemId, sourceId: SOURCE_ID, at, verdict, value, samples: 5_400,
        body: keptBody(course, value, verdict, isTurned ? course.seen.reason : '', Math.floor(at.getTime() / 1000)),
      })
    }
    return made
  })
  for (let from = 0; from < rows.length; from += 400) await keepEvaluations(store, rows.slice(from, from + 400))
}
