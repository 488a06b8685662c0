import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advise, rankTest, shiftOf } from './mann-whitney'

const about = { direction: 'lower-is-better', unit: 's' } as const
/** Permeability of the human chorioamnion, Hollander and Wolfe (1973), page 69; the example of R's wilcox.test. */
const TERM = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
const EARLY = [1.15, 0.88, 0.90, 0.74, 1.21]

describe('the rank sum test', () => {
  // Reference: scipy 1.17.1, mannwhitneyu(x, y, alternative="two-sided", method="asymptotic"); the shift by numpy's median of all differences.
  it.each([
    ['Hollander and Wolfe', TERM, EARLY, 35, 0.24462360512698333, 0.305],
    ['with ties', [1, 2, 2, 3, 3, 3, 4, 5], [2, 2, 3, 4, 4, 6, 7, 7, 8], 18.5, 0.09661803180161273, -2],
    ['apart', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [11, 12, 13, 14, 15, 16, 17, 18, 19, 20], 0, 0.00018267179110955002, -10],
    ["scipy's example of ages", [19, 22, 16, 29, 24], [20, 11, 17, 12], 17, 0.11134688653314041, 7],
  ])('%s', (_name, first, second, u, p, shift) => {
    const found = rankTest(first, second)
    expect(found.u).toBe(u)
    expect(found.p).toBeCloseTo(p, 6)
    expect(shiftOf(first, second, found.sigma, 0.98).shift).toBeCloseTo(shift, 9)
  })

  it('finds nothing in equal values, and the same from both sides', () => {
    expect(rankTest([1, 1, 1], [1, 1])).toMatchObject({ p: 1, sigma: 0 })
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }), (first, second) => {
      const [one, other] = [rankTest(first, second), rankTest(second, first)]
      expect(one.u + other.u).toBe(first.length * second.length)
      expect(one.p).toBeCloseTo(other.p, 9)
      expect(one.p >= 0 && one.p <= 1).toBe(true)
    }))
  })
})

describe('the advice', () => {
  const wave = (base: number, size = 0.02) => Array.from({ length: 50 }, (_, at) => base + size * Math.sin(at * 2.4))
  it.each([
    ['clearly slower', wave(0.3), wave(0.1), 'lower-is-better', 'high', true],
    ['clearly faster', wave(0.1), wave(0.3), 'lower-is-better', 'low', false],
    ['clearly less accurate', wave(0.7), wave(0.9), 'higher-is-better', 'low', true],
    ['the same', wave(0.1), wave(0.1), 'lower-is-better', 'same', false],
    ['all equal', Array<number>(30).fill(1), Array<number>(30).fill(1), 'lower-is-better', 'same', false],
    ['errors against none', wave(0.1), Array<number>(50).fill(0), 'lower-is-better', 'high', true],
    ['without a good direction', wave(0.3), wave(0.1), 'neutral', 'high', false],
    ['too few', wave(0.3).slice(0, 19), wave(0.1), 'lower-is-better', 'too-few', false],
    ['mostly idle', [...Array<number>(40).fill(NaN), ...wave(0.3).slice(0, 10)], wave(0.1), 'lower-is-better', 'too-few', false],
  ] as const)('%s', (_name, candidate, stable, direction, finding, isWorse) => {
    expect(advise(candidate, stable, { ...about, direction })).toMatchObject({ finding, isWorse, caution: expect.stringContaining('autocorrelated') })
  })

  it('says what it found with its numbers', () => {
    expect(advise(wave(0.3), wave(0.1), about).words).toMatch(/^Mann-Whitney: the candidate is higher than stable by about 200 ms \(98 % interval of the difference 1\d\d ms to 2\d\d ms, p < 0\.001, 50 against 50 points\)\.$/)
    expect(advise([1], [2], about).words).toBe('Too few points for a statistical comparison: 1 of the candidate and 1 of stable; 20 of each are needed.')
  })

  it('has an interval that holds its estimate', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 20, maxLength: 40 }), fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 20, maxLength: 40 }), (first, second) => {
      const { shift, interval } = advise(first, second, about)
      if (shift === null || interval === null) throw new Error('there are points enough')
      expect(interval[0] <= shift && shift <= interval[1]).toBe(true)
    }))
  })
})
