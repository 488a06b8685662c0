/** Judges one measurement: an answer of Prometheus held against a rule, by a ladder in which every doubt comes before `pass`. */

import { valueText } from '@/lib/domain/preset/unit'
import type { Answer, Series } from './answer'
import { holds, sign, type Comparator, type Reducer, type Rule } from './rule'
import type { Judgement, Verdict } from './verdict'

/** What came back for one question: an answer, or why there is none (in words, from the client's table of failures). */
export type Asked =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: string }

export interface Evidence {
  readonly candidate: Asked
  /** The same question for the stable version; absent when it was not asked, `null` when there is no stable version. */
  readonly stable?: Asked | null
  /** Requests in the window, when the preset knows how to count them. */
  readonly samples?: Asked
  /** Age of the newest sample behind the value in seconds, when it was asked (gauges, Pushgateway). */
  readonly age?: Asked
  /** Highest finite bucket of a histogram: a quantile that equals it is "at least", not "is". */
  readonly topBucket?: number
  /** Unix seconds at which the evaluation runs. */
  readonly now: number
}

const DEFAULT_MAX_AGE_SECONDS = 300

type One =
  | { readonly ok: true; readonly value: number; readonly raw: string; readonly at: number }
  | { readonly ok: false; readonly verdict: Verdict; readonly reason: string; readonly raw?: string }

function reduce(values: readonly number[], reducer: Reducer): number {
  if (reducer === 'min') return Math.min(...values)
  if (reducer === 'max') return Math.max(...values)
  const sum = values.reduce((total, value) => total + value, 0)
  return reducer === 'sum' ? sum : sum / values.length
}

/** One number out of an instant answer, or the reason why there is not exactly one. */
function oneValue(answer: Answer, reducer: Reducer | undefined): One {
  if (answer.type === 'string') return { ok: false, verdict: 'error', reason: 'The query answers with text, not with a number.' }
  if (answer.series.length === 0) return { ok: false, verdict: 'no-data', reason: 'No series matches the query.' }
  if (answer.series.some((one) => one.histograms > 0)) {
    return { ok: false, verdict: 'inconclusive', reason: 'The answer is a histogram, not one number; ask for a quantile of it.' }
  }
  if (answer.type === 'matrix') return { ok: false, verdict: 'inconclusive', reason: 'The query answers with a range of values, not with one.' }
  if (answer.series.length > 1 && !reducer) {
    return { ok: false, verdict: 'inconclusive', reason: `${answer.series.length} series match and the rule does not say how they become one.` }
  }
  return single(answer.series, reducer)
}

function single(series: readonly Series[], reducer: Reducer | undefined): One {
  const samples = series.flatMap((one) => one.samples.slice(0, 1))
  const first = samples[0]
  if (!first) return { ok: false, verdict: 'no-data', reason: 'The series has no sample.' }
  const nans = samples.filter((sample) => Number.isNaN(sample.value)).length
  if (nans === samples.length) return { ok: false, verdict: 'idle', reason: 'The value is not a number: there was no traffic to measure.', raw: first.raw }
  if (nans > 0) return { ok: false, verdict: 'inconclusive', reason: `${nans} of ${samples.length} series are not a number.` }
  const infinite = samples.find((sample) => !Number.isFinite(sample.value))
  if (infinite) return { ok: false, verdict: 'inconclusive', reason: `The value is infinite (${infinite.raw}).`, raw: infinite.raw }
  const oldest = Math.min(...samples.map((sample) => sample.at))
  if (samples.length === 1 || !reducer) return { ok: true, value: first.value, raw: first.raw, at: oldest }
  const value = reduce(samples.map((sample) => sample.value), reducer)
  if (!Number.isFinite(value)) return { ok: false, verdict: 'inconclusive', reason: `The ${reducer} of the series is infinite.` }
  return { ok: true, value, raw: String(value), at: oldest }
}

function ageWords(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}

interface Held {
  readonly comparator: Comparator
  readonly limit: number
  readonly compared: number
  /** The words of the comparison, e.g. "163 ms is 1.1 × stable (148 ms)". */
  readonly words: string
  readonly limitWords: string
}

