/** What a metric item asks: where, which metric, of which series, over which window, against which rule, and how often. */

import type { Signal } from '@/lib/domain/preset/preset'
import type { Selectors } from '@/lib/domain/preset/selector'
import type { MeasurePlan } from './fold'
import type { Rule } from './rule'

/** `environment` and `staging` mean the metrics source of the release's target or staging environment. */
export type SourceRef = 'environment' | 'staging' | { readonly sourceId: string }

/** A signal fits whatever stack the release is served by, therefore templates use it; a release may pin a preset or its own PromQL. */
export type MetricQuery =
  | { readonly kind: 'signal'; readonly signal: Signal }
  | { readonly kind: 'preset'; readonly presetId: string }
  | { readonly kind: 'promql'; readonly promql: string; readonly samples?: string }

export interface MetricSpec {
  readonly source: SourceRef
  readonly query: MetricQuery
  /** Added to (and winning over) the labels of the release. */
  readonly selectors?: Selectors
  readonly windowSeconds: number
  readonly rule: Rule
  /** A snapshot is frozen at sign-off, a standing item is watched from the start of the rollout (PRODUCT rule 7). */
  readonly kind: 'snapshot' | 'standing'
  /** Days after which a frozen pass counts no more; `null` for standing items. */
  readonly validForDays: number | null
  /** Absent: one measurement every 30 s, nothing tolerated but four errors in a row. */
  readonly plan?: MeasurePlan
}
