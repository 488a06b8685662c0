/** Two-sided Mann-Whitney U of two series with Kayenta's parameters: advice for people beside a verdict, never the verdict. */

import { valueText, type Unit } from '@/lib/domain/preset/unit'
import type { Advice } from './advice'
import type { Direction } from './rule'

/** Kayenta's judge: confidence 0.98, tolerance a quarter of the estimated shift, effect from 1.0 on. */
export interface MannWhitneyOptions {
  readonly confidence: number
  readonly tolerance: number
  readonly allowedIncrease: number
  readonly allowedDecrease: number
  /** Fewer finite points than this on a side: no statement. Kayenta's users are told to bring 50. */
  readonly fewestPoints: number
}

export const KAYENTA: MannWhitneyOptions = { confidence: 0.98, tolerance: 0.25, allowedIncrease: 1, allowedDecrease: 1, fewestPoints: 20 }

/** Complementary error function (Numerical Recipes, fractional error below 1.2e-7). */
function erfc(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x))
  const tail = t * Math.exp(-x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
    + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))))
  return x >= 0 ? tail : 2 - tail
}

/** The z with this much probability above it, by bisection: called once per comparison. In: 0 < upper < 0.5. */
function upperZ(upper: number): number {
  let [low, high] = [0, 40]
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2
    if (erfc(middle / Math.SQRT2) / 2 > upper) low = middle
    else high = middle
  }
  return (low + high) / 2
}

export interface RankTest {
  /** U of the first sample: pairs in which it is larger, ties counted half. */
  readonly u: number
  /** Two-sided, normal approximation with continuity correction and correction for ties; 1 when all values are equal. */
  readonly p: number
  /** Standard deviation of U under the null hypothesis. */
  readonly sigma: number
}

/** Mid-ranks, and how much equal values take off the variance. */
function ranksOf(values: readonly number[]): { readonly ranks: readonly number[]; readonly ties: number } {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value)
  const ranks = new Array<number>(values.length).fill(0)
  let ties = 0
  for (let from = 0; from < order.length;) {
    let to = from
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1
    const size = to - from
    for (const { at } of order.slice(from, to)) ranks[at] = (from + 1 + to) / 2
    ties += size ** 3 - size
    from = to
  }
  return { ranks, ties }
}

/** The rank sum test of two samples of finite numbers, both non-empty. Equal to scipy's `mannwhitneyu(method="asymptotic")` to about seven digits. */
export function rankTest(first: readonly number[], second: readonly number[]): RankTest {
  const [m, n] = [first.length, second.length]
  const { ranks, ties } = ranksOf([...first, ...second])
  const total = m + n
  const sum = ranks.slice(0, m).reduce((added, rank) => added + rank, 0)
  const u = sum - (m * (m + 1)) / 2
  const sigma = Math.sqrt(((m * n) / 12) * (total + 1 - ties / (total * (total - 1))))
  if (!(sigma > 0)) return { u, p: 1, sigma: 0 }
  const z = (Math.abs(u - (m * n) / 2) - 0.5) / sigma
  return { u, sigma, p: Math.min(1, erfc(z / Math.SQRT2)) }
}

/** Hodges-Lehmann estimate of first minus second (the median of all differences), with its interval by the normal approximation (Hollander and Wolfe). */
export function shiftOf(first: readonly number[], second: readonly number[], sigma: number, confidence: number): { readonly shift: number; readonly interval: readonly [number, number] } {
  const differences = first.flatMap((a) => second.map((b) => a - b)).sort((a, b) => a - b)
  const count = differences.length
  const at = (index: number): number => differences[Math.min(count - 1, Math.max(0, index))] ?? 0
  const shift = count % 2 === 1 ? at((count - 1) / 2) : (at(count / 2 - 1) + at(count / 2)) / 2
  const outside = Math.max(1, Math.floor(count / 2 - upperZ((1 - confidence) / 2) * sigma))
  return { shift, interval: [at(outside - 1), at(count - outside)] }
}

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length

/** Why this stays advice: the test's assumption does not hold for a metric. */
export const CAUTION = 'Points of one metric that follow each other are alike (autocorrelated), so they count for fewer than they are: the test finds differences too easily. Read it beside the verdict; it decides nothing.'

/**
 * Compares the candidate's points with the stable version's. In: values over the same time (not finite ones are left out, as Kayenta does),
 * the direction and unit of the rule. Out: high when the interval lies above a quarter of the shift and the means say so too; low mirrored.
 */
export function advise(candidate: readonly number[], stable: readonly number[], about: { readonly direction: Direction; readonly unit: Unit }, options: MannWhitneyOptions = KAYENTA): Advice {
  const [ours, theirs] = [candidate.filter(Number.isFinite), stable.filter(Number.isFinite)]
  const points = { candidate: ours.length, stable: theirs.length }
  const base = { kind: 'mann-whitney' as const, confidence: options.confidence, points, caution: CAUTION }
  if (Math.min(ours.length, theirs.length) < options.fewestPoints) {
    const words = `Too few points for a statistical comparison: ${ours.length} of the candidate and ${theirs.length} of stable; ${options.fewestPoints} of each are needed.`
    return { ...base, finding: 'too-few', isWorse: false, p: null, shift: null, interval: null, effect: null, words }
  }
  const { p, sigma } = rankTest(ours, theirs)
  const { shift, interval } = shiftOf(ours, theirs, sigma, options.confidence)
  const stableMean = mean(theirs)
  const effect = stableMean === 0 ? null : mean(ours) / stableMean
  const least = options.tolerance * Math.abs(shift)
  // Without a ratio (stable at zero) the shift alone speaks.
  const isHigh = interval[0] > least && (effect === null || effect >= options.allowedIncrease)
  const isLow = interval[1] < -least && (effect === null || effect <= options.allowedDecrease)
  const finding = isHigh ? 'high' : isLow ? 'low' : 'same'
  const isWorse = (isHigh && about.direction === 'lower-is-better') || (isLow && about.direction === 'higher-is-better')
  return { ...base, finding, isWorse, p, shift, interval, effect, words: wordsOf({ finding, p, shift, interval, points, confidence: options.confidence }, about.unit) }
}

function wordsOf(found: { readonly finding: 'high' | 'low' | 'same'; readonly p: number; readonly shift: number; readonly interval: readonly [number, number]; readonly points: Advice['points']; readonly confidence: number }, unit: Unit): string {
  const level = Math.round(found.confidence * 1000) / 10
  const range = `${valueText(found.interval[0], unit)} to ${valueText(found.interval[1], unit)}`
  const chance = found.p < 0.001 ? 'p < 0.001' : `p = ${found.p.toFixed(3)}`
  const detail = `${level} % interval of the difference ${range}, ${chance}, ${found.points.candidate} against ${found.points.stable} points`
  if (found.finding === 'same') return `Mann-Whitney sees no clear difference from stable (${detail}).`
  return `Mann-Whitney: the candidate is ${found.finding === 'high' ? 'higher' : 'lower'} than stable by about ${valueText(Math.abs(found.shift), unit)} (${detail}).`
}
