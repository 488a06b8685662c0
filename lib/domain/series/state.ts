/** A check-in that comes back: its rhythm and plan, in stretches because the past keeps the plan that it was held by. */
import type { TeamId } from '@/lib/domain/actor'
import type { FreeText } from '@/lib/domain/text'

/** `rollout`: every common working day of its teams, but only while one of its releases is rolling out. Days are ISO weekdays, 1 is Monday. */
export type Rhythm =
  | { readonly kind: 'weekly'; readonly days: readonly number[]; readonly everyWeeks: number }
  | { readonly kind: 'rollout' }
  | { readonly kind: 'rule'; readonly rule: string }

export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'model'; readonly modelId: string }
  | { readonly kind: 'releases'; readonly releaseIds: readonly string[] }

/** What happens to an occurrence on a holiday of one of its teams. */
export const HOLIDAY_RULES = ['skip', 'next-day', 'keep'] as const
export type HolidayRule = (typeof HOLIDAY_RULES)[number]

export interface SeriesPlan {
  readonly title: FreeText
  readonly rhythm: Rhythm
  /** `2026-11-02`, in the zone: nothing takes place before it, and every second week is counted from it. */
  readonly firstDate: string
  /** The last day; null goes on. */
  readonly lastDate: string | null
  /** What the clock in the zone shows at the start, `10:00`; daylight saving never changes it. */
  readonly time: string
  readonly zone: string
  readonly durationMinutes: number
  readonly scope: Scope
  readonly teams: readonly TeamId[]
  readonly onHoliday: HolidayRule
  /** Hours that each team has to answer in writing; absent or null: they meet. */
  readonly answerHours?: number | null | undefined
}

/** The days from `from` up to and without `to` that follow one plan. */
export interface Stretch {
  /** Counts up from 1; with the series' id it is the UID in calendars. */
  readonly number: number
  readonly from: string
  readonly to: string | null
  readonly plan: SeriesPlan
  /** SEQUENCE of RFC 5545: how often what a calendar shows of it was changed. */
  readonly sequence: number
  readonly changedAt: string
}

export interface SeriesState {
  readonly id: string
  readonly stretches: readonly Stretch[]
  /** Counts changes of the plan: who changes it says which one they saw. */
  readonly revision: number
  /** Keys of occurrences that have become check-ins, the newest last. */
  readonly opened: readonly string[]
  readonly startedBy: string
  readonly startedAt: string
  readonly changedBy: string
  readonly ended: { readonly reason: FreeText; readonly by: string; readonly at: string } | null
}

/** The plan that holds now and from here on. */
export function currentPlan(state: SeriesState): SeriesPlan {
  const last = state.stretches.at(-1)
  if (!last) throw new Error('a series without a plan')
  return last.plan
}
