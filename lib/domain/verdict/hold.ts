/** Holds one value against each kind of test: what is compared with which limit, and the words for it; doubts that only this kind of test has come first. */

import { valueText, type Unit } from '@/lib/domain/preset/unit'
import { askedValue, type Asked, type One } from './one-value'
import { spanWords } from './rule-words'
import type { BurnRateTest, Comparator, DeclaredTest, FreshnessTest, HeadroomTest, Rule, StableTest } from './rule'
import type { Verdict } from './verdict'

export interface Doubt {
  readonly verdict: Verdict
  readonly reason: string
}

export interface Held {
  readonly comparator: Comparator
  readonly limit: number
  readonly compared: number
  /** The words of the comparison, e.g. "163 ms is 1.1 × stable (148 ms)". */
  readonly words: string
  readonly limitWords: string
}

function holdStable(value: number, stable: One | null, test: StableTest, unit: Unit): Held | Doubt {
  const text = valueText(value, unit)
  if (stable === null) {
    const absolute = test.withoutBaseline
    if (!absolute) return { verdict: 'inconclusive', reason: `${text}; there is no stable version to compare with, and no absolute limit is set.` }
    return { comparator: absolute.comparator, limit: absolute.limit, compared: value, words: `${text} (no stable version)`, limitWords: valueText(absolute.limit, unit) }
  }
  if (test.ignoreBelow !== undefined && value <= test.ignoreBelow) {
    return { comparator: '<=', limit: test.ignoreBelow, compared: value, words: text, limitWords: `${valueText(test.ignoreBelow, unit)}, below which stable does not matter` }
  }
  if (!stable.ok) return { verdict: stable.verdict === 'error' ? 'error' : 'inconclusive', reason: `${text}, but the stable version cannot be compared: ${stable.reason}` }
  const stableText = valueText(stable.value, unit)
  if (test.by === 'difference') {
    return { comparator: test.comparator, limit: test.limit, compared: value - stable.value, words: `${text} against stable ${stableText}, difference ${valueText(value - stable.value, unit)}`, limitWords: valueText(test.limit, unit) }
  }
  if (stable.value === 0) {
    // Zero against zero is equality (no errors on either side); anything else against zero has no ratio.
    if (value !== 0) return { verdict: 'inconclusive', reason: `${text} against stable 0: there is no ratio to zero.` }
    return { comparator: test.comparator, limit: test.limit, compared: 1, words: `${text}, the same as stable`, limitWords: `${test.limit} × stable` }
  }
  const ratio = value / stable.value
  return { comparator: test.comparator, limit: test.limit, compared: ratio, words: `${text} is ${ratio.toFixed(2)} × stable (${stableText})`, limitWords: `${test.limit} × stable` }
}

/** Clocks may differ by this much before an age below zero is a doubt. */
const CLOCK_SLACK_SECONDS = 300

function holdFreshness(value: number, test: FreshnessTest, now: number): Held | Doubt {
  const age = test.of === 'timestamp' ? now - value : value
  if (age < -CLOCK_SLACK_SECONDS) return { verdict: 'inconclusive', reason: `The newest is dated ${spanWords(-age)} in the future: the clocks disagree, or the value is no time.` }
  return { comparator: '<=', limit: test.maxAgeSeconds, compared: Math.max(0, age), words: `The newest is ${spanWords(Math.max(0, age))} old`, limitWords: spanWords(test.maxAgeSeconds) }
}

function holdBurn(value: number, short: Asked | undefined, test: BurnRateTest, rule: Rule): Held | Doubt {
  const brief = short ? askedValue(short, rule.reducer) : null
  const windows = `${spanWords(test.longSeconds)} and ${spanWords(test.shortSeconds)}`
  if (!brief) return { verdict: 'inconclusive', reason: 'The short window was not asked for.' }
  if (!brief.ok) return { verdict: brief.verdict === 'no-data' ? 'inconclusive' : brief.verdict, reason: `Over the short window (${spanWords(test.shortSeconds)}): ${brief.reason}` }
  if ([value, brief.value].some((ratio) => ratio < 0 || ratio > 1)) return { verdict: 'inconclusive', reason: `The value is no ratio of errors (${value} and ${brief.value} over ${windows}); a ratio lies between 0 and 1.` }
  const budget = 1 - test.objective
  const [long, brisk] = [value / budget, brief.value / budget]
  // Both windows must be over the factor, so the lower of the two decides.
  return {
    comparator: '<=', limit: test.factor, compared: Math.min(long, brisk),
    words: `The error budget is spent ${factorText(long)} × as fast as it may be over ${spanWords(test.longSeconds)}, ${factorText(brisk)} × over ${spanWords(test.shortSeconds)}`,
    limitWords: `${test.factor} × in one of them`,
  }
}

