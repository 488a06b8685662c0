/** Turns the metric line of a template into the specification that the evaluator measures. */

import type { MetricAsk } from '@/lib/domain/template/template'
import { unitOf } from '@/lib/domain/preset/unit'
import type { MetricSpec } from './metric-spec'
import type { MetricTest, Rule } from './rule'

function testOf(ask: MetricAsk): MetricTest | null {
  const { rule, presetRole } = ask
  const comparator = rule.comparison === 'at-most' ? '<=' : '>='
  if (rule.timesStable !== undefined) {
    return {
      kind: 'stable', by: 'ratio', comparator, limit: rule.timesStable,
      ...(rule.ignoreBelow === undefined ? {} : { ignoreBelow: rule.ignoreBelow }),
      ...(rule.threshold === null ? {} : { withoutBaseline: { comparator, limit: rule.threshold } }),
    }
  }
  if (rule.threshold === null) return presetRole === 'series-exist' ? { kind: 'presence' } : null
  return { kind: 'threshold', comparator, limit: rule.threshold }
}

/**
 * The specification of a metric line. In: the line's ask, and the query that a lead or admin put in place of the preset (null: none).
 * Out: the specification; `null` while no limit is set (it was asked when the release was opened, and nobody gave it).
 */
export function specOfAsk(ask: MetricAsk, ownQuery: string | null): MetricSpec | null {
  const test = testOf(ask)
  if (!test) return null
  const { rule } = ask
  const judged: Rule = {
    test,
    minSamples: rule.minimumSamples,
    direction: rule.comparison === 'at-most' ? 'lower-is-better' : 'higher-is-better',
    unit: unitOf(rule.unit),
  }
  return {
    source: ask.binding === 'staging' ? 'staging' : 'environment',
    query: ownQuery === null ? { kind: 'signal', signal: ask.presetRole } : { kind: 'promql', promql: ownQuery },
    windowSeconds: rule.windowMinutes * 60,
    rule: judged,
    kind: ask.mode,
    validForDays: rule.validDays ?? null,
    // The template counts failures until it is failed; the plan counts those that are still tolerated.
    plan: { intervalSeconds: 30, count: ask.mode === 'standing' ? 2 : 1, failureLimit: ask.mode === 'standing' ? Math.max(0, rule.failureLimit - 1) : 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4 },
  }
}
