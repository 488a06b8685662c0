/** The API of people, teams and the separation policy, beside the commands: lists, invitations, links, and what ends access. */
import 'server-only'
import { z } from 'zod'
import { v7 as newId } from 'uuid'
import { endSessions } from '@/db/access'
import { membership } from '@/lib/domain/words'
import { may } from '@/lib/domain/policy'
import { acceptLink, makeLink } from '@/lib/server/auth/links'
import { erasePerson, invite } from '@/lib/server/auth/people'
import { setUp } from '@/lib/server/auth/set-up'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'
import { viewPolicy, viewTeams } from '@/lib/server/view/installation'
import { viewPeople, viewPerson } from '@/lib/server/view/people'
import { operation, publicOperation, type Operation } from './operation'
import { Refused } from './problem'

const link = z.object({ url: z.string(), purpose: z.enum(['invite', 'reset']), expiresAt: z.string() })
const id = z.uuid()

export const peopleOperations: readonly Operation[] = [
  publicOperation({
    id: 'set-up', method: 'POST', path: '/set-up', summary: 'Sets up an empty installation with its first admin, by the code from the console.',
    body: z.strictObject({
      code: z.string().max(100), installation: z.string().max(200), name: z.string().max(200), email: z.string().max(300), password: z.string().max(1000),
      memberships: z.array(membership).max(20).default([]),
    }),
    answer: z.object({ personId: z.string() }),
    async handle({ body, request }) {
      const result = await setUp(await rawStore(), body, addressOf(request), new Date())
      if ('code' in result) throw new Refused(result)
      return result
    },
  }),
  publicOperation({
    id: 'accept-link', method: 'POST', path: '/links/accept', summary: 'Sets a password by the code of an invitation or a reset; the code works once.',
    body: z.strictObject({ code: z.string().max(100), password: z.string().max(1000) }),
    answer: z.object({ isAccepted: z.literal(true) }),
    async handle({ body }) {
      const refusal = await acceptLink(await rawStore(), body.code, body.password, new Date())
      if (refusal !== null) throw new Refused(refusal)
      return { isAccepted: true }
    },
  }),
  operation({
    id: 'list-people', method: 'GET', path: '/people', access: 'person', summary: 'Everybody, with teams and standing.', answer: z.looseObject({}),
    handle: async ({ actor }) => viewPeople(await rawStore(), actor),
  }),
  operation({
    id: 'get-person', method: 'GET', path: '/people/{id}', access: 'person', summary: 'One person.', answer: z.looseObject({}),
    handle: async ({ actor, params }) => viewPerson(await rawStore(), actor, params['id'] ?? ''),
  }),
  operation({
    id: 'invite-person', method: 'POST', path: '/people', access: 'person', summary: 'Registers a person and answers with the link by which they choose a password.',
    body: z.strictObject({ id: id.optional(), name: z.string().max(200), email: z.string().max(300), memberships: z.array(membership).max(20).default([]), isAdmin: z.boolean().default(false) }),
    answer: link.extend({ personId: z.string() }),
    async handle({ actor, body, key }) {
      const result = await invite(await rawStore(), { ...body, id: body.id ?? newId() }, actor, key, new Date())
      if ('code' in result) throw new Refused(result)
      return result
    },
  }),
  operation({
    id: 'make-link', method: 'POST', path: '/people/{id}/link', access: 'person', summary: 'Makes a one-time link: the invitation again, or a reset of the password. Earlier links stop working.',
    answer: link,
    async handle({ actor, params }) {
      const personId = params['id'] ?? ''
      // Under a key of our own: each link is an entry of the log, also where the caller repeats a key.
      const noted = await execute({ kind: 'person', id: personId, command: { type: 'reset-link' }, actor, key: newId() })
      if (!noted.ok) throw new Refused(noted.refusal)
      const result = await makeLink(await rawStore(), personId, new Date())
      if ('code' in result) throw new Refused(result)
      return result
    },
  }),
  operation({
    id: 'end-sessions', method: 'POST', path: '/people/{id}/end-sessions', access: 'person', summary: 'Signs a person out everywhere.',
    answer: z.object({ isEnded: z.literal(true) }),
    async handle({ actor, params }) {
      const personId = params['id'] ?? ''
      const allowed = may(actor, 'person.end-sessions', { personId })
      if (allowed !== true) throw new Refused(allowed)
      await endSessions(await rawStore(), personId)
      return { isEnded: true }
    },
  }),
  operation({
    id: 'erase-person', method: 'POST', path: '/people/{id}/erase', access: 'person', summary: 'Empties the words about an archived person; the record keeps its hashes and still verifies.',
    answer: z.object({ erased: z.number() }),
    async handle({ actor, params }) {
      const result = await erasePerson(await rawStore(), params['id'] ?? '', actor, new Date())
      if ('code' in result) throw new Refused(result)
      return result
    },
  }),
  operation({
    id: 'list-teams', method: 'GET', path: '/teams', access: 'person', summary: 'The teams with their members and what they cannot do as they stand.', answer: z.looseObject({}),
    handle: async ({ actor }) => viewTeams(await rawStore(), actor),
  }),
  operation({
    id: 'get-policy', method: 'GET', path: '/policy', access: 'person', summary: 'The separation policy, with a change that waits for its second person.', answer: z.looseObject({}),
    handle: async ({ actor }) => viewPolicy(await rawStore(), actor),
  }),
]

/** The client's address as the server in front settled it. */
export function addressOf(request: Request): string {
  return request.headers.get('x-client-address') ?? ''
}
