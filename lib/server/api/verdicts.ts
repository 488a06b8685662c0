/** The API of verdict pages: why a metric item says what it says, for releases and for what is live; everything that was kept, nothing that is asked anew. */
import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/domain/actor'
import type { Store } from '@/db/store'
import { CHART_SPANS } from '@/lib/domain/verdict/page-view'
import { VERDICTS } from '@/lib/domain/verdict/verdict'
import { rawStore } from '@/lib/server/raw-store'
import { subjectOf, verdictPage } from '@/lib/server/view/verdict'
import { evaluationDetail, evaluationLines, placeOf, verdictChart } from '@/lib/server/view/verdict-evaluations'
import type { Subject } from '@/lib/server/view/verdict-subject'
import { operation, type Operation } from './operation'

const MOST_LINES = 200
const verdict = z.enum(VERDICTS)
const line = z.looseObject({ id: z.string(), at: z.string(), verdict, value: z.number().nullable(), samples: z.number(), reason: z.string(), standing: z.string() })
const point = z.tuple([z.number(), z.number().nullable()])
const pageQuery = z.object({
  verdict: z.string().max(80).default('').transform((text) => VERDICTS.filter((one) => text.split(',').includes(one))),
  before: z.string().max(120).default(''),
  most: z.coerce.number().int().min(1).max(MOST_LINES).default(100),
})

type Read<Answer> = (store: Store, subject: Subject) => Promise<Answer>

function operationsOf(collection: 'releases' | 'live'): readonly Operation[] {
  const kind = collection === 'releases' ? 'release' : 'live'
  const one = kind === 'release' ? 'a release' : 'a standing watch'
  const base = `/${collection}/{id}/verdicts/{itemId}`
  const reading = { method: 'GET', access: 'person-or-token', scope: 'read' } as const
  const about = async <Answer>(actor: Actor, params: Readonly<Record<string, string>>, read: Read<Answer>): Promise<Answer | null> => {
    const store = await rawStore()
    const subject = await subjectOf(store, actor, { kind, id: params['id'] ?? '', itemId: params['itemId'] ?? '' }, new Date())
    return subject && read(store, subject)
  }
  return [
    operation({
      ...reading, id: `read-${kind}-verdict`, path: base, answer: z.looseObject({ path: z.string(), asOf: z.string(), verdict: z.looseObject({ verdict }).nullable(), newest: line.nullable() }),
      summary: `Why a metric item of ${one} says what it says: what stands, its rule in words, how it is measured, its turns, and where it was frozen.`,
      handle: async ({ actor, params }) => verdictPage(actor, { kind, id: params['id'] ?? '', itemId: params['itemId'] ?? '' }),
    }),
    operation({
      ...reading, id: `list-${kind}-verdict-evaluations`, path: `${base}/evaluations`, query: pageQuery, answer: z.object({ lines: z.array(line), next: z.string().nullable() }),
      summary: 'Its kept evaluations, newest first; `verdict` takes several with commas, `before` is the `next` of the page before. Kept for 30 days.',
      handle: async ({ actor, params, query }) => about(actor, params, (store, subject) => evaluationLines(store, subject, { verdicts: query.verdict, before: placeOf(query.before), most: query.most })),
    }),
    operation({
      ...reading, id: `read-${kind}-verdict-evaluation`, path: `${base}/evaluations/{evaluationId}`, answer: z.looseObject({ id: z.string(), query: z.string(), ladder: z.array(z.looseObject({ id: z.string(), state: z.string() })) }),
      summary: 'One evaluation: the questions as sent, the answers as received, every doubt that was asked, and how it moved the verdict.',
      handle: async ({ actor, params }) => about(actor, params, (store, subject) => evaluationDetail(store, actor, subject, params['evaluationId'] ?? '')),
    }),
    operation({
      ...reading, id: `read-${kind}-verdict-chart`, path: `${base}/chart`, query: z.object({ span: z.enum(CHART_SPANS).default('6h') }),
      answer: z.looseObject({ span: z.enum(CHART_SPANS), from: z.number(), to: z.number(), points: z.array(point), bands: z.array(z.looseObject({ from: z.number(), to: z.number(), verdict })) }),
      summary: 'The measured values over a span, the worst of each step, with the verdicts under them; from what was kept, not from Prometheus.',
      handle: async ({ actor, params, query }) => about(actor, params, (store, subject) => verdictChart(store, subject, query.span, new Date())),
    }),
  ]
}

export const verdictOperations: readonly Operation[] = [...operationsOf('releases'), ...operationsOf('live')]
