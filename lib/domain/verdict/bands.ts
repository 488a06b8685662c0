/** Draws many evaluations as few: stretches of one verdict, and of each short time the value that is worst. */

import type { VerdictBand } from './page-view'
import type { KeptPoint, Verdict } from './verdict'

/** The worst first: what a stretch shows that is too short to show them all. */
const GRAVITY: readonly Verdict[] = ['fail', 'error', 'inconclusive', 'no-data', 'idle', 'pass']

function worse(a: Verdict, b: Verdict): Verdict {
  return GRAVITY.indexOf(a) <= GRAVITY.indexOf(b) ? a : b
}

interface Seen {
  readonly at: number
  readonly verdict: Verdict
}

/**
 * Stretches of one verdict. In: evaluations in order of time (unix seconds); `every`: a longer silence than this is shown as none; `least`: a
 * stretch shorter than this is merged with its neighbour under the worse verdict of the two; `to`: where the axis ends.
 */
export function bandsOf(seen: readonly Seen[], { every, least, to }: { readonly every: number; readonly least: number; readonly to: number }): readonly VerdictBand[] {
  const bands: VerdictBand[] = []
  seen.forEach(({ at, verdict }, index) => {
    const next = seen[index + 1]
    const until = Math.min(to, next && next.at - at <= every ? next.at : at + Math.min(every / 2.5, next ? next.at - at : every))
    const last = bands.at(-1)
    const isJoined = last !== undefined && at - last.to < 0.001
    if (last && isJoined && last.verdict === verdict) bands[bands.length - 1] = { ...last, to: until, count: last.count + 1 }
    else if (last && isJoined && last.to - last.from < least) bands[bands.length - 1] = { from: last.from, to: until, verdict: worse(last.verdict, verdict), count: last.count + 1 }
    else bands.push({ from: at, to: until, verdict, count: 1 })
  })
  return bands
}

/** One point for each step of time: the worst value in it (the lowest where low is worse), at its own time. A step whose evaluations had no value is a gap. */
export function worstPoints(points: readonly KeptPoint[], { from, step, isLowWorse }: { readonly from: number; readonly step: number; readonly isLowWorse: boolean }): readonly KeptPoint[] {
  const found: KeptPoint[] = []
  let slot = -1
  for (const point of points) {
    const own = Math.floor((point[0] - from) / step)
    const last = found.at(-1)
    if (own !== slot || last === undefined) {
      found.push(point)
      slot = own
      continue
    }
    const [, value] = point
    const [, before] = last
    if (value !== null && (before === null || (isLowWorse ? value < before : value > before))) found[found.length - 1] = point
  }
  return found.map(([at, value]): KeptPoint => [Math.round(at * 10) / 10, value === null ? null : Number(value.toPrecision(6))])
}
