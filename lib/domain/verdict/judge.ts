/** Judges one measurement: an answer of Prometheus held against a rule, by a ladder in which every doubt comes before `pass`. */

import { valueText } from '@/lib/domain/preset/unit'
import { hold, type Doubt } from './hold'
import { askedValue, oneValue, type Asked } from './one-value'
import { holds, isPeakTest, sign, type Rule } from './rule'
import { spanWords } from './rule-words'
import type { Judgement } from './verdict'

export type { Asked } from './one-value'

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
  /** Burn rate: the error ratio over the short window. */
  readonly short?: Asked
  /** Headroom: the capacity, when another query gives it. */
  readonly capacity?: Asked
  /** Declared: what the release claims, in the unit of the rule; `null` when it claims nothing. */
  readonly declared?: number | null
  /** Unix seconds at which the evaluation runs. */
  readonly now: number
}

const DEFAULT_MAX_AGE_SECONDS = 300

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

  const held = hold(one.value, rule, { ...evidence, stable: baseline })
  if ('verdict' in held) return { ...found, verdict: held.verdict, reason: held.reason }
  const isHeld = rule.test.kind === 'presence' || holds(held.compared, held.comparator, held.limit)
  const bound = evidence.topBucket
  if (isHeld && bound !== undefined && one.value >= bound && (held.comparator === '<=' || held.comparator === '<') && rule.test.kind !== 'presence') {
    return { ...found, compared: held.compared, verdict: 'inconclusive', reason: `At least ${text}: the value lies in the histogram's last bucket, so it may be larger.` }
  }
  const words = rule.test.kind === 'presence' ? `${held.words}.` : `${held.words}; ${isHeld ? 'within' : 'outside'} its limit, ${sign(held.comparator)} ${held.limitWords}.`
  return { ...found, compared: held.compared, verdict: isHeld ? 'pass' : 'fail', reason: words }
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

function doubtAbout(evidence: Evidence, rule: Rule, at: number, counted: Counted | null, text: string): Doubt | null {
  const maxAge = rule.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS
  const stamped = evidence.now - at
  const asked = evidence.age ? askedValue(evidence.age, 'max') : null
  if (asked && !asked.ok) return { verdict: 'inconclusive', reason: `${text}, but its age is unknown: ${asked.reason}` }
  const age = asked ? Math.max(asked.value, stamped) : stamped
  if (age > maxAge) return { verdict: 'inconclusive', reason: `${text}, but it is ${spanWords(age)} old (at most ${spanWords(maxAge)}).` }
  const ahead = Math.max(-stamped, asked ? -asked.value : 0)
  if (ahead > maxAge) return { verdict: 'inconclusive', reason: `${text}, but it is dated ${spanWords(ahead)} in the future: the clocks disagree.` }
  return rule.test.kind === 'burn-rate' ? lowTraffic(rule.test.minRequests, counted) : tooFew(rule, counted, text)
}

/** A burn rate of few requests says nothing about the objective: it is idle, as the workbook asks. */
function lowTraffic(needed: number, counted: Counted | null): Doubt | null {
  if (!counted) return { verdict: 'inconclusive', reason: `Nothing counts the requests behind the burn rate (${needed} needed).` }
  if (counted.samples === null) return { verdict: 'inconclusive', reason: `The requests behind the burn rate are unknown: ${counted.reason}` }
  return counted.samples < needed ? { verdict: 'idle', reason: `There were ${counted.samples} requests in the long window; a burn rate is read from ${needed} up.` } : null
}

function tooFew(rule: Rule, counted: Counted | null, text: string): Doubt | null {
  const needed = rule.minSamples ?? 0
  const what = isPeakTest(rule.test) ? 'points' : 'requests'
  if (counted && counted.samples === 0 && needed > 0) return { verdict: 'idle', reason: `There was no ${what.slice(0, -1)} in the window.` }
  if (needed <= 0) return null
  // One sample is the value itself.
  if (!counted && needed === 1) return null
  if (!counted) return { verdict: 'inconclusive', reason: `${text}, but nothing counts the ${what} behind it (${needed} needed).` }
  if (counted.samples === null) return { verdict: 'inconclusive', reason: `${text}, but the ${what} behind it are unknown: ${counted.reason}` }
  if (counted.samples < needed) return { verdict: 'inconclusive', reason: `${text} rests on ${counted.samples} ${what}; ${needed} are needed.` }
  return null
}
