/** The API of metrics: panels of a release, evaluations of an item, the presets, and a syntax check of PromQL. Nobody queries Prometheus through it. */
import 'server-only'
import { z } from 'zod'
import { PRESETS } from '@/lib/domain/preset/catalogue'
import { DEFAULT_RANGE, RANGES, windowOf, type MetricsWindow } from '@/lib/domain/preset/metrics-window'
import { panelCsv, panelsCsv } from '@/lib/domain/preset/panel-csv'
import { latencyWords } from '@/lib/domain/preset/preset'
import { VERDICTS } from '@/lib/domain/verdict/verdict'
import { panelSchema } from '@/lib/domain/release/commands'
import { itemEvaluations, previewPanel, releaseMetrics } from '@/lib/server/view/metrics'
import { operation, type Operation } from './operation'
import { Refused } from './problem'
import { demandOwnQuery, promqlOperations } from './promql'

const point = z.tuple([z.number(), z.number().nullable()])
const panel = z.looseObject({
  id: z.string(), title: z.string(), unit: z.string(), query: z.string(), state: z.enum(['ok', 'inconclusive', 'no-data', 'idle', 'error']), reason: z.string(),
  value: z.number().nullable(), stableValue: z.number().nullable(), measuredAt: z.string().nullable(), isBreached: z.boolean(), candidate: z.array(point), stable: z.array(point),
})
const metricsAnswer = z.looseObject({ releaseId: z.string(), range: z.enum([...RANGES, 'custom']), asOf: z.string(), stepSeconds: z.number(), trouble: z.string().nullable(), panels: z.array(panel) })
const evaluation = z.object({ at: z.string(), verdict: z.enum(VERDICTS), value: z.number().nullable(), samples: z.number(), reason: z.string(), query: z.string(), standing: z.string() })
const since = z.object({ since: z.iso.datetime({ offset: true }).optional() })
const shown = z.object({ range: z.enum(RANGES).optional(), from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional(), detail: z.enum(['small', 'full']).default('small') })
const DAY_MS = 86_400_000

const reading = { method: 'GET', access: 'person-or-token', scope: 'read' } as const

function sinceOf(query: { since?: string | undefined }): Date {
  return query.since === undefined ? new Date(Date.now() - DAY_MS) : new Date(query.since)
}

function windowIn(query: z.output<typeof shown>): MetricsWindow {
  if (query.range === undefined && query.from === undefined && query.to === undefined) return DEFAULT_RANGE
  const found = windowOf(query)
  if (found === null) throw new Refused({ code: 'invalid', message: 'Give both `from` and `to`, 30 seconds to 31 days apart, or a range.' })
  return found
}

function fileName(words: readonly string[]): string {
  return `${words.map((word) => word.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')).filter(Boolean).join('-').slice(0, 80)}.csv`
}

export const metricOperations: readonly Operation[] = [
  operation({
    ...reading, id: 'read-release-metrics', path: '/releases/{id}/metrics', answer: metricsAnswer,
    summary: 'The metric panels of a release, candidate beside stable; read from Prometheus once per poll for everybody.',
    query: shown,
    handle: async ({ actor, params, query }) => releaseMetrics(actor, params['id'] ?? '', windowIn(query), query.detail),
  }),
  operation({
    ...reading, id: 'export-release-metrics', path: '/releases/{id}/metrics.csv', answer: 'file', query: shown.extend({ panel: z.string().max(60).optional() }),
    summary: 'The same numbers as a table (CSV): time, candidate, stable, in base units; of one panel, or of all with title and unit before them.',
    async handle({ actor, params, query }) {
      const view = await releaseMetrics(actor, params['id'] ?? '', windowIn(query), query.detail)
      const panels = view?.panels.filter((one) => query.panel === undefined || one.id === query.panel) ?? []
      const [only] = panels
      if (!view || (query.panel !== undefined && !only)) return null
      const name = fileName([view.candidateLabel, query.panel === undefined ? 'metrics' : (only?.title ?? ''), view.asOf.slice(0, 16)])
      return new Response(query.panel !== undefined && only ? panelCsv(only) : panelsCsv(panels), {
        headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
      })
    },
  }),
  operation({
    id: 'preview-panel', method: 'POST', path: '/releases/{id}/metrics/preview', access: 'person', answer: metricsAnswer,
    body: z.strictObject({ panel: panelSchema, range: z.enum(RANGES).default('1h') }),
    summary: 'What a panel would show with the labels of the release; nothing is kept. Own PromQL is for leads and admins.',
    async handle({ actor, params, body }) {
      if (body.panel.query !== null) demandOwnQuery(actor)
      return previewPanel(actor, params['id'] ?? '', body.panel, body.range)
    },
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
