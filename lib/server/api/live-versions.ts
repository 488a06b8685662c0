/** The API of live versions: the list, one with everything, and what labels that came in say of it. */
import 'server-only'
import { z } from 'zod'
import { feedbackFields } from '@/lib/domain/live/commands'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'
import { measuredFeedback } from '@/lib/server/view/feedback'
import { liveList } from '@/lib/server/view/live'
import { viewLive } from '@/lib/server/view/live-detail'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

const record = z.looseObject({ days: z.array(z.looseObject({ day: z.string(), state: z.enum(['good', 'some-bad', 'bad', 'no-data', 'none']), coverage: z.number(), badMinutes: z.number() })), goodShare: z.number().nullable(), coverage: z.number().nullable() })
const row = z.looseObject({ id: z.string(), modelName: z.string(), environmentName: z.string(), label: z.string().nullable(), standing: z.string(), why: z.string(), reviewAt: z.string().nullable(), record })
const reading = { method: 'GET', access: 'person-or-token', scope: 'read' } as const

export const liveVersionOperations: readonly Operation[] = [
  operation({
    ...reading, id: 'list-live-versions', path: '/live-versions', summary: 'Everything that is live: version, how it stands, review date, and its record of ninety days; what needs eyes first.',
    answer: z.looseObject({ rows: z.array(row), asOf: z.string() }), handle: async ({ actor }) => liveList(await rawStore(), actor),
  }),
  operation({
    ...reading, id: 'read-live-version', path: '/live/{id}', summary: 'One live version (`<model id>:<environment id>`) with its watch, turns, alerts, proposals, reviews and feedback.',
    answer: row, handle: async ({ actor, params }) => viewLive(await rawStore(), actor, params['id'] ?? ''),
  }),
  operation({
    ...reading, id: 'read-live-feedback', path: '/live/{id}/feedback', summary: 'What the metrics of a live version say of its labels now.',
    answer: z.object({ labelledShare: z.number().nullable(), delayDays: z.number().nullable(), disagreement: z.number().nullable(), trouble: z.string().nullable() }),
    handle: async ({ actor, params }) => measuredFeedback(await rawStore(), actor, params['id'] ?? ''),
  }),
  operation({
    id: 'post-live-feedback', method: 'POST', path: '/live/{id}/feedback', access: 'person-or-token', scope: 'evidence',
    summary: 'Posts what labels say that came in for a window of predictions: how many are labelled, how late, how often they disagree. The same window with the same numbers is kept once.',
    body: z.strictObject(feedbackFields), answer: z.object({ version: z.number() }),
    async handle({ actor, params, body, key }) {
      const result = await execute({ kind: 'live', id: params['id'] ?? '', command: { type: 'post-feedback', ...body }, actor, key })
      if (!result.ok) throw new Refused(result.refusal)
      return { version: result.version }
    },
  }),
]
