/** Folds what happened into the state of an incident. */

import type { IncidentEvent } from '@/lib/domain/incident/events'
import type { IncidentState } from '@/lib/domain/incident/state'

/** In: the state before (null before it was opened) and one event that `decideIncident` made. Out: the state after. Throws on an event that cannot follow. */
export function applyIncident(state: IncidentState | null, event: IncidentEvent): IncidentState {
  const { at, by } = event
  if (event.type === 'incident-opened') {
    const { id, about, audience, title, impact, places, status, text, startedAt } = event
    return {
      id, about, audience, title, impact, places, updates: [{ number: 1, status, text, at, by, correctedAt: null }],
      postMortem: null, startedAt, openedAt: at, openedBy: by, withdrawn: null,
    }
  }
  if (state === null) throw new Error(`${event.type} before the incident was opened`)
  switch (event.type) {
    case 'incident-updated': return { ...state, impact: event.impact, updates: [...state.updates, { number: event.number, status: event.status, text: event.text, at, by, correctedAt: null }] }
    case 'incident-edited': return { ...state, audience: event.audience, title: event.title, impact: event.impact, places: event.places }
    case 'update-corrected': return { ...state, updates: state.updates.map((one) => (one.number === event.number ? { ...one, text: event.text, correctedAt: at } : one)) }
    case 'post-mortem-written': return { ...state, postMortem: { text: event.text, at, by } }
    case 'incident-withdrawn': return { ...state, withdrawn: { at, by, reason: event.reason } }
    default: return unknown(event)
  }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
