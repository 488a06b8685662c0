/** The daily record: what counts as good, bad and not known, over midnight, outages of the product and alerts; as a table. */
import { describe, expect, it } from 'vitest'
import { countDays, dayOf, MINUTE_MS, recordOf, recordWords, shareWords, type DayCount } from './day'
import type { Segment } from './history'

const T = (text: string) => Date.parse(`2026-03-${text}Z`)
const every = (from: number, to: number, step = 30_000) => Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step)
const at = (from: number, condition: Segment['condition'], byAlert = false): Segment => ({ from, condition, byAlert })
const HOUR = 60 * MINUTE_MS

describe('minutes of a day', () => {
  const nine = T('02T09:00:00')
  it.each([
    ['measured and good', [at(nine, 'good')], every(nine, nine + HOUR), { good: 60, bad: 0, unknown: 0 }],
    ['silent: nobody evaluated, so nobody knows', [at(nine, 'good')], [], { good: 0, bad: 0, unknown: 60 }],
    ['bad and silent is not known either', [at(nine, 'bad')], [], { good: 0, bad: 0, unknown: 60 }],
    ['bad by an alert needs no evaluation', [at(nine, 'bad', true)], [], { good: 0, bad: 60, unknown: 0 }],
    ['not measured although evaluated', [at(nine, 'unknown')], every(nine, nine + HOUR), { good: 0, bad: 0, unknown: 60 }],
    ['a turn in the middle', [at(nine, 'good'), at(nine + 20 * MINUTE_MS, 'bad'), at(nine + 50 * MINUTE_MS, 'good')], every(nine, nine + HOUR), { good: 30, bad: 30, unknown: 0 }],
    ['the product was down for 20 minutes', [at(nine, 'good')], [...every(nine, nine + 20 * MINUTE_MS), ...every(nine + 40 * MINUTE_MS, nine + HOUR)], { good: 42, bad: 0, unknown: 18 }],
    ['nothing is live before 09:30', [at(nine, 'nothing'), at(nine + 30 * MINUTE_MS, 'good')], every(nine, nine + HOUR), { good: 30, bad: 0, unknown: 0 }],
    ['one evaluation in a minute is enough', [at(nine, 'good')], every(nine, nine + HOUR, 60_000), { good: 60, bad: 0, unknown: 0 }],
  ] as const)('%s', (_name, segments, evaluated, expected) => {
    const [day] = countDays(segments, evaluated, nine, nine + HOUR)
    expect([day?.goodMinutes ?? 0, day?.badMinutes ?? 0, day?.unknownMinutes ?? 0]).toEqual([expected.good, expected.bad, expected.unknown])
  })

  it('changes the day at midnight UTC, and gives the same however the span is cut', () => {
    const from = T('02T22:00:00')
    const to = T('03T03:00:00')
    const segments = [at(from, 'good'), at(T('02T23:30:00'), 'bad'), at(T('03T00:30:00'), 'good')]
    const evaluated = every(from, to)
    const whole = countDays(segments, evaluated, from, to)
    expect(whole).toEqual([
      { day: '2026-03-02', goodMinutes: 90, badMinutes: 30, unknownMinutes: 0 }, { day: '2026-03-03', goodMinutes: 150, badMinutes: 30, unknownMinutes: 0 },
    ])
    const sums = new Map<string, number[]>()
    for (let start = from; start < to; start += 7 * MINUTE_MS) {
      const end = Math.min(to, start + 7 * MINUTE_MS)
      for (const one of countDays(segments, evaluated.filter((when) => when >= start - 3 * MINUTE_MS && when < end), start, end)) {
        const sum = sums.get(one.day) ?? [0, 0, 0]
        sums.set(one.day, [(sum[0] ?? 0) + one.goodMinutes, (sum[1] ?? 0) + one.badMinutes, (sum[2] ?? 0) + one.unknownMinutes])
      }
    }
    expect([...sums]).toEqual(whole.map((one) => [one.day, [one.goodMinutes, one.badMinutes, one.unknownMinutes]]))
  })
})

describe('the record of ninety days', () => {
  const now = new Date('2026-03-02T12:00:00Z')
  const count = (ago: number, goodMinutes: number, badMinutes: number, unknownMinutes: number): DayCount => ({ day: dayOf(now.getTime() - ago * 86_400_000), goodMinutes, badMinutes, unknownMinutes })

  it('tells no data from good, a bad day from a troubled one, and both from no record', () => {
    const record = recordOf([count(0, 720, 0, 0), count(1, 1430, 10, 0), count(2, 1000, 440, 0), count(3, 0, 0, 1440), count(4, 720, 0, 720)], now)
    expect(record.days).toHaveLength(90)
    expect(record.days.slice(-6).map((one) => [one.state, one.coverage])).toEqual([['none', 0], ['good', 0.5], ['no-data', 0], ['bad', 1], ['some-bad', 1], ['good', 1]])
    expect(record.goodShare).toBeCloseTo(3870 / 4320)
    expect(record.coverage).toBeCloseTo(4320 / 6480)
    expect(recordWords(record)).toBe('89.5 % of the measured time without trouble, 66.6 % of the time it was live measured. 2 days with trouble, 450 minutes together; 2 days without. 1 day without data. 85 days before a record was kept.')
  })

  it('claims nothing where nothing is known', () => {
    expect(recordOf([], now)).toMatchObject({ goodShare: null, coverage: null })
    expect(recordWords(recordOf([], now))).toBe('No record in the last 90 days.')
    expect(recordOf([count(0, 0, 0, 700)], now)).toMatchObject({ goodShare: null, coverage: 0 })
    expect(recordOf([count(95, 1440, 0, 0)], now)).toMatchObject({ goodShare: null })
  })

  it('never rounds trouble away', () => {
    expect([shareWords(1), shareWords(0.999999), shareWords(0.98765), shareWords(0.001)]).toEqual(['100 %', '99.99 %', '98.7 %', '0.10 %'])
  })
})
