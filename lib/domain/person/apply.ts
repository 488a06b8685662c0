/** Folds what happened into the state of a person. */

import type { PersonEvent } from '@/lib/domain/person/events'
import type { PersonState } from '@/lib/domain/person/state'

/** In: the state before (null before registration) and one event that `decidePerson` made. Out: the state after. Throws on an event that cannot follow. */
export function applyPerson(state: PersonState | null, event: PersonEvent): PersonState {
  if (event.type === 'person-registered') {
    return {
      id: event.id,
      name: event.name,
      email: event.email,
      memberships: event.memberships,
      isAdmin: event.isAdmin,
      registeredAt: event.at,
      invitedBy: event.invitedBy,
      joinedAt: event.joinedAt,
      archivedAt: null,
      delegation: null,
      preferences: { timeZone: null, theme: 'system', slackMemberId: null },
    }
  }
  if (state === null) throw new Error(`${event.type} before the person was registered`)
  switch (event.type) {
    case 'person-joined': return { ...state, joinedAt: event.at }
    case 'person-renamed': return { ...state, name: event.name }
    case 'memberships-set': return { ...state, memberships: event.memberships }
    case 'admin-set': return { ...state, isAdmin: event.isAdmin }
    case 'person-archived': return { ...state, archivedAt: event.at, delegation: null }
    case 'person-restored': return { ...state, archivedAt: null }
    case 'password-link-made': return state
    case 'delegated': return { ...state, delegation: { to: event.to, until: event.until, since: event.at } }
    case 'delegation-ended': return { ...state, delegation: null }
    case 'preferences-set':
      return { ...state, preferences: { timeZone: event.timeZone, theme: event.theme, slackMemberId: event.slackMemberId } }
    case 'notices-set': return { ...state, notices: event.notices }
    default: return unknown(event)
  }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
