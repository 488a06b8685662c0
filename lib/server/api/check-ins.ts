/** Reads of check-ins, and who is in one; their commands go through the collection. */
import 'server-only'
import { z } from 'zod'
import { loadAggregate } from '@/db/aggregate'
import { arrive, leave } from '@/lib/server/check-in/presence'
import { rawStore } from '@/lib/server/raw-store'
import { checkInView, presenceView } from '@/lib/server/view/check-in'
import { checkInList } from '@/lib/server/view/check-ins'
import { operation, type Operation } from './operation'

const line = z.looseObject({ id: z.string(), title: z.string(), status: z.string(), startsAt: z.string(), lines: z.number().nullable() })
const topic = z.looseObject({ id: z.string(), kind: z.string(), title: z.string(), code: z.string().nullable(), href: z.string().nullable(), status: z.string() })
const presence = z.object({ people: z.array(z.object({ id: z.string(), name: z.string(), team: z.string().nullable(), isHere: z.boolean(), writesOn: z.string().nullable() })) })
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
    id: 'tell-check-in-presence', method: 'POST', path: '/check-ins/{id}/presence', access: 'person', summary: 'Says that you have the check-in open, on which topic you write, or that you leave. Nothing of it is recorded.',
    body: z.strictObject({ isHere: z.boolean(), writesOn: z.string().max(60).nullable() }), answer: presence,
    async handle({ actor, params, body }) {
      const id = params['id'] ?? ''
      if (actor.kind !== 'person' || !(await loadAggregate(await rawStore(), 'check-in', id))) return null
      if (body.isHere) arrive(id, actor.personId, body.writesOn, Date.now())
      else leave(id, actor.personId, Date.now())
      return presenceView(id)
    },
  }),
]
