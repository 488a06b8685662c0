/** The words in which destinations are added, changed, tested and given up. */

import { z } from 'zod'
import { DESTINATION_KINDS } from '@/lib/domain/destination/kind'
import { DISABLED_REASONS } from '@/lib/domain/destination/state'
import { EVENT_KINDS } from '@/lib/domain/message/event-kind'
import { label, teamId } from '@/lib/domain/words'

/** What people choose about a destination; the address is apart, because it must not pass through the record. */
export const wishes = {
  name: label(80),
  team: teamId.nullable(),
  eventKinds: z.array(z.enum(EVENT_KINDS)).min(1, 'must name at least one event').max(EVENT_KINDS.length)
    .refine((kinds) => new Set(kinds).size === kinds.length, 'must name each event once'),
}

const address = { secretId: z.uuid(), hint: label(120) }

export const destinationCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('add-destination'), kind: z.enum(DESTINATION_KINDS), ...wishes, ...address }),
  z.strictObject({ type: z.literal('edit-destination'), ...wishes }),
  z.strictObject({ type: z.literal('change-address'), ...address }),
  z.strictObject({ type: z.literal('rotate-signing') }),
  z.strictObject({ type: z.literal('disable-destination'), reason: z.enum(DISABLED_REASONS), answer: z.string().max(300) }),
  z.strictObject({ type: z.literal('enable-destination') }),
  z.strictObject({ type: z.literal('archive-destination') }),
  z.strictObject({ type: z.literal('send-test') }),
  z.strictObject({ type: z.literal('replay'), deliveryIds: z.array(z.uuid()).min(1).max(1000) }),
])

export type DestinationCommand = z.infer<typeof destinationCommand>
