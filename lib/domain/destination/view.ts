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
  /** For each thing that a button may do: null, or the sentence that says why not. */
  readonly refusals: Readonly<Record<'change' | 'archive' | 'test' | 'replay', string | null>>
}

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
