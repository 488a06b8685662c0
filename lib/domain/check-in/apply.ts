/** Folds what happened into the state of a check-in. */
import { moved } from '@/lib/domain/work/action-rule'
import type { CheckInEvent } from './events'
import type { CheckInState, Topic } from './state'

/** In: the state before (null before it was scheduled) and one event. Out: the state after. Throws on an event that cannot follow. */
export function applyCheckIn(state: CheckInState | null, event: CheckInEvent): CheckInState {
  if (event.type === 'check-in-scheduled') {
    return {
      ...event.plan, id: event.id, status: 'scheduled', scheduledBy: event.by, scheduledAt: event.at, startedAt: null, startedBy: null, since: null,
      currentTopicId: null, currentSince: null, movedBy: null, topics: [], taken: [], actions: [], closedAt: null, minutes: null, addenda: [], cancelled: null,
    }
  }
  if (state === null) throw new Error(`${event.type} before the check-in was scheduled`)
  switch (event.type) {
    case 'plan-changed': return { ...state, ...event.plan, sequence: (state.sequence ?? 0) + 1 }
    case 'topic-added': return { ...state, topics: [...state.topics, event.topic] }
    case 'topic-removed': return { ...state, topics: state.topics.filter((topic) => topic.id !== event.topicId) }
    case 'topics-reordered': return { ...state, topics: event.topicIds.flatMap((id) => state.topics.find((topic) => topic.id === id) ?? []) }
    case 'agenda-arranged': return { ...state, order: event.order }
    case 'matter-set-aside': return { ...state, aside: [...(state.aside ?? []).filter((one) => one !== event.matter), ...(event.isAside ? [event.matter] : [])] }
    case 'check-in-started': return { ...state, status: 'running', startedAt: event.at, startedBy: event.by, since: event.since, topics: event.topics }
    case 'topic-taken-up': {
      const left = leftAt(state, event.at)
      const topics = left.topics.map((topic) => (topic.id === event.topicId ? { ...topic, status: 'open' as const } : topic))
      return { ...left, topics, currentTopicId: event.topicId, currentSince: event.topicId === null ? null : event.at, movedBy: event.by }
    }
    case 'topic-settled': return withTopic(state, event.topicId, (topic) => ({ ...topic, status: event.status }))
    case 'note-set': return withTopic(state, event.topicId, (topic) => ({ ...topic, note: { text: event.note, version: event.version, by: event.by, at: event.at } }))
    case 'taken': return { ...state, taken: [...state.taken, event.taken] }
    case 'action-added': return { ...state, actions: [...state.actions, event.action] }
    case 'action-completed': {
      const done = { by: event.by, at: event.at, note: event.note }
      return { ...state, actions: state.actions.map((action) => (action.id === event.actionId ? { ...action, done } : action)) }
    }
    case 'action-snoozed': case 'action-reassigned': case 'action-changed': case 'action-dropped': return { ...state, actions: state.actions.map((one) => moved(one, event)) }
    case 'answered': return { ...state, answers: [...(state.answers ?? []).filter((one) => one.team !== event.answer.team), event.answer] }
    case 'check-in-closed': {
      const minutes = { text: event.minutes, hash: event.hash, by: event.by, at: event.at }
      return { ...leftAt(state, event.at), status: 'closed', closedAt: event.at, currentTopicId: null, currentSince: null, minutes }
    }
    case 'addendum-added': return { ...state, addenda: [...state.addenda, { id: event.addendumId, text: event.words, by: event.by, name: event.name, at: event.at }] }
    case 'check-in-cancelled': return { ...state, status: 'cancelled', sequence: (state.sequence ?? 0) + 1, cancelled: { reason: event.reason, by: event.by, at: event.at } }
    case 'check-in-missed': return { ...state, status: 'missed' }
    default: return unknown(event)
  }
}

/** The time of the current topic is counted when it is left. */
export function leftAt(state: CheckInState, at: string): CheckInState {
  const { currentTopicId, currentSince } = state
  if (currentTopicId === null || currentSince === null) return state
  const spent = Math.max(0, Date.parse(at) - Date.parse(currentSince))
  return withTopic(state, currentTopicId, (topic) => ({ ...topic, spentMs: topic.spentMs + spent }))
}

function withTopic(state: CheckInState, id: string, change: (topic: Topic) => Topic): CheckInState {
  return { ...state, topics: state.topics.map((topic) => (topic.id === id ? change(topic) : topic)) }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
