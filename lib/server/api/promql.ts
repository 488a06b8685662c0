/** The API for whoever writes PromQL: its faults without asking Prometheus, and the names that a source knows, for those who may write queries. */
import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/domain/actor'
import { may } from '@/lib/domain/policy'
import { maskPlaceholders } from '@/lib/domain/preset/placeholder'
import { sharedCompletion, type Completion, type Known } from '@/lib/server/metrics/completion'
import { sourceBook } from '@/lib/server/metrics/source-book'
import { metricNames, syntaxFault } from '@/lib/server/prometheus/promql'
import { rawStore } from '@/lib/server/raw-store'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

const metric = z.object({ metric: z.string().min(1).max(300).optional() })
const names = z.object({ names: z.array(z.string()), isCut: z.boolean() })
const meta = z.record(z.string(), z.array(z.object({ type: z.string(), help: z.string(), unit: z.string() })))
/** Prometheus takes any text as a label name since 3.0; a slash would be another address. */
const LABEL = /^[^/\s]{1,300}$/

/** Refuses whoever may not write a query of their own: what a source holds is told to nobody else. */
export function demandOwnQuery(actor: Actor): void {
  const allowed = may(actor, 'release.own-query')
  if (allowed !== true) throw new Refused(allowed)
}

async function asked<T>(actor: Actor, ask: (completion: Completion) => Promise<Known<T> | null>): Promise<T | null> {
  demandOwnQuery(actor)
  const found = await ask(sharedCompletion(sourceBook(await rawStore())))
  if (found && !found.ok) throw new Refused({ code: 'conflict', message: found.message }, 502)
  return found ? found.value : null
}

const reading = { method: 'GET', access: 'person' } as const

export const promqlOperations: readonly Operation[] = [
  operation({
    id: 'check-promql', method: 'POST', path: '/promql/check', access: 'person', body: z.strictObject({ promql: z.string().max(5000) }),
    answer: z.object({ fault: z.object({ at: z.int(), message: z.string() }).nullable(), metrics: z.array(z.string()) }),
    summary: 'Says where PromQL breaks ($sel, $base and $w may stand in it), and which metrics it names; nothing is asked of Prometheus.',
    async handle({ body }) {
      const filled = maskPlaceholders(body.promql)
      return { fault: syntaxFault(filled), metrics: metricNames(filled) }
    },
  }),
  operation({
    ...reading, id: 'read-promql-rights', path: '/promql', answer: z.object({ refusal: z.string().nullable() }),
    summary: 'Why the caller may not write a query of their own; null when they may.',
    async handle({ actor }) {
      const allowed = may(actor, 'release.own-query')
      return { refusal: allowed === true ? null : allowed.message }
    },
  }),
  operation({
    ...reading, id: 'list-source-labels', path: '/sources/{id}/labels', query: metric, answer: names,
    summary: 'Label names that the source knows, of one metric where it is named; at most 5,000, kept for a minute. For leads and admins.',
    handle: async ({ actor, params, query }) => asked(actor, (completion) => completion.labels(params['id'] ?? '', query.metric ?? null)),
  }),
  operation({
    ...reading, id: 'list-source-label-values', path: '/sources/{id}/labels/{name}/values', query: metric, answer: names,
    summary: 'Values of one label, of one metric where it is named; the label `__name__` gives the names of the metrics. At most 5,000, kept for a minute. For leads and admins.',
    async handle({ actor, params, query }) {
      const name = params['name'] ?? ''
      if (!LABEL.test(name)) throw new Refused({ code: 'invalid', message: 'This cannot be the name of a label.' })
      return asked(actor, (completion) => completion.values(params['id'] ?? '', name, query.metric ?? null))
    },
  }),
  operation({
    ...reading, id: 'read-source-metadata', path: '/sources/{id}/metadata', answer: meta,
    summary: 'Type, unit and help of the metrics of a source, 1,000 at most, kept for a minute. For leads and admins.',
    handle: async ({ actor, params }) => asked(actor, (completion) => completion.metadata(params['id'] ?? '')),
  }),
]
