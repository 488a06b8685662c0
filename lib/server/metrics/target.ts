/** The port between the evaluator and whatever has metric items: releases in flight and live versions. */
import 'server-only'
import type { StackId } from '@/lib/domain/preset/preset'
import type { Selectors } from '@/lib/domain/preset/selector'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { Claimed } from '@/lib/domain/verdict/rule'
import type { Verdict } from '@/lib/domain/verdict/verdict'

/** One metric item that is due to be measured now. */
export interface MetricTarget {
  readonly kind: 'release' | 'live'
  readonly id: string
  readonly itemId: string
  readonly title: string
  readonly spec: MetricSpec
  /** In order of preference; see `stacksOf`. */
  readonly stacks: readonly StackId[]
  readonly selectors: Selectors
  /** `null` when there is no stable version to compare with. */
  readonly stableSelectors: Selectors | null
  /** `null` when the environment has no source. */
  readonly sourceId: string | null
  /** Where the stable version is measured; the same source unless the candidate is in staging. */
  readonly stableSourceId: string | null
  /** What the release declares it needs, in base units (bytes, cores, requests per second); absent where nothing is known. */
  readonly declared?: Readonly<Partial<Record<Claimed, number>>>
  /** The verdict that stands in the record. */
  readonly current: { readonly verdict: Verdict; readonly at: string } | null
}

/** A rollout whose share of traffic and number of requests are observed ("live" is never assumed). */
export interface RolloutTarget {
  readonly releaseId: string
  readonly stacks: readonly StackId[]
  readonly selectors: Selectors
  readonly sourceId: string | null
  /** Own PromQL for the share, in place of the preset. */
  readonly shareQuery: string | null
  /** Per cent, as last recorded. */
  readonly share: number | null
  /** Per cent that the present step waits for; `null` when the step is live already. */
  readonly awaitedShare: number | null
  /** Whether traffic is leaving the candidate (standing down, rolling back). */
  readonly isLeaving: boolean
  /** Since when requests are counted, and how many are needed; `null` while nothing soaks or enough were seen. */
  readonly soak: { readonly since: string; readonly needed: number } | null
}

export interface Targets {
  readonly items: readonly MetricTarget[]
  readonly rollouts: readonly RolloutTarget[]
}
