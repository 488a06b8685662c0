/** The geometry of a small chart: common times for both series, and the span of its values, the same for the server's picture and the drawn chart. */

import type { PanelView } from '@/lib/domain/preset/panel-view'
import type { KeptPoint } from '@/lib/domain/verdict/verdict'

export interface ChartData {
  /** Unix seconds, rising. */
  readonly times: number[]
  readonly candidate: (number | null)[]
  readonly stable: (number | null)[]
}

/** Both series on one axis of times; a time that one of them lacks is a gap there. A hole of several steps is a gap too, not a line. In: points in the order of time. */
export function chartData(candidate: readonly KeptPoint[], stable: readonly KeptPoint[], stepSeconds: number): ChartData {
  const [own, beside] = [withGaps(candidate, stepSeconds), withGaps(stable, stepSeconds)]
  const data = { times: new Array<number>(), candidate: new Array<number | null>(), stable: new Array<number | null>() }
  let [i, j] = [0, 0]
  while (i < own.length || j < beside.length) {
    const [left, right] = [own[i], beside[j]]
    const at = Math.min(left?.[0] ?? Infinity, right?.[0] ?? Infinity)
    data.times.push(at)
    data.candidate.push(left?.[0] === at ? left[1] : null)
    data.stable.push(right?.[0] === at ? right[1] : null)
    while (i < own.length && (own[i]?.[0] ?? 0) <= at) i += 1
    while (j < beside.length && (beside[j]?.[0] ?? 0) <= at) j += 1
  }
  return data
}

/** The points with a gap after the last one before each hole. Most series have none and stay as they are. */
function withGaps(points: readonly KeptPoint[], stepSeconds: number): readonly KeptPoint[] {
  const found: KeptPoint[] = []
  for (const point of points) {
    const last = found.at(-1)
    if (last && point[0] - last[0] > 1.5 * stepSeconds) found.push([last[0] + stepSeconds, null])
    found.push(point)
  }
  return found
}

/** Lowest and highest value to show. The threshold is inside when it is near the data; far away it would flatten the lines. */
export function valueSpan(panel: Pick<PanelView, 'candidate' | 'stable' | 'threshold'>): readonly [number, number] {
  const limit = panel.threshold?.value
  let [low, high] = [Infinity, -Infinity]
  for (const points of [panel.candidate, panel.stable]) {
    for (const [, value] of points) {
      if (value === null) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  if (low > high) return limit === undefined ? [0, 1] : [Math.min(0, limit), Math.max(1, limit)]
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (limit !== undefined && Math.abs(limit) <= 3 * size) {
    low = Math.min(low, limit)
    high = Math.max(high, limit)
  }
  const room = (high - low || size || 1) * 0.08
  // Most of what is measured cannot be below zero, and an axis that says -5 % makes people look for it.
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room]
}

/** More lines than this across a chart hide what they explain; then each event is a short stroke at its foot. */
const MOST_LINES = 14

/** How high the lines of the events stand, as a share of the chart. In: the events that lie within it. */
export function markHeight(count: number): number {
  return count > MOST_LINES ? 0.06 : 1
}
