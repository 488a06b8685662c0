/** What a metric is held against: a limit or the stable version, how many series and samples it needs, and how old it may be. */

import type { Unit } from '@/lib/domain/preset/unit'

export const COMPARATORS = ['<=', '<', '>=', '>', '=='] as const
export type Comparator = (typeof COMPARATORS)[number]

export const REDUCERS = ['min', 'max', 'sum', 'avg'] as const
export type Reducer = (typeof REDUCERS)[number]

export const DIRECTIONS = ['lower-is-better', 'higher-is-better', 'neutral'] as const
export type Direction = (typeof DIRECTIONS)[number]

export interface ThresholdTest {
  readonly kind: 'threshold'
  readonly comparator: Comparator
  readonly limit: number
}

/** Candidate against stable at the same instant. `withoutBaseline` is used when there is no stable version (PRODUCT rule 13). */
export interface StableTest {
  readonly kind: 'stable'
  readonly by: 'ratio' | 'difference'
  readonly comparator: Comparator
  readonly limit: number
  /** With "at most": a value at or below this passes whatever stable shows, so that a stable at zero does not condemn a single error. */
  readonly ignoreBelow?: number
  readonly withoutBaseline?: { readonly comparator: Comparator; readonly limit: number }
}

/** The series must exist; its value does not matter ("target is scraped and this version's series exist"). */
export interface PresenceTest {
  readonly kind: 'presence'
}

/**
 * How old the newest thing may be. `sample`: the time of the newest sample of a plain series; `timestamp`: the value is a unix time in seconds
 * (`push_time_seconds`, the end of a job); `age`: the value is an age in seconds already.
 */
export interface FreshnessTest {
  readonly kind: 'freshness'
  readonly of: 'sample' | 'timestamp' | 'age'
  readonly maxAgeSeconds: number
}

/**
 * How fast the error budget of an objective is spent: fails when the burn rate (error ratio ÷ (1 − objective)) is over the factor in the
 * long and in the short window (SRE workbook, chapter 5). Below the minimum of requests in the long window it is idle.
 */
export interface BurnRateTest {
  readonly kind: 'burn-rate'
  /** Share of good requests that is promised, e.g. 0.999. */
  readonly objective: number
  readonly factor: number
  readonly longSeconds: number
  readonly shortSeconds: number
  readonly minRequests: number
}

/** What the peak use is held against: nothing (the query is a share of its limit already), a number in the rule's unit, or another query. */
export type Capacity = { readonly kind: 'share' } | { readonly kind: 'value'; readonly value: number } | { readonly kind: 'query'; readonly promql: string }

/** The highest use over the window must leave a share of the capacity free. */
export interface HeadroomTest {
  readonly kind: 'headroom'
  readonly capacity: Capacity
  /** Share that must stay free, 0 to 1. */
  readonly leastFree: number
}

export const CLAIMED = ['memory', 'cpu', 'gpu-memory', 'storage', 'peak-requests'] as const
/** A figure of the release's resource claim. */
export type Claimed = (typeof CLAIMED)[number]

/** The highest use over the window against what the release declared, with a tolerance (0.1: a tenth more than declared still passes). */
export interface DeclaredTest {
  readonly kind: 'declared'
  readonly resource: Claimed
  readonly tolerance: number
}

export type MetricTest = ThresholdTest | StableTest | PresenceTest | FreshnessTest | BurnRateTest | HeadroomTest | DeclaredTest

/** Tests that look at the highest value of the window instead of the newest; `minSamples` counts the points of the window for them. */
export function isPeakTest(test: MetricTest): test is HeadroomTest | DeclaredTest {
  return test.kind === 'headroom' || test.kind === 'declared'
}

export interface Rule {
  readonly test: MetricTest
  /** How several series become one. Without it more than one series is inconclusive. */
  readonly reducer?: Reducer
  /** Fewest requests in the window that the value may rest on; points of the window for headroom and declared. */
  readonly minSamples?: number
  /** Oldest value that may still count, in seconds; 300 when absent. */
  readonly maxAgeSeconds?: number
  readonly direction: Direction
  readonly unit: Unit
}

/** Whether `value comparator limit` holds. Infinite and NaN operands never reach it. */
export function holds(value: number, comparator: Comparator, limit: number): boolean {
  switch (comparator) {
    case '<=': return value <= limit
    case '<': return value < limit
    case '>=': return value >= limit
    case '>': return value > limit
    case '==': return value === limit
  }
}

const SIGNS: Readonly<Record<Comparator, string>> = { '<=': '≤', '<': '<', '>=': '≥', '>': '>', '==': '=' }

/** The comparator as a reader sees it. */
export function sign(comparator: Comparator): string {
  return SIGNS[comparator]
}
