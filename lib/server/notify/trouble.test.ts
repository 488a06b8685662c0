/** What does not arrive is seen: a place that fails again and again, over a restart too, and e-mails to people that are refused for good, by admins and by the person. */
import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listDeliveries } from '@/db/outbox'
import { projections } from '@/db/projections'
import { keyRing, putSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor, PersonActor } from '@/lib/domain/actor'
import { troublesOf } from '@/lib/domain/destination/view'
import { sampleMessage } from '@/lib/domain/message/sample'
import { registry } from '@/lib/domain/registry'
import { contexts } from '@/lib/server/context'
import { executeIn } from '@/lib/server/execute'
import type { Attempt } from './answer'
import { draftOf, personDraft } from './draft'
import { secretKey } from './secret-key'
import { startWorker, type Worker } from './worker'

const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor, currentActor: async () => held.actor }))
const { dispatch } = await import('@/lib/server/api/dispatch')
const { viewDestinations } = await import('@/lib/server/view/destinations')
const { countTroubles, viewOwnMail } = await import('@/lib/server/view/mail-trouble')

const ring = keyRing('a secret of at least thirty-two characters')
const DANA = uuid()
const person = (personId: string, isAdmin: boolean): PersonActor & { sessionId: string } => ({ kind: 'person', personId, name: 'Ada', memberships: [], isAdmin, delegatedBy: [], sessionId: 's' })
const admin = person('p-ada', true)
const setup: Actor = { kind: 'system', name: 'setup' }
const OK: Attempt = { kind: 'answered', status: 200, body: 'ok', retryAfter: null }
const DOWN: Attempt = { kind: 'answered', status: 503, body: 'upstream is away', retryAfter: null }

let store: Store
let workers: Worker[] = []
let posted = 0
let mailed = 0
let post: Attempt = OK
let mail: Attempt = OK
beforeEach(async () => {
  store = await freshMemory()
  held.store = store
  ;[posted, mailed, post, mail] = [0, 0, OK, OK]
  await run('person', DANA, { type: 'register', name: 'Dana', email: 'dana@acme.example', memberships: [], isAdmin: false }, setup)
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop(50)))
  workers = []
  await store.close()
})

async function run(kind: 'destination' | 'person', id: string, command: object, actor: Actor = admin): Promise<void> {
  expect(await executeIn({ store, contexts, foldings: registry, projections }, { kind, id, command, actor, key: uuid() })).toMatchObject({ ok: true })
}

async function place(): Promise<string> {
  const [id, secretId] = [uuid(), uuid()]
  await putSecret(store, ring, secretKey(secretId), 'https://hooks.slack.com/services/T0/B0/aaaaaaaaaaaa')
  await run('destination', id, { type: 'add-destination', kind: 'slack', name: '#ops', team: null, eventKinds: ['stable'], secretId, hint: 'hint' })
  return id
}

function work(now = () => new Date()): Worker {
  const worker = startWorker({
    store, ring, publicUrl: 'https://gate.example', allowedHosts: [], gapMs: 0, brokenMs: 3_600_000, scheduleMs: Array.from({ length: 20 }, () => 60_000), random: () => 0, now, disable: async () => {},
    post: () => { posted += 1; return Promise.resolve(post) },
    mail: () => { mailed += 1; return Promise.resolve(mail) },
  })
  workers.push(worker)
  return worker
}

async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await wait(10)) {
    for (const worker of workers) worker.wake()
    if (await check()) return
  }
  throw new Error('it did not happen in time')
}

const message = sampleMessage('stable', '2026-11-22T10:00:00.000Z')
const seen = async () => (await viewDestinations(store, admin)).destinations[0]?.failing ?? null
const resend = (as: Actor, personId: string, deliveryIds: unknown) => {
  held.actor = as
  return dispatch(new Request(`http://localhost/api/v1/people/${personId}/mail/resend`, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }, body: JSON.stringify({ deliveryIds }) }), ['people', personId, 'mail', 'resend'])
}

