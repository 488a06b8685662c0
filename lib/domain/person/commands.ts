/** The words in which people are invited and changed. */

import { z } from 'zod'
import { THEMES } from '@/lib/domain/person/state'
import { emailAddress, instant, label, membership, timeZone } from '@/lib/domain/words'

const memberships = z.array(membership).max(20)
  .refine((all) => new Set(all.map((m) => m.team)).size === all.length, 'must name each team once')

const slackMemberId = z.string().trim().regex(/^[UW][A-Z0-9]{2,20}$/, 'must be a member id such as U012AB3CD')

const ways = z.strictObject({ mail: z.boolean(), channel: z.boolean() })

export const personCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('register'), name: label(80), email: emailAddress.nullable(), memberships, isAdmin: z.boolean() }),
  z.strictObject({ type: z.literal('join') }),
  z.strictObject({ type: z.literal('rename'), name: label(80) }),
  z.strictObject({ type: z.literal('set-memberships'), memberships }),
  z.strictObject({ type: z.literal('set-admin'), isAdmin: z.boolean() }),
  z.strictObject({ type: z.literal('archive') }),
  z.strictObject({ type: z.literal('restore') }),
  /** Said by the server when it makes a link that sets a password, before it makes it. */
  z.strictObject({ type: z.literal('reset-link') }),
  z.strictObject({ type: z.literal('delegate'), to: z.uuid(), until: instant }),
  z.strictObject({ type: z.literal('end-delegation') }),
  z.strictObject({
    type: z.literal('set-preferences'),
    timeZone: timeZone.nullable(),
    theme: z.enum(THEMES),
    slackMemberId: slackMemberId.nullable(),
  }),
  z.strictObject({
    type: z.literal('set-notices'),
    ways: z.strictObject({ mention: ways, reminder: ways, escalation: ways }),
    digest: z.strictObject({ at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30'), zone: timeZone }).nullable(),
    muted: z.array(z.string().regex(/^[A-Z][A-Z0-9]{0,15}-[1-9]\d{0,8}$/, 'must be codes of releases such as FRAUD-12')).max(100).refine((codes) => new Set(codes).size === codes.length, 'must name each release once'),
  }),
])

export type PersonCommand = z.infer<typeof personCommand>
