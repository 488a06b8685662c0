/** Folds what happens to traffic: steps, shares, soaks, standing down, rolling back, stable. */
import type { ReleaseEvent } from './events'
import { newSoak, soakAt, soakTurned } from './soak'
import type { ReleaseState, Rollout } from './state'

function withRollout(state: ReleaseState, change: (rollout: Rollout) => Rollout): ReleaseState {
  return state.rollout ? { ...state, rollout: change(state.rollout) } : state
}

function nextStep(rollout: Rollout, stepIndex: number, at: string): Rollout {
  const soak = rollout.soak && soakAt(rollout.soak, at)
  const done = soak && rollout.stepLiveAt
    ? [...rollout.doneSteps, { index: rollout.stepIndex, liveAt: rollout.stepLiveAt, soakedAt: at, requests: soak.requests, restarts: soak.restarts }]
    : rollout.doneSteps
  return { ...rollout, stepIndex, stepAskedAt: at, stepLiveAt: null, liveBy: null, soak: null, doneSteps: done }
}

/** The state after a rollout event, or `null` when the event is of another kind. */
export function applyRollout(state: ReleaseState, event: ReleaseEvent): ReleaseState | null {
  switch (event.type) {
    case 'rollout-started': return {
      ...state,
      rollout: {
        startedAt: event.at, startedBy: event.by, stepIndex: 0, stepAskedAt: event.at, stepLiveAt: null, liveBy: null,
        share: null, soak: null, doneSteps: [], standingDown: null,
      },
    }
    case 'step-asked': return withRollout(state, (rollout) => nextStep(rollout, event.stepIndex, event.at))
    case 'share-seen': return withRollout(state, (rollout) => ({ ...rollout, share: { percent: event.percent, at: event.at } }))
    case 'step-live': return withRollout(state, (rollout) => ({ ...rollout, stepLiveAt: event.at, liveBy: event.how, soak: event.soak }))
    case 'soak-turned': return withRollout(state, (rollout) => ({ ...rollout, soak: rollout.soak && soakTurned(rollout.soak, event.condition, event.at) }))
    case 'requests-reached': return withRollout(state, (rollout) => ({ ...rollout, soak: rollout.soak && { ...rollout.soak, requests: event.requests } }))
    case 'soak-ended-early': return withRollout(state, (rollout) => ({
      ...rollout, soak: { ...(rollout.soak ?? newSoak(event.at, 'unmeasured')), endedEarly: { by: event.by, at: event.at, decision: event.decision } },
    }))
    case 'stand-down-asked': return withRollout(state, (rollout) => ({ ...rollout, standingDown: { at: event.at, by: event.by, reason: event.reason } }))
    case 'stood-down': return { ...state, rollout: null }
    // A closed release whose version is still live opens again for its roll-back, and ends anew with it (rule 14).
    case 'roll-back-started': return { ...state, rollBack: event.rollBack, end: state.end?.kind === 'closed' ? null : state.end }
    case 'rolled-back': return {
      ...state,
      rollBack: state.rollBack && { ...state.rollBack, confirmed: { at: event.at, by: event.by, how: event.how, note: event.note } },
      end: { kind: 'rolled-back', at: event.at },
    }
    case 'became-stable': return { ...state, stableAt: event.at, rollout: state.rollout && { ...state.rollout, soak: state.rollout.soak && soakAt(state.rollout.soak, event.at) } }
    case 'closed': return { ...state, end: { kind: 'closed', at: event.at } }
    default: return null
  }
}
