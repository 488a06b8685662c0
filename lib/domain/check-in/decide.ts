/** The rules of a check-in: who may run it, topics and notes while it runs, minutes that end it and never change. */
import { actorId } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { decideMove, isActionMove, type ActionMove } from '@/lib/domain/work/action-rule'
import { freeText } from '@/lib/domain/text'
import { decideArrange } from './arrange'
import type { CheckInCommand, CheckInCommandOf } from './commands'
import { closing, started } from './course'
import type { Bare, CheckInContext, Turn } from './turn'
import { decideAnswer, decideTurn } from './decide-answer'
import type { CheckInEvent } from './events'
import type { CheckInPlan, CheckInState, Topic } from './state'
import { ownTopic, topicOf } from './topics'

const ACTIONS = {
  schedule: 'check-in.open', 'change-plan': 'check-in.open', cancel: 'check-in.open', 'mark-missed': 'check-in.open',
  'add-topic': 'check-in.note', 'add-line': 'check-in.note',
  'remove-topic': 'check-in.run', reorder: 'check-in.run', arrange: 'check-in.run', 'set-aside': 'check-in.run', start: 'check-in.run', 'move-to-topic': 'check-in.run', 'resolve-topic': 'check-in.run', 'park-topic': 'check-in.run',
  take: 'check-in.run', 'add-action': 'check-in.run', 'complete-action': 'check-in.run', 'snooze-action': 'check-in.run', 'wake-action': 'check-in.run', 'reassign-action': 'check-in.run', 'change-action': 'check-in.run', 'drop-action': 'check-in.run', close: 'check-in.close', 'add-addendum': 'check-in.close',
  answer: 'check-in.answer', turn: 'check-in.turn',
} as const satisfies Record<CheckInCommand['type'], ActionName>

const MOST_TOPICS = 400
/** In: the state (null before it is scheduled), the command, and what else it rests on. Out: changes, or a refusal that says what to do. */
export function decideCheckIn(state: CheckInState | null, command: CheckInCommand, context: CheckInContext): Outcome {
  const allowed = may(context.actor, ACTIONS[command.type], command.type === 'answer' ? { teams: [command.team], teamNames: Object.fromEntries(context.teams.map((team) => [team.id, team.name])) } : {})
  if (allowed !== true) return { ok: false, refusal: allowed }
  const by = actorId(context.actor)
  const happened = (...events: readonly Bare<CheckInEvent>[]) =>
    accept({ kind: 'check-in', id: context.id, events: events.map((event): CheckInEvent => ({ v: 1, at: context.now, by, ...event })) })

  if (command.type === 'schedule') {
    if (state !== null) return refuse('exists', 'A check-in with this id exists already.')
    if (!context.hasPrevious && command.previousId !== null) return refuse('not-found', 'There is no such earlier check-in to continue.')
    const no = unknownInPlan(command, context, null)
    if (no) return no
    const { previousId } = command
    return happened({ type: 'check-in-scheduled', id: context.id, plan: { ...planOf(command, null), previousId } })
  }
  if (state === null) return refuse('not-found', 'There is no such check-in.')
  const turn: Turn = { state, context, by, happened }
  if (command.type === 'add-addendum') return addAddendum(turn, command)
  if (command.type === 'complete-action') return completeAction(turn, command)
  if (isActionMove(command)) return moveAction(turn, command)
  if (command.type === 'answer') return decideAnswer(turn, command)
  if (command.type === 'turn') return decideTurn(turn)
  if (state.status === 'closed') return refuse('closed', 'The minutes of this check-in are closed and do not change. Write an addendum instead.')
  if (state.status === 'cancelled') return refuse('closed', 'This check-in was cancelled. Plan another one.')
  if (state.status === 'missed') return refuse('closed', 'This check-in was missed. Plan another one.')
  if (command.type === 'arrange' || command.type === 'set-aside') return decideArrange(turn, command)
  return state.status === 'scheduled' ? decidePlanned(turn, command) : decideRunning(turn, command)
}

type Open = Exclude<CheckInCommand, CheckInCommandOf<'schedule' | 'add-addendum' | 'complete-action' | ActionMove['type'] | 'answer' | 'turn' | 'arrange' | 'set-aside'>>

/** Before it starts: the plan may change, topics may be put on it, and it may be started, called off or missed. */
function decidePlanned(turn: Turn, command: Open): Outcome {
  const { state, context, happened } = turn
  switch (command.type) {
    case 'change-plan': {
      const no = unknownInPlan(command, context, state.answerBy ?? null)
      if (no) return no
      return happened({ type: 'plan-changed', plan: planOf(command, state.answerBy ?? null) })
    }
    case 'add-topic': return addTopic(turn, command)
    case 'remove-topic': return state.topics.some((topic) => topic.id === command.topicId) ? happened({ type: 'topic-removed', topicId: command.topicId }) : refuse('not-found', 'Only a topic that somebody added can be removed before the start.')
    case 'start': return happened(...started(state, context))
    case 'cancel': return happened({ type: 'check-in-cancelled', reason: freeText(command.reason) })
    case 'mark-missed': return state.startsAt > context.now ? refuse('blocked', 'It is not due yet. Cancel it if it is called off.') : happened({ type: 'check-in-missed' })
    default: return refuse('blocked', 'The check-in has not started yet. Start it first.')
  }
}

