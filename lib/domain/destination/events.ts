/** What can have happened to a destination. The address itself is never in here. */

import type { TeamId } from '@/lib/domain/actor'
import type { DestinationKind } from '@/lib/domain/destination/kind'
import type { DeliveryHours, DisabledReason } from '@/lib/domain/destination/state'
import type { EventKind } from '@/lib/domain/message/event-kind'
import type { Routing } from '@/lib/domain/notice/routing'
import type { FreeText } from '@/lib/domain/text'

type Event<T extends string, Body> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & Readonly<Body>

interface Wishes { name: FreeText; team: TeamId | null; eventKinds: readonly EventKind[]; routing?: Routing; hours?: DeliveryHours | null }

export type DestinationEvent =
  | Event<'destination-added', Wishes & { id: string; kind: DestinationKind; secretId: string; hint: string }>
  | Event<'destination-edited', Wishes>
  | Event<'destination-addressed', { secretId: string; hint: string }>
  | Event<'signing-rotated', Record<never, never>>
  | Event<'destination-disabled', { reason: DisabledReason; answer: string }>
  | Event<'destination-enabled', Record<never, never>>
  | Event<'destination-archived', Record<never, never>>
  | Event<'test-asked', Record<never, never>>
  | Event<'replay-asked', { deliveryIds: readonly string[] }>
