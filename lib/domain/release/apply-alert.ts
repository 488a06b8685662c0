/** Folds alerts, trigger verdicts and proposals of a roll-back into a release. */
import { withTurn } from '@/lib/domain/alert/alert'
import type { ReleaseEvent } from './events'
import { withProposalTurn } from './roll-back-proposal'
import type { ReleaseState } from './state'

/** The state after such an event, or `null` when the event is of another kind. */
export function applyAlert(state: ReleaseState, event: ReleaseEvent): ReleaseState | null {
  switch (event.type) {
    case 'alert-fired': case 'alert-resolved': return { ...state, alerts: withTurn(state.alerts ?? [], event) }
    case 'alerting-set': {
      const { alerting: _old, ...rest } = state
      return event.alerting === null ? rest : { ...rest, alerting: event.alerting }
    }
    case 'trigger-turned': return { ...state, triggerVerdicts: { ...state.triggerVerdicts, [event.triggerId]: event.verdict } }
    case 'roll-back-proposed': case 'roll-back-proposal-ended': return { ...state, rollBackProposals: withProposalTurn(state.rollBackProposals ?? [], event, event.at, event.by) }
    default: return null
  }
}
