/** What a screen gets about the metrics of a release: per panel the value now, candidate beside stable, and how old it is. */

import type { RangeName } from './metrics-window'
import type { Selectors } from './selector'
import type { Comparator } from '@/lib/domain/verdict/rule'
import type { KeptPoint, Verdict } from '@/lib/domain/verdict/verdict'

/** `ok`: there is a value. Otherwise why there is none, in the words of verdicts. */
export type PanelState = 'ok' | Exclude<Verdict, 'pass' | 'fail'>

export interface PanelView {
  readonly id: string
  readonly title: string
  readonly presetId: string | null
  /** A unit of `lib/domain/preset/unit`, or the words of the panel. */
  readonly unit: string
  /** How a latency came about ("p95 by histogram"), notes of the preset; empty when there is nothing to say. */
  readonly words: string
  /** As sent. */
  readonly query: string
  readonly state: PanelState
  /** Why there is no value, one sentence; empty when there is one. */
  readonly reason: string
  readonly value: number | null
  readonly stableValue: number | null
  /** When the value was measured; `null` when nothing came. */
  readonly measuredAt: string | null
  readonly threshold: { readonly comparator: Comparator; readonly value: number } | null
  /** Whether the value is on the wrong side of the threshold. */
  readonly isBreached: boolean
  readonly candidate: readonly KeptPoint[]
  readonly stable: readonly KeptPoint[]
}

/** Something that happened, on the time axis of every chart. */
export interface PanelMark {
  /** Unix seconds. */
  readonly at: number
  readonly kind: 'rollout' | 'step' | 'sign-off' | 'decision' | 'roll-back' | 'hold' | 'alert' | 'stable'
  readonly label: string
}

export interface ReleaseMetricsView {
  readonly releaseId: string
  /** The range that was asked for; `custom` when it was from one instant to another. */
  readonly range: RangeName | 'custom'
  /** Unix seconds; the ends of every chart. */
  readonly from: number
  readonly to: number
  readonly stepSeconds: number
  /** How often there is something new. */
  readonly pollSeconds: number
  readonly asOf: string
  readonly candidateLabel: string
  readonly stableLabel: string | null
  readonly sourceName: string | null
  readonly sourceId: string | null
  /** Why nothing can be measured at all (no source, source down); `null` when the source answers. */
  readonly trouble: string | null
  /** When the source last answered; said where there is trouble. */
  readonly lastGoodAt: string | null
  readonly panels: readonly PanelView[]
  /** The labels by which the series of the two versions are found. */
  readonly labels: { readonly candidate: Selectors; readonly stable: Selectors | null; /** Own PromQL for the share of traffic. */ readonly shareQuery: string | null }
  readonly marks: readonly PanelMark[]
}

/** One kept evaluation of a metric item. */
export interface EvaluationView {
  readonly at: string
  /** What this measurement said. */
  readonly verdict: Verdict
  readonly value: number | null
  readonly samples: number
  readonly reason: string
  readonly query: string
  /** What the item as a whole said after it. */
  readonly standing: string
}
