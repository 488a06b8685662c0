/** Folds the events of a live version into its state; the only way that this state changes. */
import type { LiveEvent } from './events'
import type { LiveState, Watch } from './state'

/** How many turns the state keeps for the screens; the log has them all. */
const KEPT_TURNS = 50

function turned(watch: Watch, event: Extract<LiveEvent, { type: 'watch-turned' }>): Watch {
  const turn = { at: event.at, itemId: event.itemId, title: event.title, verdict: event.verdict.verdict, reason: event.verdict.reason }
  return {
    ...watch,
    items: { ...watch.items, [event.itemId]: event.verdict },
    isAtRisk: event.isAtRisk,
    turns: [...watch.turns, turn].slice(-KEPT_TURNS),
  }
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
    case 'adopted':
      return { ...state, lastStable: event.stable, history: [...state.history, event.stable] }
    case 'stable-set':
      return { ...state, lastStable: event.stable, history: [...state.history, event.stable], watch: event.watch, rollingOut: null }
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
      if (!isLive) return { ...state, rollingOut: free }
      return { ...state, rollingOut: free, watch: null, lastStable: back, history: back ? [...state.history, back] : state.history }
    }
    case 'watch-turned':
      return state.watch ? { ...state, watch: turned(state.watch, event) } : state
    case 'review-set':
      return state.watch ? { ...state, watch: { ...state.watch, reviewAt: event.reviewAt } } : state
  }
  const never: never = event
  return never
}