function hold(value: number, stable: One | null, rule: Rule): Held | { readonly verdict: Verdict; readonly reason: string } {
  const { test, unit } = rule
  const text = valueText(value, unit)
  if (test.kind === 'presence') return { comparator: '==', limit: value, compared: value, words: `The series exists (${text})`, limitWords: '' }
  if (test.kind === 'threshold') {
    return { comparator: test.comparator, limit: test.limit, compared: value, words: text, limitWords: valueText(test.limit, unit) }
  }
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

/**
 * Judges one measurement (PRODUCT rule 6). In: what was asked and came back, the rule. Out: verdict with the sentence that explains it.
 * Order of doubts: no answer → error; text → error; warnings, several series, histograms, infinite → inconclusive; empty → no-data;
 * NaN or zero requests → idle; too few samples, too old, bounded by the top bucket → inconclusive; only then the comparison.
 */
export function judge(evidence: Evidence, rule: Rule): Judgement {
  const { candidate } = evidence
  const nothing = { value: null, raw: null, stable: null, compared: null, samples: null, series: 0, warnings: [], infos: [] }
  if (!candidate.ok) return { ...nothing, verdict: 'error', reason: candidate.reason }
  const { answer } = candidate
  const seen = { ...nothing, series: answer.series.length, warnings: answer.warnings, infos: answer.infos }
  const one = oneValue(answer, rule.reducer)
  const raw = one.raw ?? null
  if (!one.ok && one.verdict === 'error') return { ...seen, raw, verdict: 'error', reason: one.reason }
  const warning = answer.warnings[0]
  if (warning !== undefined) {
    return { ...seen, raw, value: one.ok ? one.value : null, verdict: 'inconclusive', reason: `Prometheus warns: ${warning}` }
  }
  const counted = evidence.samples ? count(evidence.samples) : null
  const samples = counted?.samples ?? null
  if (!one.ok) return { ...seen, raw, samples, verdict: one.verdict, reason: one.reason }

  const baseline = evidence.stable === undefined ? null : evidence.stable === null ? null : askedValue(evidence.stable, rule.reducer)
  const found = { ...seen, raw, value: one.value, samples, stable: baseline?.ok ? baseline.value : null }
  const text = valueText(one.value, rule.unit)

  const doubt = doubtAbout(evidence, rule, one.at, counted, text)
  if (doubt) return { ...found, ...doubt }

  const held = hold(one.value, baseline, rule)
  if ('verdict' in held) return { ...found, verdict: held.verdict, reason: held.reason }
  const isHeld = rule.test.kind === 'presence' || holds(held.compared, held.comparator, held.limit)
  const bound = evidence.topBucket
  if (isHeld && bound !== undefined && one.value >= bound && (held.comparator === '<=' || held.comparator === '<') && rule.test.kind !== 'presence') {
    return { ...found, compared: held.compared, verdict: 'inconclusive', reason: `At least ${text}: the value lies in the histogram's last bucket, so it may be larger.` }
  }
  const words = rule.test.kind === 'presence' ? `${held.words}.` : `${held.words}; ${isHeld ? 'within' : 'outside'} ${sign(held.comparator)} ${held.limitWords}.`
  return { ...found, compared: held.compared, verdict: isHeld ? 'pass' : 'fail', reason: words }
}

function askedValue(asked: Asked, reducer: Reducer | undefined): One {
  if (!asked.ok) return { ok: false, verdict: 'error', reason: asked.reason }
  const warning = asked.answer.warnings[0]
  if (warning !== undefined) return { ok: false, verdict: 'inconclusive', reason: `Prometheus warns: ${warning}` }
  return oneValue(asked.answer, reducer)
}

interface Counted {
  readonly samples: number | null
  readonly reason: string
}

/** Counts add up over series without being told so: a count is a sum by nature. */
function count(asked: Asked): Counted {
  const one = askedValue(asked, 'sum')
  if (one.ok) return { samples: Math.round(one.value), reason: '' }
  return { samples: null, reason: one.reason }
}

function doubtAbout(evidence: Evidence, rule: Rule, at: number, counted: Counted | null, text: string): { readonly verdict: Verdict; readonly reason: string } | null {
  const maxAge = rule.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS
  const stamped = evidence.now - at
  const asked = evidence.age ? askedValue(evidence.age, 'max') : null
  if (asked && !asked.ok) return { verdict: 'inconclusive', reason: `${text}, but its age is unknown: ${asked.reason}` }
  const age = asked ? Math.max(asked.value, stamped) : stamped
  if (age > maxAge) return { verdict: 'inconclusive', reason: `${text}, but it is ${ageWords(age)} old (at most ${ageWords(maxAge)}).` }
  if (stamped < -maxAge) return { verdict: 'inconclusive', reason: `${text}, but it is dated ${ageWords(-stamped)} in the future: the clocks disagree.` }
  const needed = rule.minSamples ?? 0
  if (counted && counted.samples === 0 && needed > 0) return { verdict: 'idle', reason: 'There was no request in the window.' }
  if (needed <= 0) return null
  // One sample is the value itself.
  if (!counted && needed === 1) return null
  if (!counted) return { verdict: 'inconclusive', reason: `${text}, but nothing counts the requests behind it (${needed} needed).` }
  if (counted.samples === null) return { verdict: 'inconclusive', reason: `${text}, but the requests behind it are unknown: ${counted.reason}` }
  if (counted.samples < needed) return { verdict: 'inconclusive', reason: `${text} rests on ${counted.samples} requests; ${needed} are needed.` }
  return null
}
