/** Which of the check-ins that are planned or running is the next one: for the frame, the board, the list and a release alike. */

/** A planned check-in that nobody started is the next one for so long; then it counts as forgotten. */
const LATE_MS = 4 * 3_600_000

interface Coming {
  readonly status: string
  readonly startsAt: string
  /** Until when it is answered in writing; `null` for one that people meet for. */
  readonly answerBy: string | null
}

/**
 * The next check-in. In: those that are planned or running, in the order of their starts, and the instant in ms. Out: the meeting that runs, else the
 * next one that is not forgotten, else one in writing, which is open for days and hides no meeting; `null` when there is none of these.
 */
export function nextOf<T extends Coming>(coming: readonly T[], now: number): T | null {
  const meets = (one: T) => one.answerBy === null
  const isNear = (one: T) => Date.parse(one.startsAt) >= now - LATE_MS
  return coming.find((one) => one.status === 'running' && meets(one)) ?? coming.find((one) => isNear(one) && meets(one)) ?? coming.find((one) => one.status === 'running' || isNear(one)) ?? null
}
