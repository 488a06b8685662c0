/** Whether a changed specification asks less than before; a measurement of something else may ask less, so it counts as such (PRODUCT rule 11). Pure. */

import { same } from '@/lib/domain/same'
import { DEFAULT_PLAN } from './fold'
import type { MetricSpec } from './metric-spec'
import type { Comparator, MetricTest } from './rule'

function isLooser(comparator: Comparator, before: number, after: number): boolean {
  if (comparator === '==') return before !== after
  return comparator === '<=' || comparator === '<' ? after > before : after < before
}

/** What of a test is compared as it is, because another one cannot be said to ask more or less. */
function shapeOf(test: MetricTest): unknown {
  switch (test.kind) {
    case 'threshold': return [test.kind, test.comparator]
    case 'stable': return [test.kind, test.by, test.comparator, test.withoutBaseline?.comparator]
    case 'presence': return [test.kind]
    case 'freshness': return [test.kind, test.of]
    case 'burn-rate': return [test.kind, test.longSeconds, test.shortSeconds]
    case 'headroom': return [test.kind, test.capacity]
    case 'declared': return [test.kind, test.resource]
  }
}

function testAsksLess(before: MetricTest, after: MetricTest): boolean {
  if (!same(shapeOf(before), shapeOf(after))) return true
  switch (after.kind) {
    case 'threshold': return before.kind === after.kind && isLooser(after.comparator, before.limit, after.limit)
    case 'stable': return before.kind === after.kind && (isLooser(after.comparator, before.limit, after.limit)
      || (after.ignoreBelow ?? -Infinity) > (before.ignoreBelow ?? -Infinity)
      || (before.withoutBaseline !== undefined && after.withoutBaseline !== undefined && isLooser(after.withoutBaseline.comparator, before.withoutBaseline.limit, after.withoutBaseline.limit)))
    case 'presence': return false
    case 'freshness': return before.kind === after.kind && after.maxAgeSeconds > before.maxAgeSeconds
    case 'burn-rate': return before.kind === after.kind && (after.factor > before.factor || after.objective < before.objective || after.minRequests < before.minRequests)
    case 'headroom': return before.kind === after.kind && after.leastFree < before.leastFree
    case 'declared': return before.kind === after.kind && after.tolerance > before.tolerance
  }
}

/** In: what is asked now, and what would be asked. Out: whether the second asks less, or something that cannot be compared. */
export function specAsksLess(before: MetricSpec, after: MetricSpec): boolean {
  const { test: testBefore, minSamples: countBefore = 0, maxAgeSeconds: ageBefore = Infinity, ...ruleBefore } = before.rule
  const { test: testAfter, minSamples: countAfter = 0, maxAgeSeconds: ageAfter = Infinity, ...ruleAfter } = after.rule
  if (!same([ruleBefore.reducer, ruleBefore.unit], [ruleAfter.reducer, ruleAfter.unit])) return true
  if (!same([before.source, before.query, before.selectors ?? {}, before.windowSeconds, before.kind], [after.source, after.query, after.selectors ?? {}, after.windowSeconds, after.kind])) return true
  const [planBefore, planAfter] = [before.plan ?? DEFAULT_PLAN, after.plan ?? DEFAULT_PLAN]
  const isPlanLess = planAfter.failureLimit > planBefore.failureLimit || planAfter.inconclusiveLimit > planBefore.inconclusiveLimit || planAfter.count < planBefore.count
    || planAfter.consecutiveErrorLimit > planBefore.consecutiveErrorLimit || planAfter.intervalSeconds > planBefore.intervalSeconds
  return testAsksLess(testBefore, testAfter) || countAfter < countBefore || ageAfter > ageBefore || isPlanLess || (after.validForDays ?? Infinity) > (before.validForDays ?? Infinity)
}
