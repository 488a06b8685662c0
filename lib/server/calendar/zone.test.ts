/** Zones as calendars get them, read by a calendar library that is not ours and held against the runtime, also after decades. */
import ICAL from 'ical.js'
import { expect, it } from 'vitest'
import { offsetMs } from '@/lib/domain/series/wall-clock'
import { zoneComponent } from './zone'

const HOUR = 3_600_000

/** What the library makes of a wall time; as far from UTC as the runtime says. */
function offsetHours(zone: ICAL.Timezone, at: number, tzid: string): number {
  const wall = new Date(at + offsetMs(tzid, at)).toISOString().slice(0, 19)
  return zone.utcOffset(ICAL.Time.fromDateTimeString(wall)) / 3600
}

it.each([
  ['Europe/Berlin', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'], ['America/New_York', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU'], ['Asia/Kolkata', 'STANDARD'], ['UTC', 'STANDARD'],
  // What these do is the business of their governments; it only has to be what the runtime says.
  ...['Australia/Lord_Howe', 'America/Santiago', 'Asia/Jerusalem', 'America/Nuuk', 'Africa/Cairo', 'Africa/Casablanca'].map((zone) => [zone, 'TZOFFSETTO']),
])('%s is right in each month until 2060', (tzid = '', has = '') => {
  const text = zoneComponent(tzid, 2024)
  expect(text).toContain(has)
  const zone = new ICAL.Timezone({ component: new ICAL.Component(ICAL.parse(text)), tzid })
  const off: string[] = []
  // Days about each change too: the last and the first week-end of a month.
  for (const year of [2024, 2026, 2034, 2035, 2040, 2047, 2060]) {
    for (let month = 0; month < 12; month += 1) {
      for (const day of [2, 9, 16, 24, 28]) {
        const at = Date.UTC(year, month, day, 12)
        if (offsetHours(zone, at, tzid) !== offsetMs(tzid, at) / HOUR) off.push(new Date(at).toISOString())
      }
    }
  }
  expect(off).toEqual([])
})
