/** The rules by which the installation is set up and changed. */

import { actorId, type Actor } from '@/lib/domain/actor'
import { accept, refuse, type Change, type Outcome } from '@/lib/domain/aggregate'
import type { InstallationCommand } from '@/lib/domain/installation/commands'
import type { InstallationEvent } from '@/lib/domain/installation/events'
import { DEFAULT_SEPARATION, DEFAULT_TEAMS, INSTALLATION_ID, type InstallationState, type SeparationPolicy } from '@/lib/domain/installation/state'
import { MOST_HOLIDAYS, withHolidays } from '@/lib/domain/holiday'
import { may, type About } from '@/lib/domain/policy'
import { same } from '@/lib/domain/same'
import { freeText } from '@/lib/domain/text'
import { registered } from '@/lib/domain/person/events'

export interface InstallationContext {
  /** Null before set-up. */
  readonly installation: InstallationState | null
  /** How many people who are not archived each team has. */
  readonly memberCounts: Readonly<Record<string, number>>
}

/**
 * Decides one command on the installation.
 * In: the state and who is in the teams, the command, who asks and when. Out: changes, or a refusal that says what to do.
 * Set-up also registers the first admin, so that both stand in one transaction.
 */
export function decideInstallation(context: InstallationContext, command: InstallationCommand, actor: Actor, at: Date): Outcome {
  const state = context.installation
  const now = at.toISOString()
  const about: About = 'team' in command ? { teams: [command.team] } : {}
  const allowed = may(actor, `installation.${command.type}`, about)
  if (allowed !== true) return { ok: false, refusal: allowed }

  if (command.type === 'set-up') {
    if (state !== null) return refuse('closed', 'This installation is set up already. Sign in, or ask an admin for an invitation.')
    const unknown = command.admin.memberships.find((m) => !DEFAULT_TEAMS.some((team) => team.id === m.team))
    if (unknown) return refuse('invalid', `There is no team "${unknown.team}". Choose product, data-science or ops.`)
    const { id, name, email, memberships } = command.admin
    return accept(
      change({ type: 'installation-set-up', v: 1, name: command.name, teams: DEFAULT_TEAMS, separation: DEFAULT_SEPARATION, at: now, by: id }),
      { kind: 'person', id, events: [registered({ id, name, email, memberships, isAdmin: true, invitedBy: null, joinedAt: now, at: now })] },
    )
  }
  if (state === null) return refuse('not-found', 'This installation is not set up yet. Open /set-up with the code from the console.')
  return decideChange(state, command, context.memberCounts, actorId(actor), now)
}

