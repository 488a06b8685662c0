/** Counts time within a team's working hours: a wait over the weekend is nobody's fault (PRODUCT rule 24). */

/** Days are ISO weekdays, 1 is Monday; times are `HH:MM` in the zone. */
export interface WorkingHours {
  readonly zone: string
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
  /** Dates in the zone on which nobody of the team works; absent: none are known. */
  readonly holidays?: readonly string[]
}

/** A stretch of time in epoch milliseconds, end excluded. */
export type Span = readonly [number, number]

const DAY = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  formats.set(zone, made)
  return made
}

/** Zones change their offset on quarter hours of UTC at the finest, so one reading serves for each. */
const QUARTER = 900_000
const MOST_KEPT = 5_000
const offsets = new Map<string, number>()

/** How far the zone is ahead of UTC at an instant, in milliseconds. Kept, because a list asks for the same days again and again. */
function offsetAt(zone: string, at: number): number {
  const key = `${zone} ${Math.floor(at / QUARTER)}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size >= MOST_KEPT) offsets.clear()
  const offset = readOffset(zone, Math.floor(at / QUARTER) * QUARTER)
  offsets.set(key, offset)
  return offset
}

function readOffset(zone: string, at: number): number {
  const part = new Map(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const local = Date.UTC(part.get('year') ?? 0, (part.get('month') ?? 1) - 1, part.get('day') ?? 1, part.get('hour') ?? 0, part.get('minute') ?? 0, part.get('second') ?? 0)
  return local - Math.floor(at / 1000) * 1000
}

/** The instant at which a clock in the zone shows the local time; twice, because the offset at the first guess may be that of the other side of a change. */
function instantOf(zone: string, local: number): number {
  const guess = local - offsetAt(zone, local)
  return local - offsetAt(zone, guess)
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Joins spans that touch or overlap; what is empty goes. */
export function union(spans: readonly Span[]): readonly Span[] {
  const joined: [number, number][] = []
  for (const [start, end] of spans.filter(([from, to]) => to > from).toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}

/** Milliseconds of some spans, overlaps counted once, that lie within working hours. Hours that end before they begin go over midnight. */
export function workingMs(spans: readonly Span[], hours: WorkingHours): number {
  const from = minutesOf(hours.from)
  const to = minutesOf(hours.to) + (minutesOf(hours.to) <= from ? 24 * 60 : 0)
  let total = 0
  for (const [start, end] of union(spans)) {
    const first = Math.floor((start + offsetAt(hours.zone, start)) / DAY) - 1
    const last = Math.floor((end + offsetAt(hours.zone, end)) / DAY)
    for (let day = first; day <= last; day += 1) {
      // 1 January 1970 was a Thursday, ISO weekday 4.
      if (!hours.days.includes(((day + 3) % 7 + 7) % 7 + 1)) continue
      if (hours.holidays?.includes(new Date(day * DAY).toISOString().slice(0, 10))) continue
      const opens = instantOf(hours.zone, day * DAY + from * 60_000)
      const closes = instantOf(hours.zone, day * DAY + to * 60_000)
      total += Math.max(0, Math.min(end, closes) - Math.max(start, opens))
    }
  }
  return total
}
