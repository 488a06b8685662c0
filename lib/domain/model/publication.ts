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

/**
 * What the internal page can show beside these: `code` of a release, with its link; `sentence`, what blocks it, word for word;
 * `reasons` of holds and roll-backs as they were written; `values`, the titles of what is past its limit.
 */
export const INTERNAL_FIELDS = [...PUBLIC_FIELDS, 'code', 'sentence', 'reasons', 'values'] as const
export type InternalField = (typeof INTERNAL_FIELDS)[number]

export interface Publication {
  /** Stands in for the model's own name everywhere in public. */
  readonly name: string
  readonly fields: readonly PublicField[]
  /** Only these environments are shown, under these names; null shows the row without naming the environment. */
  readonly environments: readonly { readonly environmentId: string; readonly name: string | null }[]
}

/** The same for whoever has the secret link of the internal page. */
export interface InternalPublication extends Omit<Publication, 'fields'> {
  readonly fields: readonly InternalField[]
}

const environments = z.array(z.strictObject({ environmentId: z.uuid(), name: label(60).nullable() })).max(50)
  .refine((list) => new Set(list.map((one) => one.environmentId)).size === list.length, 'must name each environment once')

function once<T extends string>(fields: readonly [T, ...T[]]) {
  return z.array(z.enum(fields)).max(fields.length).refine((list) => new Set(list).size === list.length, 'must name each field once')
}

/** The command `publish-model`; null takes the model off the page. */
export const publishModel = z.strictObject({
  type: z.literal('publish-model'),
  publication: z.strictObject({ name: label(80), fields: once(PUBLIC_FIELDS), environments }).nullable(),
})

/** The command `publish-model-internally`; null takes the model off the internal page. */
export const publishModelInternally = z.strictObject({
  type: z.literal('publish-model-internally'),
  publication: z.strictObject({ name: label(80), fields: once(INTERNAL_FIELDS), environments }).nullable(),
})
