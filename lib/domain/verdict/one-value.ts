/** Finds the one number in an answer of Prometheus, or says why there is not exactly one. */

import type { Answer, Series } from './answer'
import type { Reducer } from './rule'
import type { Verdict } from './verdict'

/** What came back for one question: an answer, or why there is none (in words, from the client's table of failures). */
export type Asked =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: string }

export type One =
  | { readonly ok: true; readonly value: number; readonly raw: string; readonly at: number }
  | { readonly ok: false; readonly verdict: Verdict; readonly reason: string; readonly raw?: string }

function reduce(values: readonly number[], reducer: Reducer): number {
  if (reducer === 'min') return Math.min(...values)
  if (reducer === 'max') return Math.max(...values)
  const sum = values.reduce((total, value) => total + value, 0)
  return reducer === 'sum' ? sum : sum / values.length
}

/** One number out of an instant answer, or the reason why there is not exactly one. In: the answer, how several series become one. */
export function oneValue(answer: Answer, reducer: Reducer | undefined): One {
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

/** The same for what was asked: no answer is an error, a warning leaves the number in doubt. */
export function askedValue(asked: Asked, reducer: Reducer | undefined): One {
  if (!asked.ok) return { ok: false, verdict: 'error', reason: asked.reason }
  const warning = asked.answer.warnings[0]
  if (warning !== undefined) return { ok: false, verdict: 'inconclusive', reason: `Prometheus warns: ${warning}` }
  return oneValue(asked.answer, reducer)
}
