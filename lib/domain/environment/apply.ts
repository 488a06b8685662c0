/** Folds what happened into the state of an environment. */
import type { EnvironmentEvent } from './events'
import type { EnvironmentState } from './state'

/** In: the state before (null before it was added) and one event. Out: the state after. Throws on an event that cannot follow. */
export function applyEnvironment(state: EnvironmentState | null, event: EnvironmentEvent): EnvironmentState {
  if (event.type === 'environment-added') {
    const { id, slug, name, kind, orchestrator, sourceId, zone, at, by } = event
    return { id, slug, name, kind, orchestrator, sourceId, zone, freezes: [], registeredAt: at, registeredBy: by, archivedAt: null }
  }
  if (state === null) throw new Error(`${event.type} before the environment was added`)
  switch (event.type) {
    case 'environment-edited': {
      const { name, kind, orchestrator, sourceId, zone } = event
      return { ...state, name, kind, orchestrator, sourceId, zone }
    }
    case 'freeze-added': return { ...state, freezes: [...state.freezes, event.freeze] }
    case 'freeze-ended': {
      const ended = { by: event.by, at: event.at }
      return { ...state, freezes: state.freezes.map((freeze) => (freeze.id === event.freezeId ? { ...freeze, ended } : freeze)) }
    }
    case 'environment-archived': return { ...state, archivedAt: event.at }
    case 'environment-restored': return { ...state, archivedAt: null }
    default: return unknown(event)
  }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
