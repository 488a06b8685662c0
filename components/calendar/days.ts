/** Sorts what stands in a month onto the days of one zone, and says days, months and times. */
import type { CalendarEvent } from '@/lib/domain/calendar/view'
import { addDays, wallAt, weekdayOf } from '@/lib/domain/series/wall-clock'

export interface Day {
  readonly date: string
  readonly isInMonth: boolean
  readonly events: readonly CalendarEvent[]
}

/** The days of an event in a zone: a freeze may have many. */
function daysOf(event: CalendarEvent, zone: string): readonly [first: string, last: string] {
  if (event.date !== null) return [event.date, event.date]
  const first = wallAt(zone, event.startsAt).slice(0, 10)
  // What ends at midnight does not stand on the next day; what has no length stands on its own.
  const end = Math.max(Date.parse(event.startsAt), Date.parse(event.endsAt) - 1)
  return event.kind === 'check-in' ? [first, first] : [first, wallAt(zone, end).slice(0, 10)]
}

/** The weeks of a month, Monday first, with what stands on each day. In: `2026-11`, the events, the zone of the one who looks. */
export function weeksOf(month: string, events: readonly CalendarEvent[], zone: string): readonly (readonly Day[])[] {
  const spans = events.map((event) => [event, ...daysOf(event, zone)] as const)
  const first = `${month}-01`
  const start = addDays(first, 1 - weekdayOf(first))
  const weeks: Day[][] = []
  for (let monday = start; monday.slice(0, 7) <= month; monday = addDays(monday, 7)) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((step) => {
      const date = addDays(monday, step)
      return { date, isInMonth: date.startsWith(month), events: spans.filter(([, from, to]) => from <= date && date <= to).map(([event]) => event) }
    }))
  }
  return weeks
}

/** "Thu 26 November"; with the year where it is asked for. */
export function dayWords(date: string, withYear = false): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long', ...(withYear ? { year: 'numeric' } : {}) }).format(new Date(`${date}T00:00Z`)).replace(',', '')
}

/** "November 2026". */
export function monthWords(month: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(new Date(`${month}-01T00:00Z`))
}

/** When an event is on a day: "10:00", "all day", "from 18:00". */
export function timeWords(event: CalendarEvent, date: string, zone: string): string {
  if (event.date !== null || event.kind === 'target' || event.kind === 'release') return 'all day'
  const [start, end] = [wallAt(zone, event.startsAt), wallAt(zone, event.endsAt)]
  if (event.kind === 'check-in') return start.slice(11)
  if (start.startsWith(date)) return end.startsWith(date) ? `${start.slice(11)} to ${end.slice(11)}` : `from ${start.slice(11)}`
  return end.startsWith(date) ? `until ${end.slice(11)}` : 'all day'
}
