/** Gathers check-ins of a stretch of time: those that are there, and the occurrences of series that will become some. */
import 'server-only'
import { loadAggregates, revealSeals, revealTexts } from '@/db/aggregate'
import { checkInRowsOf, checkInsBetween, movingPhases } from '@/db/calendar'
import type { CheckInRow } from '@/db/check-in-list'
import type { Store } from '@/db/store'
import type { CheckInStatus, OccurrenceRef } from '@/lib/domain/check-in/state'
import { layOut, type Ground, type Occurrence } from '@/lib/domain/series/lay-out'
import { MISSED_AFTER_MS } from '@/lib/domain/series/settle'
import type { SeriesState } from '@/lib/domain/series/state'
import { addDays } from '@/lib/domain/series/wall-clock'
import { isFreeText, wordsOf } from '@/lib/domain/text'
import { checkInIdOf, isRollingOut, loadGround } from '@/lib/server/series/ground'

/** A check-in as its row tells it. */
export interface KnownCheckIn {
  readonly id: string
  readonly title: string
  readonly status: CheckInStatus
  readonly startsAt: string
  readonly durationMinutes: number
  readonly zone: string
  readonly teams: readonly string[]
  readonly isAll: boolean
  /** Teams answer in writing, and nobody has to be there. */
  readonly isWritten: boolean
  readonly sequence: number
  readonly scheduledAt: string
  readonly series: OccurrenceRef | null
}

/** A series with its words, and its occurrences of the time: each with the check-in that it has become, if any. */
export interface KnownSeries {
  readonly id: string
  readonly version: number
  readonly state: SeriesState
  readonly titleOf: (one: Occurrence) => string
  readonly occurrences: readonly { readonly laid: Occurrence; readonly checkIn: KnownCheckIn | null; readonly isShown: boolean }[]
}

export interface Gathered {
  readonly series: readonly KnownSeries[]
  /** All that start in the time, those of series too. */
  readonly checkIns: readonly KnownCheckIn[]
  readonly ground: Ground
  readonly isCut: boolean
}

const MOST = 1_000
const STATUSES = ['scheduled', 'running', 'closed', 'cancelled', 'missed'] as const
const DAY_MS = 86_400_000
/** How far ahead daily ones of a rollout are believed. */
const CONDITIONAL_MS = 14 * DAY_MS

function fields(row: CheckInRow): ReadonlyMap<string, unknown> {
  return new Map(typeof row.body === 'object' && row.body !== null ? Object.entries(row.body) : [])
}

function refOf(value: unknown): OccurrenceRef | null {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('key' in value) || !('laidFor' in value)) return null
  return { id: String(value.id), key: String(value.key), laidFor: String(value.laidFor) }
}

async function readRows(store: Store, rows: readonly CheckInRow[]): Promise<readonly KnownCheckIn[]> {
  const titles = rows.map((row) => fields(row).get('title'))
  const seals = await revealSeals(store, titles.flatMap((title) => (isFreeText(title) && 'sealed' in title ? [title.sealed] : [])))
  return rows.map((row, index): KnownCheckIn => {
    const body = fields(row)
    const [title, teams] = [titles[index], body.get('teams')]
    const number = (name: string) => { const value = body.get(name); return typeof value === 'number' ? value : 0 }
    return {
      id: row.id, title: isFreeText(title) ? wordsOf(title, (hash) => seals.get(hash)) : '', status: STATUSES.find((one) => one === row.state) ?? 'scheduled',
      startsAt: row.startsAt?.toISOString() ?? '', durationMinutes: number('durationMinutes'), zone: typeof body.get('zone') === 'string' ? String(body.get('zone')) : 'UTC',
      teams: Array.isArray(teams) ? teams.map(String) : [], isAll: body.get('releaseIds') === 'all', isWritten: typeof body.get('answerBy') === 'string', sequence: number('sequence'),
      scheduledAt: typeof body.get('scheduledAt') === 'string' ? String(body.get('scheduledAt')) : (row.startsAt?.toISOString() ?? ''), series: refOf(body.get('series')),
    }
  })
}

/** In: the time (the end excluded), the moment, and the series that are wanted. Out: check-ins and occurrences whose regular day lies in it, give or take a day for the zones. */
export async function gather(store: Store, from: Date, to: Date, now: Date, only: string | null = null): Promise<Gathered> {
  const [ground, moving, loaded, rows] = await Promise.all([loadGround(store), movingPhases(store), loadAggregates(store, 'series', only === null ? 'all' : [only]), checkInsBetween(store, from, to, MOST + 1)])
  const [first, last] = [addDays(from.toISOString().slice(0, 10), -1), addDays(to.toISOString().slice(0, 10), 1)]
  const laid = [...loaded].map(([id, one]) => ({ id, ...one, occurrences: layOut(one.state, ground, first, last) }))
  const known = new Set(rows.map((row) => row.id))
  const elsewhere = laid.flatMap(({ id, occurrences }) => occurrences.map((one) => checkInIdOf(id, one.key))).filter((id) => !known.has(id))
  const [checkIns, words] = await Promise.all([readRows(store, [...rows.slice(0, MOST), ...(await checkInRowsOf(store, elsewhere))]), revealTexts(store, [...loaded.keys()])])
  const byId = new Map(checkIns.map((one) => [one.id, one]))
  const series = laid.map(({ id, version, state, occurrences }): KnownSeries => ({
    id, version, state, titleOf: (one) => wordsOf(one.stretch.plan.title, (hash) => words.get(hash)),
    occurrences: occurrences.map((one) => ({ laid: one, checkIn: byId.get(checkInIdOf(id, one.key)) ?? null, isShown: isShown(one, state, now, () => isRollingOut(one.stretch.plan.scope, moving)) })),
  }))
  return { series, checkIns: checkIns.filter((one) => one.startsAt >= from.toISOString() && one.startsAt < to.toISOString()), ground, isCut: rows.length > MOST }
}

/** Whether an occurrence that is no check-in is shown: what has passed without one never took place. */
function isShown(one: Occurrence, state: SeriesState, now: Date, isRolling: () => boolean): boolean {
  if (one.startsAt <= state.startedAt) return false
  const at = Date.parse(one.startsAt)
  if (one.status === 'skipped') return !one.isConditional
  if (at + MISSED_AFTER_MS <= now.getTime()) return false
  return !one.isConditional || (at - now.getTime() <= CONDITIONAL_MS && isRolling())
}
