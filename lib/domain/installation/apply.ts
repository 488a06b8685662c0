/** Folds what happened into the state of the installation. */

import { withHolidays, withoutHolidays } from '@/lib/domain/holiday'
import { DEFAULT_STATUS_PAGE } from '@/lib/domain/installation/status-page'
import type { InstallationEvent } from '@/lib/domain/installation/events'
import type { InstallationState, Team } from '@/lib/domain/installation/state'

/** In: the state before (null before set-up) and one event that `decideInstallation` made. Out: the state after. Throws on an event that cannot follow. */
export function applyInstallation(state: InstallationState | null, event: InstallationEvent): InstallationState {
  if (event.type === 'installation-set-up') {
    return { name: event.name, setUpAt: event.at, teams: event.teams, separation: event.separation, proposal: null, groups: [], statusPage: DEFAULT_STATUS_PAGE }
  }
  if (state === null) throw new Error(`${event.type} before the installation was set up`)
  switch (event.type) {
    case 'installation-renamed': return { ...state, name: event.name }
    case 'team-added': return { ...state, teams: [...state.teams, event.team] }
    case 'team-changed': return withTeam(state, event.team.id, (team) => ({ ...team, ...event.team }))
    case 'team-archived': return withTeam(state, event.team, (team) => ({ ...team, archivedAt: event.at }))
    case 'team-restored': return withTeam(state, event.team, (team) => ({ ...team, archivedAt: null }))
    case 'separation-proposed': return { ...state, proposal: { policy: event.policy, reason: event.reason, by: event.by, at: event.at } }
    case 'separation-confirmed': return { ...state, separation: event.policy, proposal: null }
    case 'separation-withdrawn': return { ...state, proposal: null }
    case 'status-configured': return { ...state, statusPage: { title: event.title, zone: event.zone, isIndexed: event.isIndexed, ...(event.subscriptions ? { subscriptions: event.subscriptions } : {}) } }
    case 'status-link-set': return { ...state, statusLink: { hash: event.hash, since: event.since, by: event.by } }
    case 'status-link-revoked': return { ...state, statusLink: null }
    case 'group-mapped': {
      const others = state.groups.filter((group) => group.groupId !== event.groupId || group.team !== event.team)
      return { ...state, groups: [...others, { groupId: event.groupId, team: event.team, role: event.role }] }
    }
    case 'holidays-added': return { ...state, holidays: withHolidays(state.holidays ?? [], event.holidays) }
    case 'holidays-removed': return { ...state, holidays: withoutHolidays(state.holidays ?? [], event.holidays) }
    case 'group-unmapped':
      return { ...state, groups: state.groups.filter((group) => group.groupId !== event.groupId || group.team !== event.team) }
    // These are facts for the record; nothing is decided by them.
    case 'evidence-pack-made': case 'checkpoint-key-replaced': return state
    default: return unknown(event)
  }
}

function withTeam(state: InstallationState, id: string, change: (team: Team) => Team): InstallationState {
  return { ...state, teams: state.teams.map((team) => (team.id === id ? change(team) : team)) }
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
