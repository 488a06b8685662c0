/** Days as a date field gives them, in the viewer's zone, and as the instants that commands carry. */

function fieldOf(day: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The day so many days from now, as `2026-11-22`; a change of the clock on the way does not shift it. */
export function dayIn(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  return fieldOf(day)
}

/** The day of an instant, for a date field; empty for none. */
export function dayOf(at: string | null): string {
  return at === null ? '' : fieldOf(new Date(at))
}

/** The last second of a day in the viewer's zone, as an instant: "until Friday" includes Friday. */
export function endOfDay(day: string): string {
  // By its numbers: a date field lets people type a year of five digits, which is a date and no ISO text.
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const at = new Date(0)
  at.setFullYear(year, month - 1, date)
  at.setHours(23, 59, 59, 0)
  return at.toISOString()
}