function factorText(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 ? 2 : 1 })
}

function holdHeadroom(value: number, asked: Asked | undefined, test: HeadroomTest, rule: Rule): Held | Doubt {
  const text = valueText(value, rule.unit)
  const capacity = test.capacity.kind === 'share' ? 1 : test.capacity.kind === 'value' ? test.capacity.value : capacityOf(asked, rule)
  if (typeof capacity !== 'number') return { verdict: capacity.verdict === 'error' ? 'error' : 'inconclusive', reason: `The peak is ${text}, but the capacity is unknown: ${capacity.reason}` }
  if (!(capacity > 0)) return { verdict: 'inconclusive', reason: `The peak is ${text}, but the capacity is ${valueText(capacity, rule.unit)}: nothing can be a share of it.` }
  if (value < 0) return { verdict: 'inconclusive', reason: `The peak is ${text}: use cannot be below zero.` }
  const used = value / capacity
  const of = test.capacity.kind === 'share' ? '' : ` of ${valueText(capacity, rule.unit)}`
  return { comparator: '<=', limit: 1 - test.leastFree, compared: used, words: `The peak is ${text}${of}, ${valueText(Math.max(0, 1 - used), 'ratio')} free`, limitWords: `${valueText(1 - test.leastFree, 'ratio')} in use` }
}

function capacityOf(asked: Asked | undefined, rule: Rule): number | Doubt {
  if (!asked) return { verdict: 'inconclusive', reason: 'it was not asked for.' }
  const one = askedValue(asked, rule.reducer)
  return one.ok ? one.value : { verdict: one.verdict, reason: one.reason }
}

function holdDeclared(value: number, declared: number | null | undefined, test: DeclaredTest, unit: Unit): Held | Doubt {
  const text = valueText(value, unit)
  if (declared === null || declared === undefined || !(declared > 0) || !Number.isFinite(declared)) return { verdict: 'inconclusive', reason: `The peak is ${text}, but the release declares nothing to hold it against.` }
  if (value < 0) return { verdict: 'inconclusive', reason: `The peak is ${text}: use cannot be below zero.` }
  const share = value / declared
  return { comparator: '<=', limit: 1 + test.tolerance, compared: share, words: `The peak is ${text}, ${valueText(share, 'ratio')} of the declared ${valueText(declared, unit)}`, limitWords: valueText(1 + test.tolerance, 'ratio') }
}

/** What a test may need beside the value. */
export interface Beside {
  readonly stable: One | null
  readonly short?: Asked
  readonly capacity?: Asked
  readonly declared?: number | null
  /** Unix seconds. */
  readonly now: number
}

/** Holds a finite value against a rule. Out: what is compared with which limit, or the doubt that forbids it. */
export function hold(value: number, rule: Rule, beside: Beside): Held | Doubt {
  const { test, unit } = rule
  switch (test.kind) {
    case 'presence': return { comparator: '==', limit: value, compared: value, words: `The series exists (${valueText(value, unit)})`, limitWords: '' }
    case 'threshold': return { comparator: test.comparator, limit: test.limit, compared: value, words: valueText(value, unit), limitWords: valueText(test.limit, unit) }
    case 'stable': return holdStable(value, beside.stable, test, unit)
    case 'freshness': return holdFreshness(value, test, beside.now)
    case 'burn-rate': return holdBurn(value, beside.short, test, rule)
    case 'headroom': return holdHeadroom(value, beside.capacity, test, rule)
    case 'declared': return holdDeclared(value, beside.declared, test, unit)
  }
}
