/** Days of a calendar in a zone: which one an instant falls on, whether it is worked, and when its hours end. */
import type { WorkingHours } from '@/lib/domain/working-time'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(zone, made)
  return made
}

/** The date in the zone, as `2026-12-24`. */
export function dayOf(at: Date, zone: string): string {
  return formatOf(zone).format(at)
}

/** Whether the date is a working day of these hours: one of its weekdays, and no holiday. */
export function isWorkingDay(day: string, hours: WorkingHours): boolean {
  const weekday = new Date(`${day}T12:00:00.000Z`).getUTCDay()
  return hours.days.includes(weekday === 0 ? 7 : weekday) && hours.holidays?.includes(day) !== true
}

/** When the working hours of the date end, found by the hour so that a change of the clock does not shift it. */
export function endOfDayIn(day: string, hours: WorkingHours): Date {
  const wanted = `${day} ${hours.to}`
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: hours.zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const guess = Date.parse(`${day}T${hours.to}:00.000Z`)
  for (let quarter = -60; quarter <= 60; quarter += 1) {
    const at = new Date(guess + quarter * 900_000)
    if (clock.format(at) === wanted) return at
  }
  return new Date(guess)
}
