/** Reads teams and the separation policy for the settings, with what today's people cannot meet and why a reader may not change something. */
import 'server-only'
import { revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { HolidaysView } from '@/lib/domain/calendar/view'
import type { InstallationCommand } from '@/lib/domain/installation/commands'
import { decideInstallation } from '@/lib/domain/installation/decide'
import { INSTALLATION_ID, type InstallationState, type Team } from '@/lib/domain/installation/state'
import type { Allowed, PolicyView, TeamMember, TeamsView, TeamView } from '@/lib/domain/person/view'
import { listOf } from '@/lib/domain/policy'
import { wordsOf } from '@/lib/domain/text'
import { env } from '@/lib/server/env'
import { loadInstallation, loadPeople, whyNot, type KnownPerson } from '@/lib/server/view/people'

/** All teams with their members; null before set-up. */
export async function viewTeams(store: Store, actor: Actor): Promise<TeamsView | null> {
  const loaded = await loadInstallation(store)
  if (loaded === null) return null
  const people = [...(await loadPeople(store)).values()].filter((person) => person.state.archivedAt === null)
  const ask = asking(loaded.state, people, actor)
  return {
    version: loaded.version,
    teams: loaded.state.teams.map((team) => teamView(team, loaded.state, people, ask)),
    hasProvider: env().oidc !== null,
    allowed: { add: whyNot(actor, 'installation.add-team') },
  }
}

/** The separation policy with a change that waits for its second person; null before set-up. */
export async function viewPolicy(store: Store, actor: Actor): Promise<PolicyView | null> {
  const loaded = await loadInstallation(store)
  if (loaded === null) return null
  const { state } = loaded
  const everybody = await loadPeople(store)
  const people = [...everybody.values()].filter((person) => person.state.archivedAt === null)
  const words = await revealTexts(store, [INSTALLATION_ID])
  const ask = asking(state, people, actor)
  const { proposal } = state
  return {
    version: loaded.version,
    separation: state.separation,
    proposal: proposal && {
      policy: proposal.policy,
      reason: wordsOf(proposal.reason, (hash) => words.get(hash)),
      by: { id: proposal.by, name: everybody.get(proposal.by)?.name ?? '[unknown]' },
      at: proposal.at,
    },
    warnings: warningsOf(state, people),
    allowed: {
      propose: whyNot(actor, 'installation.propose-separation') ?? (proposal ? 'Another change is waiting for its second person. Confirm or withdraw it first.' : null),
      confirm: proposal ? ask({ type: 'confirm-separation', policy: proposal.policy }) : 'No change is waiting.',
      withdraw: ask({ type: 'withdraw-separation' }),
    },
  }
}

/** What today's people cannot meet (PRODUCT rule 3), each with a way out. In: people who are not archived. */
export function warningsOf(state: InstallationState, people: readonly KnownPerson[]): readonly string[] {
  const warnings: string[] = []
  const teams = state.teams.filter((team) => team.archivedAt === null)
  const empty = teams.filter((team) => !people.some((person) => isIn(person, team.id)))
  if (empty.length > 0) {
    const names = listOf(empty.map((team) => team.name), 'and')
    warnings.push(`${names} ${empty.length === 1 ? 'has' : 'have'} no member, so gates that they sign cannot be passed. Invite somebody, or put somebody into the team.`)
  }
  if (people.length < 2) warnings.push('There is only one person. A go always has two distinct people; invite somebody.')
  const inTeams = people.filter((person) => person.state.memberships.length > 0)
  const strict = (['low', 'medium', 'high'] as const).filter((tier) => state.separation[tier] === 'strict')
  if (strict.length > 0 && empty.length === 0 && !canStandApart(teams.map((team) => team.id), inTeams)) {
    warnings.push(`At ${listOf(strict, 'and')} risk nobody may stand for two teams in one gate, and there are not enough people to stand for ${teams.length} teams. Add people to teams, or propose the small-team policy.`)
  }
  return warnings
}

// Whether each team can be given a person of its own: a matching of teams to members.
function canStandApart(teams: readonly string[], people: readonly KnownPerson[]): boolean {
  const teamOf = new Map<string, string>()
  const give = (team: string, tried: Set<string>): boolean =>
    people.some((person) => {
      if (!isIn(person, team) || tried.has(person.id)) return false
      tried.add(person.id)
      const other = teamOf.get(person.id)
      if (other !== undefined && !give(other, tried)) return false
      teamOf.set(person.id, team)
      return true
    })
  return teams.every((team) => give(team, new Set()))
}

type Ask = (command: InstallationCommand) => Allowed

function asking(state: InstallationState, people: readonly KnownPerson[], actor: Actor): Ask {
  const memberCounts: Record<string, number> = {}
  for (const person of people) for (const { team } of person.state.memberships) memberCounts[team] = (memberCounts[team] ?? 0) + 1
  const now = new Date()
  return (command) => {
    const outcome = decideInstallation({ installation: state, memberCounts }, command, actor, now)
    return outcome.ok ? null : outcome.refusal.message
  }
}

function teamView(team: Team, state: InstallationState, people: readonly KnownPerson[], ask: Ask): TeamView {
  const { id, name, shape, workingHours } = team
  const members = people.flatMap((person): TeamMember[] => {
    const place = person.state.memberships.find((m) => m.team === id)
    return place ? [{ id: person.id, name: person.name, role: place.role, isInvited: person.state.joinedAt === null }] : []
  })
  return {
    id, name, shape, workingHours,
    isArchived: team.archivedAt !== null,
    members: members.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en')),
    warning: team.archivedAt === null ? warningFor(name, members) : null,
    groups: state.groups.filter((group) => group.team === id),
    allowed: {
      change: ask({ type: 'change-team', team: id, name, shape, workingHours: { ...workingHours, days: [...workingHours.days] } }),
      archive: ask({ type: 'archive-team', team: id }),
      restore: ask({ type: 'restore-team', team: id }),
      mapGroup: ask({ type: 'map-group', groupId: 'x', team: id, role: 'member' }),
    },
  }
}

function warningFor(name: string, members: readonly TeamMember[]): string | null {
  if (members.length === 0) return `${name} has no member: gates that it signs cannot be passed.`
  if (members.every((member) => member.isInvited)) return `Nobody of ${name} has accepted the invitation yet.`
  if (!members.some((member) => member.role === 'lead')) return `${name} has no lead: nobody can approve waivers or override rejections for it.`
  return null
}

function rank(member: TeamMember): number {
  return member.role === 'lead' ? 0 : 1
}

function isIn(person: KnownPerson, team: string): boolean {
  return person.state.memberships.some((m) => m.team === team)
}

/** The holidays, by date; null before set-up. */
export async function viewHolidays(store: Store, actor: Actor): Promise<HolidaysView | null> {
  const loaded = await loadInstallation(store)
  if (loaded === null) return null
  return {
    holidays: loaded.state.holidays ?? [],
    teams: loaded.state.teams.filter((team) => team.archivedAt === null).map(({ id, name }) => ({ id, name })),
    allowed: { add: whyNot(actor, 'installation.add-holidays'), remove: whyNot(actor, 'installation.remove-holidays') },
  }
}
