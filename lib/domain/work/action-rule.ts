/** The rules for what somebody promised to do, wherever it is kept (a release, a check-in, a live version): who may move it, snooze, reassign, drop. */
import { isInTeam, type Actor, type TeamId } from '@/lib/domain/actor'
import type { Refusal, RefusalCode } from '@/lib/domain/aggregate'
import { freeText, type FreeText } from '@/lib/domain/text'
import { dutyOf } from './duty'

/** Put off until a day, with the reason; it waits for nobody until then. */
export interface Snooze {
  readonly until: string
  readonly reason: FreeText
  readonly by: string
  readonly at: string
}

/** How it ended: done, or dropped with a reason. */
export interface ActionEnd {
  readonly by: string
  readonly at: string
  readonly note: FreeText
  readonly isDropped?: true
}

/** What an action said before somebody gave it another day or other words. */
export interface ActionChange {
  readonly by: string
  readonly at: string
  readonly reason: FreeText
  readonly dueAt: string | null
  /** The words that were replaced; null where they stayed. */
  readonly title: FreeText | null
}

/** What the rules read of an action; `source` is absent where a check-in keeps it. */
export interface Promised {
  readonly id: string
  readonly title: FreeText
  readonly source?: string
  readonly sourceId?: string | null
  readonly ownerId: string | null
  readonly team: TeamId | null
  readonly dueAt: string | null
  readonly by: string
  readonly done: ActionEnd | null
  readonly snoozed?: Snooze | null
  /** The first change and the newest ones, oldest first; absent while it is as it was made. */
  readonly changes?: readonly ActionChange[]
}

export type ActionMove =
  | { readonly type: 'snooze-action'; readonly actionId: string; readonly until: string; readonly reason: string }
  | { readonly type: 'wake-action'; readonly actionId: string }
  | { readonly type: 'reassign-action'; readonly actionId: string; readonly ownerId: string | null; readonly team: TeamId | null; readonly reason: string }
  | { readonly type: 'drop-action'; readonly actionId: string; readonly reason: string }
  /** `title` null: the words stay; `dueAt` null: it is due on no day. */
  | { readonly type: 'change-action'; readonly actionId: string; readonly title: string | null; readonly dueAt: string | null; readonly reason: string }

const MOVES = ['snooze-action', 'wake-action', 'reassign-action', 'drop-action', 'change-action'] as const

/** Whether a command moves an action; the aggregates route such commands here. */
export function isActionMove<T extends { readonly type: string }>(command: T): command is Extract<T, ActionMove> {
  return MOVES.some((type) => type === command.type)
}

export type ActionMoved =
  | { readonly type: 'action-snoozed'; readonly actionId: string; readonly until: string | null; readonly reason: FreeText | null }
  | { readonly type: 'action-reassigned'; readonly actionId: string; readonly ownerId: string | null; readonly team: TeamId | null; readonly reason: FreeText | null }
  | { readonly type: 'action-dropped'; readonly actionId: string; readonly reason: FreeText }
  | { readonly type: 'action-changed'; readonly actionId: string; readonly title: FreeText | null; readonly dueAt: string | null; readonly reason: FreeText }

export interface MoveAbout {
  readonly actor: Actor
  readonly by: string
  readonly now: Date
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly teams: readonly { readonly id: TeamId; readonly name: string }[]
  /** Whether what it was promised for has gone: the decision of a condition is superseded, or its release has ended. */
  readonly isReleased: boolean
}

export type ActionState = 'open' | 'snoozed' | 'done' | 'dropped'

const DAY = 86_400_000
/** Of an action that is changed again and again; the log has them all. */
const KEPT_CHANGES = 10
/** A snooze is no way to forget. */
const LONGEST_DAYS = 366

/** How an action stands at an instant. */
export function actionState(action: Pick<Promised, 'done' | 'snoozed'>, now: Date): ActionState {
  if (action.done) return action.done.isDropped ? 'dropped' : 'done'
  return action.snoozed && Date.parse(action.snoozed.until) > now.getTime() ? 'snoozed' : 'open'
}

/** Whether the actor may close or move it: its owner, who added it, its team, or a lead; anybody where nobody was named. */
export function isTheirs(action: Promised, actor: Actor, by: string): boolean {
  if (action.ownerId === null && action.team === null) return true
  const isLead = actor.kind === 'person' && actor.memberships.some((one) => one.role === 'lead')
  return action.ownerId === by || action.by === by || (action.team !== null && (isInTeam(actor, action.team) || isLead))
}

function dayWords(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at))
}

const no = (code: RefusalCode, message: string): Refusal => ({ code, message })

function snoozeRefusal(action: Promised, until: string, { now, isReleased }: MoveAbout): Refusal | null {
  const at = Date.parse(until)
  if (at <= now.getTime()) return no('invalid', 'Snooze it until a day that is still to come.')
  if (at > now.getTime() + LONGEST_DAYS * DAY) return no('invalid', 'A snooze lasts a year at most; drop it with a reason instead.')
  const duty = dutyOf(action.source, isReleased)
  if (!duty || action.dueAt === null || at <= Date.parse(action.dueAt)) return null
  const isLate = Date.parse(action.dueAt) <= now.getTime()
  return no('blocked', `${duty.name} cannot be snoozed beyond its due date, ${dayWords(action.dueAt)}${isLate ? ', which has passed' : ''}: ${duty.why}. ${isLate ? 'Meet it now' : 'Choose an earlier day'}${action.source === 'condition' ? ', or record a decision that supersedes the go' : ''}.`)
}

