/** Hides how a row of the policy table is weighed for one actor, and the sentence that says why not. */

import { isInTeam, isViewer, type Actor, type TeamId } from '@/lib/domain/actor'
import type { Refusal } from '@/lib/domain/aggregate'
import { POLICY, type ActionName, type Grant, type PolicyRow } from '@/lib/domain/policy-table'

/** What the action is about. All parts are optional; a grant that needs a missing part does not let anybody through. */
export interface About {
  /** Teams that own the thing or may sign it. */
  readonly teams?: readonly TeamId[]
  /** Whether a lead must lead each of the teams, where otherwise one of them is enough. */
  readonly isEveryTeam?: boolean
  /** The person whom it is about. */
  readonly personId?: string
  /** People named for it: on-call, author, assignee. */
  readonly named?: readonly string[]
  /** The model that it belongs to; tokens which speak for some models only may do nothing where it is missing. */
  readonly modelId?: string
  /** Names of teams by id, for the sentence; ids are made readable without it. */
  readonly teamNames?: Readonly<Record<TeamId, string>>
}

const OPS: TeamId = 'ops'

/**
 * Weighs one action for one actor against the policy table (PRODUCT rules 3, 10, 14, 19 and 20).
 * In: the actor with its roles as they are now, the action `<aggregate>.<command>`, what it is about.
 * Out: `true`, or a refusal with code `forbidden` whose sentence says who may and what the actor is.
 */
export function may(actor: Actor, action: ActionName, about: About = {}): true | Refusal {
  const row: PolicyRow = POLICY[action]
  if (actor.kind === 'token' && !tokenCovers(actor.modelIds, about)) {
    return { code: 'forbidden', message: `The token "${actor.name}" does not cover this model. Ask for a token that does.` }
  }
  if (row.by.some((grant) => holds(actor, grant, about))) return true
  return { code: 'forbidden', message: `${whoMay(row, about)} ${whatYouAre(actor, row, about)}`.trim() }
}

function holds(actor: Actor, grant: Grant, about: About): boolean {
  if (actor.kind === 'system') return grant === 'system'
  if (actor.kind === 'token') return actor.scopes.some((scope) => grant === `scope:${scope}`)
  const teams = about.teams ?? []
  switch (grant) {
    case 'viewer': return true
    case 'member': return actor.memberships.length > 0
    case 'lead': return actor.memberships.some((m) => m.role === 'lead')
    case 'admin': return actor.isAdmin
    case 'team-member': return teams.some((team) => isInTeam(actor, team))
    case 'team-lead': {
      const leads = teams.filter((team) => isInTeam(actor, team, 'lead')).length
      return leads > 0 && (about.isEveryTeam !== true || leads === teams.length)
    }
    case 'team-delegate': return actor.delegatedBy.some((from) => from.memberships.some((m) => teams.includes(m.team)))
    case 'other-member': return actor.memberships.some((m) => !teams.includes(m.team))
    case 'other-lead': return actor.memberships.some((m) => m.role === 'lead' && !teams.includes(m.team))
    case 'ops': return isInTeam(actor, OPS)
    case 'self': return about.personId === actor.personId
    case 'named': return (about.named ?? []).includes(actor.personId)
    default: return false
  }
}

function tokenCovers(modelIds: readonly string[], about: About): boolean {
  return modelIds.length === 0 || (about.modelId !== undefined && modelIds.includes(about.modelId))
}

/** The readable name of a team: as given, or made from its id. */
export function teamName(team: TeamId, names: Readonly<Record<TeamId, string>> = {}): string {
  const words = team.replaceAll('-', ' ')
  return names[team] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

function whoMay(row: PolicyRow, about: About): string {
  const people = [...new Set(row.by.map((grant) => phrase(grant, about)).filter((words) => words !== ''))]
  if (people.length === 0) return `Only the product itself may ${row.to}.`
  return `Only ${listOf(people, 'or')} may ${row.to}.`
}

function phrase(grant: Grant, about: About): string {
  const teams = listOf((about.teams ?? []).map((team) => teamName(team, about.teamNames)), about.isEveryTeam === true ? 'and' : 'or')
  switch (grant) {
    case 'viewer': return 'a signed-in person'
    case 'member': return 'a member of a team'
    case 'lead': return 'a lead of a team'
    case 'admin': return 'an admin'
    case 'team-member': return teams === '' ? 'a member of the owning team' : `a member of ${teams}`
    case 'team-lead': return teams === '' ? 'a lead of the owning team' : `a lead of ${teams}`
    case 'other-member': return teams === '' ? 'a member of another team' : `a member of a team other than ${teams}`
    case 'other-lead': return teams === '' ? 'a lead of another team' : `a lead of a team other than ${teams}`
    case 'ops': return `a member of ${teamName(OPS, about.teamNames)}`
    case 'self': return 'the person concerned'
    case 'named': return 'a person named for it'
    case 'scope:evidence': return 'a token with the scope "evidence"'
    case 'scope:ask': return 'a token with the scope "ask"'
    case 'scope:observe': return 'a token with the scope "observe"'
    case 'scope:alert': return 'a token with the scope "alert"'
    case 'scope:read': return 'a token with the scope "read"'
    default: return ''
  }
}

function whatYouAre(actor: Actor, row: PolicyRow, about: About): string {
  if (actor.kind === 'system') return ''
  if (actor.kind === 'token') {
    return row.by.some((grant) => grant.startsWith('scope:')) ? `This token has ${listOf(actor.scopes, 'and')}.` : 'A token never may; a person must.'
  }
  if (isViewer(actor)) return 'You are a viewer; an admin can add you to a team.'
  const teams = actor.memberships.map((m) => `a ${m.role} of ${teamName(m.team, about.teamNames)}`)
  return `You are ${listOf(actor.isAdmin ? [...teams, 'an admin'] : teams, 'and')}.`
}

/** Joins words as a person would say them: "a, b or c". */
export function listOf(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`
}
