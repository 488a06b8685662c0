/** Folds the events of a live version into its state; the only way that this state changes. */
import { withTurn } from '@/lib/domain/alert/alert'
import { moved } from '@/lib/domain/work/action-rule'
import { withProposalTurn } from '@/lib/domain/release/roll-back-proposal'
import type { LiveEvent } from './events'
import { isPastLimit } from './standing'
import type { LiveState, StableVersion, Watch } from './state'

/** How many turns the state keeps for the screens; the log has them all. */
const KEPT_TURNS = 50
/** Reviews and posted feedback that stay at hand. */
const KEPT_REVIEWS = 20
const KEPT_FEEDBACK = 60

function turned(watch: Watch, event: Extract<LiveEvent, { type: 'watch-turned' }>): Watch {
  const turn = { at: event.at, itemId: event.itemId, title: event.title, verdict: event.verdict.verdict, reason: event.verdict.reason }
  return {
    ...watch,
    items: { ...watch.items, [event.itemId]: event.verdict },
    isAtRisk: event.isAtRisk,
    turns: [...watch.turns, turn].slice(-KEPT_TURNS),
  }
}

/** Another version is live: its proposals and alerts were about the one before. */
function taken(state: LiveState, stable: StableVersion | null, watch: Watch | null): LiveState {
  const { rollBackProposals: _proposals, alerts: _alerts, alerting: _alerting, ...rest } = state
  return { ...rest, lastStable: stable, history: stable ? [...state.history, stable] : state.history, watch }
}

function withRisk(state: LiveState): LiveState {
  return state.watch ? { ...state, watch: { ...state.watch, isAtRisk: isPastLimit(state.watch, state.alerts ?? []) } } : state
}

/**
 * The state after one more event. In: the state so far (`null` before the first) and the event. Out: the new state.
 * Throws when an event other than `live-began` comes first, which is a broken log.
 */
export function applyLive(state: LiveState | null, event: LiveEvent): LiveState {
  if (event.type === 'live-began') {
    return {
      id: event.id, modelId: event.modelId, environmentId: event.environmentId,
      lastStable: null, history: [], held: [], rollingOut: null, watch: null,
    }
  }
  if (!state) throw new Error(`A live version cannot begin with ${event.type}`)
  switch (event.type) {
    case 'adopted': return taken(state, event.stable, state.watch)
    case 'watch-ended': return { ...state, watch: null }
    case 'stable-set': return { ...taken(state, event.stable, event.watch), rollingOut: null }
    case 'version-held':
      return { ...state, held: [...state.held, event.held] }
    case 'hold-lifted':
      return {
        ...state,
        held: state.held.map((held) => held.versionId === event.versionId && !held.lifted
          ? { ...held, lifted: { at: event.at, by: event.by, cause: event.cause } } : held),
      }
    case 'rollout-taken':
      return { ...state, rollingOut: { releaseId: event.releaseId, code: event.code, since: event.at } }
    case 'rollout-freed':
      return state.rollingOut?.releaseId === event.releaseId ? { ...state, rollingOut: null } : state
    case 'returned': {
      const back = event.to && {
        ...event.to, since: event.at, recordedAt: event.at, recordedBy: event.by, how: 'rolled-back-to' as const,
        releaseId: event.releaseId, releaseCode: event.code,
      }
      const isLive = state.lastStable?.releaseId === event.releaseId
      const free = state.rollingOut?.releaseId === event.releaseId ? null : state.rollingOut
      return isLive ? { ...taken(state, back, null), rollingOut: free } : { ...state, rollingOut: free }
    }
    case 'watch-turned':
      return state.watch ? { ...state, watch: turned(state.watch, event) } : state
    case 'watch-set': {
      const kept = new Set(event.own.items.map((item) => item.id))
      const items = Object.fromEntries(Object.entries(state.watch?.items ?? {}).filter(([id]) => kept.has(id)))
      return { ...state, watch: { releaseId: null, startedAt: state.watch?.startedAt ?? event.at, reviewAt: event.reviewAt, items, isAtRisk: Object.values(items).some((one) => one.verdict === 'fail'), turns: [], own: event.own } }
    }
    case 'review-set':
      return state.watch ? { ...state, watch: { ...state.watch, reviewAt: event.reviewAt } } : state
    case 'reviewed': {
      const review = { at: event.at, by: event.by, label: event.label, note: event.note, nextAt: event.nextAt }
      const watch = state.watch && { ...state.watch, reviewAt: event.nextAt }
      return { ...state, watch, reviews: [...(state.reviews ?? []), review].slice(-KEPT_REVIEWS) }
    }
    case 'roll-back-proposed': case 'roll-back-proposal-ended':
      return { ...state, rollBackProposals: withProposalTurn(state.rollBackProposals ?? [], event, event.at, event.by) }
    case 'alert-fired': case 'alert-resolved':
      return withRisk({ ...state, alerts: withTurn(state.alerts ?? [], event) })
    case 'alerting-set': {
      const { alerting: _old, ...rest } = state
      return event.alerting === null ? rest : { ...rest, alerting: event.alerting }
    }
    case 'action-added': return { ...state, actions: [...(state.actions ?? []), event.action].slice(-KEPT_TURNS) }
    case 'action-snoozed': case 'action-reassigned': case 'action-changed': case 'action-dropped': return { ...state, actions: (state.actions ?? []).map((one) => moved(one, event)) }
    case 'action-completed':
      return { ...state, actions: (state.actions ?? []).map((one) => (one.id === event.actionId ? { ...one, done: { by: event.by, at: event.at, note: event.note } } : one)) }
    case 'feedback-posted':
      return { ...state, feedback: [...(state.feedback ?? []), event.feedback].slice(-KEPT_FEEDBACK) }
  }
  const never: never = event
  return never
}
