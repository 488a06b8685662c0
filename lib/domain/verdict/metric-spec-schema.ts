/** The zod form of a metric item, for commands that create or change one. */

import { z } from 'zod'
import { SIGNALS } from '@/lib/domain/preset/preset'
import { UNITS } from '@/lib/domain/preset/unit'
import { CLAIMED, COMPARATORS, DIRECTIONS, REDUCERS } from './rule'

const limit = z.number().finite()
const comparator = z.enum(COMPARATORS)

/** Label → value; names as Prometheus allows them, values bounded. */
export const selectorsSchema = z.record(
  z.string().max(128).regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'A label name has letters, digits and underscores only.').refine((name) => name !== '__name__', 'The metric name is not a label to choose.'),
  z.string().min(1).max(256),
).refine((labels) => Object.keys(labels).length <= 16, 'At most 16 labels.')

export const metricTestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('threshold'), comparator, limit }),
  z.strictObject({ kind: z.literal('stable'), by: z.enum(['ratio', 'difference']), comparator, limit, ignoreBelow: limit.exactOptional(), withoutBaseline: z.strictObject({ comparator, limit }).exactOptional() }),
  z.strictObject({ kind: z.literal('presence') }),
  z.strictObject({ kind: z.literal('freshness'), of: z.enum(['sample', 'timestamp', 'age']), maxAgeSeconds: z.number().finite().gt(0).max(366 * 86_400) }),
  z.strictObject({
    kind: z.literal('burn-rate'), objective: z.number().gt(0).lt(1), factor: z.number().finite().gt(0).max(10_000),
    longSeconds: z.int().min(60).max(30 * 86_400), shortSeconds: z.int().min(15).max(7 * 86_400), minRequests: z.int().min(1).max(1e9),
  }),
  z.strictObject({
    kind: z.literal('headroom'), leastFree: z.number().min(0).lt(1),
    capacity: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('share') }),
      z.strictObject({ kind: z.literal('value'), value: z.number().finite().gt(0) }),
      z.strictObject({ kind: z.literal('query'), promql: z.string().min(1).max(4000) }),
    ]),
  }),
  z.strictObject({ kind: z.literal('declared'), resource: z.enum(CLAIMED), tolerance: z.number().min(0).max(10) }),
])

export const ruleSchema = z.strictObject({
  test: metricTestSchema,
  reducer: z.enum(REDUCERS).exactOptional(),
  minSamples: z.int().min(0).max(1e9).exactOptional(),
  maxAgeSeconds: z.int().min(1).max(90 * 86_400).exactOptional(),
  direction: z.enum(DIRECTIONS),
  unit: z.enum(UNITS),
})

export const measurePlanSchema = z.strictObject({
  intervalSeconds: z.int().min(1).max(86_400),
  followsScrapes: z.literal(true).exactOptional(),
  count: z.int().min(1).max(100),
  failureLimit: z.int().min(0).max(100),
  inconclusiveLimit: z.int().min(0).max(100),
  consecutiveErrorLimit: z.int().min(0).max(100),
})

export const metricQuerySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signal'), signal: z.enum(SIGNALS) }),
  z.strictObject({ kind: z.literal('preset'), presetId: z.string().min(1).max(80) }),
  z.strictObject({ kind: z.literal('promql'), promql: z.string().min(1).max(4000), samples: z.string().min(1).max(4000).exactOptional() }),
])

export const metricSpecSchema = z.strictObject({
  source: z.union([z.enum(['environment', 'staging']), z.strictObject({ sourceId: z.uuid() })]),
  query: metricQuerySchema,
  selectors: selectorsSchema.exactOptional(),
  windowSeconds: z.int().min(1).max(90 * 86_400),
  rule: ruleSchema,
  kind: z.enum(['snapshot', 'standing']),
  validForDays: z.int().min(1).max(365).nullable(),
  plan: measurePlanSchema.exactOptional(),
})
