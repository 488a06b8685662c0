/** The marks of a time axis in somebody's zone: hours, days, Mondays or months, as many as fit. */
import { formatClock } from '@/lib/domain/format'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export interface Tick {
  readonly at: number
  readonly label: string
}

const STEPS: readonly number[] = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 56 * DAY, 182 * DAY, 364 * DAY]

/** How far the zone's clock is ahead of UTC at an instant, in ms. */
function ahead(at: number, zone: string): number {
  const parts = new Map(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const local = Date.UTC(parts.get('year') ?? 0, (parts.get('month') ?? 1) - 1, parts.get('day') ?? 1, parts.get('hour') ?? 0, parts.get('minute') ?? 0)
  return local - Math.floor(at / 60_000) * 60_000
}

function dayOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' }).format(at)
}

/** Ticks between two instants on whole hours, days or Mondays of the zone. In: at most how many. */
export function ticksOf(from: number, to: number, zone: string, most: number): readonly Tick[] {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? 364 * DAY
  // 5 January 1970 was the first Monday.
  const origin = step >= 7 * DAY ? 4 * DAY : 0
  const ticks: Tick[] = []
  let local = Math.ceil((from + ahead(from, zone) - origin) / step) * step + origin
  for (; ticks.length < most + 2; local += step) {
    const guess = local - ahead(local, zone)
    const at = local - ahead(guess, zone)
    if (at > to) break
    if (at < from) continue
    const isDay = local % DAY === 0
    ticks.push({ at, label: step >= DAY || isDay ? dayOf(at, zone) : formatClock(at, zone) })
  }
  return ticks
}
