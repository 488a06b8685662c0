/** The API of destinations beside their commands: what has to do with the address, which no command may carry, and with deliveries. */
import 'server-only'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { loadAggregate } from '@/db/aggregate'
import { listDeliveries } from '@/db/outbox'
import { failingWrite } from '@/db/outbox-trouble'
import { putSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { readAddress } from '@/lib/domain/destination/address'
import { DESTINATION_KINDS, type DestinationKind } from '@/lib/domain/destination/kind'
import { wishes } from '@/lib/domain/destination/commands'
import { may } from '@/lib/domain/policy'
import { env } from '@/lib/server/env'
import { execute, type Call, type Result } from '@/lib/server/execute'
import { installationRing } from '@/lib/server/key-ring'
import { postFault } from '@/lib/server/notify/post'
import { putBackAll } from '@/lib/server/notify/put-back'
import { secretKey } from '@/lib/server/notify/secret-key'
import { makeSigningSecret } from '@/lib/server/notify/sign'
import { wouldHaveSent } from '@/lib/server/notify/would-have'
import { rawStore } from '@/lib/server/raw-store'
import { viewDeliveries, viewDestinations } from '@/lib/server/view/destinations'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

const NO_MAIL = 'This installation sends no e-mail yet: the operator sets SMTP_URL and MAIL_FROM.'
const url = z.string().max(2000)
const changed = z.object({ id: z.string(), version: z.number() })
/** The signing secret of a plain webhook, which is shown this once; null for the other kinds, whose address is their secret. */
const added = changed.extend({ signingSecret: z.string().nullable() })

export const destinationOperations: readonly Operation[] = [
  operation({
    id: 'list-destinations', method: 'GET', path: '/destinations', access: 'person', answer: z.looseObject({}),
    summary: 'Where notifications go, what each place hears of, and how its deliveries stand. Addresses are never shown.',
    handle: async ({ actor }) => viewDestinations(await rawStore(), actor),
  }),
  operation({
    id: 'add-destination', method: 'POST', path: '/destinations/add', access: 'person', answer: added,
    summary: 'Adds a place that notifications go to: Slack, Mattermost, Teams, a plain signed webhook or an e-mail address. Its address is encrypted at once and cannot be read back.',
    body: z.strictObject({ id: z.uuid().optional(), kind: z.enum(DESTINATION_KINDS).default('slack'), ...wishes, url }),
    async handle({ actor, body, key }) {
      const allowed = may(actor, 'destination.create')
      if (allowed !== true) throw new Refused(allowed)
      const { id = newId(), kind, url: pasted, ...chosen } = body
      const store = await rawStore()
      const address = await keepAddress(store, kind, pasted)
      const result = await carryOut({ kind: 'destination', id, command: { type: 'add-destination', kind, ...chosen, ...address }, actor, key })
      return { id, ...result, signingSecret: kind === 'webhook' ? await makeSigningSecret(store, installationRing(), id, new Date()) : null }
    },
  }),
  operation({
    id: 'preview-destination-rule', method: 'POST', path: '/destinations/preview', access: 'person', answer: z.looseObject({ days: z.number(), count: z.number() }),
    summary: 'What a rule would have sent over the last seven days, out of the log. Sends and changes nothing.',
    body: z.strictObject({ team: wishes.team, eventKinds: wishes.eventKinds, routing: wishes.routing }),
    handle: async ({ body: { team, eventKinds, routing } }) => wouldHaveSent(await rawStore(), { id: '', team, eventKinds, ...(routing ? { routing } : {}) }, new Date()),
  }),
  operation({
    id: 'change-destination-address', method: 'POST', path: '/destinations/{id}/address', access: 'person', answer: changed,
    summary: 'Replaces the address, and switches the destination on again.', body: z.strictObject({ url }),
    async handle({ actor, params, body, key }) {
      const id = params['id'] ?? ''
      const store = await rawStore()
      const destination = await loadAggregate(store, 'destination', id)
      if (!destination) return null
      const allowed = may(actor, 'destination.change', { teams: destination.state.team === null ? [] : [destination.state.team] })
      if (allowed !== true) throw new Refused(allowed)
      const address = await keepAddress(store, destination.state.kind, body.url)
      // What the address before it did says nothing of this one.
      await store.commit({ writes: [failingWrite(id, null)] })
      return { id, ...(await carryOut({ kind: 'destination', id, command: { type: 'change-address', ...address }, actor, key })) }
    },
  }),
  operation({
    id: 'rotate-signing-secret', method: 'POST', path: '/destinations/{id}/signing', access: 'person', answer: added,
    summary: 'Makes another signing secret for a plain webhook and shows it once; the one before signs beside it for a day.', body: z.strictObject({}),
    async handle({ actor, params, key }) {
      const id = params['id'] ?? ''
      const result = await carryOut({ kind: 'destination', id, command: { type: 'rotate-signing' }, actor, key })
      return { id, ...result, signingSecret: await makeSigningSecret(await rawStore(), installationRing(), id, new Date()) }
    },
  }),
  operation({
    id: 'list-deliveries', method: 'GET', path: '/destinations/{id}/deliveries', access: 'person', answer: z.array(z.looseObject({})),
    summary: 'The newest deliveries with every attempt; `before` is the id of the last one that you have.',
    query: z.object({ before: z.uuid().optional() }),
    handle: async ({ actor, params, query }) => viewDeliveries(await rawStore(), actor, params['id'] ?? '', query.before ? { beforeId: query.before } : {}),
  }),
  operation({
    id: 'replay-deliveries', method: 'POST', path: '/destinations/{id}/replay', access: 'person', answer: z.object({ replayed: z.number() }),
    summary: 'Sends dead messages again under their delivery ids: those named, or all of the destination.',
    body: z.strictObject({ deliveryIds: z.union([z.literal('all'), z.array(z.uuid()).min(1).max(1000)]) }),
    async handle({ actor, params, body, key }) {
      const id = params['id'] ?? ''
      const store = await rawStore()
      const dead = (await listDeliveries(store, { destinationId: id, states: ['dead', 'held'], limit: 1000 })).map((one) => one.id)
      const { deliveryIds } = body
      const chosen = deliveryIds === 'all' ? dead : dead.filter((one) => deliveryIds.includes(one))
      if (chosen.length === 0) throw new Refused({ code: 'not-found', message: 'None of these messages failed; there is nothing to send again.' })
      await carryOut({ kind: 'destination', id, command: { type: 'replay', deliveryIds: chosen }, actor, key })
      return { replayed: await putBackAll(store, chosen) }
    },
  }),
]

/** Checks an address and keeps it encrypted. Out: what a command may know of it. Refuses with the sentence that says what is wrong. */
async function keepAddress(store: Store, kind: DestinationKind, pasted: string): Promise<{ secretId: string; hint: string }> {
  const { webhookHosts, mail } = env()
  if (kind === 'email' && mail === null) throw new Refused({ code: 'blocked', message: NO_MAIL, blockers: [{ code: 'url', message: NO_MAIL }] })
  const address = readAddress(kind, pasted, webhookHosts)
  if (!address.ok) throw new Refused({ code: 'invalid', message: address.message, blockers: [{ code: 'url', message: address.message }] })
  const astray = kind === 'email' ? null : await postFault(address.url, webhookHosts)
  if (astray !== null) throw new Refused({ code: 'invalid', message: astray, blockers: [{ code: 'url', message: astray }] })
  const secretId = newId()
  await putSecret(store, installationRing(), secretKey(secretId), address.url)
  return { secretId, hint: address.hint }
}

async function carryOut(call: Call): Promise<Pick<Extract<Result, { ok: true }>, 'version'>> {
  const result = await execute(call)
  if (!result.ok) throw new Refused(result.refusal)
  return { version: result.version }
}
