/** Reads holidays out of an iCalendar file, as agencies and calendars hand them out: its all-day events, each day by its name. */
import 'server-only'
import { MOST_HOLIDAYS, type Holiday } from '@/lib/domain/holiday'
import { addDays } from '@/lib/domain/series/wall-clock'

export interface HolidaysRead {
  readonly holidays: readonly Pick<Holiday, 'date' | 'name'>[]
  /** What was left out, in words. */
  readonly skipped: readonly string[]
}

/** A longer event is a season and no holiday. */
const MOST_DAYS = 31
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

interface Line {
  readonly name: string
  readonly value: string
}

/** Folded lines are joined; parameters are left out, since a date is known by its form. */
function linesOf(text: string): readonly Line[] {
  return text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/).map((line) => {
    const match = /^([A-Za-z-]+)(?:;[^:"]*(?:"[^"]*"[^:"]*)*)?:(.*)$/.exec(line)
    return { name: match?.[1]?.toUpperCase() ?? '', value: match?.[2] ?? '' }
  })
}

function dateOf(value: string): string | null {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(value.trim())
  if (!match) return null
  const date = `${match[1]}-${match[2]}-${match[3]}`
  return date >= '2000-01-01' && date <= '2099-12-31' && !Number.isNaN(Date.parse(`${date}T00:00Z`)) ? date : null
}

function wordsIn(value: string): string {
  return value.replaceAll(/\\n/gi, ' ').replaceAll(/\\([,;\\])/g, '$1').replaceAll(HIDDEN, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, 80)
}

/** In: the text of a file. Out: its holidays in order, and what was no holiday. */
export function readHolidays(text: string): HolidaysRead {
  const found = new Map<string, Pick<Holiday, 'date' | 'name'>>()
  const skipped: string[] = []
  let event: Map<string, string> | null = null
  for (const { name, value } of linesOf(text)) {
    if (name === 'BEGIN' && value.toUpperCase() === 'VEVENT') event = new Map()
    else if (name === 'END' && value.toUpperCase() === 'VEVENT' && event) {
      const days = daysOf(event)
      const title = wordsIn(event.get('SUMMARY') ?? '')
      if (days.length === 0 || title === '') skipped.push(`${title === '' ? 'an event without a name' : title}: ${event.has('RRULE') ? 'comes back by a rule' : 'is no all-day event between 2000 and 2099'}`)
      for (const date of title === '' ? [] : days) if (found.size < MOST_HOLIDAYS) found.set(`${date} ${title}`, { date, name: title })
      event = null
    } else if (event && !event.has(name)) event.set(name, value)
  }
  return { holidays: [...found.values()].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)), skipped: skipped.slice(0, 50) }
}

function daysOf(event: ReadonlyMap<string, string>): readonly string[] {
  const start = dateOf(event.get('DTSTART') ?? '')
  if (start === null || event.has('RRULE') || event.get('STATUS')?.toUpperCase() === 'CANCELLED') return []
  const end = dateOf(event.get('DTEND') ?? '') ?? addDays(start, 1)
  const days: string[] = []
  for (let day = start; (day < end || days.length === 0) && days.length < MOST_DAYS; day = addDays(day, 1)) days.push(day)
  return days
}
