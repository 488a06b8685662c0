/** Counts working time between two instants by looking up instead of walking days, so that ten thousand waits are summed in a blink. */
import { workingMs, type WorkingHours } from '@/lib/domain/working-time'

const STEP = 3_600_000

/** Working milliseconds between two instants of its range; instants outside of it count as its edge. */
export type WorkingClock = (from: number, to: number) => number

/**
 * A clock for one team's hours over a range in ms. It counts whole hours once, by `workingMs`, which knows zones, changes of the clock
 * and holidays, and asks it for what is left over at both ends. The range is walked when it is first asked.
 */
export function workingClock(hours: WorkingHours, from: number, to: number): WorkingClock {
  const first = Math.floor(from / STEP)
  const last = Math.ceil(to / STEP)
  let counted: Float64Array | null = null
  const until = (at: number): number => {
    counted ??= wholeHours(hours, first, last)
    const bounded = Math.min(last * STEP, Math.max(first * STEP, at))
    const hour = Math.floor(bounded / STEP) - first
    const whole = counted[hour] ?? 0
    const next = counted[hour + 1] ?? whole
    const rest = bounded - (first + hour) * STEP
    if (rest === 0 || next === whole) return whole
    if (next - whole === STEP) return whole + rest
    return whole + workingMs([[(first + hour) * STEP, bounded]], hours)
  }
  return (start, end) => (end <= start ? 0 : until(end) - until(start))
}

/** Working time up to each whole hour: counted day by day, and hour by hour only on days that have any. */
function wholeHours(hours: WorkingHours, first: number, last: number): Float64Array {
  const sums = new Float64Array(last - first + 1)
  for (let day = first; day < last; day += 24) {
    const end = Math.min(last, day + 24)
    const hasAny = workingMs([[day * STEP, end * STEP]], hours) > 0
    for (let hour = day; hour < end; hour += 1) sums[hour - first + 1] = (sums[hour - first] ?? 0) + (hasAny ? workingMs([[hour * STEP, (hour + 1) * STEP]], hours) : 0)
  }
  return sums
}
