/** The line that a metric's values are drawn against: which number it is held to, and which of its numbers that is. */

import type { Comparator, MetricTest } from './rule'

/** `value`: the measured value itself; `compared`: what the test makes of it (ratio to stable, burn rate, share in use, share of the claim, age in seconds). */
export interface Limit {
  readonly of: 'value' | 'compared'
  /** In what the number is: the unit of the rule, times the stable version, times as fast as a budget may be spent, a share, seconds of age. */
  readonly measure: 'unit' | 'times-stable' | 'factor' | 'share' | 'age'
  readonly comparator: Comparator
  readonly limit: number
}

/** In: the test; whether there is a stable version to compare with. Out: the limit, or `null` where no single number is one (presence). */
export function limitOf(test: MetricTest, hasStable: boolean): Limit | null {
  switch (test.kind) {
    case 'threshold': return { of: 'value', measure: 'unit', comparator: test.comparator, limit: test.limit }
    case 'stable':
      if (hasStable) return { of: 'compared', measure: test.by === 'ratio' ? 'times-stable' : 'unit', comparator: test.comparator, limit: test.limit }
      return test.withoutBaseline ? { of: 'value', measure: 'unit', ...test.withoutBaseline } : null
    case 'presence': return null
    case 'freshness': return { of: 'compared', measure: 'age', comparator: '<=', limit: test.maxAgeSeconds }
    case 'burn-rate': return { of: 'compared', measure: 'factor', comparator: '<=', limit: test.factor }
    case 'headroom': return { of: 'compared', measure: 'share', comparator: '<=', limit: 1 - test.leastFree }
    case 'declared': return { of: 'compared', measure: 'share', comparator: '<=', limit: 1 + test.tolerance }
  }
}