/** While it runs: topics are walked, things taken; until the minutes are closed. */
function decideRunning(turn: Turn, command: Open): Outcome {
  const { state, context, happened } = turn
  switch (command.type) {
    case 'start': return refuse('exists', 'The check-in is running already. Join it.')
    case 'change-plan': return refuse('closed', 'The check-in is running; its plan stays as it is.')
    case 'mark-missed': return refuse('closed', 'It is running, so it was not missed.')
    case 'cancel': return happened({ type: 'check-in-cancelled', reason: freeText(command.reason) })
    case 'add-topic': return addTopic(turn, command)
    case 'add-line': {
      const line = context.lines.find((one) => one.key === command.key)
      if (!line) return refuse('not-found', 'This has settled meanwhile; there is nothing to add.')
      if (state.topics.some((topic) => topic.key === command.key)) return refuse('exists', 'It is on the agenda already.')
      return happened({ type: 'topic-added', topic: topicOf(line, `line-${state.topics.length + 1}-added`, null) })
    }
    case 'reorder': {
      const isSame = command.topicIds.length === state.topics.length && new Set(command.topicIds).size === command.topicIds.length && state.topics.every((topic) => command.topicIds.includes(topic.id))
      return isSame ? happened({ type: 'topics-reordered', topicIds: command.topicIds }) : refuse('stale', 'The agenda changed while you moved a topic. Look at it again.')
    }
    case 'take': return take(turn, command)
    case 'add-action': return addAction(turn, command)
    case 'close': return close(turn)
    case 'remove-topic': case 'move-to-topic': case 'resolve-topic': case 'park-topic': return decideTopic(turn, command)
  }
}

function decideTopic({ state, context, happened }: Turn, command: CheckInCommandOf<'remove-topic' | 'move-to-topic' | 'resolve-topic' | 'park-topic'>): Outcome {
  const topic = state.topics.find((one) => one.id === command.topicId)
  if (!topic) return refuse('not-found', 'There is no such topic on this agenda.')
  switch (command.type) {
    case 'move-to-topic': return topic.id === state.currentTopicId ? happened() : happened({ type: 'topic-taken-up', topicId: topic.id })
    case 'remove-topic':
      if (topic.key !== null) return refuse('blocked', 'This comes from the state of a release. Park it instead; it comes back while it holds.')
      if (topic.note !== null || (context.notes.get(topic.id) ?? '').trim() !== '') return refuse('blocked', 'It has notes. Park it instead.')
      return topic.id === state.currentTopicId ? refuse('blocked', 'It is the topic that everyone looks at. Go on to another one first.') : happened({ type: 'topic-removed', topicId: topic.id })
    case 'resolve-topic':
    case 'park-topic': {
      const status = command.type === 'park-topic' ? 'parked' : 'done'
      if (topic.status === status) return refuse('exists', status === 'parked' ? 'It is parked already.' : 'It is done already; somebody went on at the same moment.')
      const settled = { type: 'topic-settled', topicId: topic.id, status } as const
      return topic.id === state.currentTopicId ? happened(settled, { type: 'topic-taken-up', topicId: nextOpen(state, topic) }) : happened(settled)
    }
  }
}

/** The next topic that is open: after this one, else from the top. */
function nextOpen(state: CheckInState, topic: Topic): string | null {
  const index = state.topics.indexOf(topic)
  const after = [...state.topics.slice(index + 1), ...state.topics.slice(0, index)]
  return after.find((one) => one.status === 'open')?.id ?? null
}

/** The plan that is kept. A change that does not speak of the deadline leaves it; null takes it away, and people meet. */
function planOf({ title, startsAt, durationMinutes, zone, releaseIds, teams, answerBy }: CheckInCommandOf<'schedule' | 'change-plan'>, before: string | null): Omit<CheckInPlan, 'previousId'> {
  const isSaid = answerBy !== undefined && answerBy !== before
  return { title: freeText(title), startsAt, durationMinutes, zone, releaseIds, teams, ...(isSaid ? { answerBy } : {}) }
}

