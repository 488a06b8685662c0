/** Lays a series out on days: where the clock keeps its time, which occurrence a holiday moves or skips, and why. Pure; the rule itself is expanded by whoever asks. */
import type { TeamId } from '@/lib/domain/actor'
import { holidaysOf, type Holiday } from '@/lib/domain/holiday'
import { ruleOf } from './rhythm'
import type { SeriesState, Stretch } from './state'
import { addDays, instantAt, weekdayOf } from './wall-clock'

export interface Ground {
  /** Dates that a rule gives from its first one on, between two dates (both included), in order; bounded. */
  readonly datesOf: (rule: string, firstDate: string, from: string, to: string) => readonly string[]
  readonly teams: readonly { readonly id: TeamId; readonly days: readonly number[] }[]
  readonly holidays: readonly Holiday[]
}

export interface Occurrence {
  /** What the clock of the series showed at its regular start, `2026-11-02T10:00`: its name for good, RECURRENCE-ID in calendars. */
  readonly key: string
  readonly stretch: Stretch
  /** When it takes place; the regular instant where it is skipped. */
  readonly startsAt: string
  readonly endsAt: string
  readonly status: 'planned' | 'skipped'
  /** The holiday that moved or skipped it. */
  readonly holiday: string | null
  /** "moved from 25 December (Christmas Day)", or why it is skipped; null where nothing is to be said. */
  readonly note: string | null
  /** Takes place only while a release is rolling out. */
  readonly isConditional: boolean
}

/** How far ahead the next working day is looked for. */
const MOST_MOVED_DAYS = 14
const EVERY_WEEKDAY = [1, 2, 3, 4, 5]

/** The working days that all of some teams have; Monday to Friday where there is none. */
export function commonDays(teams: Ground['teams'], asked: readonly TeamId[]): readonly number[] {
  const theirs = teams.filter((team) => asked.includes(team.id)).map((team) => team.days)
  const common = [1, 2, 3, 4, 5, 6, 7].filter((day) => theirs.every((days) => days.includes(day)))
  return theirs.length === 0 || common.length === 0 ? EVERY_WEEKDAY : common
}

/** "Fri 25 December". In: a date. */
export function dateWords(date: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long' })
  return format.format(new Date(`${date}T00:00Z`)).replace(',', '')
}

/** All occurrences whose regular day lies between two dates of the series' zone (both included), in order. */
export function layOut(state: SeriesState, ground: Ground, from: string, to: string): readonly Occurrence[] {
  return state.stretches.flatMap((stretch) => layOutStretch(stretch, ground, from, to))
}

export function layOutStretch(stretch: Stretch, ground: Ground, from: string, to: string): readonly Occurrence[] {
  const { plan } = stretch
  const days = commonDays(ground.teams, plan.teams)
  const first = stretch.from > from ? stretch.from : from
  const ends = [to, ...(plan.lastDate === null ? [] : [plan.lastDate]), ...(stretch.to === null ? [] : [addDays(stretch.to, -1)])]
  const last = ends.reduce((least, one) => (one < least ? one : least))
  if (first > last) return []
  const rule = ruleOf(plan.rhythm, days)
  const holidays = holidaysOf(ground.holidays, plan.teams)
  // Whether a day that an occurrence would move to has one of its own already.
  const regular = new Set(ground.datesOf(rule, plan.firstDate, first, addDays(last, MOST_MOVED_DAYS)))
  return [...regular].filter((date) => date >= first && date <= last).map((date): Occurrence => {
    const holiday = holidays.get(date) ?? null
    const base = { key: `${date}T${plan.time}`, stretch, holiday, isConditional: plan.rhythm.kind === 'rollout' }
    const at = (day: string) => {
      const startsAt = instantAt(plan.zone, `${day}T${plan.time}`)
      return { startsAt, endsAt: new Date(Date.parse(startsAt) + plan.durationMinutes * 60_000).toISOString() }
    }
    if (holiday === null) return { ...base, ...at(date), status: 'planned', note: null }
    if (plan.onHoliday === 'keep') return { ...base, ...at(date), status: 'planned', note: `${holiday}: it takes place all the same` }
    if (plan.onHoliday === 'skip') return { ...base, ...at(date), status: 'skipped', note: `skipped: ${holiday}` }
    const next = nextWorkingDay(date, days, holidays)
    if (next === null) return { ...base, ...at(date), status: 'skipped', note: `skipped: ${holiday}, and no working day within two weeks` }
    if (regular.has(next)) return { ...base, ...at(date), status: 'skipped', note: `skipped: ${holiday}; the next one is on ${dateWords(next)} anyway` }
    return { ...base, ...at(next), status: 'planned', note: `moved from ${dateWords(date)}: ${holiday}` }
  })
}

function nextWorkingDay(date: string, days: readonly number[], holidays: ReadonlyMap<string, string>): string | null {
  for (let step = 1; step <= MOST_MOVED_DAYS; step += 1) {
    const day = addDays(date, step)
    if (days.includes(weekdayOf(day)) && !holidays.has(day)) return day
  }
  return null
}
