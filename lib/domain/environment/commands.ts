/** The words in which environments and their freezes are registered and changed. */
import { z } from 'zod'
import { instant, label, note, slug, timeZone } from '@/lib/domain/words'
import { ENVIRONMENT_KINDS, ORCHESTRATORS } from './state'

const id = z.uuid()
const fields = { name: label(80), kind: z.enum(ENVIRONMENT_KINDS), orchestrator: z.enum(ORCHESTRATORS), sourceId: id.nullable(), zone: timeZone }

export const environmentCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('add-environment'), slug, ...fields }),
  z.strictObject({ type: z.literal('edit-environment'), ...fields }),
  z.strictObject({ type: z.literal('add-freeze'), freezeId: id, from: instant, to: instant, zone: timeZone, reason: note(1_000) }),
  z.strictObject({ type: z.literal('end-freeze'), freezeId: id }),
  z.strictObject({ type: z.literal('archive-environment') }),
  z.strictObject({ type: z.literal('restore-environment') }),
])

export type EnvironmentCommand = z.infer<typeof environmentCommand>
