/** Makes a series short enough for the record without hiding its peaks: of each stretch the lowest and the highest value stay. */

import type { KeptPoint } from './verdict'

/** Significant digits that a kept value has: more than any screen shows. */
const DIGITS = 5

function kept([at, value]: KeptPoint): KeptPoint {
  return [Math.round(at), value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(DIGITS))]
}

/** Lowest and highest of a stretch in the order of time; a stretch without any value is one gap. */
function extremes(stretch: readonly KeptPoint[]): readonly KeptPoint[] {
  let low: KeptPoint | null = null
  let high: KeptPoint | null = null
  for (const point of stretch) {
    const [, value] = point
    if (value === null) continue
    if (low === null || value < (low[1] ?? value)) low = point
    if (high === null || value > (high[1] ?? value)) high = point
  }
  if (low === null || high === null) return stretch.slice(0, 1)
  if (low === high) return [low]
  return low[0] <= high[0] ? [low, high] : [high, low]
}

/** In: points in order of time, the most that may stay (at least 4). Out: at most so many, rounded to five digits and whole seconds; peaks and dips are among them. */
export function thinned(points: readonly KeptPoint[], most: number): readonly KeptPoint[] {
  if (points.length <= most) return points.map(kept)
  const stretches = Math.max(1, Math.floor(most / 2))
  const size = points.length / stretches
  return Array.from({ length: stretches }, (_, at) => extremes(points.slice(Math.round(at * size), Math.round((at + 1) * size)))).flat().map(kept)
}
