/** What people and the evaluator may ask of a live version. */
import { z } from 'zod'

const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString())
const prose = z.string().trim().min(1).max(10_000)

export const liveCommand = z.discriminatedUnion('type', [
  /** Records what is live today as last stable, with happened-at and recorded-at apart (rule 13). */
  z.strictObject({ type: z.literal('adopt'), versionId: z.uuid(), since: instant, note: prose }),
  z.strictObject({ type: z.literal('lift-hold'), versionId: z.uuid(), cause: prose }),
  z.strictObject({ type: z.literal('set-review'), reviewAt: instant.nullable() }),
  z.strictObject({
    type: z.literal('record-verdict'), itemId: z.string().min(1).max(60), title: z.string().max(300),
    verdict: z.enum(['pass', 'fail', 'inconclusive', 'no-data', 'idle', 'error']), value: z.number().nullable(), samples: z.int().min(0),
    reason: z.string().max(2000), query: z.string().max(10_000), at: instant, series: z.array(z.tuple([z.number(), z.number().nullable()])).max(400),
  }),
])

export type LiveCommand = z.infer<typeof liveCommand>
