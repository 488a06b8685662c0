/** What the settings screen and the API show of destinations and their deliveries; the address appears nowhere. */

import type { DisabledReason } from '@/lib/domain/destination/state'
import type { EventKind } from '@/lib/domain/message/event-kind'

export interface DestinationView {
  readonly id: string
  readonly version: number
  readonly kind: 'slack'
  readonly name: string
  readonly team: string | null
  readonly eventKinds: readonly EventKind[]
  readonly hint: string
  readonly addedAt: string
  readonly disabled: { readonly reason: DisabledReason; readonly at: string; readonly answer: string } | null
  readonly counts: { readonly waiting: number; readonly delivered: number; readonly dead: number }
  /** For each thing that a button may do: null, or the sentence that says why not. */
  readonly refusals: Readonly<Record<'change' | 'archive' | 'test' | 'replay', string | null>>
}

export interface DestinationsView {
  readonly destinations: readonly DestinationView[]
  readonly teams: readonly { readonly id: string; readonly name: string }[]
  readonly addRefusal: string | null
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

/** What the product says about a destination that it had to switch off. */
export const DISABLED_TEXT: Readonly<Record<DisabledReason, string>> = {
  revoked: 'Slack no longer knows this webhook. Make a new one in Slack and change the address.',
  forbidden: 'Slack forbids this webhook to post. Ask an owner of the workspace, then switch it on again.',
  archived: 'The channel of this webhook was archived. Choose another channel in Slack and change the address.',
  paused: 'Somebody paused this destination. Messages are not sent and not kept.',
}
