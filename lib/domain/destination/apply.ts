/** Folds what happened into the state of a destination. */

import type { DestinationEvent } from '@/lib/domain/destination/events'
import type { DestinationState } from '@/lib/domain/destination/state'

/** In: the state before (null before it was added) and one event that `decideDestination` made. Out: the state after. Throws on an event that cannot follow. */
export function applyDestination(state: DestinationState | null, event: DestinationEvent): DestinationState {
  if (event.type === 'destination-added') {
    const { id, kind, name, team, eventKinds, secretId, hint } = event
    return { id, kind, name, team, eventKinds, ...choicesOf(event), secretId, hint, signedSince: kind === 'webhook' ? event.at : null, addedAt: event.at, addedBy: event.by, disabled: null, archivedAt: null }
  }
  if (state === null) throw new Error(`${event.type} before the destination was added`)
  switch (event.type) {
    case 'destination-edited': return { ...state, name: event.name, team: event.team, eventKinds: event.eventKinds, ...choicesOf(event) }
    case 'destination-addressed': return { ...state, secretId: event.secretId, hint: event.hint, disabled: null }
    case 'signing-rotated': return { ...state, signedSince: event.at }
    case 'destination-disabled': return { ...state, disabled: { reason: event.reason, at: event.at, by: event.by, answer: event.answer } }
    case 'destination-enabled': return { ...state, disabled: null }
    case 'destination-archived': return { ...state, archivedAt: event.at }
    case 'test-asked': return state
    case 'replay-asked': return state
    default: return unknown(event)
  }
}

/** What was not said stays as it was. */
function choicesOf({ routing, hours }: Pick<DestinationState, 'routing' | 'hours'>): Pick<DestinationState, 'routing' | 'hours'> {
  return { ...(routing === undefined ? {} : { routing }), ...(hours === undefined ? {} : { hours }) }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
