/** The way of a message to the places other than Slack, over real sockets: what each takes as delivered, and what a receiver can verify. */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listDeliveries } from '@/db/outbox'
import { projections } from '@/db/projections'
import { keyRing, putSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import type { DestinationKind } from '@/lib/domain/destination/kind'
import { registry } from '@/lib/domain/registry'
import { destinationContext } from '@/lib/server/context/destination'
import { executeIn } from '@/lib/server/execute'
import type { Mail } from './mail'
import { postTo } from './post'
import { secretKey } from './secret-key'
import { makeSigningSecret } from './sign'
import { startWorker, type Worker } from './worker'

const ring = keyRing('a secret of at least thirty-two characters')
const admin: Actor = { kind: 'person', personId: 'p-mara', name: 'Mara', memberships: [], isAdmin: true, delegatedBy: [] }

interface Heard { readonly headers: Readonly<Record<string, string>>; readonly body: string }
let store: Store
let server: Server
let origin = ''
let heard: Heard[] = []
let answer: { status: number; body: string } = { status: 200, body: 'ok' }
let worker: Worker | null = null

beforeEach(async () => {
  store = await freshMemory()
  heard = []
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      heard.push({ headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])), body: Buffer.concat(parts).toString() })
      response.writeHead(answer.status).end(answer.body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterEach(async () => {
  await worker?.stop(50)
  server.close()
  await store.close()
})

async function command(id: string, words: object): Promise<void> {
  const result = await executeIn({ store, contexts: { destination: destinationContext }, foldings: registry, projections }, { kind: 'destination', id, command: words, actor: admin, key: uuid() })
  expect(result.ok).toBe(true)
  worker?.wake()
}

async function destination(kind: DestinationKind): Promise<{ readonly id: string; readonly secret: string }> {
  const [id, secretId] = [uuid(), uuid()]
  await putSecret(store, ring, secretKey(secretId), `${origin}/hooks/abcdefgh12345678`)
  await command(id, { type: 'add-destination', kind, name: kind, team: null, eventKinds: ['stable'], secretId, hint: 'hint' })
  const secret = await makeSigningSecret(store, ring, id, new Date())
  worker = startWorker({
    store, ring, post: postTo([new URL(origin).host], 1000), publicUrl: 'https://gate.example', allowedHosts: [new URL(origin).host], gapMs: 10, scheduleMs: [20, 20], random: () => 0,
    disable: (destinationId, reason) => command(destinationId, { type: 'disable-destination', reason: reason === 'paused' ? reason : 'paused', answer: reason }),
  })
  return { id, secret }
}

async function settled(id: string): Promise<string> {
  for (const end = Date.now() + 20_000; Date.now() < end; await wait(10)) {
    const [one] = await listDeliveries(store, { destinationId: id, limit: 1 })
    if (one && one.state !== 'pending' && one.state !== 'leased') return one.state
  }
  throw new Error('the delivery did not settle in time')
}

const TABLE: readonly (readonly [DestinationKind, number, string, string])[] = [
  ['mattermost', 200, 'ok', 'delivered'], ['mattermost', 200, '<html>', 'dead'], ['mattermost', 400, 'bad', 'dead'],
  ['teams', 202, '', 'delivered'], ['teams', 200, '1', 'delivered'], ['teams', 400, 'bad card', 'dead'],
  ['webhook', 204, '', 'delivered'], ['webhook', 200, 'anything', 'delivered'], ['webhook', 500, '', 'dead'], ['webhook', 422, '', 'dead'],
]
test.each(TABLE)('%s that answers %i "%s": %s', async (kind, status, body, state) => {
  answer = { status, body }
  const { id } = await destination(kind)
  await command(id, { type: 'send-test' })
  expect(await settled(id)).toBe(state)
})

test('an endpoint verifies what it gets, and the repeat after a lost answer carries the same id and says so', async () => {
  answer = { status: 500, body: '' }
  const { id, secret } = await destination('webhook')
  await command(id, { type: 'send-test' })
  expect(await settled(id)).toBe('dead')
  expect(heard).toHaveLength(3)
  expect(new Set(heard.map((one) => one.headers['webhook-id'])).size).toBe(1)
  for (const { headers, body } of heard) {
    const event: unknown = new Webhook(secret).verify(body, headers)
    expect(event).toMatchObject({ specversion: '1.0', id: headers['webhook-id'], type: 'dev.gatehouse.test' })
  }
  expect(heard[0]?.headers['content-type']).toContain('application/cloudevents+json')
})

test('an endpoint that says gone is switched off', async () => {
  answer = { status: 410, body: '' }
  const { id } = await destination('webhook')
  await command(id, { type: 'send-test' })
  expect(await settled(id)).toBe('dead')
  await wait(50)
  expect(heard).toHaveLength(1)
})

test('an e-mail goes to the one address by the way of all others, and a repeat says so under the same id', async () => {
  const mails: Mail[] = []
  const [id, secretId] = [uuid(), uuid()]
  await putSecret(store, ring, secretKey(secretId), 'ops-releases@example.com')
  await command(id, { type: 'add-destination', kind: 'email', name: 'mail', team: null, eventKinds: ['stable'], secretId, hint: 'o…@example.com' })
  worker = startWorker({
    store, ring, post: postTo([]), publicUrl: 'https://gate.example', allowedHosts: [], gapMs: 1, scheduleMs: [10, 10], random: () => 0, disable: async () => {},
    mail: (mail) => { mails.push(mail); return Promise.resolve(mails.length === 1 ? { kind: 'lost', reason: 'Timeout' } : { kind: 'answered', status: 250, body: '250 ok', retryAfter: null }) },
  })
  await command(id, { type: 'send-test' })
  for (const end = Date.now() + 20_000; Date.now() < end && mails.length < 2; await wait(10));
  expect(mails.map((mail) => mail.to)).toEqual(['ops-releases@example.com', 'ops-releases@example.com'])
  expect(mails.map((mail) => mail.subject)).toEqual(['Test message from Gatehouse', 'Test message from Gatehouse (may be a repeat)'])
  expect(mails[0]?.id).toBe(mails[1]?.id)
  expect(mails[1]?.text).toContain('https://gate.example/settings/notifications')
})
