/** The words in which actions are snoozed, woken, reassigned, changed and dropped; the same in every aggregate that keeps actions. */
import { z } from 'zod'
import { instant } from '@/lib/domain/words'

const actionId = z.string().min(1).max(200)
const reason = z.string().trim().min(1, 'say why').max(2_000)

export const actionMoves = [
  z.strictObject({ type: z.literal('snooze-action'), actionId, until: instant, reason }),
  z.strictObject({ type: z.literal('wake-action'), actionId }),
  z.strictObject({ type: z.literal('reassign-action'), actionId, ownerId: z.uuid().nullable(), team: z.string().min(1).max(60).nullable(), reason: z.string().trim().max(2_000) }),
  z.strictObject({ type: z.literal('drop-action'), actionId, reason }),
  z.strictObject({ type: z.literal('change-action'), actionId, title: z.string().trim().min(1).max(300).nullable(), dueAt: instant.nullable(), reason }),
] as const
