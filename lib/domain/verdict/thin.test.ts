/** A thinned series is short, in order, and has the peaks of the long one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { thinned } from './thin'
import type { KeptPoint } from './verdict'

const series = fc.array(fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { nil: null }), { maxLength: 400 }).map((values) => values.map((value, at): KeptPoint => [1_000 + at * 30, value]))

describe('a series for the record', () => {
  it('has at most so many points, in order, with the extremes of the whole', () => {
    fc.assert(fc.property(series, fc.integer({ min: 4, max: 60 }), (points, most) => {
      const short = thinned(points, most)
      expect(short.length).toBeLessThanOrEqual(Math.max(most, 1))
      expect(short.map(([at]) => at)).toEqual(short.map(([at]) => at).toSorted((a, b) => a - b))
      const values = (of: readonly KeptPoint[]) => of.flatMap(([, value]) => (value === null ? [] : [Number(value.toPrecision(5))]))
      if (values(points).length > 0) expect([Math.min(...values(short)), Math.max(...values(short))]).toEqual([Math.min(...values(points)), Math.max(...values(points))])
    }))
  })

  it('keeps a stretch without values as a gap, and a short series as it is', () => {
    const points: KeptPoint[] = [[1, 1], [2, 2], [3, null], [4, null], [5, 5], [6, 6]]
    expect(thinned(points, 6)).toEqual(points)
    expect(thinned(points.flatMap(([at, value]) => [[at * 10, value], [at * 10 + 5, value]] satisfies KeptPoint[]), 6).some(([, value]) => value === null)).toBe(true)
  })
})
