/** What screens and the API show of people, teams and the separation policy. `allowed` holds, per action, null or the sentence that says why not. */

import type { TeamId, TeamRole } from '@/lib/domain/actor'
import type { GroupMapping, SeparationPolicy, TeamShape, WorkingHours } from '@/lib/domain/installation/state'
import type { TroubledMail } from '@/lib/domain/destination/view'
import type { NoticePreferences } from '@/lib/domain/notice/preferences'
import type { Theme } from '@/lib/domain/person/state'

/** Null: may be done. A sentence: why not, and what to do. */
export type Allowed = string | null

export interface NamedPerson {
  readonly id: string
  readonly name: string
}

export type PersonStanding = 'active' | 'invited' | 'archived'

export interface PersonView {
  readonly id: string
  readonly version: number
  readonly name: string
  /** Null for people of an identity provider, and for readers who are neither the person nor an admin. */
  readonly email: string | null
  readonly standing: PersonStanding
  readonly memberships: readonly { readonly team: TeamId; readonly role: TeamRole }[]
  readonly isAdmin: boolean
  readonly signsIn: 'password' | 'provider' | 'not yet'
  readonly registeredAt: string
  /** How many API tokens of theirs are in use; archiving ends them. Null for readers who may not see tokens. */
  readonly tokens: number | null
  readonly delegation: { readonly to: NamedPerson; readonly until: string } | null
  readonly allowed: {
    readonly rename: Allowed
    /** Whether the reader may change places in teams at all; per team in `teams`. */
    readonly setMemberships: Allowed
    /** Per team: why this reader cannot change this person's place in it. */
    readonly teams: Readonly<Record<TeamId, Allowed>>
    readonly setAdmin: Allowed
    readonly archive: Allowed
    readonly restore: Allowed
    readonly link: Allowed
    readonly endSessions: Allowed
    readonly endDelegation: Allowed
    readonly erase: Allowed
  }
}

export interface PeopleView {
  readonly people: readonly PersonView[]
  readonly teams: readonly { readonly id: TeamId; readonly name: string; readonly shape: TeamShape }[]
  readonly allowed: { readonly invite: Allowed }
}

export interface TeamMember extends NamedPerson {
  readonly role: TeamRole
  readonly isInvited: boolean
}

export interface TeamView {
  readonly id: TeamId
  readonly name: string
  readonly shape: TeamShape
  readonly workingHours: WorkingHours
  readonly isArchived: boolean
  readonly members: readonly TeamMember[]
  /** What the team cannot do as it stands, or null. */
  readonly warning: string | null
  readonly groups: readonly GroupMapping[]
  readonly allowed: { readonly change: Allowed; readonly archive: Allowed; readonly restore: Allowed; readonly mapGroup: Allowed }
}

export interface TeamsView {
  readonly version: number
  readonly teams: readonly TeamView[]
  /** Whether an identity provider is configured; groups mean nothing without one. */
  readonly hasProvider: boolean
  readonly allowed: { readonly add: Allowed }
}

export interface PolicyView {
  readonly version: number
  readonly separation: SeparationPolicy
  readonly proposal: { readonly policy: SeparationPolicy; readonly reason: string; readonly by: NamedPerson; readonly at: string } | null
  /** What today's people cannot meet under the policy, with the way out. */
  readonly warnings: readonly string[]
  readonly allowed: { readonly propose: Allowed; readonly confirm: Allowed; readonly withdraw: Allowed }
}

export interface SessionView {
  readonly id: string
  readonly agent: string
  readonly createdAt: string
  readonly seenAt: string
  readonly isThis: boolean
}

export interface AccountView {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly email: string | null
  readonly hasPassword: boolean
  readonly isAdmin: boolean
  readonly memberships: readonly { readonly team: TeamId; readonly name: string; readonly role: TeamRole }[]
  readonly delegation: { readonly to: NamedPerson; readonly until: string } | null
  readonly standsFor: readonly NamedPerson[]
  readonly preferences: { readonly timeZone: string | null; readonly theme: Theme; readonly slackMemberId: string | null }
  readonly notices: NoticePreferences
  /** Null when the installation sends e-mail and the person has an address, else why none comes. */
  readonly mailRefusal: string | null
  /** E-mails to this person that did not arrive lately. */
  readonly troubledMail: readonly TroubledMail[]
  readonly sessions: readonly SessionView[]
  /** Whom one can name as delegate. */
  readonly others: readonly NamedPerson[]
  readonly allowed: { readonly delegate: Allowed }
}
