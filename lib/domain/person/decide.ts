/** The rules by which people are invited, given roles, archived, and stand in for each other. */

import { actorId, isInTeam, type Actor, type Membership, type TeamId } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import type { PersonCommand } from '@/lib/domain/person/commands'
import { registered, type PersonEvent } from '@/lib/domain/person/events'
import { MAX_DELEGATION_DAYS, type PersonState, type PersonSummary } from '@/lib/domain/person/state'
import { may, teamName, type About } from '@/lib/domain/policy'
import { freeText } from '@/lib/domain/text'
import type { TokenEvent } from '@/lib/domain/token/events'

export interface PersonContext {
  readonly id: string
  /** Null before registration. */
  readonly person: PersonState | null
  /** Everybody, the person included. */
  readonly people: readonly PersonSummary[]
  /** Names by id of the teams that are not archived. */
  readonly teams: Readonly<Record<TeamId, string>>
  /** Whether somebody else signs in with the address that `register` names. */
  readonly isEmailTaken: boolean
  /** API tokens that the person made and that can still be used. */
  readonly liveTokens: readonly string[]
}

const DAY_MS = 86_400_000

/**
 * Decides one command on a person (PRODUCT: person, rules 19 and 21).
 * In: the person and who else there is, the command, who asks and when. Out: changes, or a refusal that says what to do.
 */
export function decidePerson(context: PersonContext, command: PersonCommand, actor: Actor, now: Date): Outcome {
  const { person } = context
  const allowed = may(actor, `person.${command.type}`, aboutOf(context, command))
  if (allowed !== true) return { ok: false, refusal: allowed }
  if (command.type === 'register') return decideRegister(context, command, actor, now)
  if (person === null) return refuse('not-found', 'There is no such person.')
  if (person.archivedAt !== null && command.type !== 'restore') return refuse('closed', 'This person is archived. Restore them first.')
  return decideChange(context, person, command, actor, now)
}

function decideRegister(context: PersonContext, command: Extract<PersonCommand, { type: 'register' }>, actor: Actor, now: Date): Outcome {
  if (context.person !== null) return refuse('exists', 'This person is registered already.')
  if (context.isEmailTaken) return refuse('exists', 'Somebody with this e-mail address is registered already. Look among the archived people too.')
  const isByPerson = actor.kind === 'person'
  const unknown = unknownTeam(context, command.memberships)
  if (unknown) return unknown
  const { name, email, memberships, isAdmin } = command
  const at = now.toISOString()
  return change(context, registered({
    id: context.id, name, email, memberships, isAdmin, at, invitedBy: isByPerson ? actorId(actor) : null, joinedAt: isByPerson ? null : at,
  }))
}

type Later = Exclude<PersonCommand, { type: 'register' }>

function decideChange(context: PersonContext, person: PersonState, command: Later, actor: Actor, now: Date): Outcome {
  const at = now.toISOString()
  switch (command.type) {
    case 'join': return person.joinedAt === null ? change(context, { type: 'person-joined', v: 1, at }) : refuse('closed', 'This invitation was accepted already. Sign in.')
    case 'rename': return change(context, { type: 'person-renamed', v: 1, name: freeText(command.name) })
    case 'set-memberships': return decideMemberships(context, person, command.memberships, actor)
    case 'set-admin': {
      if (person.isAdmin === command.isAdmin) return refuse('invalid', person.isAdmin ? 'This person is an admin already.' : 'This person is no admin.')
      if (!command.isAdmin && isLastAdmin(context)) return refuse('blocked', 'This is the only admin. Make somebody else an admin first.')
      return change(context, { type: 'admin-set', v: 1, isAdmin: command.isAdmin })
    }
    case 'archive': {
      if (person.isAdmin && isLastAdmin(context)) return refuse('blocked', 'This is the only admin. Make somebody else an admin first.')
      return archived(context, actorId(actor), at)
    }
    case 'restore': return person.archivedAt === null ? refuse('invalid', 'This person is not archived.') : change(context, { type: 'person-restored', v: 1, at })
    case 'reset-link': return person.email === null ? refuse('blocked', 'This person signs in by the identity provider.') : change(context, { type: 'password-link-made', v: 1, at })
    case 'delegate': return decideDelegate(context, person, command.to, command.until, now)
    case 'end-delegation': return person.delegation === null ? refuse('not-found', 'There is no delegation to end.') : change(context, { type: 'delegation-ended', v: 1, at })
    case 'set-notices': return change(context, { type: 'notices-set', v: 1, notices: { ways: command.ways, digest: command.digest, muted: command.muted } })
    case 'set-preferences':
      return change(context, {
        type: 'preferences-set', v: 1, timeZone: command.timeZone, theme: command.theme,
        slackMemberId: command.slackMemberId === null ? null : freeText(command.slackMemberId),
      })
  }
}

