/** The geometry of a small chart: common times for both series, and the span of its values, the same for the server's picture and the drawn chart. */

import type { PanelView } from '@/lib/domain/preset/panel-view'
import type { KeptPoint } from '@/lib/domain/verdict/verdict'

export interface ChartData {
  /** Unix seconds, rising. */
  readonly times: readonly number[]
  readonly candidate: readonly (number | null)[]
  readonly stable: readonly (number | null)[]
}

/** Both series on one axis of times; a time that one of them lacks is a gap there. A hole of several steps is a gap too, not a line. */
export function chartData(candidate: readonly KeptPoint[], stable: readonly KeptPoint[], stepSeconds: number): ChartData {
  const [own, beside] = [withGaps(candidate, stepSeconds), withGaps(stable, stepSeconds)]
  const times = [...new Set([...own.keys(), ...beside.keys()])].sort((a, b) => a - b)
  return { times, candidate: times.map((at) => own.get(at) ?? null), stable: times.map((at) => beside.get(at) ?? null) }
}

function withGaps(points: readonly KeptPoint[], stepSeconds: number): ReadonlyMap<number, number | null> {
  const found = new Map<number, number | null>()
  let last: number | null = null
  for (const [at, value] of points) {
    if (last !== null && at - last > 1.5 * stepSeconds) found.set(last + stepSeconds, null)
    found.set(at, value)
    last = at
  }
  return found
}

/** Lowest and highest value to show. The threshold is inside when it is near the data; far away it would flatten the lines. */
export function valueSpan(panel: Pick<PanelView, 'candidate' | 'stable' | 'threshold'>): readonly [number, number] {
  const values = [...panel.candidate, ...panel.stable].flatMap(([, value]) => (value === null ? [] : [value]))
  const limit = panel.threshold?.value
  if (values.length === 0) return limit === undefined ? [0, 1] : [Math.min(0, limit), Math.max(1, limit)]
  let low = Math.min(...values)
  let high = Math.max(...values)
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (limit !== undefined && Math.abs(limit) <= 3 * size) {
    low = Math.min(low, limit)
    high = Math.max(high, limit)
  }
  const room = (high - low || size || 1) * 0.08
  return [low - room, high + room]
}
