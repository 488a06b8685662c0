/** Counts working time between two instants by looking up instead of walking days, so that ten thousand waits are summed in a blink. */
import { drain } from '@/lib/domain/flow/steps'
import { workingMs, type WorkingHours } from '@/lib/domain/working-time'

const STEP = 3_600_000

/** Working milliseconds between two instants of its range; instants outside of it count as its edge. `prepare` walks the range in steps, for who must not hold up others. */
export type WorkingClock = ((from: number, to: number) => number) & { readonly prepare: () => Generator<void> }

/**
 * A clock for one team's hours over a range in ms. It counts whole hours once, by `workingMs`, which knows zones, changes of the clock
 * and holidays, and asks it for what is left over at both ends. The range is walked when it is first asked, unless it was prepared.
 */
export function workingClock(hours: WorkingHours, from: number, to: number): WorkingClock {
  const first = Math.floor(from / STEP)
  const last = Math.ceil(to / STEP)
  const counted = new Float64Array(last - first + 1)
  const walk = wholeHours(hours, first, counted)
  const until = (at: number): number => {
    drain(walk)
    const bounded = Math.min(last * STEP, Math.max(first * STEP, at))
    const hour = Math.floor(bounded / STEP) - first
    const whole = counted[hour] ?? 0
    const next = counted[hour + 1] ?? whole
    const rest = bounded - (first + hour) * STEP
    if (rest === 0 || next === whole) return whole
    if (next - whole === STEP) return whole + rest
    return whole + workingMs([[(first + hour) * STEP, bounded]], hours)
  }
  return Object.assign((start: number, end: number) => (end <= start ? 0 : until(end) - until(start)), { prepare: () => walk })
}

/** Days that are walked in one step. */
const STEP_DAYS = 14

/** Fills in the working time up to each whole hour: counted day by day, and hour by hour only on days that have any. */
function* wholeHours(hours: WorkingHours, first: number, sums: Float64Array): Generator<void> {
  const last = first + sums.length - 1
  for (let day = first; day < last; day += 24) {
    if ((day - first) % (24 * STEP_DAYS) === 0) yield
    const end = Math.min(last, day + 24)
    const hasAny = workingMs([[day * STEP, end * STEP]], hours) > 0
    for (let hour = day; hour < end; hour += 1) sums[hour - first + 1] = (sums[hour - first] ?? 0) + (hasAny ? workingMs([[hour * STEP, (hour + 1) * STEP]], hours) : 0)
  }
}
