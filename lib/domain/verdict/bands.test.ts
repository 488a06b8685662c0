/** Bands and worst points show many evaluations as few, and lose no failure on the way. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandsOf, worstPoints } from './bands'
import { VERDICTS } from './verdict'

const FROM = 1_772_000_000

describe('stretches of one verdict', () => {
  it('join what follows without a gap, and leave a silence open', () => {
    const seen = [['pass', 0], ['pass', 30], ['fail', 60], ['pass', 90], ['pass', 900]] as const
    const bands = bandsOf(seen.map(([verdict, at]) => ({ verdict, at: FROM + at })), { every: 75, least: 1, to: FROM + 1000 })
    expect(bands.map(({ from, to, verdict, count }) => [from - FROM, to - FROM, verdict, count])).toEqual([[0, 60, 'pass', 2], [60, 90, 'fail', 1], [90, 120, 'pass', 1], [900, 930, 'pass', 1]])
  })

  it('count every evaluation once, in order, and show a failure as long as there is one', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...VERDICTS), { maxLength: 200 }), fc.integer({ min: 1, max: 200 }), (verdicts, least) => {
      const bands = bandsOf(verdicts.map((verdict, at) => ({ verdict, at: FROM + at * 30 })), { every: 75, least, to: FROM + verdicts.length * 30 })
      expect(bands.reduce((sum, band) => sum + band.count, 0)).toBe(verdicts.length)
      expect(bands.every((band, at) => at === 0 || band.from >= (bands[at - 1]?.to ?? 0) - 0.001)).toBe(true)
      if (verdicts.includes('fail')) expect(bands.some((band) => band.verdict === 'fail')).toBe(true)
    }))
  })
})

describe('the worst of each step', () => {
  it('is the highest, or the lowest where low is worse, at its own time; without values it is a gap', () => {
    const points = [[FROM, 1], [FROM + 10, 5], [FROM + 20, 2], [FROM + 60, null], [FROM + 70, null], [FROM + 120, 3]] as const
    expect(worstPoints(points, { from: FROM, step: 60, isLowWorse: false })).toEqual([[FROM + 10, 5], [FROM + 60, null], [FROM + 120, 3]])
    expect(worstPoints(points, { from: FROM, step: 60, isLowWorse: true })).toEqual([[FROM, 1], [FROM + 60, null], [FROM + 120, 3]])
  })
})
