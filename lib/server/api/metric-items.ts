/** The API of metric items: how one is measured, and what another specification would say before it is saved. */
import 'server-only'
import { z } from 'zod'
import { DRY_RUN_SPANS } from '@/lib/domain/verdict/dry-run'
import { ownQueriesOf } from '@/lib/domain/verdict/own-queries'
import { metricSpecSchema } from '@/lib/domain/verdict/metric-spec-schema'
import { specProblems } from '@/lib/domain/verdict/spec-problems'
import { VERDICTS } from '@/lib/domain/verdict/verdict'
import { metricDryRun, metricItemForm } from '@/lib/server/view/metric-item'
import { operation, type Operation } from './operation'
import { Refused } from './problem'
import { demandOwnQuery } from './promql'

const spec = z.looseObject({ kind: z.enum(['snapshot', 'standing']), windowSeconds: z.number() })
const form = z.looseObject({ itemId: z.string(), title: z.string(), mode: z.enum(['snapshot', 'standing']), spec: spec.nullable(), start: spec, isOwn: z.boolean(), ownQueryRefusal: z.string().nullable() })
const step = z.looseObject({ at: z.number(), verdict: z.enum(VERDICTS), standing: z.enum(VERDICTS), value: z.number().nullable() })
const dryRun = z.looseObject({
  rule: z.string(), plan: z.string(),
  now: z.looseObject({ verdict: z.enum(VERDICTS), reason: z.string(), value: z.number().nullable(), query: z.string(), at: z.string() }),
  history: z.looseObject({ from: z.number(), to: z.number(), stepSeconds: z.number(), steps: z.array(step), trouble: z.string().nullable() }),
})

export const metricItemOperations: readonly Operation[] = [
  operation({
    id: 'read-metric-item', method: 'GET', path: '/releases/{id}/items/{itemId}/metric', access: 'person', answer: form,
    summary: 'How a metric item is measured, as one specification, and who may change it.',
    handle: async ({ actor, params }) => metricItemForm(actor, params['id'] ?? '', params['itemId'] ?? ''),
  }),
  operation({
    id: 'dry-run-metric', method: 'POST', path: '/releases/{id}/metrics/dry-run', access: 'person', answer: dryRun,
    body: z.strictObject({ itemId: z.string().min(1).max(60), spec: metricSpecSchema, span: z.enum(DRY_RUN_SPANS).default('7d') }),
    summary: 'What a specification would say now and would have said over the last seven days (or a shorter `span`); nothing is saved. Own PromQL is for leads and admins.',
    async handle({ actor, params, body }) {
      const problem = specProblems(body.spec)[0]
      if (problem) throw new Refused({ code: 'invalid', message: problem.message })
      const known = await metricItemForm(actor, params['id'] ?? '', body.itemId)
      const already = ownQueriesOf(known?.spec ?? null)
      if (ownQueriesOf(body.spec).some((query) => !already.includes(query))) demandOwnQuery(actor)
      return metricDryRun(actor, params['id'] ?? '', body.itemId, body.spec, body.span)
    },
  }),
]
