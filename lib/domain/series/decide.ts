/** The rules of a series: who may plan and change it, what is refused, and what a change does to check-ins that it has become. */
import { actorId } from '@/lib/domain/actor'
import { accept, refuse, type Change, type Outcome } from '@/lib/domain/aggregate'
import type { CheckInEvent } from '@/lib/domain/check-in/events'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { freeText } from '@/lib/domain/text'
import { applySeries } from './apply'
import type { PlanWords, SeriesCommand, SeriesCommandOf } from './commands'
import type { SeriesContext } from './context'
import type { SeriesEvent } from './events'
import { commonDays, layOut, type Occurrence } from './lay-out'
import { cancelled, occurrenceRef, opened, planOf, replanned, type Turn } from './occurrence'
import { ruleOf, ruleProblem, tidyRule } from './rhythm'
import { decideSettle } from './settle'
import type { SeriesPlan, SeriesState } from './state'
import { addDays, wallAt } from './wall-clock'

const ACTIONS = {
  'start-series': 'series.plan', 'change-series': 'series.plan', 'end-series': 'series.plan',
  'open-occurrence': 'series.open', 'change-occurrence': 'series.plan', 'cancel-occurrence': 'series.plan', settle: 'series.settle',
} as const satisfies Record<SeriesCommand['type'], ActionName>

/** A rule must give a day within so many years, or it is none. */
const LOOK_AHEAD_DAYS = 5 * 366
/** How far ahead the next occurrence is looked for: a rule may name one month of a year. */
const NEXT_WITHIN_DAYS = 400

type Bare<T> = T extends SeriesEvent ? Omit<T, 'v' | 'at' | 'by'> : never

/** In: the state (null before it is started), the command, and what else it rests on. Out: changes of the series and of its check-ins, or a refusal that says what to do. */
export function decideSeries(state: SeriesState | null, command: SeriesCommand, context: SeriesContext): Outcome {
  const allowed = may(context.actor, ACTIONS[command.type])
  if (allowed !== true) return { ok: false, refusal: allowed }
  const by = actorId(context.actor)
  const own = (...events: readonly Bare<SeriesEvent>[]): Change => ({ kind: 'series', id: context.id, events: events.map((event): SeriesEvent => ({ v: 1, at: context.now, by, ...event })) })
  const turn: Turn = {
    context, own,
    checkIn: (key, ...events) => ({ kind: 'check-in', id: context.checkInIdOf(key), events: events.map((event): CheckInEvent => ({ v: 1, at: context.now, by, ...event })) }),
  }
  if (command.type === 'start-series') {
    if (state !== null) return refuse('exists', 'A series with this id exists already.')
    const plan = readPlan(command.plan, command.plan.firstDate, context)
    return 'refusal' in plan ? plan.refusal : accept(own({ type: 'series-started', id: context.id, plan: plan.plan }))
  }
  if (state === null) return refuse('not-found', 'There is no such series.')
  if (command.type === 'settle') return decideSettle(state, turn)
  if (command.type === 'change-series' || command.type === 'end-series') {
    if (state.ended !== null) return refuse('closed', 'This series has ended. Plan a new one.')
    if (command.expects !== state.revision) return refuse('stale', 'Somebody changed this series while you wrote. Look at it as it is now, then change it again.')
    return command.type === 'change-series' ? changeSeries(state, command, turn) : endSeries(state, command, turn)
  }
  return decideOccurrence(state, command, turn)
}

function readPlan(words: PlanWords, from: string, context: SeriesContext): { readonly plan: SeriesPlan } | { readonly refusal: Outcome } {
  const { rhythm } = words
  const kept = rhythm.kind === 'rule' ? { kind: 'rule' as const, rule: tidyRule(rhythm.rule) } : rhythm
  const wrong = kept.kind === 'rule' ? ruleProblem(kept.rule) : null
  if (wrong !== null) return { refusal: refuse('invalid', wrong, [{ code: 'plan.rhythm', message: wrong }]) }
  const unknown = words.teams.find((team) => !context.teams.some((one) => one.id === team))
  if (unknown !== undefined) return { refusal: refuse('not-found', `There is no team “${unknown}”.`) }
  if (!context.isScopeKnown(words.scope)) return { refusal: refuse('not-found', 'The model, or one of the releases, does not exist.') }
  if (words.lastDate !== null && words.lastDate < words.firstDate) return { refusal: refuse('invalid', 'The last day lies before the first.', [{ code: 'plan.lastDate', message: 'The last day lies before the first.' }]) }
  const rule = ruleOf(kept, commonDays(context.ground.teams, words.teams))
  const start = words.firstDate > from ? words.firstDate : from
  const end = addDays(start, LOOK_AHEAD_DAYS)
  const until = words.lastDate !== null && words.lastDate < end ? words.lastDate : end
  if (context.ground.datesOf(rule, words.firstDate, start, until).length === 0) {
    const message = words.lastDate === null ? 'This gives no day within five years. Look at the rule again.' : 'No day lies between the first and the last. Look at the rhythm again.'
    return { refusal: refuse('invalid', message, [{ code: 'plan.rhythm', message }]) }
  }
  return { plan: { ...words, rhythm: kept, title: freeText(words.title) } }
}