function decideChange(state: InstallationState, command: Exclude<InstallationCommand, { type: 'set-up' }>, memberCounts: InstallationContext['memberCounts'], by: string, now: string): Outcome {
  switch (command.type) {
    case 'rename': return accept(change({ type: 'installation-renamed', v: 1, name: command.name }))
    case 'add-team': {
      if (state.teams.some((team) => team.id === command.team)) return refuse('exists', `A team with the id "${command.team}" exists. Choose another id.`)
      const rival = sameName(state, command.team, command.name)
      if (rival) return rival
      return accept(change({ type: 'team-added', v: 1, team: { id: command.team, name: command.name, shape: command.shape, workingHours: command.workingHours, archivedAt: null } }))
    }
    case 'change-team': {
      const missing = missingTeam(state, command.team) ?? sameName(state, command.team, command.name)
      if (missing) return missing
      return accept(change({ type: 'team-changed', v: 1, team: { id: command.team, name: command.name, shape: command.shape, workingHours: command.workingHours } }))
    }
    case 'archive-team': {
      const missing = missingTeam(state, command.team)
      if (missing) return missing
      const members = memberCounts[command.team] ?? 0
      if (members > 0) return refuse('blocked', `The team has ${members} ${members === 1 ? 'member' : 'members'}. Move them to other teams first.`)
      if (state.teams.filter((team) => team.archivedAt === null).length === 1) return refuse('blocked', 'This is the last team. Add another one first.')
      return accept(change({ type: 'team-archived', v: 1, team: command.team, at: now }))
    }
    case 'restore-team': {
      if (!state.teams.some((team) => team.id === command.team && team.archivedAt !== null)) return refuse('not-found', `There is no archived team "${command.team}".`)
      return accept(change({ type: 'team-restored', v: 1, team: command.team }))
    }
    case 'propose-separation': {
      if (samePolicy(state.separation, command.policy)) return refuse('invalid', 'This is the policy that holds already. Change at least one tier.')
      if (state.proposal !== null) return refuse('conflict', 'Another change is waiting for its second person. Confirm or withdraw it first.')
      return accept(change({ type: 'separation-proposed', v: 1, policy: command.policy, reason: freeText(command.reason), by, at: now }))
    }
    case 'confirm-separation': {
      if (state.proposal === null) return refuse('not-found', 'No change of the separation policy is waiting.')
      if (state.proposal.by === by) return refuse('forbidden', 'You proposed this change; another lead or admin must confirm it.')
      if (!samePolicy(state.proposal.policy, command.policy)) return refuse('stale', 'The proposal is no longer the one that you saw. Read it again.')
      return accept(change({ type: 'separation-confirmed', v: 1, policy: command.policy, proposedBy: state.proposal.by, confirmedBy: by }))
    }
    case 'withdraw-separation': {
      if (state.proposal === null) return refuse('not-found', 'No change of the separation policy is waiting.')
      return accept(change({ type: 'separation-withdrawn', v: 1, by }))
    }
    case 'configure-status': {
      const { title, zone, isIndexed, subscriptions } = command
      return accept(change({ type: 'status-configured', v: 1, title, zone, isIndexed, ...(subscriptions ? { subscriptions } : {}) }))
    }
    case 'set-status-link': return accept(change({ type: 'status-link-set', v: 1, hash: command.hash, since: now, by }))
    case 'revoke-status-link':
      if (!state.statusLink) return refuse('not-found', 'There is no link to the internal page. Make one first.')
      return accept(change({ type: 'status-link-revoked', v: 1, at: now, by }))
    case 'note-evidence-pack': return accept(change({ type: 'evidence-pack-made', v: 1, about: command.about, seq: command.seq, manifest: command.manifest, by: command.by, at: now }))
    case 'note-checkpoint-key': return accept(change({ type: 'checkpoint-key-replaced', v: 1, key: command.key, fingerprint: command.fingerprint, by: command.by, at: now }))
    case 'add-holidays': {
      const unknown = command.holidays.flatMap((one) => (one.teams === 'all' ? [] : one.teams)).find((id) => !state.teams.some((team) => team.id === id && team.archivedAt === null))
      if (unknown !== undefined) return refuse('not-found', `There is no team "${unknown}".`)
      const fresh = command.holidays.filter((one) => !(state.holidays ?? []).some((known) => same(known, one)))
      if (fresh.length === 0) return refuse('exists', command.holidays.length === 1 ? 'This holiday is entered already.' : 'All of these holidays are entered already.')
      if (withHolidays(state.holidays ?? [], fresh).length > MOST_HOLIDAYS) return refuse('blocked', `At most ${MOST_HOLIDAYS} holidays are kept. Remove some that are over.`)
      return accept(change({ type: 'holidays-added', v: 1, holidays: fresh, by, at: now }))
    }
    case 'remove-holidays': {
      const known = command.holidays.filter((one) => (state.holidays ?? []).some((other) => other.date === one.date && other.name === one.name))
      if (known.length === 0) return refuse('not-found', 'There is no such holiday; somebody may have removed it.')
      return accept(change({ type: 'holidays-removed', v: 1, holidays: known, by, at: now }))
    }
    case 'map-group': {
      const missing = missingTeam(state, command.team)
      if (missing) return missing
      return accept(change({ type: 'group-mapped', v: 1, groupId: command.groupId, team: command.team, role: command.role }))
    }
    case 'unmap-group': {
      if (!state.groups.some((group) => group.groupId === command.groupId && group.team === command.team)) return refuse('not-found', 'This group is not mapped to this team.')
      return accept(change({ type: 'group-unmapped', v: 1, groupId: command.groupId, team: command.team }))
    }
  }
}

function change(event: InstallationEvent): Change {
  return { kind: 'installation', id: INSTALLATION_ID, events: [event] }
}

function missingTeam(state: InstallationState, id: string): Outcome | null {
  const isThere = state.teams.some((team) => team.id === id && team.archivedAt === null)
  return isThere ? null : refuse('not-found', `There is no team "${id}".`)
}

function sameName(state: InstallationState, id: string, name: string): Outcome | null {
  const rival = state.teams.find((team) => team.id !== id && team.name.toLowerCase() === name.toLowerCase())
  return rival ? refuse('exists', `The team "${rival.name}" has this name. Choose another name.`) : null
}

function samePolicy(a: SeparationPolicy, b: SeparationPolicy): boolean {
  return a.low === b.low && a.medium === b.medium && a.high === b.high
}
