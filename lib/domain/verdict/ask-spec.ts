/** Turns the metric line of a template into the specification that the evaluator measures. */

import type { MetricAsk } from '@/lib/domain/template/template'
import { unitOf } from '@/lib/domain/preset/unit'
import type { MetricSpec } from './metric-spec'
import type { MetricTest, Rule } from './rule'

function testOf(ask: MetricAsk): MetricTest | null {
  if (ask.test) return ask.test
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
    plan: { intervalSeconds: 30, followsScrapes: true, count: ask.mode === 'standing' ? 2 : 1, failureLimit: ask.mode === 'standing' ? Math.max(0, rule.failureLimit - 1) : 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4 },
  }
}

/** The limit of a test as a plain number in the unit of the value, where it has one. */
function plainLimit(test: MetricTest): { readonly comparison: 'at-most' | 'at-least'; readonly threshold: number | null } {
  const held = test.kind === 'threshold' ? test : test.kind === 'stable' ? test.withoutBaseline : undefined
  const comparator = held?.comparator ?? (test.kind === 'stable' ? test.comparator : '<=')
  return { comparison: comparator === '>=' || comparator === '>' ? 'at-least' : 'at-most', threshold: held?.limit ?? (test.kind === 'freshness' ? test.maxAgeSeconds : null) }
}

/**
 * The metric line that a specification leaves behind, for everything that reads lines: limit, window, samples, tolerance and validity follow it.
 * In: the line as the template made it, the specification that stands in for it. Out: the line.
 */
export function askOfSpec(ask: MetricAsk, spec: MetricSpec): MetricAsk {
  const { test, minSamples = 0, unit } = spec.rule
  const { test: _own, ...line } = ask
  const { timesStable: _times, ignoreBelow: _ignore, validDays: _valid, ...rest } = ask.rule
  return {
    ...line,
    binding: spec.source === 'staging' ? 'staging' : 'target',
    rule: {
      ...rest, ...plainLimit(test), unit, windowMinutes: spec.windowSeconds / 60, minimumSamples: test.kind === 'burn-rate' ? test.minRequests : minSamples,
      failureLimit: (spec.plan?.failureLimit ?? 0) + 1,
      ...(test.kind === 'stable' && test.by === 'ratio' ? { timesStable: test.limit } : {}),
      ...(test.kind === 'stable' && test.ignoreBelow !== undefined ? { ignoreBelow: test.ignoreBelow } : {}),
      ...(spec.validForDays === null ? {} : { validDays: spec.validForDays }),
    },
  }
}
