/** The line that a metric's values are drawn against: which number it is held to, and which of its numbers that is. */

import type { Comparator, MetricTest } from './rule'

/** `value`: the measured value itself; `compared`: what the test makes of it (ratio to stable, burn rate, share in use, share of the claim, age in seconds). */
export interface Limit {
  readonly of: 'value' | 'compared'
  readonly comparator: Comparator
  readonly limit: number
}

/** In: the test; whether there is a stable version to compare with. Out: the limit, or `null` where no single number is one (presence). */
export function limitOf(test: MetricTest, hasStable: boolean): Limit | null {
  switch (test.kind) {
    case 'threshold': return { of: 'value', comparator: test.comparator, limit: test.limit }
    case 'stable':
      if (hasStable) return { of: 'compared', comparator: test.comparator, limit: test.limit }
      return test.withoutBaseline ? { of: 'value', ...test.withoutBaseline } : null
    case 'presence': return null
    case 'freshness': return { of: 'compared', comparator: '<=', limit: test.maxAgeSeconds }
    case 'burn-rate': return { of: 'compared', comparator: '<=', limit: test.factor }
    case 'headroom': return { of: 'compared', comparator: '<=', limit: 1 - test.leastFree }
    case 'declared': return { of: 'compared', comparator: '<=', limit: 1 + test.tolerance }
  }
}
