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

export type MetricTest = ThresholdTest | StableTest | PresenceTest

export interface Rule {
  readonly test: MetricTest
  /** How several series become one. Without it more than one series is inconclusive. */
  readonly reducer?: Reducer
  /** Fewest requests in the window that the value may rest on. */
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
