/** What durations, instants and numbers look like when they are said. */
import { describe, expect, it } from 'vitest'
import {
  formatBytes, formatCount, formatDay, formatDuration, formatExact, formatHours, formatMoment, formatPercent, formatPlural, formatRelative, formatValue, initials,
} from '@/lib/domain/format'

const now = '2026-11-22T14:12:00.000Z'

describe('durations', () => {
  it.each([
    [0, '0 s'], [-5, '0 s'], [59_999, '59 s'], [38 * 60_000, '38 min'], [80 * 60_000, '1 h 20 min'], [5 * 3_600_000 + 59 * 60_000, '5 h'],
    [24 * 3_600_000, '1 d'], [52 * 3_600_000, '2 d 4 h'], [11 * 24 * 3_600_000 + 5 * 3_600_000, '11 d'],
  ])('%d ms is %s', (ms, said) => expect(formatDuration(ms)).toBe(said))
})

describe('instants', () => {
  it('says days as people do, in the zone', () => {
    expect(formatMoment('2026-11-22T14:00:00Z', now, 'UTC')).toBe('today 14:00')
    expect(formatDay('2026-11-22T23:30:00Z', now, 'Europe/Berlin')).toBe('tomorrow')
    expect(formatDay('2026-11-25T08:00:00Z', now, 'UTC')).toBe('Wed 25 Nov')
    expect(formatDay('2026-12-02T08:00:00Z', now, 'UTC')).toBe('2 Dec')
    expect(formatDay('2025-09-12T08:00:00Z', now, 'UTC')).toBe('12 Sep 2025')
  })
  it('says the exact instant with its zone', () => {
    expect(formatExact('2026-11-22T14:00:03Z', 'UTC')).toBe('Sun 22 Nov 2026, 14:00:03 UTC')
    expect(formatExact('2026-11-22T14:00:03Z', 'no/where')).toBe('Sun 22 Nov 2026, 14:00:03 UTC')
  })
  it('says how long ago and until', () => {
    expect(formatRelative('2026-11-22T13:34:00Z', now)).toBe('38 min ago')
    expect(formatRelative('2026-11-24T18:12:00Z', now)).toBe('in 2 d 4 h')
    expect(formatRelative('2026-11-22T14:12:10Z', now)).toBe('just now')
  })
})

it('says working time without days', () => {
  expect([0, 59_000, 38 * 60_000, 31.5 * 3_600_000].map(formatHours)).toEqual(['0 h', '0 h', '38 min', '31 h'])
})

it('says numbers', () => {
  expect(formatCount(18_240)).toBe('18,240')
  expect([formatValue(1.8), formatValue(0.9123), formatValue(163.4), formatValue(Number.NaN)]).toEqual(['1.8', '0.912', '163', '–'])
  expect(formatBytes(24 * 1024 ** 3)).toBe('24 GiB')
  expect([formatPercent(0.2), formatPercent(0.99624)]).toEqual(['20 %', '99.62 %'])
  expect([formatPlural(1, 'gate'), formatPlural(3, 'gate')]).toEqual(['1 gate', '3 gates'])
  expect([initials('Mara Lindqvist'), initials('Yuki'), initials('')]).toEqual(['ML', 'Y', '?'])
})
