/** Makes an occurrence a check-in, and lets a check-in that has not begun follow its series. */
import type { Change } from '@/lib/domain/aggregate'
import type { CheckInEvent } from '@/lib/domain/check-in/events'
import type { CheckInPlan, OccurrenceRef } from '@/lib/domain/check-in/state'
import { freeText, wordsOf } from '@/lib/domain/text'
import type { SeriesContext } from './context'
import type { SeriesEvent } from './events'
import type { Occurrence } from './lay-out'
import type { SeriesPlan, SeriesState } from './state'

type Bare<T, E> = T extends E ? Omit<T, 'v' | 'at' | 'by'> : never
export type BareCheckInEvent = Bare<CheckInEvent, CheckInEvent>

/** One decision on a series: what it rests on, and how its changes are written. */
export interface Turn {
  readonly context: SeriesContext
  readonly own: (...events: readonly Bare<SeriesEvent, SeriesEvent>[]) => Change
  readonly checkIn: (key: string, ...events: readonly BareCheckInEvent[]) => Change
}

/** What a check-in says of the series that it belongs to. `laidFor` is the start that the series gave it: whoever moves the check-in by hand leaves it. */
export function occurrenceRef(one: Occurrence, context: Pick<SeriesContext, 'id'>): OccurrenceRef {
  return { id: context.id, key: one.key, laidFor: one.startsAt }
}

const HOUR_MS = 3_600_000

/** Until when an occurrence in writing is answered; null where people meet. In: its plan, and when it opens. */
export function answerByOf({ answerHours }: Pick<SeriesPlan, 'answerHours'>, startsAt: string): string | null {
  return answerHours ? new Date(Date.parse(startsAt) + answerHours * HOUR_MS).toISOString() : null
}

function laidPlan(one: Occurrence, { context }: Pick<Turn, 'context'>): Omit<CheckInPlan, 'previousId'> {
  const { title, durationMinutes, zone, scope, teams } = one.stretch.plan
  // A seal belongs to its own aggregate, so the words go over open and are sealed anew.
  return { title: freeText(wordsOf(title, context.reveal)), startsAt: one.startsAt, durationMinutes, zone, releaseIds: context.releaseIdsOf(scope), teams, series: occurrenceRef(one, context) }
}

/** The plan of the check-in that an occurrence becomes; it continues the latest one of the series before it. */
export function planOf(one: Occurrence, state: SeriesState, turn: Turn): CheckInPlan {
  const before = state.opened.filter((key) => key < one.key).toSorted().at(-1)
  const answerBy = answerByOf(one.stretch.plan, one.startsAt)
  return { ...laidPlan(one, turn), ...(answerBy === null ? {} : { answerBy }), previousId: before === undefined ? null : turn.context.checkInIdOf(before) }
}

/** The changes by which an occurrence becomes a check-in. */
export function opened(one: Occurrence, state: SeriesState, turn: Turn): readonly Change[] {
  const { key } = one
  return [turn.own({ type: 'occurrence-opened', key }), turn.checkIn(key, { type: 'check-in-scheduled', id: turn.context.checkInIdOf(key), plan: planOf(one, state, turn) })]
}

export function replanned(one: Occurrence, turn: Turn): BareCheckInEvent {
  // said also where there is none any more: a plan that does not speak of the deadline leaves the old one
  return { type: 'plan-changed', plan: { ...laidPlan(one, turn), answerBy: answerByOf(one.stretch.plan, one.startsAt) } }
}

export function cancelled(reason: string): BareCheckInEvent {
  return { type: 'check-in-cancelled', reason: freeText(reason) }
}
