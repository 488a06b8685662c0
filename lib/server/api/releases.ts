/** Reads of releases for screens and pipelines: the board, one release, its timeline, decisions, my work, and whether a pipeline may proceed. */
import 'server-only'
import { z } from 'zod'
import { boardFiltersOf } from '@/lib/domain/board'
import { boardView } from '@/lib/server/view/board'
import { decisionList } from '@/lib/server/view/decisions'
import { mayProceed, releaseTimeline, releaseView } from '@/lib/server/view/release'
import { workView } from '@/lib/server/view/work'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

const text = z.string().max(200).optional()
const number = z.coerce.number().int().min(0).optional()

export const releaseOperations: readonly Operation[] = [
  operation({
    id: 'board', method: 'GET', path: '/board', access: 'person-or-token', scope: 'read', summary: 'All releases in flight, grouped, with their sentences and who holds the ball.',
    query: z.object({ mine: text, team: text, model: text, environment: text, state: text, overdue: text }),
    answer: z.looseObject({ total: z.number(), shown: z.number(), groups: z.array(z.looseObject({ key: z.string(), rows: z.array(z.looseObject({ id: z.string(), code: z.string() })) })) }),
    handle: ({ actor, query }) => boardView(actor, boardFiltersOf(new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))))),
  }),
  operation({
    id: 'release', method: 'GET', path: '/releases/{id}', access: 'person-or-token', scope: 'read', summary: 'One release by code or id, with gates, items, decisions and what you may do.',
    answer: z.looseObject({ id: z.string(), code: z.string(), version: z.number(), phase: z.string(), gates: z.array(z.looseObject({ id: z.string(), status: z.string() })) }),
    handle: ({ actor, params }) => releaseView(actor, params.id ?? ''),
  }),
  operation({
    id: 'release-timeline', method: 'GET', path: '/releases/{id}/timeline', access: 'person-or-token', scope: 'read', summary: 'What happened to a release, newest first, with the hash of each log entry.',
    query: z.object({ before: number }),
    answer: z.array(z.object({ seq: z.number(), at: z.string(), by: z.string(), type: z.string(), words: z.string(), gateId: z.string().nullable(), hash: z.string() })),
    handle: ({ params, query }) => releaseTimeline(params.id ?? '', query.before),
  }),
  operation({
    id: 'may-proceed', method: 'GET', path: '/releases/{id}/may-proceed', access: 'person-or-token', scope: 'ask',
    summary: 'Yes or no for a pipeline: whether a step may be deployed, what stands in the way, and which digest may be deployed.',
    query: z.object({ step: number }),
    answer: z.object({
      release: z.string(), mayProceed: z.boolean(), step: z.object({ index: z.number(), share: z.number() }).nullable(), phase: z.string(), digest: z.string().nullable(),
      blockers: z.array(z.looseObject({ code: z.string(), message: z.string() })),
    }),
    handle: ({ actor, params, query }) => mayProceed(actor, params.id ?? '', query.step ?? null),
  }),
  operation({
    id: 'decisions', method: 'GET', path: '/decisions', access: 'person-or-token', scope: 'read', summary: 'Decisions, newest first; searched in title, reason, code and people, filtered by kind, model, person, what is due for confirmation, and what is superseded. `before` gives a page, `next` and `previous` are its neighbours’ `before` (`previous` 0: the newest).',
    query: z.object({ q: text, kind: text, model: text, person: text, confirmation: z.enum(['', 'due', 'planned']).optional(), standing: z.enum(['', 'in-force', 'superseded']).optional(), before: number, limit: z.coerce.number().int().min(1).max(100).optional() }),
    answer: z.object({ lines: z.array(z.looseObject({ number: z.number(), kind: z.string(), title: z.string(), confirmAt: z.string().nullable(), isDue: z.boolean() })), next: z.number().nullable(), previous: z.number().nullable(), place: z.object({ from: z.number(), to: z.number(), total: z.number() }), dueCount: z.number() }),
    handle: ({ query }) => decisionList(query),
  }),
  operation({
    id: 'my-work', method: 'GET', path: '/my-work', access: 'person', summary: 'What waits for you and for your teams, grouped by what there is to do; and what changed since yesterday.',
    answer: z.looseObject({ total: z.number(), groups: z.array(z.looseObject({ key: z.string(), name: z.string(), lines: z.array(z.looseObject({ id: z.string(), todo: z.string(), title: z.string() })) })), changes: z.array(z.looseObject({ at: z.string(), code: z.string(), words: z.string() })) }),
    async handle({ actor }) {
      if (actor.kind !== 'person') throw new Refused({ code: 'forbidden', message: 'This is for people.' })
      return workView(actor)
    },
  }),
]
