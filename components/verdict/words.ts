/** How verdicts are marked and said on the screens about them. */
import type { MarkState } from '@/lib/domain/rail'
import { unitOf, valueText, type Unit } from '@/lib/domain/preset/unit'
import { spanWords } from '@/lib/domain/verdict/rule-words'
import { sign } from '@/lib/domain/verdict/rule'
import type { Limit } from '@/lib/domain/verdict/limit'
import type { RuleView } from '@/lib/domain/verdict/page-view'
import type { Verdict } from '@/lib/domain/verdict/verdict'

const MARKS: Readonly<Record<Verdict, MarkState>> = { pass: 'passed', fail: 'failed', inconclusive: 'waiting', 'no-data': 'no-data', idle: 'no-data', error: 'no-data' }

export function verdictMark(verdict: Verdict): MarkState {
  return MARKS[verdict]
}

const NOUNS: Readonly<Record<Verdict, string>> = { pass: 'pass', fail: 'fail', inconclusive: 'inconclusive', 'no-data': 'no data', idle: 'idle', error: 'error' }

/** The verdict as a short label. */
export function verdictNoun(verdict: Verdict): string {
  return NOUNS[verdict]
}

const SAID: Readonly<Record<Verdict, string>> = { pass: 'Passing', fail: 'Failing', inconclusive: 'Inconclusive', 'no-data': 'Without data', idle: 'Idle, without traffic,', error: 'Not measurable' }

/** The verdict as the beginning of a sentence. */
export function verdictSaid(verdict: Verdict): string {
  return SAID[verdict]
}

/** What the verdict means for whoever waits for it. */
export const VERDICT_MEANS: Readonly<Record<Verdict, string>> = {
  pass: 'One fresh series, enough samples, within the limit. Only this lets a gate go on.',
  fail: 'A fresh answer that rests on enough samples lies outside the limit.',
  inconclusive: 'There is an answer, but it is not one that a decision can rest on.',
  'no-data': 'The source answers, but no series matches the query.',
  idle: 'The series is there, but there was no traffic to measure.',
  error: 'The source could not be asked, or did not answer as Prometheus does.',
}

/** A measured value in the unit of its rule; "–" without one. */
export function measuredText(value: number | null, unit: Unit | string): string {
  return value === null ? '–' : valueText(value, unitOf(unit))
}

/** What is compared, in its own measure: a ratio to stable, a factor, a share, an age. In: the number, the rule. */
export function comparedText(value: number | null, { unit, limit }: Pick<RuleView, 'unit' | 'limit'>): string {
  if (value === null) return '–'
  switch (limit?.measure ?? 'unit') {
    case 'unit': return valueText(value, unit)
    case 'times-stable': return `${round(value)} × stable`
    case 'factor': return `${round(value)} ×`
    case 'share': return valueText(value, 'ratio')
    case 'age': return spanWords(value)
  }
}

function round(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 2 })
}

/** The limit as people read it: "≤ 250 ms". In: the limit, the unit of its rule. */
export function limitText(limit: Limit | null, { unit }: Pick<RuleView, 'unit'>): string {
  return limit === null ? '' : `${sign(limit.comparator)} ${comparedText(limit.limit, { unit, limit })}`
}
