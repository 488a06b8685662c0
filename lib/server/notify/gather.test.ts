/** Messages of one release on their way through the outbox: put together, hurried by what cannot wait, held by the hours of their place; over two workers and clocks that jump. */
import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listDeliveries } from '@/db/outbox'
import { projections } from '@/db/projections'
import { keyRing, putSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import type { EventKind } from '@/lib/domain/message/event-kind'
import type { Happening } from '@/lib/domain/message/compose'
import { registry } from '@/lib/domain/registry'
import { destinationContext } from '@/lib/server/context/destination'
import { executeIn } from '@/lib/server/execute'
import { draftsFor } from './draft'
import { loadListeners } from './listeners'
import { secretKey } from './secret-key'
import { startWorker, type Worker } from './worker'

const ring = keyRing('a secret of at least thirty-two characters')
const admin: Actor = { kind: 'person', personId: 'p-mara', name: 'Mara', memberships: [], isAdmin: true, delegatedBy: [] }
const KINDS: readonly EventKind[] = ['gate-passed', 'gate-waiting', 'stable', 'roll-back', 'mention']
const MINUTE = 60_000
/** A Monday at ten. */
const MONDAY = Date.parse('2026-11-23T10:00:00Z')

let store: Store
let now = MONDAY
let sent: { readonly at: number; readonly text: string }[] = []
let workers: Worker[] = []
beforeEach(async () => { store = await freshMemory(); now = MONDAY; sent = [] })
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop(50)))
  workers = []
  await store.close()
})

async function place(more: object = {}): Promise<string> {
  const [id, secretId] = [uuid(), uuid()]
  await putSecret(store, ring, secretKey(secretId), 'https://hooks.slack.com/services/T0/B0/aaaaaaaaaaaa')
  await run(id, { type: 'add-destination', kind: 'slack', name: 'ops', team: null, eventKinds: KINDS, secretId, hint: 'hint', ...more })
  return id
}

async function run(id: string, words: object): Promise<void> {
  expect((await executeIn({ store, contexts: { destination: destinationContext }, foldings: registry, projections }, { kind: 'destination', id, command: words, actor: admin, key: uuid(), now: new Date(now) })).ok).toBe(true)
}

/** What one command on a release tells. */
async function tell(kind: EventKind, line: string, release = 'r1'): Promise<void> {
  const happening: Happening = { kind, headline: line, line, teams: [], path: `/releases/${release}`, linkLabel: 'Open' }
  const drafts = draftsFor([happening], { name: release, sentence: `Sentence after ${line}`, whoActsNext: 'Ops', about: { modelId: 'fraud', environmentId: 'eu', risk: 'high' } }, await loadListeners(store), release, new Date(now))
  await store.commit({ writes: [], outbox: drafts })
  now += 1
  for (const worker of workers) worker.wake()
}

function work(): Worker {
  const worker = startWorker({
    store, ring, publicUrl: 'https://gate.example', allowedHosts: [], gapMs: 0, now: () => new Date(now), disable: async () => {},
    post: (_url, { body }) => { sent.push({ at: now, text: body }); return Promise.resolve({ kind: 'answered', status: 200, body: 'ok', retryAfter: null }) },
  })
  workers.push(worker)
  return worker
}

/** Moves the clock and lets the workers look, until nothing more is due. */
async function at(ms: number): Promise<readonly string[]> {
  now = ms
  for (const end = Date.now() + 20_000; Date.now() < end; await wait(5)) {
    for (const worker of workers) worker.wake()
    await wait(15)
    const open = await listDeliveries(store, { states: ['pending', 'leased'], limit: 200 })
    if (open.every((one) => one.state === 'pending' && one.nextAt.getTime() > now && one.createdAt.getTime() <= now + 2 * MINUTE)) break
  }
  return sent.map((one) => one.text)
}

