/** The calendar and the series as screens and the API show them. Zod-free. */
import type { CheckInStatus } from '@/lib/domain/check-in/state'
import type { HolidayRule, Rhythm, Scope } from '@/lib/domain/series/state'

export type EventKind = 'check-in' | 'target' | 'release' | 'freeze' | 'holiday'
/** `skipped`: a holiday takes it away; `conditional`: only if a release is still rolling out then. */
export type EventStatus = CheckInStatus | 'skipped' | 'conditional'

export interface CalendarEvent {
  readonly id: string
  readonly kind: EventKind
  readonly title: string
  /** Scope, reason or place, in words. */
  readonly detail: string
  /** What is out of the ordinary: "moved from Mon 6 April: Easter Monday". */
  readonly note: string | null
  readonly startsAt: string
  readonly endsAt: string
  /** A day of the calendar in every zone: a holiday. */
  readonly date: string | null
  readonly status: EventStatus | null
  readonly href: string | null
  /** An occurrence of a series, also when it is no check-in yet. */
  readonly occurrence: { readonly seriesId: string; readonly key: string } | null
  /** The zone that it was planned in. */
  readonly zone: string | null
  readonly teams: readonly string[]
}

export interface CalendarView {
  /** `2026-11`. */
  readonly month: string
  readonly events: readonly CalendarEvent[]
  /** Whether more stands in this month than is shown. */
  readonly isCut: boolean
  readonly allowed: { readonly plan: string | null; readonly open: string | null }
}

export interface PlanShown {
  readonly title: string
  readonly rhythm: Rhythm
  readonly firstDate: string
  readonly lastDate: string | null
  readonly time: string
  readonly zone: string
  readonly durationMinutes: number
  readonly scope: Scope
  readonly teams: readonly string[]
  readonly onHoliday: HolidayRule
  readonly answerHours?: number | null | undefined
}

export interface NextShown {
  readonly key: string
  readonly startsAt: string
  readonly status: 'planned' | 'skipped' | 'cancelled' | 'conditional'
  readonly note: string | null
  /** The check-in that it is, once it is one. */
  readonly href: string | null
}

export interface SeriesView {
  readonly id: string
  readonly version: number
  readonly revision: number
  readonly title: string
  /** "Every Monday and Thursday at 10:00 Europe/Berlin". */
  readonly rhythm: string
  readonly scope: string
  readonly teams: readonly string[]
  readonly plan: PlanShown
  readonly next: readonly NextShown[]
  /** For whom it lies outside of working hours. */
  readonly warnings: readonly string[]
  readonly changedBy: string
  readonly ended: { readonly at: string; readonly reason: string } | null
  readonly allowed: { readonly plan: string | null; readonly open: string | null }
}

export interface SeriesListView {
  readonly series: readonly SeriesView[]
  readonly models: readonly { readonly id: string; readonly name: string }[]
  readonly releases: readonly { readonly id: string; readonly code: string; readonly modelName: string }[]
  readonly teams: readonly { readonly id: string; readonly name: string }[]
  readonly allowed: { readonly plan: string | null }
}

/** What a plan would come to, before it is saved. */
export interface PlanPreview {
  readonly problem: string | null
  readonly rhythm: string
  readonly next: readonly NextShown[]
  readonly warnings: readonly string[]
}

export interface FeedView {
  readonly id: string
  /** `mine`, or the id of a series. */
  readonly about: string
  readonly title: string
  readonly createdAt: string
  readonly usedAt: string | null
}

export interface HolidayView {
  readonly date: string
  readonly name: string
  readonly teams: 'all' | readonly string[]
}

export interface HolidaysView {
  readonly holidays: readonly HolidayView[]
  readonly teams: readonly { readonly id: string; readonly name: string }[]
  readonly allowed: { readonly add: string | null; readonly remove: string | null }
}

const FIRST_MONTH = '2000-01'
const LAST_MONTH = '2099-12'

/** Whether a word is a month that the calendar shows, such as `2026-11`. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && text >= FIRST_MONTH && text <= LAST_MONTH
}

/** The month so many months later; null outside of what the calendar shows. */
export function monthAfter(month: string, steps: number): string | null {
  const at = new Date(`${month}-01T00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + steps)
  const next = at.toISOString().slice(0, 7)
  return isMonth(next) ? next : null
}