function unknownInPlan(plan: CheckInCommandOf<'schedule' | 'change-plan'>, context: CheckInContext, before: string | null): Outcome | null {
  const answerBy = plan.answerBy === undefined ? before : plan.answerBy
  if (answerBy !== null && answerBy <= plan.startsAt) return refuse('invalid', 'The deadline for the answers must lie after the check-in opens.')
  const noTeam = plan.teams.find((team) => !context.teams.some((known) => known.id === team))
  if (noTeam !== undefined) return refuse('not-found', `There is no team “${noTeam}”.`)
  if (plan.releaseIds === 'all') return null
  return plan.releaseIds.every((id) => context.releases.has(id)) ? null : refuse('not-found', 'One of the releases does not exist.')
}

function addTopic({ state, context, by, happened }: Turn, command: CheckInCommandOf<'add-topic'>): Outcome {
  if (state.topics.some((topic) => topic.id === command.topicId)) return refuse('exists', 'This topic is on the agenda already.')
  if (state.topics.length >= MOST_TOPICS) return refuse('blocked', `A check-in holds at most ${MOST_TOPICS} topics.`)
  const release = command.releaseId === null ? null : context.releases.get(command.releaseId)
  if (release === undefined) return refuse('not-found', 'There is no such release.')
  const gateNumber = command.gateId === null ? null : (release?.gates.get(command.gateId) ?? null)
  if (command.gateId !== null && gateNumber === null) return refuse('not-found', 'There is no such gate in this release.')
  // the code stands beside the title wherever it is shown
  const title = release && command.title.startsWith(`${release.code}:`) ? command.title.slice(release.code.length + 1).trim() || command.title : command.title
  const topic = ownTopic(command.topicId, title, by, { releaseId: command.releaseId, code: release?.code ?? null, gateId: command.gateId, gateNumber })
  // whoever adds the first topic of an empty agenda looks at it
  return state.status === 'running' && state.currentTopicId === null ? happened({ type: 'topic-added', topic }, { type: 'topic-taken-up', topicId: topic.id }) : happened({ type: 'topic-added', topic })
}

function take({ state, context, by, happened }: Turn, command: CheckInCommandOf<'take'>): Outcome {
  if (command.topicId !== null && !state.topics.some((topic) => topic.id === command.topicId)) return refuse('not-found', 'There is no such topic on this agenda.')
  if (!context.record) return refuse('not-found', 'The release has no such record. Record it there first.')
  const { kind, releaseId, reference } = command
  const isKnown = state.taken.some((one) => one.id === command.takenId || (one.kind === kind && one.releaseId === releaseId && one.reference === reference && (kind !== 'sign-off' || one.by === by)))
  if (isKnown) return refuse('exists', 'This is among what was taken already.')
  const taken = { ...context.record, id: command.takenId, topicId: command.topicId, kind, releaseId, reference, title: freeText(context.record.title), by, at: context.now }
  return happened({ type: 'taken', taken })
}

function addAction({ state, context, by, happened }: Turn, command: CheckInCommandOf<'add-action'>): Outcome {
  const { actionId, topicId, title, ownerId, team, dueAt } = command
  if (state.actions.some((action) => action.id === actionId)) return refuse('exists', 'This action is there already.')
  if (topicId !== null && !state.topics.some((topic) => topic.id === topicId)) return refuse('not-found', 'There is no such topic on this agenda.')
  if (ownerId !== null && !context.people.some((person) => person.id === ownerId)) return refuse('not-found', 'There is no such person.')
  if (team !== null && !context.teams.some((known) => known.id === team)) return refuse('not-found', `There is no team “${team}”.`)
  return happened({ type: 'action-added', action: { id: actionId, topicId, title: freeText(title), ownerId, team, dueAt, by, at: context.now, done: null } })
}

/** What was promised here may be moved after the minutes are closed, too: it is work, not the minutes. */
function moveAction({ state, context, by, happened }: Turn, command: ActionMove): Outcome {
  const { actor, people, teams } = context
  const outcome = decideMove(state.actions.find((one) => one.id === command.actionId), command, { actor, by, now: new Date(context.now), people, teams, isReleased: false })
  return 'code' in outcome ? { ok: false, refusal: outcome } : happened(outcome)
}

function completeAction({ state, happened }: Turn, command: CheckInCommandOf<'complete-action'>): Outcome {
  const action = state.actions.find((one) => one.id === command.actionId)
  if (!action) return refuse('not-found', 'There is no such action.')
  if (action.done) return refuse('exists', 'It is done already.')
  return happened({ type: 'action-completed', actionId: action.id, note: freeText(command.note) })
}

function close({ state, context, by, happened }: Turn): Outcome {
  return happened(...closing(state, context, by))
}

function addAddendum({ state, context, happened }: Turn, command: CheckInCommandOf<'add-addendum'>): Outcome {
  if (state.status !== 'closed') return refuse('blocked', 'An addendum belongs to closed minutes. Write a note while the check-in runs.')
  if (state.addenda.some((one) => one.id === command.addendumId)) return refuse('exists', 'This addendum is there already.')
  return happened({ type: 'addendum-added', addendumId: command.addendumId, words: freeText(command.text), name: freeText(context.actor.name) })
}
