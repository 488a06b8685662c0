/** Counts how a live version did, day by day in UTC: minutes that were good, bad, and not known; never taking silence for good. Pure and zod-free. */
import type { Segment } from './history'

export interface DayCount {
  /** YYYY-MM-DD, UTC. */
  readonly day: string
  readonly goodMinutes: number
  readonly badMinutes: number
  readonly unknownMinutes: number
}

export const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** An evaluation speaks for the minutes after it, until two are missing. */
const SPEAKS_FOR_MS = 2 * MINUTE_MS
/** Days that the record shows. */
export const RECORD_DAYS = 90

/** The UTC day of an instant (unix ms). */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function startOfMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS
}

/**
 * Counts whole minutes. In: how it stood (`segmentsOf`), when its items were evaluated (unix ms, any order), the span (unix ms, `to` not included).
 * Out: one count per day of the span in which something was live. A minute in which nothing was evaluated is not known, whatever stood before,
 * except where an alert says that it is bad.
 */
export function countDays(segments: readonly Segment[], evaluatedAt: readonly number[], from: number, to: number): readonly DayCount[] {
  const covered = new Set<number>()
  for (const at of evaluatedAt) {
    for (let minute = startOfMinute(at); minute < at + SPEAKS_FOR_MS; minute += MINUTE_MS) covered.add(minute)
  }
  const days = new Map<string, { good: number; bad: number; unknown: number }>()
  let index = -1
  for (let minute = startOfMinute(from); minute < to; minute += MINUTE_MS) {
    while (index + 1 < segments.length && (segments[index + 1]?.from ?? 0) < minute + MINUTE_MS) index += 1
    const segment = segments[index]
    if (!segment || segment.condition === 'nothing') continue
    const day = dayOf(minute)
    const count = days.get(day) ?? { good: 0, bad: 0, unknown: 0 }
    days.set(day, count)
    const isKnown = covered.has(minute) || (segment.byAlert && segment.condition === 'bad')
    if (!isKnown || segment.condition === 'unknown') count.unknown += 1
    else if (segment.condition === 'bad') count.bad += 1
    else count.good += 1
  }
  return [...days].map(([day, count]) => ({ day, goodMinutes: count.good, badMinutes: count.bad, unknownMinutes: count.unknown }))
}

/** `none`: nothing was live, or nobody kept a record; `no-data`: it was live and not measured at all. */
export type DayState = 'good' | 'some-bad' | 'bad' | 'no-data' | 'none'

/** From this share of the measured time on, a day is bad and not only troubled. */
const BAD_SHARE = 0.05

export interface DayBar {
  readonly day: string
  readonly state: DayState
  /** Share of the time it was live that is known, 0 to 1. */
  readonly coverage: number
  readonly badMinutes: number
}

export interface LiveRecord {
  /** Oldest first, one per day, the last one today. */
  readonly days: readonly DayBar[]
  /** Share of the measured time without trouble; null when nothing was measured. */
  readonly goodShare: number | null
  /** Share of the time it was live that was measured; null when nothing was live. */
  readonly coverage: number | null
}

function barOf(day: string, count: DayCount | undefined): DayBar {
  if (!count) return { day, state: 'none', coverage: 0, badMinutes: 0 }
  const known = count.goodMinutes + count.badMinutes
  const all = known + count.unknownMinutes
  if (all === 0) return { day, state: 'none', coverage: 0, badMinutes: 0 }
  const state: DayState = known === 0 ? 'no-data' : count.badMinutes === 0 ? 'good' : count.badMinutes / known >= BAD_SHARE ? 'bad' : 'some-bad'
  return { day, state, coverage: known / all, badMinutes: count.badMinutes }
}

/** The record of the last ninety days. In: the counts that are kept, in any order, and now. */
export function recordOf(counts: readonly DayCount[], now: Date): LiveRecord {
  const byDay = new Map(counts.map((count) => [count.day, count]))
  const days = Array.from({ length: RECORD_DAYS }, (_, index) => {
    const day = dayOf(now.getTime() - (RECORD_DAYS - 1 - index) * DAY_MS)
    return barOf(day, byDay.get(day))
  })
  const shown = days.flatMap(({ day }) => byDay.get(day) ?? [])
  const good = shown.reduce((sum, one) => sum + one.goodMinutes, 0)
  const bad = shown.reduce((sum, one) => sum + one.badMinutes, 0)
  const unknown = shown.reduce((sum, one) => sum + one.unknownMinutes, 0)
  return { days, goodShare: good + bad === 0 ? null : good / (good + bad), coverage: good + bad + unknown === 0 ? null : (good + bad) / (good + bad + unknown) }
}

/** A share in per cent that never rounds trouble away: 99.997 % is not 100 %. */
export function shareWords(share: number): string {
  if (share === 1) return '100 %'
  const [digits, scale] = share >= 0.999 || share < 0.1 ? [2, 10_000] : [1, 1000]
  // Cut, not rounded; the small sum is for shares that floating point puts just below what they are.
  return `${(Math.floor(share * scale + 1e-9) / (scale / 100)).toFixed(digits)} %`
}

/** The record in words, for those who do not see the bars. */
export function recordWords(record: LiveRecord): string {
  const of = (state: DayState) => record.days.filter((one) => one.state === state).length
  const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)
  if (record.coverage === null) return 'No record in the last 90 days.'
  const trouble = of('bad') + of('some-bad')
  const minutes = record.days.reduce((sum, one) => sum + one.badMinutes, 0)
  return [
    record.goodShare === null ? 'Not measured in the last 90 days.' : `${shareWords(record.goodShare)} of the measured time without trouble, ${shareWords(record.coverage)} of the time it was live measured.`,
    trouble === 0 ? `No day with trouble, ${days(of('good'))} without.` : `${days(trouble)} with trouble, ${minutes === 1 ? '1 minute' : `${minutes} minutes`} together; ${days(of('good'))} without.`,
    of('no-data') > 0 ? `${days(of('no-data'))} without data.` : '',
    of('none') > 0 ? `${days(of('none'))} before a record was kept.` : '',
  ].filter(Boolean).join(' ')
}
