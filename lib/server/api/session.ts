/** The API of one's own session and account, and of API tokens. */
import 'server-only'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { endSession, endSessions } from '@/db/access'
import { loadAggregate } from '@/db/aggregate'
import type { Actor } from '@/lib/domain/actor'
import { tokenWish } from '@/lib/domain/token/commands'
import type { SignedIn } from '@/lib/server/actor'
import { addressOf } from '@/lib/server/api/people'
import { changePassword } from '@/lib/server/auth/people'
import { newTokenSecret } from '@/lib/server/auth/token-secret'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'
import { viewAccount } from '@/lib/server/view/account'
import { viewTokens } from '@/lib/server/view/tokens'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

export const sessionOperations: readonly Operation[] = [
  operation({
    id: 'get-account', method: 'GET', path: '/session', access: 'person', summary: 'The own account: roles, delegation, preferences, sessions.', answer: z.looseObject({}),
    handle: async ({ actor }) => viewAccount(await rawStore(), signedIn(actor)),
  }),
  operation({
    id: 'change-password', method: 'POST', path: '/session/password', access: 'person', summary: 'Changes the own password; every session ends, this one too.',
    body: z.strictObject({ current: z.string().max(1000), password: z.string().max(1000) }),
    answer: z.object({ isChanged: z.literal(true) }),
    async handle({ actor, body, request }) {
      const refusal = await changePassword(await rawStore(), signedIn(actor).personId, body.current, body.password, addressOf(request), new Date())
      if (refusal !== null) throw new Refused(refusal)
      return { isChanged: true }
    },
  }),
  operation({
    id: 'end-own-sessions', method: 'POST', path: '/session/end', access: 'person', summary: 'Ends one of the own sessions by its id, or all of them.',
    body: z.strictObject({ id: z.string().max(100).optional() }),
    answer: z.object({ isEnded: z.boolean() }),
    async handle({ actor, body }) {
      const { personId } = signedIn(actor)
      if (body.id !== undefined) return { isEnded: await endSession(await rawStore(), personId, body.id, new Date()) }
      await endSessions(await rawStore(), personId)
      return { isEnded: true }
    },
  }),
  operation({
    id: 'list-tokens', method: 'GET', path: '/tokens', access: 'person', summary: 'The API tokens, without their secrets.', answer: z.looseObject({}),
    handle: async ({ actor }) => {
      const view = await viewTokens(await rawStore(), actor)
      if (view === null) throw new Refused({ code: 'forbidden', message: 'Only a lead of a team or an admin may see the API tokens.' })
      return view
    },
  }),
  operation({
    id: 'create-token', method: 'POST', path: '/tokens', access: 'person', summary: 'Creates an API token. The secret is in this answer and nowhere else.',
    body: z.strictObject(tokenWish),
    answer: z.object({ id: z.string(), secret: z.string(), expiresAt: z.string() }),
    async handle({ actor, body, key }) {
      const id = newId()
      const { secret, hash } = newTokenSecret(id)
      const result = await execute({ kind: 'token', id, command: { type: 'create', ...body, hash }, actor, key })
      if (!result.ok) throw new Refused(result.refusal)
      const token = await loadAggregate(await rawStore(), 'token', id)
      // A repeat of an earlier call: that token exists, and its secret was in the first answer only.
      if (token === null) throw new Refused({ code: 'exists', message: 'This call was made before; the secret was shown then. Revoke that token and create another one.' })
      return { id, secret, expiresAt: token.state.expiresAt }
    },
  }),
]

function signedIn(actor: Actor): SignedIn {
  if (actor.kind !== 'person' || !('sessionId' in actor) || typeof actor.sessionId !== 'string') {
    throw new Refused({ code: 'forbidden', message: 'This needs a session of your own.' })
  }
  return { ...actor, sessionId: actor.sessionId }
}
