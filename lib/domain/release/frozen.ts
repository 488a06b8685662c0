/** What a judgement freezes of the metrics that it rested on: the last reading with its rule, short enough for the record, so that it is read after Prometheus has forgotten (PRODUCT rule 8). */
import { ruleWords } from '@/lib/domain/verdict/rule-words'
import { thinned } from '@/lib/domain/verdict/thin'
import type { KeptPoint, Verdict } from '@/lib/domain/verdict/verdict'
import { limitOf } from '@/lib/domain/verdict/limit'
import { specOfItem, stableSelectorsOf } from './measured'
import type { FrozenVerdict, ItemState, ReleaseState } from './state'

/** The newest measurement of an item, as it stands in the table of evaluations, with the values of the last stretch. */
export interface Reading {
  readonly verdict: Verdict
  readonly value: number | null
  readonly stable: number | null
  readonly samples: number
  readonly reason: string
  readonly query: string
  /** ISO instant of the measurement. */
  readonly at: string
  readonly series: readonly KeptPoint[]
}

export type Readings = ReadonlyMap<string, Reading>

/** Points of one series in a sign-off or a waiver. */
export const FEW_POINTS = 40
/** Points of one series in a decision, which freezes every item of the release. */
export const FEWER_POINTS = 24

/** Whether comparison items are held against the stable version now: at full traffic nothing runs beside the candidate any more. */
export function comparesWithStable(state: ReleaseState): boolean {
  const isFull = state.stableAt !== null || (state.rollout !== null && state.steps[state.rollout.stepIndex]?.share === 100 && state.rollout.stepLiveAt !== null)
  return !isFull && stableSelectorsOf(state) !== null
}

/**
 * What is frozen of one item; `null` while it has no verdict. In: the release, the item, its newest reading (absent: what stood at the turn), the most points.
 * The verdict is the one that stands (a single measurement does not turn it); value, samples, query and time are those of the newest measurement.
 */
export function frozenOf(state: ReleaseState, item: ItemState, reading: Reading | undefined, most: number): FrozenVerdict | null {
  const { verdict } = item
  if (!verdict) return null
  // The clocks of two processes may disagree a little; a reading from before the turn is older than what the turn saw.
  const isNewer = reading !== undefined && reading.query !== '' && reading.at >= verdict.at
  const seen = isNewer ? { ...verdict, value: reading.value, samples: reading.samples, reason: reading.reason, query: reading.query, at: reading.at } : verdict
  const series = isNewer && reading.series.length > 1 ? reading.series : verdict.series
  const spec = specOfItem(item)
  return {
    ...seen, series: thinned(series, most),
    ...(spec === null ? {} : {
      terms: {
        title: item.title, rule: ruleWords(spec), unit: spec.rule.unit, limit: limitOf(spec.rule.test, comparesWithStable(state)), windowSeconds: spec.windowSeconds,
        since: verdict.at, stable: isNewer ? reading.stable : null, last: isNewer ? reading.verdict : verdict.verdict,
      },
    }),
  }
}
