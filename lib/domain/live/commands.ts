/** What people, pipelines and the evaluator may ask of a live version. */
import { z } from 'zod'
import { dismissFields, recordAlertFields, setAlertingFields } from '@/lib/domain/alert/alert-schema'
import { STACKS } from '@/lib/domain/preset/preset'
import { metricSpecSchema, selectorsSchema } from '@/lib/domain/verdict/metric-spec-schema'
import { actionMoves } from '@/lib/domain/work/action-words'
import { instant } from '@/lib/domain/words'

const prose = z.string().trim().min(1).max(10_000)

const watchItem = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9.-]{1,40}$/), title: z.string().trim().min(1).max(300), spec: metricSpecSchema.refine((spec) => spec.kind === 'standing', 'A watch has standing items.'), proposes: z.boolean(),
})

/** What a pipeline posts when labels came in. */
export const feedbackFields = {
  from: instant, to: instant, predictions: z.int().min(1).max(1e15), labelled: z.int().min(0).max(1e15),
  disagreement: z.number().min(0).max(1).nullable().default(null), delayDays: z.number().min(0).max(3650).nullable().default(null),
} as const

export const liveCommand = z.discriminatedUnion('type', [
  /** Records what is live today as last stable, with happened-at and recorded-at apart (rule 13). */
  z.strictObject({ type: z.literal('adopt'), versionId: z.uuid(), since: instant, note: prose }),
  z.strictObject({ type: z.literal('lift-hold'), versionId: z.uuid(), cause: prose }),
  z.strictObject({ type: z.literal('set-review'), reviewAt: instant.nullable() }),
  z.strictObject({ type: z.literal('review'), note: prose, nextAt: instant.nullable() }),
  /** Gives a version that no release stands behind its standing watch, or another one. */
  z.strictObject({
    type: z.literal('set-watch'), labels: selectorsSchema.refine((all) => Object.keys(all).length > 0, 'Name the labels of its series, or every model on the source would be judged.'),
    stack: z.enum(STACKS).nullable(), items: z.array(watchItem).min(1).max(20).refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'Each item once.'), reviewAt: instant.nullable(),
  }),
  z.strictObject({
    type: z.literal('record-verdict'), itemId: z.string().min(1).max(60), title: z.string().max(300),
    verdict: z.enum(['pass', 'fail', 'inconclusive', 'no-data', 'idle', 'error']), value: z.number().nullable(), samples: z.int().min(0),
    reason: z.string().max(2000), query: z.string().max(10_000), at: instant, series: z.array(z.tuple([z.number(), z.number().nullable()])).max(400),
  }),
  z.strictObject({ type: z.literal('record-alert'), ...recordAlertFields }),
  z.strictObject({ type: z.literal('set-alerting'), ...setAlertingFields }),
  z.strictObject({ type: z.literal('dismiss-proposal'), ...dismissFields }),
  z.strictObject({ type: z.literal('post-feedback'), ...feedbackFields }),
  z.strictObject({ type: z.literal('complete-action'), actionId: z.string().min(1).max(200), note: z.string().trim().max(10_000) }),
  ...actionMoves,
])

export type LiveCommand = z.infer<typeof liveCommand>
export type LiveCommandOf<T extends LiveCommand['type']> = Extract<LiveCommand, { type: T }>
