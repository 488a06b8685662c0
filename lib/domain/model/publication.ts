/** What the public may know of a model: nothing until an admin says so, and then field by field. */

import { z } from 'zod'
import { label } from '@/lib/domain/words'

/**
 * The fields that can be shown beside the public name. `version`: labels of versions; `state`: how the live version does;
 * `releases`: that something is on its way; `phase`, `team`, `target`, `rail`: how far, who has the ball, when, and the picture of it;
 * `holds` and `roll-backs`: what went wrong, without a reason; `record`: the bars of the last ninety days.
 */
export const PUBLIC_FIELDS = ['version', 'state', 'releases', 'phase', 'team', 'target', 'rail', 'holds', 'roll-backs', 'record'] as const
export type PublicField = (typeof PUBLIC_FIELDS)[number]

export interface Publication {
  /** Stands in for the model's own name everywhere in public. */
  readonly name: string
  readonly fields: readonly PublicField[]
  /** Only these environments are shown, under these names; null shows the row without naming the environment. */
  readonly environments: readonly { readonly environmentId: string; readonly name: string | null }[]
}

/** The command `publish-model`; null takes the model off the page. */
export const publishModel = z.strictObject({
  type: z.literal('publish-model'),
  publication: z.strictObject({
    name: label(80),
    fields: z.array(z.enum(PUBLIC_FIELDS)).max(PUBLIC_FIELDS.length).refine((fields) => new Set(fields).size === fields.length, 'must name each field once'),
    environments: z.array(z.strictObject({ environmentId: z.uuid(), name: label(60).nullable() })).max(50)
      .refine((list) => new Set(list.map((one) => one.environmentId)).size === list.length, 'must name each environment once'),
  }).nullable(),
})
