/** The words in which destinations are added, changed, tested and given up. */

import { z } from 'zod'
import { DESTINATION_KINDS } from '@/lib/domain/destination/kind'
import { DISABLED_REASONS } from '@/lib/domain/destination/state'
import { SEVERITIES } from '@/lib/domain/notice/routing'
import { EVENT_KINDS } from '@/lib/domain/message/event-kind'
import { label, teamId, timeZone } from '@/lib/domain/words'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00')
/** Hours that end before they begin go over midnight. */
const deliveryHours = z.strictObject({
  zone: timeZone,
  days: z.array(z.int().min(1).max(7)).min(1, 'must name at least one day').max(7).refine((days) => new Set(days).size === days.length, 'must name each day once'),
  from: clock,
  to: clock,
}).refine((one) => one.from !== one.to, { error: 'must end at another time than it begins', path: ['to'] })
const choice = <T extends z.ZodType<string>>(of: T) => z.strictObject({ anyOf: z.array(of).max(100), noneOf: z.array(of).max(100) })
const id = z.string().min(1).max(64)
const routing = z.strictObject({ models: choice(id), environments: choice(id), risks: choice(z.enum(['low', 'medium', 'high'])), severities: choice(z.enum(SEVERITIES)), teams: choice(teamId).optional() })
const hours = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('team'), team: teamId }), z.strictObject({ kind: z.literal('own'), hours: deliveryHours })])

/** What people choose about a destination; the address is apart, because it must not pass through the record. */
export const wishes = {
  name: label(80),
  team: teamId.nullable(),
  eventKinds: z.array(z.enum(EVENT_KINDS)).min(1, 'must name at least one event').max(EVENT_KINDS.length)
    .refine((kinds) => new Set(kinds).size === kinds.length, 'must name each event once'),
  /** Which of these events; what is not said stays as it is. */
  routing: routing.optional(),
  /** When ordinary messages go there; null: always. */
  hours: hours.nullable().optional(),
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