test('a place that fails again and again is shown with its answer, rests over a restart, and is well again after the first message that it takes', async () => {
  const id = await place()
  post = DOWN
  await store.commit({ writes: [], outbox: Array.from({ length: 9 }, (_, i) => draftOf(message, id, `release ${i}`, new Date())) })
  const first = work()
  await until(async () => (await seen())?.isResting === true)
  expect(posted).toBe(5)
  expect(await seen()).toMatchObject({ count: 5, error: '503 upstream is away', isResting: true })
  const view = await viewDestinations(store, admin)
  expect(troublesOf(view).map((one) => one.message)).toEqual([expect.stringMatching(/^#ops has taken no message since .*, 5 attempts in a row: “503 upstream is away”\. .*change the address\.$/)])
  expect(await countTroubles(store, new Date())).toBe(1)
  await first.stop()
  workers = []
  // Another process goes on counting: one message, and the place rests again.
  work()
  await until(async () => (await seen())?.count === 6)
  await wait(60)
  expect(posted).toBe(6)
  await Promise.all(workers.map((worker) => worker.stop(50)))
  workers = []
  post = OK
  work()
  await until(async () => (await seen()) === null)
  expect(troublesOf(await viewDestinations(store, admin))).toEqual([])
  expect(await countTroubles(store, new Date())).toBe(0)
})

test('a refused message says nothing against its place, and patience that it asks for neither', async () => {
  const id = await place()
  for (const answer of [{ ...DOWN, status: 400, body: 'invalid_blocks' }, { ...DOWN, status: 429, retryAfter: '30' }]) {
    post = answer
    await store.commit({ writes: [], outbox: [draftOf(message, id, `release ${answer.status}`, new Date())] })
    const before = posted
    if (workers.length === 0) work()
    await until(() => posted > before)
    expect(await seen()).toBeNull()
  }
})

test('an e-mail to a person that is refused for good is seen by admins and by the person, and is sent again by either and by nobody else', async () => {
  mail = { kind: 'answered', status: 550, body: '550 5.1.1 <Dana@acme.example>: no such user', retryAfter: null }
  await store.commit({ writes: [], outbox: [personDraft(message, DANA, 'r1', new Date()), personDraft(message, DANA, 'r2', new Date())] })
  work()
  await until(async () => (await listDeliveries(store, { states: ['dead'], limit: 5 })).length === 2)
  const { people } = await viewDestinations(store, admin)
  expect(people).toMatchObject({ failing: null, lately: 2, counts: { waiting: 0, delivered: 0, dead: 2 } })
  expect(people?.troubled.map(({ name, isDead, error, attempts }) => ({ name, isDead, error, statuses: attempts.map((one) => one.status) }))).toEqual(Array.from({ length: 2 }, () => ({ name: 'Dana', isDead: true, error: '550 5.1.1 <[address]>: no such user', statuses: ['550'] })))
  expect(troublesOf(await viewDestinations(store, admin)).map((one) => one.message)).toEqual([expect.stringContaining('2 e-mails to people were given up over the last 7 days')])
  expect(await countTroubles(store, new Date())).toBe(1)
  expect((await viewOwnMail(store, DANA, new Date())).map((one) => one.path)).toEqual([message.path, message.path])
  expect(await viewOwnMail(store, 'somebody else', new Date())).toEqual([])
  expect((await viewDestinations(store, person('p-other', false))).people).toBeNull()
  expect((await resend(person('p-other', false), DANA, 'all')).status).toBe(403)
  mail = OK
  const [one] = people?.troubled ?? []
  expect(await (await resend(admin, DANA, [one?.id])).json()).toEqual({ replayed: 1 })
  await until(() => mailed === 3)
  expect(await (await resend(person(DANA, false), DANA, 'all')).json()).toEqual({ replayed: 1 })
  await until(async () => (await listDeliveries(store, { states: ['delivered'], limit: 5 })).length === 2)
  expect((await resend(admin, DANA, 'all')).status).toBe(404)
  expect(await viewOwnMail(store, DANA, new Date())).toEqual([])
  expect(await countTroubles(store, new Date())).toBe(0)
})

test('a mail server that is away is shown once, and the e-mails wait; what was given up is no news after a week and forgotten after a month', async () => {
  mail = { kind: 'unreachable', reason: 'connect ECONNREFUSED' }
  await store.commit({ writes: [], outbox: Array.from({ length: 3 }, (_, i) => personDraft(message, DANA, `r${i}`, new Date())) })
  // Each look is a day later, so that the pauses after silence are over.
  let days = 0
  const first = work(() => new Date(Date.now() + days * 86_400_000))
  await until(async () => { days += 1; return (await viewDestinations(store, admin)).people?.failing?.isResting === true })
  expect(troublesOf(await viewDestinations(store, admin)).map((one) => one.id)).toContain('mail')
  await first.stop()
  workers = []
  const later = (count: number) => new Date(Date.now() + count * 86_400_000)
  mail = { kind: 'answered', status: 550, body: 'no', retryAfter: null }
  const second = work(() => later(days + 1))
  await until(async () => (await listDeliveries(store, { states: ['dead'], limit: 5 })).length === 3)
  await second.stop()
  workers = []
  expect(await countTroubles(store, later(8))).toBe(0)
  work(() => later(days + 40))
  await until(async () => (await listDeliveries(store, { limit: 5 })).length === 0)
  expect(await store.db.select().from(store.t.deliveryAttempt)).toEqual([])
})
