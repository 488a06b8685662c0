/** The words in which the installation is set up and changed. */

import { z } from 'zod'
import { TEAM_SHAPES } from '@/lib/domain/installation/state'
import { configureStatus, revokeStatusLink, setStatusLink } from '@/lib/domain/installation/status-page'
import { emailAddress, label, membership, note, slug, teamId, timeZone } from '@/lib/domain/words'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00')

export const workingHours = z.strictObject({
  zone: timeZone,
  days: z.array(z.int().min(1).max(7)).min(1, 'must name at least one day').max(7)
    .refine((days) => new Set(days).size === days.length, 'must name each day once'),
  from: clock,
  to: clock,
}).refine((hours) => hours.from < hours.to, { error: 'must end after it begins', path: ['to'] })

/** A day without work, of everybody or of some teams. */
const holiday = z.strictObject({
  date: z.iso.date('must be a day such as 2026-12-25').refine((date) => date >= '2000-01-01' && date <= '2099-12-31', 'must lie between 2000 and 2099'),
  name: label(80), teams: z.union([z.literal('all'), z.array(teamId).min(1, 'must name at least one team').max(40)]),
})

export const separation = z.enum(['strict', 'small-team'])
export const separationPolicy = z.strictObject({ low: separation, medium: separation, high: separation })

const teamFields = { name: label(40), shape: z.enum(TEAM_SHAPES), workingHours }

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')

export const installationCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('set-up'),
    name: label(60),
    admin: z.strictObject({ id: z.uuid(), name: label(80), email: emailAddress, memberships: z.array(membership).max(20) }),
  }),
  z.strictObject({ type: z.literal('rename'), name: label(60) }),
  z.strictObject({ type: z.literal('add-team'), team: slug, ...teamFields }),
  z.strictObject({ type: z.literal('change-team'), team: teamId, ...teamFields }),
  z.strictObject({ type: z.literal('archive-team'), team: teamId }),
  z.strictObject({ type: z.literal('restore-team'), team: teamId }),
  z.strictObject({ type: z.literal('propose-separation'), policy: separationPolicy, reason: note(1000) }),
  z.strictObject({ type: z.literal('confirm-separation'), policy: separationPolicy }),
  z.strictObject({ type: z.literal('withdraw-separation') }),
  configureStatus,
  setStatusLink,
  revokeStatusLink,
  z.strictObject({ type: z.literal('add-holidays'), holidays: z.array(holiday).min(1, 'must name at least one holiday').max(400, 'must name at most 400 holidays at once') }),
  z.strictObject({ type: z.literal('remove-holidays'), holidays: z.array(holiday.omit({ teams: true })).min(1).max(400) }),
  z.strictObject({ type: z.literal('map-group'), groupId: label(200), team: teamId, role: z.enum(['member', 'lead']) }),
  z.strictObject({ type: z.literal('unmap-group'), groupId: label(200), team: teamId }),
  /** `by`: the person for whom the product did it. */
  z.strictObject({ type: z.literal('note-evidence-pack'), about: label(80), seq: z.int().min(1), manifest: sha256, by: z.uuid() }),
  z.strictObject({ type: z.literal('note-checkpoint-key'), key: z.string().regex(/^[0-9a-f]{16}$/), fingerprint: sha256, by: z.uuid() }),
])

export type InstallationCommand = z.infer<typeof installationCommand>
