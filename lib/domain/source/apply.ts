/** Folds what happened into the state of a metrics source. */

import type { SourceEvent } from './events'
import type { SourceState, TlsPart } from './state'

/** In: the state before (null before it was added) and one event that `decideSource` made. Out: the state after. Throws on an event that cannot follow. */
export function applySource(state: SourceState | null, event: SourceEvent): SourceState {
  if (event.type === 'source-added') {
    const { id, name, url, auth, headerNames, scrapeIntervalSeconds, secretId } = event
    return { id, name, url, auth, headerNames, ...tlsOf(event), scrapeIntervalSeconds, secretId, addedAt: event.at, addedBy: event.by, archivedAt: null }
  }
  if (state === null) throw new Error(`${event.type} before the source was added`)
  switch (event.type) {
    case 'source-edited': {
      const { name, url, auth, headerNames, scrapeIntervalSeconds, secretId } = event
      const { tls: _before, ...rest } = state
      return { ...rest, name, url, auth, headerNames, ...tlsOf(event), scrapeIntervalSeconds, secretId }
    }
    case 'source-archived': return { ...state, archivedAt: event.at }
    case 'source-restored': return { ...state, archivedAt: null }
    default: return unknown(event)
  }
}

function tlsOf({ tls }: { readonly tls?: readonly TlsPart[] }): { readonly tls?: readonly TlsPart[] } {
  return tls === undefined || tls.length === 0 ? {} : { tls }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
