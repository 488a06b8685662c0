/** The whole way of a message, from a committed command to a Slack that answers as Slack does, with every fault that it has. */
import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startFakeSlack } from '@/bin/fake-slack.mjs'
import { attemptsOf, claimDeliveries, holdWrite, listDeliveries, replayWrite } from '@/db/outbox'
import { projections } from '@/db/projections'
import { keyRing, putSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { sampleMessage } from '@/lib/domain/message/sample'
import { registry } from '@/lib/domain/registry'
import { destinationContext } from '@/lib/server/context/destination'
import { executeIn, type Result } from '@/lib/server/execute'
import { draftOf } from './draft'
import { postTo } from './post'
import { secretKey } from './secret-key'
import { startWorker, type Worker } from './worker'
import type { WorkerOptions } from './worker-options'

const ring = keyRing('a secret of at least thirty-two characters')
const admin: Actor = { kind: 'person', personId: 'p-mara', name: 'Mara', memberships: [], isAdmin: true, delegatedBy: [] }
const system: Actor = { kind: 'system', name: 'clock' }

let store: Store
let slack: Awaited<ReturnType<typeof startFakeSlack>>
let workers: Worker[] = []
beforeEach(async () => { store = await freshMemory(); slack = await startFakeSlack({ perSecond: 1000 }) })
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop(50)))
  workers = []
  await slack.close()
  await store.close()
})

async function command(id: string, words: object, actor: Actor = admin): Promise<Result> {
  const result = await executeIn({ store, contexts: { destination: destinationContext }, foldings: registry, projections }, { kind: 'destination', id, command: words, actor, key: uuid() })
  for (const worker of workers) worker.wake() // as the bus does after each commit
  return result
}

async function destination(name: string, url = slack.url(name)): Promise<string> {
  const [id, secretId] = [uuid(), uuid()]
  await putSecret(store, ring, secretKey(secretId), url)
  const added = await command(id, { type: 'add-destination', kind: 'slack', name, team: null, eventKinds: ['stable'], secretId, hint: 'hint' })
  expect(added.ok).toBe(true)
  return id
}

function work(options: Partial<WorkerOptions> = {}): Worker {
  const worker = startWorker({
    store, ring, post: postTo([new URL(slack.origin).host], 1_500), publicUrl: 'https://gate.example', allowedHosts: [new URL(slack.origin).host], gapMs: 20,
    scheduleMs: [30, 30, 30], random: () => 0,
    disable: async (id, reason, answer) => {
      await command(id, { type: 'disable-destination', reason, answer }, system)
      await store.commit({ writes: [holdWrite(id, true)] })
    },
    ...options,
  })
  workers.push(worker)
  return worker
}

async function until(check: () => Promise<boolean> | boolean, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await wait(10)) if (await check()) return
  throw new Error('it did not happen in time')
}
const states = async (id: string) => (await listDeliveries(store, { destinationId: id, limit: 50 })).map((one) => one.state)
const statuses = async (id: string) => {
  const [delivery] = await listDeliveries(store, { destinationId: id, limit: 1 })
  return delivery ? (await attemptsOf(store, delivery.id)).map((one) => one.status) : []
}
const heard = (name: string) => slack.messages.filter((one) => one.name === name)

test('a test message goes from the command to Slack, once', async () => {
  const id = await destination('good')
  work()
  expect((await command(id, { type: 'send-test' })).ok).toBe(true)
  await until(() => heard('good').length === 1)
  await until(async () => (await states(id)).join() === 'delivered')
  await wait(100)
  expect(heard('good')).toHaveLength(1)
  expect(JSON.stringify(heard('good')[0]?.payload)).toContain('https://gate.example/settings/notifications')
  expect(await statuses(id)).toEqual(['200'])
})

test.each([
  ['rate-limited', '429'], ['rollup-error', '500'],
])('after %s it is sent again, not as a repeat', async (mode, status) => {
  const id = await destination('good')
  slack.next('good', mode)
  work()
  await command(id, { type: 'send-test' })
  await until(async () => (await states(id)).join() === 'delivered')
  expect(await statuses(id)).toEqual([status, '200'])
  expect(JSON.stringify(heard('good')[0]?.payload)).not.toContain('may be a repeat')
})

test('Retry-After is waited for', async () => {
  const id = await destination('good')
  slack.next('good', 'rate-limited')
  work()
  await command(id, { type: 'send-test' })
  await until(async () => (await states(id)).join() === 'delivered')
  const [first, second] = slack.requests
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990)
})

test.each(['hang', 'drop', 'half'])('after %s the repeat says that it may be one, under the same delivery id', async (mode) => {
  const id = await destination('good')
  slack.next('good', mode)
  work()
  await command(id, { type: 'send-test' })
  await until(async () => (await states(id)).join() === 'delivered')
  const last = JSON.stringify(heard('good').at(-1)?.payload)
  const [delivery] = await listDeliveries(store, { destinationId: id, limit: 1 })
  expect(last).toContain('may be a repeat')
  expect(last).toContain(delivery?.id)
  expect(await statuses(id)).toEqual(['lost', '200'])
})

test('what a dead process had on its way goes out again and says so', async () => {
  const id = await destination('good')
  await command(id, { type: 'send-test' })
  const now = new Date()
  await claimDeliveries(store, { owner: 'dead', now, until: new Date(now.getTime() + 3_600_000), lanes: [id] })
  work()
  await until(async () => (await states(id)).join() === 'delivered')
  expect(JSON.stringify(heard('good')[0]?.payload)).toContain('may be a repeat')
})

