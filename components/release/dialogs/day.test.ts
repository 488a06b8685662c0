/** Days of date fields and their instants, in the viewer's zone. */
import { afterEach, expect, it, vi } from 'vitest'
import { dayIn, dayOf, endOfDay } from './day'

afterEach(() => { vi.useRealTimers(); vi.unstubAllEnvs() })

it.each(['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati'])('gives a day back that went through an instant: %s', (zone) => {
  vi.stubEnv('TZ', zone)
  for (const day of ['2026-03-29', '2026-10-25', '2026-12-31', '2028-02-29', '0099-01-01']) expect(dayOf(endOfDay(day))).toBe(day)
})

it('counts days of the calendar, also over a change of the clock', () => {
  vi.stubEnv('TZ', 'Europe/Berlin')
  vi.useFakeTimers({ now: new Date('2026-10-23T22:15:00Z') })
  expect([dayIn(0), dayIn(1), dayIn(2)]).toEqual(['2026-10-24', '2026-10-25', '2026-10-26'])
  expect(dayOf(null)).toBe('')
})

it('takes a year of five digits as the date that it is, and leaves it to the server to refuse it', () => {
  vi.stubEnv('TZ', 'UTC')
  expect(endOfDay('20261-11-25')).toBe('+020261-11-25T23:59:59.000Z')
})
