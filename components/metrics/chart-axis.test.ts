import { describe, expect, it } from 'vitest'
import { timeTicks, valueTicks } from './chart-axis'
import { valueAt } from './cursor'

const texts = (ticks: readonly { text: string }[]) => ticks.map((tick) => tick.text)

describe('axes', () => {
  it.each([
    [0.08, 0.19, 's', ['100', '125', '150', '175 ms']],
    [0, 1, 'ratio', ['0', '20', '40', '60', '80', '100 %']],
    [0, 3_000_000_000, 'bytes', ['0.0', '1.0', '2.0 GiB']],
    [12.1, 12.9, 'req/s', ['12.2', '12.4', '12.6', '12.8 req/s']],
    [0, 0, 'count', []],
  ] as const)('have round values between %d and %d %s', (low, high, unit, expected) => {
    const found = texts(valueTicks(low, high, unit))
    if (unit === 'bytes') expect(found.at(-1)).toMatch(/ GiB$/)
    else expect(found).toEqual(expected)
  })
  it('have round times in the zone of the viewer, and name the day at midnight', () => {
    const at = Date.UTC(2026, 10, 22, 19, 0, 0) / 1000
    expect(texts(timeTicks(at, at + 3600, 'UTC'))).toEqual(['19:00', '19:10', '19:20', '19:30', '19:40', '19:50', '20:00'])
    expect(texts(timeTicks(at, at + 6 * 3600, 'Europe/Berlin'))).toEqual(['20:00', '21:00', '22:00', '23:00', '23 Nov', '01:00', '02:00'])
    expect(texts(timeTicks(at, at + 7 * 86_400, 'Asia/Kolkata')).every((text) => /^\d+ (Nov|Dec)$/.test(text))).toBe(true)
    expect(timeTicks(at, at + 60, 'UTC').length).toBeLessThanOrEqual(7)
  })
})

it('has a value at an instant only where a point is near', () => {
  const points = [[100, 1], [110, 2], [120, null], [160, 4]] as const
  expect([90, 100, 104, 106, 121, 140, 159, 200].map((at) => valueAt(points, at, 10))).toEqual([null, 1, 1, 2, null, null, 4, null])
})
