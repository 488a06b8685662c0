/** The words in which incidents of the status page are opened, told on, corrected and withdrawn. */

import { z } from 'zod'
import { AUDIENCES, IMPACTS, INCIDENT_STATUSES } from '@/lib/domain/incident/state'
import { instant, label, note } from '@/lib/domain/words'

const places = z.array(z.strictObject({ modelId: z.uuid(), environmentId: z.uuid() })).max(20)
  .refine((list) => new Set(list.map((one) => `${one.modelId} ${one.environmentId}`)).size === list.length, 'must name each place once')

const head = { audience: z.enum(AUDIENCES), title: label(120), impact: z.enum(IMPACTS), places }

/** The most characters of one update. */
export const UPDATE_LIMIT = 2000

export const incidentCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('open-incident'), ...head, status: z.enum(INCIDENT_STATUSES), text: note(UPDATE_LIMIT),
    about: z.string().max(200).regex(/^(roll-back|hold|at-risk|watch) [\w:.\- ]+$/, 'must be the key of an incident that the product found').nullable(),
    startedAt: instant.nullable(),
  }),
  z.strictObject({ type: z.literal('update-incident'), status: z.enum(INCIDENT_STATUSES), text: note(UPDATE_LIMIT), impact: z.enum(IMPACTS).optional() }),
  z.strictObject({ type: z.literal('edit-incident'), ...head }),
  z.strictObject({ type: z.literal('correct-update'), number: z.number().int().min(1).max(1000), text: note(UPDATE_LIMIT) }),
  z.strictObject({ type: z.literal('write-post-mortem'), text: note(20_000) }),
  z.strictObject({ type: z.literal('withdraw-incident'), reason: note(1000) }),
])

export type IncidentCommand = z.infer<typeof incidentCommand>
