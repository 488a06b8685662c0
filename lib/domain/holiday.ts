/** Days on which some teams, or everybody, do not work: they move or skip check-ins and stop the clock of who holds the ball. */
import type { TeamId } from '@/lib/domain/actor'

export interface Holiday {
  /** `2026-12-25`, a day of the calendar in each team's own zone. */
  readonly date: string
  readonly name: string
  readonly teams: 'all' | readonly TeamId[]
}

/** How many an installation keeps: some teams for some decades. */
export const MOST_HOLIDAYS = 2_000

/** Names of the holidays of some teams, by date. */
export function holidaysOf(holidays: readonly Holiday[], teams: readonly TeamId[]): ReadonlyMap<string, string> {
  return new Map(holidays.filter((one) => one.teams === 'all' || one.teams.some((team) => teams.includes(team))).map((one) => [one.date, one.name]))
}

/** With more holidays; one of the same day and name takes the place of the earlier. */
export function withHolidays(holidays: readonly Holiday[], more: readonly Holiday[]): readonly Holiday[] {
  return [...withoutHolidays(holidays, more), ...more].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.name.localeCompare(b.name, 'en')))
}

export function withoutHolidays(holidays: readonly Holiday[], gone: readonly Pick<Holiday, 'date' | 'name'>[]): readonly Holiday[] {
  return holidays.filter((one) => !gone.some((other) => other.date === one.date && other.name === one.name))
}
