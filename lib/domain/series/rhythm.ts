/** Hides what a rhythm means as a recurrence rule (RFC 5545, 3.3.10), which own rules are understood, and how a rhythm is said. */
import { listOf } from '@/lib/domain/policy'
import type { Rhythm, SeriesPlan } from './state'

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']

function inRange(text: string, least: number, most: number): boolean {
  return text.split(',').every((one) => /^[+-]?\d{1,3}$/.test(one) && Number(one) !== 0 && Number(one) >= least && Number(one) <= most)
}

/** Out: an own rule as it is kept: upper case, without its name and spaces. */
export function tidyRule(rule: string): string {
  return rule.trim().toUpperCase().replace(/^RRULE:/, '').replaceAll(/\s+/g, '').replace(/;+$/, '')
}

/** What is wrong with an own rule; null when it is one that can be laid out. In: a tidied rule. Whether it gives any day is asked apart. */
export function ruleProblem(rule: string): string | null {
  const parts = rule.split(';').map((part) => part.split('='))
  const words = new Map(parts.map(([name = '', value = '']) => [name, value]))
  if (parts.some((part) => part.length !== 2 || part[1] === '') || words.size !== parts.length) return 'A rule is a list such as FREQ=WEEKLY;BYDAY=MO,TH, each word once.'
  const frequency = words.get('FREQ') ?? ''
  if (['HOURLY', 'MINUTELY', 'SECONDLY'].includes(frequency)) return 'At most one check-in a day: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.'
  if (!FREQUENCIES.includes(frequency)) return 'The rule needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.'
  for (const [name, value] of words) {
    const no = partProblem(name, value, frequency)
    if (no !== null) return no
  }
  return null
}

function partProblem(name: string, value: string, frequency: string): string | null {
  switch (name) {
    case 'FREQ': return null
    case 'INTERVAL': return inRange(value, 1, 100) && !value.includes(',') ? null : 'INTERVAL is a number from 1 to 100.'
    case 'BYDAY': {
      const isNumbered = frequency === 'MONTHLY' || frequency === 'YEARLY'
      const fits = value.split(',').every((day) => (isNumbered ? /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/ : /^(MO|TU|WE|TH|FR|SA|SU)$/).test(day))
      return fits ? null : isNumbered ? 'BYDAY lists days such as MO or 2TU (the second Tuesday).' : 'BYDAY lists days such as MO,TH; 2TU needs FREQ=MONTHLY.'
    }
    case 'BYMONTHDAY': return inRange(value, -31, 31) ? null : 'BYMONTHDAY lists days of the month, -31 to 31 without 0.'
    case 'BYMONTH': return inRange(value, 1, 12) ? null : 'BYMONTH lists months, 1 to 12.'
    case 'BYSETPOS': return inRange(value, -31, 31) ? null : 'BYSETPOS lists places, -31 to 31 without 0.'
    case 'WKST': return DAYS.some((day) => day === value) ? null : 'WKST is a day such as MO.'
    case 'COUNT': case 'UNTIL': return 'Say the last day beside the rule, not in it; what was held counts no more once a series is changed.'
    case 'BYHOUR': case 'BYMINUTE': case 'BYSECOND': return 'The time is said beside the rule, once: at most one check-in a day.'
    default: return `${name.slice(0, 20)} is not understood. A rule is made of FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST.`
  }
}

/** A rhythm as a recurrence rule. In: the rhythm, and the working days that its teams have in common. */
export function ruleOf(rhythm: Rhythm, workingDays: readonly number[]): string {
  const days = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b).map((day) => DAYS[day - 1]).join(',')
  switch (rhythm.kind) {
    case 'weekly': return `FREQ=WEEKLY;INTERVAL=${rhythm.everyWeeks};WKST=MO;BYDAY=${days(rhythm.days)}`
    case 'rollout': return `FREQ=WEEKLY;WKST=MO;BYDAY=${days(workingDays)}`
    case 'rule': return rhythm.rule
  }
}

/** "Every Monday and Thursday at 10:00 Europe/Berlin". */
export function rhythmWords({ rhythm, time, zone }: Pick<SeriesPlan, 'rhythm' | 'time' | 'zone'>): string {
  return `${daysWords(rhythm)} at ${time} ${zone.replaceAll('_', ' ')}`
}

function daysWords(rhythm: Rhythm): string {
  if (rhythm.kind === 'rollout') return 'Every working day while a release is rolling out,'
  if (rhythm.kind === 'rule') return `By the rule ${rhythm.rule}`
  const names = listOf(rhythm.days.toSorted((a, b) => a - b).map((day) => DAY_NAMES[day - 1] ?? ''), 'and')
  const isWeek = rhythm.days.length === 5 && rhythm.days.every((day) => day <= 5)
  const days = isWeek ? 'Monday to Friday' : names
  return rhythm.everyWeeks === 1 ? (isWeek ? 'Monday to Friday' : `Every ${days}`) : `Every ${rhythm.everyWeeks} weeks on ${days}`
}
