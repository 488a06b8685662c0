/** Folds what happened into the state of an API token. */

import type { TokenEvent } from '@/lib/domain/token/events'
import type { TokenState } from '@/lib/domain/token/state'

/** In: the state before (null before creation) and one event that `decideToken` made. Out: the state after. Throws on an event that cannot follow. */
export function applyToken(state: TokenState | null, event: TokenEvent): TokenState {
  if (event.type === 'token-created') {
    const { id, name, scopes, modelIds, hash, by, at, expiresAt } = event
    return { id, name, scopes, modelIds, hash, createdBy: by, createdAt: at, expiresAt, revokedAt: null, revokedBy: null }
  }
  if (state === null) throw new Error(`${event.type} before the token was created`)
  return { ...state, revokedAt: event.at, revokedBy: event.by, ...(event.because === undefined ? {} : { revokedBecause: event.because }) }
}
