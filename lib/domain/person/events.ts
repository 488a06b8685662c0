/** What can have happened to a person. */

import type { NoticePreferences } from '@/lib/domain/notice/preferences'
import type { Membership } from '@/lib/domain/actor'
import type { Theme } from '@/lib/domain/person/state'
import { freeText, type FreeText } from '@/lib/domain/text'

type Event<T extends string, Body> = { readonly type: T; readonly v: 1 } & Readonly<Body>

export type PersonEvent =
  | Event<'person-registered', {
      id: string
      name: FreeText
      email: FreeText | null
      memberships: readonly Membership[]
      isAdmin: boolean
      invitedBy: string | null
      joinedAt: string | null
      at: string
    }>
  | Event<'person-joined', { at: string }>
  | Event<'person-renamed', { name: FreeText }>
  | Event<'memberships-set', { memberships: readonly Membership[] }>
  | Event<'admin-set', { isAdmin: boolean }>
  | Event<'person-archived', { at: string }>
  | Event<'person-restored', { at: string }>
  /** Whoever holds the link can be this person (rule 19), so that it was made is in the log, with who made it. */
  | Event<'password-link-made', { at: string }>
  | Event<'delegated', { to: string; until: string; at: string }>
  | Event<'delegation-ended', { at: string }>
  | Event<'preferences-set', { timeZone: string | null; theme: Theme; slackMemberId: FreeText | null }>
  | Event<'notices-set', { notices: NoticePreferences }>

interface Registration {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly memberships: readonly Membership[]
  readonly isAdmin: boolean
  readonly invitedBy: string | null
  readonly joinedAt: string | null
  readonly at: string
}

/** The first event of a person, with the name and the address wrapped so that they can be erased. */
export function registered(person: Registration): PersonEvent {
  return { type: 'person-registered', v: 1, ...person, name: freeText(person.name), email: person.email === null ? null : freeText(person.email) }
}