function dropRefusal(action: Promised, isReleased: boolean): Refusal | null {
  const duty = dutyOf(action.source, isReleased)
  if (!duty) return null
  return no('blocked', action.source === 'condition'
    ? `A condition of a go is not dropped: ${duty.why}. Meet it, or record a decision that supersedes ${action.sourceId ?? 'the go'}.`
    : `${duty.name} is not dropped: ${duty.why}.`)
}

/** The day that was agreed when it was made, whatever was changed since. */
export function agreedDueAt({ dueAt, changes }: Pick<Promised, 'dueAt' | 'changes'>): string | null {
  return changes?.[0] ? changes[0].dueAt : dueAt
}

/** Compared as instants: the rule does not rest on how whoever asks wrote them. */
function isSameInstant(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : Date.parse(a) === Date.parse(b)
}

function changeRefusal(action: Promised, { title, dueAt }: Extract<ActionMove, { type: 'change-action' }>, { now, isReleased }: MoveAbout): Refusal | null {
  const isSameDay = isSameInstant(dueAt, action.dueAt)
  if (isSameDay && title === null) return no('exists', 'That is what it says already.')
  // Back to a day that it had is always a way, also once that day has passed.
  const isPast = dueAt !== null && Date.parse(dueAt) <= now.getTime() && !(action.changes ?? []).some((one) => isSameInstant(one.dueAt, dueAt))
  if (!isSameDay && isPast) return no('invalid', 'Choose a day that is still to come.')
  const duty = dutyOf(action.source, isReleased)
  if (!duty) return null
  const wayOut = action.source === 'condition' ? `; record a decision that supersedes ${action.sourceId ?? 'the go'}` : ''
  if (title !== null) return no('blocked', `${duty.name} keeps its words: ${duty.why}${wayOut}.`)
  const agreed = agreedDueAt(action)
  if (agreed === null || (dueAt !== null && Date.parse(dueAt) <= Date.parse(agreed))) return null
  return no('blocked', `${duty.name} is due by ${dayWords(agreed)} at the latest: ${duty.why}. Choose an earlier day${wayOut === '' ? '' : `, or${wayOut.slice(1)}`}.`)
}

/** Why an action cannot wait for somebody: nobody here would ever see it. In: whom it is given to, and who is here. Out: null where both are known, or nobody is named. */
export function ownerRefusal({ ownerId, team }: Pick<Promised, 'ownerId' | 'team'>, { people, teams }: Pick<MoveAbout, 'people' | 'teams'>): Refusal | null {
  if (ownerId !== null && !people.some((one) => one.id === ownerId)) return no('not-found', 'There is no such person here.')
  return team !== null && !teams.some((one) => one.id === team) ? no('not-found', 'There is no such team.') : null
}

/** In: an action, what is asked, who and when. Out: the event, or a refusal that says what to do. Policy (who is a member) is asked before. */
export function decideMove(action: Promised | undefined, move: ActionMove, about: MoveAbout): ActionMoved | Refusal {
  if (!action) return no('not-found', 'There is no such action.')
  if (action.done) return no('exists', action.done.isDropped ? 'It was dropped already.' : 'It is done already.')
  if (!isTheirs(action, about.actor, about.by)) return no('forbidden', 'Its owner, who added it, a member of its team or a lead moves it.')
  const { actionId } = move
  switch (move.type) {
    case 'snooze-action': {
      const refusal = snoozeRefusal(action, move.until, about)
      return refusal ?? { type: 'action-snoozed', actionId, until: move.until, reason: freeText(move.reason) }
    }
    case 'wake-action':
      return actionState(action, about.now) === 'snoozed' ? { type: 'action-snoozed', actionId, until: null, reason: null } : no('exists', 'It is not snoozed.')
    case 'reassign-action': {
      if (move.ownerId === null && move.team === null) return no('invalid', 'Name who takes it over, a person or a team.')
      const stranger = ownerRefusal(move, about)
      if (stranger) return stranger
      if (move.ownerId === action.ownerId && move.team === action.team) return no('exists', 'It is theirs already.')
      return { type: 'action-reassigned', actionId, ownerId: move.ownerId, team: move.team, reason: move.reason === '' ? null : freeText(move.reason) }
    }
    case 'change-action': return changeRefusal(action, move, about) ?? { type: 'action-changed', actionId, title: move.title === null ? null : freeText(move.title), dueAt: move.dueAt, reason: freeText(move.reason) }
    case 'drop-action': return dropRefusal(action, about.isReleased) ?? { type: 'action-dropped', actionId, reason: freeText(move.reason) }
  }
}

/** The action after an event about it, whatever else it carries. */
export function moved<A extends Promised>(action: A, event: ActionMoved & { readonly at: string; readonly by: string }): A {
  if (action.id !== event.actionId) return action
  switch (event.type) {
    case 'action-snoozed': return { ...action, snoozed: event.until === null || event.reason === null ? null : { until: event.until, reason: event.reason, by: event.by, at: event.at } }
    // Who takes it over has not chosen to sleep on it.
    case 'action-reassigned': return { ...action, ownerId: event.ownerId, team: event.team, snoozed: null }
    case 'action-changed': {
      const [first, ...rest] = [...(action.changes ?? []), { by: event.by, at: event.at, reason: event.reason, dueAt: action.dueAt, title: event.title === null ? null : action.title }]
      const changes = first ? [first, ...rest.slice(-(KEPT_CHANGES - 1))] : []
      // A new day answers for what it was put off.
      const snoozed = isSameInstant(event.dueAt, action.dueAt) ? (action.snoozed ?? null) : null
      return { ...action, title: event.title ?? action.title, dueAt: event.dueAt, snoozed, changes }
    }
    case 'action-dropped': return { ...action, done: { by: event.by, at: event.at, note: event.reason, isDropped: true } }
  }
}