function decideMemberships(context: PersonContext, person: PersonState, wanted: readonly Membership[], actor: Actor): Outcome {
  const unknown = unknownTeam(context, wanted.filter((m) => !person.memberships.some((old) => old.team === m.team)))
  if (unknown) return unknown
  if (changedTeams(person.memberships, wanted).length === 0) return refuse('invalid', 'These are the teams and roles that the person has.')
  const ownGain = actor.kind === 'person' && actor.personId === person.id ? gained(person.memberships, wanted) : []
  // Rule 19: an admin who could enter a team at will could sign for it. An empty team has nobody else who could let them in.
  const closed = ownGain.find((team) => !isInTeam(actor, team, 'lead') && context.people.some((p) => p.id !== person.id && isActiveIn(p, team)))
  if (closed !== undefined) {
    return refuse('blocked', `You cannot give yourself a role in ${teamName(closed, context.teams)}, which has members. Ask another admin or a lead of that team.`)
  }
  return change(context, { type: 'memberships-set', v: 1, memberships: wanted })
}

function decideDelegate(context: PersonContext, person: PersonState, to: string, until: string, now: Date): Outcome {
  const end = new Date(until)
  if (to === person.id) return refuse('invalid', 'You cannot be your own delegate. Choose somebody else.')
  if (!context.people.some((p) => p.id === to && !p.isArchived)) return refuse('not-found', 'There is no such active person to delegate to.')
  if (person.memberships.length === 0) return refuse('blocked', 'You are in no team, so there is nothing to sign for.')
  if (end <= now) return refuse('invalid', 'The delegation would end in the past. Choose a later time.')
  if (end.getTime() - now.getTime() > MAX_DELEGATION_DAYS * DAY_MS) return refuse('invalid', `A delegation lasts at most ${MAX_DELEGATION_DAYS} days. Choose an earlier end.`)
  return change(context, { type: 'delegated', v: 1, to, until: end.toISOString(), at: now.toISOString() })
}

/** For memberships, a lead may act when every changed team is one that they lead; the policy row is asked about exactly those. */
function aboutOf(context: PersonContext, command: PersonCommand): About {
  const about: About = { personId: context.id, teamNames: context.teams }
  if (command.type !== 'set-memberships' || context.person === null) return about
  const changed = changedTeams(context.person.memberships, command.memberships)
  return { ...about, teams: changed, isEveryTeam: true }
}

/** The teams in which the person's place differs between the two lists. */
export function changedTeams(before: readonly Membership[], after: readonly Membership[]): TeamId[] {
  const teams = new Set([...before, ...after].map((m) => m.team))
  return [...teams].filter((team) => roleIn(before, team) !== roleIn(after, team))
}

function gained(before: readonly Membership[], after: readonly Membership[]): TeamId[] {
  return changedTeams(before, after).filter((team) => roleIn(after, team) === 'lead' || roleIn(before, team) === null)
}

function roleIn(memberships: readonly Membership[], team: TeamId): Membership['role'] | null {
  return memberships.find((m) => m.team === team)?.role ?? null
}

function isActiveIn(person: PersonSummary, team: TeamId): boolean {
  return !person.isArchived && person.memberships.some((m) => m.team === team)
}

function isLastAdmin(context: PersonContext): boolean {
  return !context.people.some((p) => p.id !== context.id && p.isAdmin && !p.isArchived)
}

function unknownTeam(context: PersonContext, memberships: readonly Membership[]): Outcome | null {
  const unknown = memberships.find((m) => !Object.hasOwn(context.teams, m.team))
  return unknown ? refuse('invalid', `There is no team "${unknown.team}".`) : null
}

/** Whoever made a token has seen its secret, so the tokens end with the access of their maker, in the same step of the record. A restored person makes new ones. */
function archived(context: PersonContext, by: string, at: string): Outcome {
  const own: PersonEvent = { type: 'person-archived', v: 1, at }
  const revoked: TokenEvent = { type: 'token-revoked', v: 1, by, at, because: 'maker-archived' }
  return accept({ kind: 'person', id: context.id, events: [own] }, ...context.liveTokens.map((id) => ({ kind: 'token' as const, id, events: [revoked] })))
}

function change(context: PersonContext, event: PersonEvent): Outcome {
  return accept({ kind: 'person', id: context.id, events: [event] })
}
