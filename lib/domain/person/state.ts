/** A person: who they are to others, where they belong, and who signs for them while they are away. */

import type { Membership } from '@/lib/domain/actor'
import type { NoticePreferences } from '@/lib/domain/notice/preferences'
import type { FreeText } from '@/lib/domain/text'

/** "Signs for me until": the other person stands in for this one's memberships. */
export interface Delegation {
  readonly to: string
  readonly until: string
  readonly since: string
}

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export interface Preferences {
  /** The zone in which times are shown; null follows the browser. */
  readonly timeZone: string | null
  readonly theme: Theme
  /** The member id in Slack, for mentions; sealed, as it names a person. */
  readonly slackMemberId: FreeText | null
}

export interface PersonState {
  readonly id: string
  readonly name: FreeText
  readonly email: FreeText | null
  readonly memberships: readonly Membership[]
  readonly isAdmin: boolean
  readonly registeredAt: string
  readonly invitedBy: string | null
  /** When the person first set a password or came by the identity provider; null while the invitation is open. */
  readonly joinedAt: string | null
  readonly archivedAt: string | null
  readonly delegation: Delegation | null
  readonly preferences: Preferences
  /** What reaches the person and how; absent: as is usual. */
  readonly notices?: NoticePreferences
}

/** What rules about people need to know of each of them. */
export interface PersonSummary {
  readonly id: string
  readonly memberships: readonly Membership[]
  readonly isAdmin: boolean
  readonly isArchived: boolean
}

/** The longest that somebody may sign for somebody else in one go. */
export const MAX_DELEGATION_DAYS = 90
