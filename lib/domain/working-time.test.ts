import { describe, expect, it } from 'vitest'
import { union, workingMs, type Span, type WorkingHours } from './working-time'

const OFFICE: WorkingHours = { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }
const HOUR = 3_600_000
const span = (from: string, to: string): Span => [Date.parse(from), Date.parse(to)]

describe('time within working hours', () => {
  it.each<[string, Span, WorkingHours, number]>([
    ['a morning', span('2026-11-23T08:00Z', '2026-11-23T10:00Z'), OFFICE, 2],
    ['before the office opens', span('2026-11-23T06:00Z', '2026-11-23T08:00Z'), OFFICE, 0],
    ['over a night', span('2026-11-23T15:00Z', '2026-11-24T09:00Z'), OFFICE, 2],
    ['over a weekend', span('2026-11-20T15:00Z', '2026-11-23T09:00Z'), OFFICE, 2],
    ['a whole week', span('2026-11-16T00:00Z', '2026-11-23T00:00Z'), OFFICE, 40],
    ['the day on which summer time begins, a Sunday', span('2026-03-29T00:00Z', '2026-03-30T00:00Z'), { ...OFFICE, days: [7], from: '00:00', to: '12:00' }, 10],
    ['the week after it', span('2026-03-30T00:00Z', '2026-03-31T00:00Z'), OFFICE, 8],
    ['a night shift', span('2026-11-23T12:00Z', '2026-11-24T12:00Z'), { ...OFFICE, from: '22:00', to: '06:00' }, 8],
    ['another zone', span('2026-11-23T00:00Z', '2026-11-24T00:00Z'), { ...OFFICE, zone: 'America/New_York' }, 8],
  ])('%s', (_name, one, hours, expected) => {
    expect(workingMs([one], hours) / HOUR).toBe(expected)
  })

  it('stands still on holidays, each a day of the zone', () => {
    const hours = { ...OFFICE, holidays: ['2026-12-25', '2026-12-28'] }
    expect(workingMs([span('2026-12-24T15:00Z', '2026-12-29T09:00Z')], hours) / HOUR).toBe(2)
    expect(workingMs([span('2026-12-24T15:00Z', '2026-12-29T09:00Z')], OFFICE) / HOUR).toBe(18)
    // Friday in Berlin has begun while it is Thursday in UTC
    expect(workingMs([span('2026-12-24T23:30Z', '2026-12-25T23:30Z')], { ...hours, days: [5], from: '00:00', to: '12:00' })).toBe(0)
  })

  it('counts what overlaps once', () => {
    const a = span('2026-11-23T08:00Z', '2026-11-23T12:00Z')
    const b = span('2026-11-23T10:00Z', '2026-11-23T13:00Z')
    expect(workingMs([a, b], OFFICE) / HOUR).toBe(5)
    expect(union([b, a])).toEqual([[a[0], b[1]]])
  })
})
