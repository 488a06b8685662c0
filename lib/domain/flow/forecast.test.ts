import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backtest, forecastGo, LEAST_FINISHED, precedentsOf } from './forecast'
import { distributionOf, quantile, shareInterval } from './quantile'
import { DAY_MS, finishedRow } from './testing/rows'

const many = (count: number, go: (i: number) => number) => Array.from({ length: count }, (_, i) => finishedRow(i, { go: go(i), days: 30 }))

describe('quantiles', () => {
  it.each<[readonly number[], number, number | null]>([
    [[], 0.5, null], [[4], 0.075, 4], [[1, 2, 3], 0.5, 2], [[1, 2, 3, 4], 0.5, 2.5], [[1, 2, 3], 0.25, 1], [[1, 2, 3], 0.99, 3], [[10, 20, 30, 40, 50, 60, 70], 0.25, 20],
  ])('of %j at %d', (values, p, expected) => expect(quantile(values, p)).toBe(expected))

  it('lie between the least and the most, and rise', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (values, a, b) => {
      const sorted = values.toSorted((x, y) => x - y)
      const [low, high] = [quantile(sorted, Math.min(a, b)) ?? NaN, quantile(sorted, Math.max(a, b)) ?? NaN]
      expect(low).toBeLessThanOrEqual(high + 1e-6)
      expect(low).toBeGreaterThanOrEqual(sorted[0] ?? NaN)
      expect(high).toBeLessThanOrEqual(sorted.at(-1) ?? NaN)
    }))
  })

  it.each([[0, null, null], [4, null, null], [5, 3, null], [8, 4.5, 2.25]])('are not said of %i values before they mean something', (n, median, quarter) => {
    expect(distributionOf(Array.from({ length: n }, (_, i) => i + 1))).toMatchObject({ n, median, quarter })
  })

  it('of a share stay within it, also for few', () => {
    expect(shareInterval(0, 0)).toBeNull()
    const [low, high] = shareInterval(0, 3) ?? [NaN, NaN]
    expect(low).toBe(0)
    expect(high).toBeGreaterThan(0.4)
    expect(high).toBeLessThan(0.6)
  })
})

describe('a forecast', () => {
  const standing = (now: number, share = 0) => ({ share, since: now, templateId: 't1' })
  const now = Date.parse('2026-12-01T00:00:00Z')

  it('is none before twenty releases with a go have finished', () => {
    expect(forecastGo(precedentsOf(many(LEAST_FINISHED - 1, () => 5)), standing(now), now)).toBeNull()
    expect(forecastGo(precedentsOf([...many(LEAST_FINISHED - 1, () => 5), finishedRow(99, { go: null, outcome: 'cancelled' })]), standing(now), now)).toBeNull()
    expect(forecastGo(precedentsOf(many(LEAST_FINISHED, () => 5)), standing(now), now)).not.toBeNull()
  })

  it('is what is left from the same point on', () => {
    const past = precedentsOf(many(39, (i) => i + 1))
    const opening = forecastGo(past, standing(now), now)
    expect(opening).toMatchObject({ n: 39, basis: 'same-point', median: now + 20 * DAY_MS })
    expect(opening?.intervals.map(({ from, to }) => [(from - now) / DAY_MS, (to - now) / DAY_MS])).toEqual([[10, 30], [3, 37]])
    // Half of the gates are passed at half of the time.
    expect(forecastGo(past, standing(now, 0.5), now)).toMatchObject({ median: now + 10 * DAY_MS })
    // After eight days without a gate only those that stood longer than that are alike: their 2 × (9 … 19.5) days, less those eight.
    const late = forecastGo(past, { ...standing(now), since: now - 8 * DAY_MS }, now)
    expect(late).toMatchObject({ basis: 'same-point', n: 23 })
    // Nobody stood for a year: all who came through count.
    expect(forecastGo(past, { ...standing(now), since: now - 365 * DAY_MS }, now)).toMatchObject({ basis: 'same-share', n: 39 })
  })

  it('prefers the same checklist where enough have finished by it', () => {
    const hotfix = Array.from({ length: 20 }, (_, i) => finishedRow(100 + i, { templateId: 'hot', go: 1 }))
    const past = precedentsOf([...many(30, () => 12), ...hotfix])
    expect(forecastGo(past, { share: 0, since: now, templateId: 'hot' }, now)).toMatchObject({ isSameTemplate: true, median: now + DAY_MS })
    expect(forecastGo(past, { share: 0, since: now, templateId: 'new' }, now)).toMatchObject({ isSameTemplate: false, n: 50 })
  })

  it('never lies in the past, and the wider interval holds the narrower', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0.1, max: 60, noNaN: true }), { minLength: 20, maxLength: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(100), (goes, share, stood) => {
      const forecast = forecastGo(precedentsOf(goes.map((go, i) => finishedRow(i, { go, days: 90 }))), { share, since: now - stood * DAY_MS, templateId: 't1' }, now)
      const [half, wide] = forecast?.intervals ?? []
      expect(wide?.from).toBeGreaterThanOrEqual(now)
      expect(wide?.from).toBeLessThanOrEqual(half?.from ?? NaN)
      expect(half?.from).toBeLessThanOrEqual(forecast?.median ?? NaN)
      expect(forecast?.median).toBeLessThanOrEqual(half?.to ?? NaN)
      expect(half?.to).toBeLessThanOrEqual(wide?.to ?? NaN)
    }), { numRuns: 60 })
  })

  it('is checked against what came, from nothing that was known later only', () => {
    // From 1 to 20 days, evenly and in no order, the same every time.
    const drawn = (i: number) => 1 + ((i * 0.618_033_988_75) % 1) * 19
    const found = backtest(Array.from({ length: 300 }, (_, i) => finishedRow(i, { opened: i, go: drawn(i), days: 40 })))
    expect(found.releases).toHaveLength(100)
    expect(found.forecasts).toBe(200)
    const [half, wide] = found.hits.map(({ hits }) => hits / found.forecasts)
    expect(half).toBeGreaterThan(0.4)
    expect(half).toBeLessThan(0.6)
    expect(wide).toBeGreaterThan(0.77)
    expect(wide).toBeLessThan(0.93)
    // All began at once: at no point at which one of them passed a gate had twenty of the others had their go.
    expect(backtest(Array.from({ length: 40 }, (_, i) => finishedRow(i, { opened: 0, go: 10 + i }))).forecasts).toBe(0)
    expect(backtest(many(20, () => 5)).forecasts).toBe(0)
  })
})
