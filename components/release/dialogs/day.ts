/** Days as a date field gives them, in the viewer's zone, and as the instants that commands carry. */

/** The day so many days from now, as `2026-11-22`. */
export function dayIn(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The day of an instant, for a date field; empty for none. */
export function dayOf(at: string | null): string {
  if (at === null) return ''
  return dayIn((Date.parse(at) - Date.now()) / 86_400_000)
}

/** The last second of a day in the viewer's zone, as an instant: "until Friday" includes Friday. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString()
}
