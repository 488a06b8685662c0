/** The API of metrics: panels of a release, evaluations of an item, the presets, and a syntax check of PromQL. Nobody queries Prometheus through it. */
import 'server-only'
import { z } from 'zod'
import { PRESETS } from '@/lib/domain/preset/catalogue'
import { RANGES } from '@/lib/domain/preset/panel-view'
import { latencyWords } from '@/lib/domain/preset/preset'
import { VERDICTS } from '@/lib/domain/verdict/verdict'
import { itemEvaluations, releaseMetrics } from '@/lib/server/view/metrics'
import { operation, type Operation } from './operation'
import { promqlOperations } from './promql'

const point = z.tuple([z.number(), z.number().nullable()])
const panel = z.looseObject({
  id: z.string(), title: z.string(), unit: z.string(), query: z.string(), state: z.enum(['ok', 'inconclusive', 'no-data', 'idle', 'error']), reason: z.string(),
  value: z.number().nullable(), stableValue: z.number().nullable(), measuredAt: z.string().nullable(), isBreached: z.boolean(), candidate: z.array(point), stable: z.array(point),
})
const metricsAnswer = z.looseObject({ releaseId: z.string(), range: z.enum(RANGES), asOf: z.string(), stepSeconds: z.number(), trouble: z.string().nullable(), panels: z.array(panel) })
const evaluation = z.object({ at: z.string(), verdict: z.enum(VERDICTS), value: z.number().nullable(), samples: z.number(), reason: z.string(), query: z.string(), standing: z.string() })
const since = z.object({ since: z.iso.datetime({ offset: true }).optional() })
const DAY_MS = 86_400_000

const reading = { method: 'GET', access: 'person-or-token', scope: 'read' } as const

function sinceOf(query: { since?: string | undefined }): Date {
  return query.since === undefined ? new Date(Date.now() - DAY_MS) : new Date(query.since)
}

export const metricOperations: readonly Operation[] = [
  operation({
    ...reading, id: 'read-release-metrics', path: '/releases/{id}/metrics', answer: metricsAnswer,
    summary: 'The metric panels of a release, candidate beside stable; read from Prometheus once per poll for everybody.',
    query: z.object({ range: z.enum(RANGES).default('6h') }),
    handle: async ({ actor, params, query }) => releaseMetrics(actor, params['id'] ?? '', query.range),
  }),
  operation({
    ...reading, id: 'list-release-evaluations', path: '/releases/{id}/items/{itemId}/evaluations', answer: z.array(evaluation), query: since,
    summary: 'The evaluations of a metric item, newest first; the last day when `since` is absent, kept for 30 days.',
    handle: async ({ actor, params, query }) => itemEvaluations(actor, 'release', params['id'] ?? '', params['itemId'] ?? '', sinceOf(query)),
  }),
  operation({
    ...reading, id: 'list-live-evaluations', path: '/live/{id}/items/{itemId}/evaluations', answer: z.array(evaluation), query: since,
    summary: 'The evaluations of one item of a standing watch, newest first.',
    handle: async ({ actor, params, query }) => itemEvaluations(actor, 'live', params['id'] ?? '', params['itemId'] ?? '', sinceOf(query)),
  }),
  operation({
    ...reading, id: 'list-presets', path: '/presets', answer: z.array(z.looseObject({ id: z.string(), stack: z.string(), title: z.string() })),
    summary: 'The presets: one metric of one serving stack each, with its unit, how a latency comes about, and the labels by which its series are found.',
    handle: async () => PRESETS.map((one) => ({ id: one.id, stack: one.stack, signal: one.signal, title: one.title, theme: one.theme, unit: one.unit, direction: one.direction, words: latencyWords(one), labels: one.labels, note: one.note ?? null, query: one.query })),
  }),
  ...promqlOperations,
]
