/** When something is really due: a day on which nobody works is nobody's day, so what falls on one is due by the end of the next working day. */
import { dayOf, endOfDayIn, isWorkingDay } from '@/lib/domain/work/calendar-day'
import type { WorkingHours } from '@/lib/domain/working-time'

const DAY = 86_400_000
/** No team is away for longer; a set-up without working days must not search for ever. */
const FURTHEST_DAYS = 31

/** In: the due date as it was set, the hours of whom it waits for (null: unknown). Out: the instant from which it is late. */
export function dueOn(dueAt: string, hours: WorkingHours | null): Date {
  const at = new Date(dueAt)
  if (!hours || isWorkingDay(dayOf(at, hours.zone), hours)) return at
  for (let days = 1; days <= FURTHEST_DAYS; days += 1) {
    const day = dayOf(new Date(at.getTime() + days * DAY), hours.zone)
    if (isWorkingDay(day, hours)) return endOfDayIn(day, hours)
  }
  return at
}

/** Whether it is late at an instant. */
export function isLate(dueAt: string | null, hours: WorkingHours | null, now: Date): boolean {
  return dueAt !== null && dueOn(dueAt, hours).getTime() <= now.getTime()
}
