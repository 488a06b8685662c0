/** The one instant that all charts of a screen point at: whoever moves it, every chart and every reading follows. */
import type { KeptPoint } from '@/lib/domain/verdict/verdict'

export interface Cursor {
  /** Unix seconds, or `null` while nobody points. */
  readonly at: () => number | null
  readonly set: (at: number | null) => void
  /** Out: the function that ends it. */
  readonly subscribe: (tell: () => void) => () => void
}

/** The values under the pointer at one instant; `null` when it is elsewhere. */
export type Hovered = { readonly at: number; readonly candidate: number | null; readonly stable: number | null } | null

export function makeCursor(): Cursor {
  let at: number | null = null
  const listeners = new Set<() => void>()
  return {
    at: () => at,
    set(next) {
      if (next === at) return
      at = next
      for (const tell of listeners) tell()
    },
    subscribe(tell) {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
  }
}

/** The value of a series at an instant: the nearest point within three quarters of a step, because a gap has no value. */
export function valueAt(points: readonly KeptPoint[], at: number, stepSeconds: number): number | null {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.[0] ?? 0) < at) low = middle + 1
    else high = middle
  }
  const [before, after] = [points[low - 1], points[low]]
  const nearest = before && (!after || at - before[0] <= after[0] - at) ? before : after
  return nearest && Math.abs(nearest[0] - at) <= 0.75 * stepSeconds ? nearest[1] : null
}
