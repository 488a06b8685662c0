/** Who acts: a person with roles as they are now, a pipeline's token, or the product itself. */

export type TeamId = string
export type TeamRole = 'member' | 'lead'

export interface Membership {
  readonly team: TeamId
  readonly role: TeamRole
}

export interface PersonActor {
  readonly kind: 'person'
  readonly personId: string
  readonly name: string
  readonly memberships: readonly Membership[]
  readonly isAdmin: boolean
  /** People who have made this actor their delegate, valid at the time of the command ("signs for me until"). */
  readonly delegatedBy: readonly { readonly personId: string; readonly memberships: readonly Membership[] }[]
}

export interface TokenActor {
  readonly kind: 'token'
  readonly tokenId: string
  readonly name: string
  readonly scopes: readonly TokenScope[]
  /** Models that the token may speak for; empty means all. */
  readonly modelIds: readonly string[]
}

/** `evidence`: post evidence and values; `ask`: may-proceed; `observe`: acknowledge what the pipeline deployed; `read`: read views; `alert`: hand in alerts. */
export type TokenScope = 'evidence' | 'ask' | 'observe' | 'read' | 'alert'

export interface SystemActor {
  readonly kind: 'system'
  readonly name: 'evaluator' | 'clock' | 'setup' | 'record'
}

export type Actor = PersonActor | TokenActor | SystemActor

/** The id under which the actor stands in the record. */
export function actorId(actor: Actor): string {
  if (actor.kind === 'person') return actor.personId
  return actor.kind === 'token' ? actor.tokenId : actor.name
}

/** Whether the actor belongs to the team, optionally in the given role (a lead is a member too). */
export function isInTeam(actor: Actor, team: TeamId, role: TeamRole = 'member'): boolean {
  if (actor.kind !== 'person') return false
  return actor.memberships.some((m) => m.team === team && (role === 'member' || m.role === 'lead'))
}

/** Whether the person may only look: in no team and no admin. */
export function isViewer(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.isAdmin && actor.memberships.length === 0
}
