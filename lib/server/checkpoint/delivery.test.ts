/** How a checkpoint reaches other people: posted as it is, and as one line of the message about a go. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { projections } from '@/db/projections'
import { keyRing, putSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import type { Message } from '@/lib/domain/message/message'
import { checkpointLine } from '@/lib/domain/evidence-pack/statement'
import { registry } from '@/lib/domain/registry'
import { destinationContext } from '@/lib/server/context/destination'
import { executeIn } from '@/lib/server/execute'
import { draftOf } from '@/lib/server/notify/draft'
import { postTo } from '@/lib/server/notify/post'
import { secretKey } from '@/lib/server/notify/secret-key'
import { startWorker, type Worker } from '@/lib/server/notify/worker'
import { checkpointFor, makeCheckpoint } from './checkpoint'

const ring = keyRing('a secret for the tests of deliveries')
const admin: Actor = { kind: 'person', personId: 'p-mara', name: 'Mara', memberships: [], isAdmin: true, delegatedBy: [] }
const heard: { path: string; body: string }[] = []

let store: Store
let server: Server
let origin: string
let worker: Worker
beforeEach(async () => {
  heard.length = 0
  store = await freshMemory()
  server = createServer((request, response) => void text(request).then((body) => { heard.push({ path: request.url ?? '', body }); response.end('ok') })).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const { host } = new URL(origin)
  worker = startWorker({
    store, ring, post: postTo([host]), publicUrl: 'https://gate.example', allowedHosts: [host], gapMs: 5, checkpointWebhook: `${origin}/archive`,
    disable: async () => undefined,
    checkpointLine: async (happenedAt) => {
      const found = await checkpointFor({ store, ring, now: new Date() }, happenedAt)
      return found && checkpointLine({ seq: found.seq, hash: found.hash, key: found.keyId })
    },
  })
})
afterEach(async () => {
  await worker.stop(50)
  server.close()
  await store.close()
})

async function until(check: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await wait(10)) if (check()) return
  throw new Error('it did not happen in time')
}

it('goes by post and in the message about a go, and both name the same hash', async () => {
  const [id, secretId] = [uuid(), uuid()]
  await putSecret(store, ring, secretKey(secretId), `${origin}/services/T0/B0/aaaaaaaaaaaaaaaa`)
  const command = { type: 'add-destination', kind: 'slack', name: 'releases', team: null, eventKinds: ['decision'], secretId, hint: 'hint' }
  expect((await executeIn({ store, contexts: { destination: destinationContext }, foldings: registry, projections }, { kind: 'destination', id, command, actor: admin, key: uuid() })).ok).toBe(true)
  const now = new Date()
  const message: Message = { eventKind: 'decision', title: 'FRAUD-1: go', sentence: 'Nothing blocks.', whatChanged: 'Mara recorded the go.', whoActsNext: 'Ops.', path: '/releases/FRAUD-1', linkLabel: 'Open', teams: [], happenedAt: now.toISOString() }
  await store.commit({ writes: [], outbox: [draftOf({ ...message, carriesCheckpoint: true }, id, 'r1', now), draftOf(message, id, 'r2', now)] })
  worker.wake()
  await until(() => heard.length === 2)
  const told = heard.filter((one) => one.body.includes('Record checkpoint: entry 1, '))
  expect(told).toHaveLength(1)
  await makeCheckpoint({ store, ring, now: new Date(), outside: { dir: null, webhook: `${origin}/archive` } }, 'asked')
  worker.wake()
  await until(() => heard.some((one) => one.path === '/archive'))
  const posted: { type: string; statement: string } = JSON.parse(heard.find((one) => one.path === '/archive')?.body ?? '{}')
  expect(posted.type).toBe('gatehouse.checkpoint')
  const { hash }: { hash: string } = JSON.parse(posted.statement)
  expect(told[0]?.body).toContain(hash)
})
