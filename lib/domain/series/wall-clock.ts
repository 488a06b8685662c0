/** Converts between what a clock on a wall of a zone shows and the instant that it is; daylight-saving changes are the reason that this is a file. */

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  formats.set(zone, made)
  return made
}

/** How far the zone is ahead of UTC at an instant, in milliseconds. In: a zone that the runtime knows, epoch milliseconds. */
export function offsetMs(zone: string, at: number): number {
  const part = new Map(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const local = Date.UTC(part.get('year') ?? 0, (part.get('month') ?? 1) - 1, part.get('day') ?? 1, part.get('hour') ?? 0, part.get('minute') ?? 0, part.get('second') ?? 0)
  return local - Math.floor(at / 1000) * 1000
}

const DAY_MS = 86_400_000

/**
 * The instant of a wall-clock time such as `2026-03-29T10:00`. Where the clock shows it twice, the first; where it never shows it,
 * the time by the offset before the gap (both as RFC 5545, 3.3.5 has it). Out: an ISO instant.
 */
export function instantAt(zone: string, wall: string): string {
  const local = Date.parse(`${wall}Z`)
  const before = offsetMs(zone, local - DAY_MS)
  const after = offsetMs(zone, local + DAY_MS)
  const fits = [before, after].find((offset) => offsetMs(zone, local - offset) === offset)
  return new Date(local - (fits ?? before)).toISOString()
}

/** What the clock shows at an instant. Out: `2026-03-29T10:00`. */
export function wallAt(zone: string, at: string | number): string {
  const instant = typeof at === 'number' ? at : Date.parse(at)
  return new Date(instant + offsetMs(zone, instant)).toISOString().slice(0, 16)
}

/** A calendar day so many days later. In: `2026-03-29`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** ISO weekday of a date: 1 is Monday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00Z`).getUTCDay() || 7
}
