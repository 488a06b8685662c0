/** What the settings screen and the API show of destinations and their deliveries; the address appears nowhere. */

import { DESTINATION_KIND_TEXT, type DestinationKind } from '@/lib/domain/destination/kind'
import type { DeliveryHours, DisabledReason } from '@/lib/domain/destination/state'
import type { EventKind } from '@/lib/domain/message/event-kind'
import type { Routing } from '@/lib/domain/notice/routing'

export interface DestinationView {
  readonly id: string
  readonly version: number
  readonly kind: DestinationKind
  readonly name: string
  readonly team: string | null
  readonly eventKinds: readonly EventKind[]
  readonly routing: Routing | null
  readonly hours: DeliveryHours | null
  /** What it hears of, in one sentence. */
  readonly rule: string
  /** When ordinary messages go there, in words; null: always. */
  readonly hoursText: string | null
  readonly hint: string
  readonly addedAt: string
  /** When the newest signing secret was made; null where the kind does not sign. */
  readonly signedSince: string | null
  readonly disabled: { readonly reason: DisabledReason; readonly at: string; readonly answer: string } | null
  readonly counts: { readonly waiting: number; readonly delivered: number; readonly dead: number }
  /** Null when it took the last message, or was never tried. */
  readonly failing: FailingView | null
  /** For each thing that a button may do: null, or the sentence that says why not. */
  readonly refusals: Readonly<Record<'change' | 'archive' | 'test' | 'replay', string | null>>
}

/** A place that failed when it was last tried. */
export interface FailingView {
  /** How often in a row. */
  readonly count: number
  readonly since: string
  /** What it said last. */
  readonly error: string
  /** So often that it gets only one message a minute, to see whether it takes any again. */
  readonly isResting: boolean
}

/** An e-mail to a person that did not arrive, or not yet. */
export interface TroubledMail {
  readonly id: string
  readonly title: string
  readonly path: string
  readonly createdAt: string
  /** Whether it was given up, or is still tried. */
  readonly isDead: boolean
  readonly nextAt: string | null
  readonly error: string
}

/** How e-mails to people stand, for admins. */
export interface PeopleMailView {
  readonly failing: FailingView | null
  /** Of the last 30 days. */
  readonly counts: { readonly waiting: number; readonly delivered: number; readonly dead: number }
  /** How many were given up over the last `MAIL_NEWS_DAYS`. */
  readonly lately: number
  readonly troubled: readonly (TroubledMail & { readonly personId: string; readonly name: string; readonly attempts: readonly AttemptView[] })[]
}

/** For so long an e-mail that was given up is news on a banner; the list keeps it longer. */
export const MAIL_NEWS_DAYS = 7

/** What an answer that made a signing secret says of it, this once; null where the kind does not sign. */
export interface SigningSecret {
  readonly signingSecret: string | null
}

export interface DestinationsView {
  readonly destinations: readonly DestinationView[]
  readonly teams: readonly { readonly id: string; readonly name: string; readonly hoursText: string }[]
  readonly models: readonly { readonly id: string; readonly name: string }[]
  readonly environments: readonly { readonly id: string; readonly name: string }[]
  /** Null when e-mail can be sent, else why not. */
  readonly mailRefusal: string | null
  readonly addRefusal: string | null
  /** Null for those who may not see how e-mails to others stand. */
  readonly people: PeopleMailView | null
}

/** What a rule would have sent over the last days, newest first. */
export interface WouldHaveView {
  readonly days: number
  readonly count: number
  /** The newest of them. */
  readonly messages: readonly { readonly at: string; readonly eventKind: EventKind; readonly title: string; readonly changed: string; readonly path: string; readonly isUrgent: boolean }[]
}

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

export interface AttemptView {
  readonly at: string
  /** "200", "429", "time-out", "refused connection" … */
  readonly status: string
  readonly durationMs: number
  /** The beginning of what the other side answered, without the address. */
  readonly excerpt: string | null
}

export interface DeliveryView {
  readonly id: string
  readonly destinationId: string
  readonly eventKind: EventKind | 'test'
  readonly title: string
  readonly state: DeliveryState
  readonly attempts: readonly AttemptView[]
  readonly createdAt: string
  readonly deliveredAt: string | null
  readonly nextAt: string | null
  readonly lastError: string | null
  /** What was or will be sent, as the preview shows it. */
  readonly payload: unknown
}

/** What the product says about a destination that it had to switch off. In: why, and the kind of the other side. */
export function disabledText(reason: DisabledReason, kind: DestinationKind): string {
  const { service } = DESTINATION_KIND_TEXT[kind]
  switch (reason) {
    case 'revoked': return `${service} no longer knows this webhook. Make a new one there and change the address.`
    case 'forbidden': return `${service} forbids this webhook to post. Ask whoever looks after it, then switch it on again.`
    case 'archived': return kind === 'webhook' ? 'The endpoint says that it is gone for good. Change the address.' : `The channel of this webhook was archived. Choose another one in ${service} and change the address.`
    case 'paused': return 'Somebody paused this destination. Messages are not sent and not kept.'
  }
}

/** Something about deliveries that an admin has to look at, in one sentence, and where. */
export interface Trouble {
  readonly id: string
  readonly message: string
}

const since = (at: string): string => `since ${at.slice(0, 16).replace('T', ' ')} UTC`

/** What does not arrive and needs somebody: places that were switched off by their answer, places that fail again and again, e-mails to people that were given up. */
export function troublesOf({ destinations, people }: Pick<DestinationsView, 'destinations' | 'people'>): readonly Trouble[] {
  const places = destinations.flatMap(({ id, name, kind, disabled, failing, counts }): readonly Trouble[] => {
    if (disabled !== null) return disabled.reason === 'paused' ? [] : [{ id, message: `${name} was switched off: ${disabledText(disabled.reason, kind)} It answered “${disabled.answer}”.` }]
    return failing?.isResting ? [{ id, message: `${name} has taken no message ${since(failing.since)}, ${failing.count} attempts in a row: “${failing.error}”. ${counts.waiting === 0 ? 'Nothing waits for it any more; a test message shows whether it answers.' : 'It is tried with one message a minute, and what waits goes out in order as soon as it answers.'} Look at the other side, or change the address.` }] : []
  })
  if (people === null) return places
  const { failing, lately, counts } = people
  return [
    ...places,
    ...(failing?.isResting ? [{ id: 'mail', message: `The mail server has taken no e-mail to people ${since(failing.since)}, ${failing.count} attempts in a row: “${failing.error}”. ${counts.waiting === 0 ? 'Nothing waits any more; the next one tries it again.' : `One a minute is tried; ${counts.waiting === 1 ? '1 waits and goes' : `${counts.waiting} wait and go`} out when it answers.`} Ask whoever looks after the server that SMTP_URL names.` }] : []),
    ...(lately > 0 ? [{ id: 'people', message: `${lately === 1 ? '1 e-mail to a person was' : `${lately} e-mails to people were`} given up over the last ${MAIL_NEWS_DAYS} days. Under “E-mail to people” you see to whom and why, and can send ${lately === 1 ? 'it' : 'them'} again.` }] : []),
  ]
}
