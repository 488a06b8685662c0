/** Decides when a message may go out: at once, gathered with others of its release, or when the hours of its place begin. */
import type { EventKind } from '@/lib/domain/message/event-kind'
import type { WorkingHours } from '@/lib/domain/working-time'
import { addDays, instantAt, wallAt, weekdayOf } from '@/lib/domain/series/wall-clock'

/** `at-once` waits for nothing; `alone` keeps to the hours but is never put together with others; `gather` does both. */
export const PACES = ['at-once', 'alone', 'gather'] as const
export type Pace = (typeof PACES)[number]

/** What happens to one release within this time is told as one message. */
export const GATHER_MS = 60_000
/** Hours that do not begin within this time are no hours, but a mistake: the message goes out. */
const FAR_DAYS = 30

const AT_ONCE: ReadonlySet<EventKind> = new Set(['roll-back', 'rolled-back', 'roll-back-proposed', 'hold', 'at-risk', 'halted', 'live-turned', 'break-glass'])

/** The pace of one kind of event. A go is at once, too; whoever tells of it says so. */
export function paceOf(kind: EventKind): Pace {
  if (AT_ONCE.has(kind)) return 'at-once'
  // A mention calls somebody; among others it would be overlooked, or cut.
  return kind === 'mention' || kind === 'digest' ? 'alone' : 'gather'
}

/**
 * The instant from which a place takes ordinary messages: the given one when its hours run, else when they begin next.
 * In: ISO or epoch milliseconds; hours of the place, or null for always. Hours that end before they begin go over midnight.
 */
export function nextOpen(at: Date, hours: WorkingHours | null): Date {
  if (hours === null || hours.days.length === 0 || hours.from === hours.to) return at
  const today = wallAt(hours.zone, at.getTime()).slice(0, 10)
  for (let days = -1; days <= FAR_DAYS; days += 1) {
    const date = addDays(today, days)
    if (!hours.days.includes(weekdayOf(date)) || hours.holidays?.includes(date)) continue
    const opens = Date.parse(instantAt(hours.zone, `${date}T${hours.from}`))
    const closes = Date.parse(instantAt(hours.zone, `${hours.to > hours.from ? date : addDays(date, 1)}T${hours.to}`))
    if (at.getTime() < closes) return new Date(Math.max(opens, at.getTime()))
  }
  return at
}

/** When a message of a pace is due. In: when it happened, and the hours of its place. */
export function dueAt(pace: Pace, now: Date, hours: WorkingHours | null): Date {
  if (pace === 'at-once') return now
  return nextOpen(pace === 'gather' ? new Date(now.getTime() + GATHER_MS) : now, hours)
}
