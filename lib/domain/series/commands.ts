/** The words in which a series is planned, changed, ended, and single occurrences of it opened, moved and cancelled. */
import { z } from 'zod'
import { HOLIDAY_RULES } from '@/lib/domain/series/state'
import { instant, label, note, teamId, timeZone } from '@/lib/domain/words'

const id = z.uuid()
/** A day between 2000 and 2099; beyond, nobody plans and rules are not laid out. */
export const calendarDate = z.iso.date('must be a day such as 2026-11-02').refine((date) => date >= '2000-01-01' && date <= '2099-12-31', 'must lie between 2000 and 2099')
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 10:00')
const key = z.string().regex(/^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'must be the regular start such as 2026-11-02T10:00')
const distinct = (values: readonly unknown[]) => new Set(values).size === values.length

const rhythm = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('weekly'), days: z.array(z.int().min(1).max(7)).min(1, 'must name at least one day').max(7).refine(distinct, 'must name each day once'), everyWeeks: z.int().min(1).max(52) }),
  z.strictObject({ kind: z.literal('rollout') }),
  z.strictObject({ kind: z.literal('rule'), rule: label(300) }),
])

const scope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('model'), modelId: id }),
  z.strictObject({ kind: z.literal('releases'), releaseIds: z.array(id).min(1, 'must name at least one release').max(200).refine(distinct, 'must name each release once') }),
])

const durationMinutes = z.int().min(5).max(480)
const teams = z.array(teamId).min(1, 'must name at least one team').max(40).refine(distinct, 'must name each team once')

export const seriesPlan = z.strictObject({
  title: label(120), rhythm, firstDate: calendarDate, lastDate: calendarDate.nullable(), time: clock, zone: timeZone, durationMinutes, scope, teams, onHoliday: z.enum(HOLIDAY_RULES),
  /** In writing: each team has so many hours to answer. Absent or null: they meet. */
  answerHours: z.int('must be whole hours').min(1, 'must be at least an hour').max(336, 'must be at most two weeks').nullable().optional(),
})
export type PlanWords = z.infer<typeof seriesPlan>

const expects = z.int().min(0)
const c = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.strictObject({ type: z.literal(type), ...shape })

export const seriesCommand = z.discriminatedUnion('type', [
  c('start-series', { plan: seriesPlan }),
  /** `from`: the occurrence from which on the plan holds; `next`: all that have not begun. `expects`: the revision that was seen. */
  c('change-series', { plan: seriesPlan, from: z.union([z.literal('next'), key]), expects }),
  c('end-series', { reason: note(1_000), expects }),
  c('open-occurrence', { key }),
  c('change-occurrence', { key, title: label(120), startsAt: instant, durationMinutes, teams }),
  c('cancel-occurrence', { key, reason: note(1_000) }),
  c('settle', {}),
])

export type SeriesCommand = z.infer<typeof seriesCommand>
export type SeriesCommandOf<T extends SeriesCommand['type']> = Extract<SeriesCommand, { type: T }>