test.each([
  ['no-service', 'revoked'], ['action-prohibited', 'forbidden'], ['channel-is-archived', 'archived'], ['channel-not-found', 'revoked'],
])('%s switches the destination off and holds what waits', async (mode, reason) => {
  const id = await destination('gone')
  slack.always('gone', mode)
  for (let i = 0; i < 3; i += 1) await command(id, { type: 'send-test' })
  work()
  await until(async () => (await states(id)).toSorted().join() === 'dead,held,held')
  expect(slack.requests).toHaveLength(1)
  const again = await command(id, { type: 'send-test' })
  expect(again).toMatchObject({ ok: false, refusal: { code: 'blocked' } })
  const off = await command(id, { type: 'disable-destination', reason, answer: '' }, system)
  expect(off).toMatchObject({ ok: false, refusal: { code: 'exists' } })
})

test('a refused message is dead at once, and can be sent again by hand under its id', async () => {
  const id = await destination('good')
  slack.next('good', 'invalid-blocks')
  const worker = work()
  await command(id, { type: 'send-test' })
  await until(async () => (await states(id)).join() === 'dead')
  const [delivery] = await listDeliveries(store, { destinationId: id, limit: 1 })
  expect(delivery?.lastError).toContain('400 invalid_blocks')
  await store.commit({ writes: [replayWrite(delivery?.id ?? '', new Date())] })
  worker.wake()
  await until(async () => (await states(id)).join() === 'delivered')
  expect(JSON.stringify(heard('good')[0]?.payload)).toContain(delivery?.id)
})

test('what was delivered long ago is forgotten, with its attempts; what failed stays', async () => {
  const id = await destination('good')
  slack.next('good', 'ok', 'invalid-blocks')
  await command(id, { type: 'send-test' })
  await command(id, { type: 'send-test' })
  const first = work()
  await until(async () => (await states(id)).toSorted().join() === 'dead,delivered')
  await first.stop()
  work({ now: () => new Date(Date.now() + 31 * 86_400_000) })
  await until(async () => (await states(id)).join() === 'dead')
  expect(await store.db.select().from(store.t.deliveryAttempt)).toHaveLength(1)
})

test('the schedule ends in a dead letter', async () => {
  const id = await destination('bad')
  slack.always('bad', 'rollup-error')
  work()
  await command(id, { type: 'send-test' })
  await until(async () => (await states(id)).join() === 'dead')
  expect(await statuses(id)).toEqual(['500', '500', '500', '500'])
})

test('a hanging destination holds up no other, and each gets about one message per gap', async () => {
  const [slow, quick] = [await destination('slow'), await destination('quick')]
  slack.always('slow', 'hang')
  await command(slow, { type: 'send-test' })
  for (let i = 0; i < 5; i += 1) await command(quick, { type: 'send-test' })
  work({ gapMs: 100 })
  await until(async () => (await states(quick)).every((state) => state === 'delivered'))
  const times = slack.requests.filter((one) => one.name === 'quick').map((one) => one.at)
  expect(times).toHaveLength(5)
  times.slice(1).forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(90))
})

test('two workers on one queue send everything once', async () => {
  const ids = await Promise.all(['a', 'b', 'c', 'd'].map((name) => destination(name)))
  for (const id of ids) for (let i = 0; i < 4; i += 1) await command(id, { type: 'send-test' })
  work()
  work()
  await until(async () => (await Promise.all(ids.map(states))).flat().every((state) => state === 'delivered'))
  expect(slack.messages).toHaveLength(16)
})

test('a place that fails again and again is tried with one message at a time, and heard again when it recovers', async () => {
  const id = await destination('down')
  slack.always('down', 'rollup-error')
  const began = Date.now()
  work({ gapMs: 1, brokenMs: 400, scheduleMs: [60_000] })
  const message = sampleMessage('stable', new Date().toISOString())
  await store.commit({ writes: [], outbox: Array.from({ length: 12 }, (_, i) => draftOf(message, id, `release ${i}`, new Date())) })
  for (const worker of workers) worker.wake()
  const tried = () => slack.requests.filter((one) => one.name === 'down').length
  await until(() => tried() >= 5)
  await wait(150)
  // Not all twelve at once: after five one more for each pause, of which a busy machine lets some pass.
  const seen = tried()
  expect(seen).toBeLessThanOrEqual(5 + Math.floor((Date.now() - began) / 400))
  slack.always('down', 'ok')
  await until(() => heard('down').length >= 4)
})

test('an address that the operator no longer allows gets nothing', async () => {
  const id = await destination('good')
  work({ allowedHosts: [] })
  await command(id, { type: 'send-test' })
  await until(async () => (await states(id)).join() === 'dead')
  expect(slack.requests).toHaveLength(0)
})

test('no address and no token of it stands anywhere but in its box', async () => {
  const id = await destination('canary-path', slack.url('canarytoken123456'))
  slack.next('canarytoken123456', 'rollup-error')
  work()
  await command(id, { type: 'send-test' })
  await until(async () => (await states(id)).join() === 'delivered')
  const tables = [store.t.aggregate, store.t.logEntry, store.t.outbox, store.t.deliveryAttempt, store.t.idempotency, store.t.freeText, store.t.secret, store.t.destinationRow]
  for (const table of tables) expect(JSON.stringify(await store.db.select().from(table))).not.toContain('canarytoken')
})