/** The first occurrence that has not begun. */
export function nextOccurrence(state: SeriesState, context: Pick<SeriesContext, 'ground' | 'now' | 'checkIns'>): Occurrence | null {
  const today = context.now.slice(0, 10)
  const isOpen = (one: Occurrence) => (context.checkIns.get(one.key)?.status ?? 'scheduled') === 'scheduled'
  return layOut(state, context.ground, addDays(today, -1), addDays(today, NEXT_WITHIN_DAYS)).find((one) => one.startsAt > context.now && isOpen(one)) ?? null
}

function changeSeries(state: SeriesState, command: SeriesCommandOf<'change-series'>, turn: Turn): Outcome {
  const { context } = turn
  const from = command.from === 'next' ? (nextOccurrence(state, context)?.key.slice(0, 10) ?? wallAt(command.plan.zone, context.now).slice(0, 10)) : command.from.slice(0, 10)
  if (command.from !== 'next') {
    const one = findOccurrence(state, command.from, context)
    if (!one) return refuse('not-found', 'The series has no such occurrence any more. Look at it as it is now.')
    const begun = one.startsAt <= context.now || (context.checkIns.get(one.key)?.status ?? 'scheduled') !== 'scheduled'
    if (begun) return refuse('blocked', 'It has begun or is over, and stays as it was. Change the series from the next one on.')
  }
  const plan = readPlan(command.plan, from, context)
  if ('refusal' in plan) return plan.refusal
  const event = { type: 'series-changed', from, plan: plan.plan } as const
  const after = applySeries(state, { v: 1, at: context.now, by: '', ...event })
  return accept(turn.own(event), ...followed(after, from, turn))
}

function endSeries(state: SeriesState, command: SeriesCommandOf<'end-series'>, turn: Turn): Outcome {
  const { context } = turn
  const from = nextOccurrence(state, context)?.key.slice(0, 10) ?? addDays(context.now.slice(0, 10), 1)
  const event = { type: 'series-ended', from, reason: freeText(command.reason) } as const
  const after = applySeries(state, { v: 1, at: context.now, by: '', ...event })
  return accept(turn.own(event), ...followed(after, from, turn, command.reason))
}

/** Check-ins from a date on that have not begun follow the plan as it is now; those that are no occurrence of it any more are cancelled. */
function followed(after: SeriesState, from: string, turn: Turn, reason = 'The series was changed; it has no occurrence at this time any more.'): readonly Change[] {
  return [...turn.context.checkIns].filter(([key, checkIn]) => checkIn.status === 'scheduled' && key.slice(0, 10) >= from).map(([key]) => {
    const one = layOut(after, turn.context.ground, key.slice(0, 10), key.slice(0, 10)).find((laid) => laid.key === key)
    if (!one) return turn.checkIn(key, cancelled(reason))
    return one.status === 'skipped' ? turn.checkIn(key, cancelled(one.note ?? 'skipped')) : turn.checkIn(key, replanned(one, turn))
  })
}

export function findOccurrence(state: SeriesState, key: string, context: Pick<SeriesContext, 'ground'>): Occurrence | null {
  const date = key.slice(0, 10)
  return layOut(state, context.ground, date, date).find((one) => one.key === key) ?? null
}

function decideOccurrence(state: SeriesState, command: SeriesCommandOf<'open-occurrence' | 'change-occurrence' | 'cancel-occurrence'>, turn: Turn): Outcome {
  const { context } = turn
  const { key } = command
  const there = context.checkIns.get(key)
  const one = findOccurrence(state, key, context)
  if (!there && !one) return refuse('not-found', 'The series has no occurrence at this time. It may have been changed meanwhile.')
  if (command.type === 'open-occurrence') {
    if (there || !one) return accept(turn.own())
    if (one.status === 'skipped') return refuse('blocked', `This one is ${one.note ?? 'skipped'}. Move it to another time if it should take place.`)
    return accept(...opened(one, state, turn))
  }
  if (there && there.status !== 'scheduled') return refuse('closed', there.status === 'running' ? 'It is running; its plan stays as it is.' : 'It is over or called off; nothing changes it any more.')
  const begin = there || !one ? [] : opened(one, state, turn)
  if (command.type === 'cancel-occurrence') return accept(turn.own(), ...begin, turn.checkIn(key, cancelled(command.reason)))
  const missing = command.teams.find((team) => !context.teams.some((known) => known.id === team))
  if (missing !== undefined) return refuse('not-found', `There is no team “${missing}”.`)
  const base = there ?? (one ? planOf(one, state, turn) : null)
  if (!base) return refuse('not-found', 'The series has no occurrence at this time.')
  const { startsAt, durationMinutes, teams } = command
  if (startsAt <= context.now) return refuse('invalid', 'This time lies in the past. Choose one to come, or cancel it.')
  const plan = { title: freeText(command.title), startsAt, durationMinutes, zone: base.zone, releaseIds: base.releaseIds, teams }
  // What somebody put on a time of its own, be it a holiday's, follows the series no more.
  const isByHand = one !== null && (one.status === 'skipped' || one.startsAt !== startsAt)
  const series = one && { ...occurrenceRef(one, context), ...(isByHand ? { laidFor: '' } : {}) }
  // who moves one in writing moves its deadline along
  const answerBy = base.answerBy ? { answerBy: new Date(Date.parse(startsAt) + Date.parse(base.answerBy) - Date.parse(base.startsAt)).toISOString() } : {}
  return accept(turn.own(), ...begin, turn.checkIn(key, { type: 'plan-changed', plan: { ...plan, ...answerBy, ...(series ? { series } : {}) } }))
}
