/** Reads of check-ins, and who is in one; their commands go through the collection. */
import 'server-only'
import { z } from 'zod'
import { loadAggregate } from '@/db/aggregate'
import { MOST_AT_ONCE, MOST_UPDATE } from '@/lib/domain/check-in/note'
import { syncNotes } from '@/lib/server/check-in/notes'
import { arrive, leave } from '@/lib/server/check-in/presence'
import { rawStore } from '@/lib/server/raw-store'
import { checkInView, presenceView } from '@/lib/server/view/check-in'
import { checkInList } from '@/lib/server/view/check-ins'
import { operation, type Operation } from './operation'
import { problem } from './problem'

const line = z.looseObject({ id: z.string(), title: z.string(), status: z.string(), startsAt: z.string(), lines: z.number().nullable() })
const topic = z.looseObject({ id: z.string(), kind: z.string(), title: z.string(), code: z.string().nullable(), href: z.string().nullable(), status: z.string() })
const presence = z.object({ people: z.array(z.object({ id: z.string(), name: z.string(), team: z.string().nullable(), isHere: z.boolean(), writesOn: z.string().nullable() })) })
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64')
const synced = z.object({ notes: z.array(z.object({ topicId: z.string(), version: z.number(), update: z.string().nullable(), vector: z.string() })) })
const reading = { method: 'GET', access: 'person-or-token', scope: 'read' } as const

export const checkInOperations: readonly Operation[] = [
  operation({
    ...reading, id: 'list-check-ins', path: '/check-ins', summary: 'Lists check-ins: those that come with the length of their agenda, those that are over with what they came to.',
    answer: z.looseObject({ coming: z.array(line), past: z.array(line) }), handle: ({ actor }) => checkInList(actor),
  }),
  operation({
    ...reading, id: 'read-check-in', path: '/check-ins/{id}', summary: 'Reads one check-in with its agenda, topics, notes, what was taken, and the minutes.',
    answer: z.looseObject({ id: z.string(), version: z.number(), status: z.string(), topics: z.array(topic) }), handle: ({ actor, params }) => checkInView(actor, params['id'] ?? ''),
  }),
  operation({
    id: 'read-check-in-presence', method: 'GET', path: '/check-ins/{id}/presence', access: 'person', summary: 'Who has the check-in open now.',
    answer: presence, handle: ({ params }) => presenceView(params['id'] ?? ''),
  }),
  operation({
    id: 'tell-check-in-presence', method: 'POST', path: '/check-ins/{id}/presence', access: 'person', summary: 'Says that you have the check-in open, on which topic you write, or that you leave; `page` tells several open pages of yours apart. Nothing of it is recorded.',
    body: z.strictObject({ isHere: z.boolean(), writesOn: z.string().max(60).nullable(), page: z.string().max(60).default('') }), answer: presence,
    async handle({ actor, params, body }) {
      const id = params['id'] ?? ''
      if (actor.kind !== 'person' || !(await loadAggregate(await rawStore(), 'check-in', id))) return null
      if (body.isHere) arrive(id, actor.personId, body.page, body.writesOn, Date.now())
      else leave(id, actor.personId, body.page, Date.now())
      return presenceView(id)
    },
  }),
  operation({
    id: 'sync-check-in-notes', method: 'POST', path: '/check-ins/{id}/notes', access: 'person', answer: synced, isUrgent: true,
    summary: 'Exchanges the notes that people write together: takes Yjs updates of the text `note` of each topic and answers with what the caller lacks. Outside the record until the minutes are closed; a repeat changes nothing. Closed minutes answer 409 with the check-in as it is.',
    body: z.strictObject({
      notes: z.array(z.strictObject({ topicId: z.string().min(1).max(60), vector: base64.max(100_000), update: base64.max(MOST_UPDATE, 'must have at most 300 kB').nullable() })).min(1).max(MOST_AT_ONCE),
    }),
    async handle({ actor, params, body }) {
      const id = params['id'] ?? ''
      const result = await syncNotes(await rawStore(), actor, id, body.notes)
      if (result.ok) return { notes: result.notes }
      return problem(result.refusal, undefined, result.refusal.code === 'closed' ? await checkInView(actor, id) : undefined)
    },
  }),
]
