/** Round values for an axis of times or counts. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const STEPS = {
  time: [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY, 10 * DAY, 20 * DAY, 50 * DAY, 100 * DAY, 200 * DAY, 500 * DAY],
  'working-time': [MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 5 * HOUR, 10 * HOUR, 20 * HOUR, 50 * HOUR, 100 * HOUR, 200 * HOUR, 500 * HOUR, 1_000 * HOUR, 5_000 * HOUR],
  count: [1, 2, 5, 10, 20, 50, 100, 200, 500],
} as const

/** The top of an axis that begins at 0, and at most four round values on it. In: the largest value. */
export function niceTop(most: number, unit: keyof typeof STEPS): { readonly top: number; readonly ticks: readonly number[] } {
  const step = STEPS[unit].find((one) => most / one <= 3.5) ?? most / 3
  const ticks = [0, 1, 2, 3, 4].map((i) => i * step).filter((one) => one <= most * 1.02)
  return { top: Math.max(most * 1.06, step), ticks }
}