test('several changes of one release within a minute become one message, those of another release another', async () => {
  await place()
  work()
  await tell('gate-passed', 'Gate 2 passed.')
  now += 20_000
  await tell('gate-waiting', 'Gate 3 waits.')
  await tell('gate-passed', 'Elsewhere.', 'r2')
  expect(await at(MONDAY + 59_000)).toEqual([])
  const one = await at(MONDAY + MINUTE + 5)
  expect(one).toHaveLength(1)
  expect(one[0]).toContain('Gate 2 passed.')
  expect(one[0]).toContain('Gate 3 waits.')
  expect(one[0]).toContain('Sentence after Gate 3 waits.')
  expect(await at(MONDAY + 2 * MINUTE)).toHaveLength(2)
})

test('what cannot wait goes at once, takes along what waits in front of it, and keeps the order', async () => {
  const id = await place()
  work()
  await tell('gate-passed', 'Gate 2 passed.')
  await tell('mention', 'Mara: look here')
  await tell('stable', 'Stable.')
  await tell('roll-back', 'Rolling back.')
  const texts = await at(now)
  expect(texts).toHaveLength(3)
  expect(texts.map((text) => ['Gate 2 passed.', 'Mara: look here', 'Stable.', 'Rolling back.'].filter((line) => text.includes(line)))).toEqual([['Gate 2 passed.'], ['Mara: look here'], ['Stable.', 'Rolling back.']])
  expect((await listDeliveries(store, { destinationId: id, limit: 10 })).map((one) => one.state)).toEqual(['delivered', 'delivered', 'delivered'])
})

test('ordinary messages wait for the hours of their place and then come as one; what cannot wait does not', async () => {
  const hours = { kind: 'own', hours: { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } }
  const id = await place({ hours })
  work()
  now = Date.parse('2026-11-21T20:00:00Z')
  await tell('gate-passed', 'Saturday.')
  await tell('mention', 'Mara: on Saturday')
  now = Date.parse('2026-11-22T20:00:00Z')
  await tell('gate-passed', 'Sunday.', 'r2')
  await tell('gate-waiting', 'Later on Sunday.', 'r2')
  await tell('roll-back', 'Back at night.', 'r3')
  expect((await at(now + 5 * MINUTE)).map((text) => text.includes('Back at night.'))).toEqual([true])
  const texts = await at(Date.parse('2026-11-23T09:00:00Z'))
  expect(texts).toHaveLength(4)
  expect(texts.filter((text) => text.includes('Sunday.\\nLater on Sunday.'))).toHaveLength(1)
  // Hours that are given up let go what they held.
  now = Date.parse('2026-11-28T12:00:00Z')
  await tell('gate-passed', 'Next Saturday.')
  expect(await at(now + 2 * MINUTE)).toHaveLength(4)
  await run(id, { type: 'edit-destination', name: 'ops', team: null, eventKinds: KINDS, hours: null })
  expect(await at(now + 2 * MINUTE)).toHaveLength(5)
})

test('two workers put together and send everything once', async () => {
  await place()
  for (let i = 0; i < 8; i += 1) for (const line of ['one', 'two', 'three']) await tell('gate-passed', `${line} of ${i}.`, `r${i}`)
  work()
  work()
  const texts = await at(now + MINUTE)
  for (let i = 0; i < 8; i += 1) for (const line of ['one', 'two', 'three']) expect(texts.filter((text) => text.includes(`${line} of ${i}.`))).toHaveLength(1)
})

test('a clock that is set back strands nothing, and one that is set forward sends nothing twice', async () => {
  await place()
  now = MONDAY + 86_400_000
  await tell('gate-passed', 'From tomorrow.')
  work()
  expect(await at(MONDAY)).toHaveLength(1)
  await tell('gate-passed', 'Today.')
  expect(await at(MONDAY + 30 * 86_400_000)).toHaveLength(2)
  expect(await at(MONDAY)).toHaveLength(2)
})

test('a rule keeps away what its place does not want', async () => {
  const none = { anyOf: [], noneOf: [] }
  await place({ routing: { models: { anyOf: ['churn'], noneOf: [] }, environments: none, risks: none, severities: none } })
  work()
  await tell('roll-back', 'Of fraud.')
  expect(await at(MONDAY)).toEqual([])
})
