/** Finds what is wrong with a specification that has the right shape, each in words at its field; the editor and the command say the same. Pure. */

import { DEFAULT_PLAN } from './fold'
import type { MetricSpec } from './metric-spec'
import { isPlainSeries } from './plain-series'
import type { Claimed, MetricTest } from './rule'
import type { Unit } from '@/lib/domain/preset/unit'

export type SpecField = 'query' | 'samples' | 'unit' | 'test' | 'limit' | 'alone' | 'window' | 'shortWindow' | 'minSamples' | 'count' | 'interval' | 'failureLimit' | 'validForDays' | 'kind' | 'capacity'

export interface SpecProblem {
  readonly field: SpecField
  readonly message: string
}

const CLAIM_UNITS: Readonly<Record<Claimed, Unit>> = { memory: 'bytes', cpu: 'cores', 'gpu-memory': 'bytes', storage: 'bytes', 'peak-requests': 'req/s' }

function testProblems(test: MetricTest, spec: MetricSpec): readonly SpecProblem[] {
  const { query, rule } = spec
  const own = query.kind === 'promql' ? query : null
  switch (test.kind) {
    case 'burn-rate': return [
      ...(test.shortSeconds >= test.longSeconds ? [{ field: 'shortWindow', message: 'The short window must be shorter than the long one; a twelfth of it is usual.' } as const] : []),
      ...(rule.unit === 'ratio' ? [] : [{ field: 'unit', message: 'A burn rate is read from a ratio of errors.' } as const]),
      ...(own && !own.promql.includes('$w') ? [{ field: 'query', message: 'Write $w where the window belongs: it is asked over the long and the short one.' } as const] : []),
      ...(own && own.samples === undefined ? [{ field: 'samples', message: 'Say what counts the requests: below the least number of them a burn rate says nothing.' } as const] : []),
      ...(test.factor * (1 - test.objective) >= 1 ? [{ field: 'limit', message: `Even if every request failed the budget would be spent ${(1 / (1 - test.objective)).toFixed(1)} times as fast: this factor is never reached.` } as const] : []),
    ]
    case 'freshness': return [
      ...(test.of === 'sample' && own && !isPlainSeries(own.promql.replaceAll('$sel', 'a="b"').replaceAll('$base', 'a="b"')) ? [{ field: 'query', message: 'Name one plain series, without functions: the result of a function is always new.' } as const] : []),
      ...(rule.unit === 's' || test.of === 'sample' ? [] : [{ field: 'unit', message: 'An age or a time is in seconds.' } as const]),
    ]
    case 'headroom': return [
      ...(test.capacity.kind === 'share' && rule.unit !== 'ratio' ? [{ field: 'capacity', message: 'The query gives no share of a limit; say what the capacity is.' } as const] : []),
    ]
    case 'declared': return rule.unit === CLAIM_UNITS[test.resource] ? [] : [{ field: 'unit', message: `The claim of ${test.resource.replace('-', ' ')} is in ${CLAIM_UNITS[test.resource]}; the value has to be too.` }]
    case 'stable': return spec.kind === 'standing' && test.withoutBaseline === undefined
      ? [{ field: 'alone', message: 'Give the limit without a stable version too: at full traffic, and after it is stable, nothing runs beside it any more.' }] : []
    case 'threshold': case 'presence': return []
  }
}

function countProblems({ query, rule }: MetricSpec): readonly SpecProblem[] {
  const isCounted = rule.test.kind === 'headroom' || rule.test.kind === 'declared' || rule.test.kind === 'burn-rate'
  if (query.kind !== 'promql' || query.samples !== undefined || isCounted || (rule.minSamples ?? 0) <= 1) return []
  return [{ field: 'samples', message: 'Say what counts the requests, or ask for none: without it the value is always inconclusive.' }]
}

function planProblems({ plan = DEFAULT_PLAN, kind, validForDays }: MetricSpec): readonly SpecProblem[] {
  return [
    ...(kind === 'snapshot' && plan.failureLimit + plan.inconclusiveLimit >= plan.count ? [{ field: 'failureLimit', message: `${plan.count === 1 ? 'The one measurement' : `All ${plan.count} measurements`} may fail or say nothing: tolerate fewer than are made.` } as const] : []),
    ...(kind === 'standing' && validForDays !== null ? [{ field: 'validForDays', message: 'A standing item is measured all the time; only a snapshot grows old.' } as const] : []),
    ...(plan.intervalSeconds < 5 ? [{ field: 'interval', message: 'Five seconds is the shortest interval.' } as const] : []),
  ]
}

/** Everything that is wrong, in the order of the form; empty when it can be measured and judged. */
export function specProblems(spec: MetricSpec): readonly SpecProblem[] {
  return [...testProblems(spec.rule.test, spec), ...countProblems(spec), ...planProblems(spec)]
}
