import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { encode } from 'next-auth/jwt'
import { freshMemory } from '@/db/testing/stores'
import type { Store } from '@/db/store'
import { addCredential, endSessions, findCredential, replaceLink } from '@/db/access'
import type { PersonActor } from '@/lib/domain/actor'
import { listDeliveries } from '@/db/outbox'
import { actorOf, isStillValid } from '@/lib/server/actor'
import { codeHash } from '@/lib/server/auth/code'
import { acceptLink, makeLink, readLink } from '@/lib/server/auth/links'
import { changePassword, erasePerson, invite } from '@/lib/server/auth/people'
import { ABSOLUTE_MS, IDLE_MS, sessionCookieName, sessionSecret } from '@/lib/server/auth/session'
import { setUp } from '@/lib/server/auth/set-up'
import { signIn } from '@/lib/server/auth/sign-in'
import { execute } from '@/lib/server/execute'
import { viewPeople } from '@/lib/server/view/people'

const slot = vi.hoisted((): { store: Store | null } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => slot.store }))

const PASSWORD = 'correct horse battery'
const CODE = 'ABCD-EFGH-JKMN'
let store: Store
let adminId = ''
let now = new Date()

beforeAll(async () => {
  process.env['GATEHOUSE_SECRET'] = 'x'.repeat(40)
  store = await freshMemory()
  slot.store = store
  await replaceLink(store, { hash: codeHash(CODE, true), purpose: 'setup', personId: null, expiresAt: new Date(Date.now() + 60_000) })
})
afterAll(() => store.close())
beforeEach(() => {
  now = new Date()
})

const first = { code: CODE, installation: 'Acme', name: 'Ada', email: 'Ada@Example.org', password: PASSWORD, memberships: [] }

async function actor(): Promise<PersonActor> {
  return { kind: 'person', personId: adminId, name: 'Ada', memberships: [], isAdmin: true, delegatedBy: [] }
}

async function cookieFor(sid: string, sub: string): Promise<Request> {
  const token = await encode({ token: { sub, sid }, secret: sessionSecret(), maxAge: ABSOLUTE_MS / 1000 })
  return new Request('http://localhost/api/v1/session', { headers: { cookie: `other=1; ${sessionCookieName()}=${token}` } })
}

async function comeIn(email = 'ada@example.org', password = PASSWORD, address = '10.0.0.1') {
  return signIn(store, { email, password, address, agent: 'test' }, now)
}

describe('set-up', () => {
  it('asks for the code of the console, accepts it in any writing, and closes for good', async () => {
    expect(await setUp(store, { ...first, code: 'WRONG' }, 'a', now)).toMatchObject({ code: 'forbidden' })
    expect(await setUp(store, { ...first, password: 'short' }, 'a', now)).toMatchObject({ code: 'invalid' })
    const done = await setUp(store, { ...first, code: 'abcdefghjkmn' }, 'a', now)
    if (!('personId' in done)) throw new Error(done.message)
    adminId = done.personId
    expect(await setUp(store, first, 'a', now)).toMatchObject({ code: 'closed' })
  })

  it('slows guesses of the code', async () => {
    const other = await freshMemory()
    for (let round = 0; round < 5; round += 1) await setUp(other, { ...first, code: `NO${round}` }, 'b', now)
    expect(await setUp(other, { ...first, code: 'NO' }, 'b', now)).toMatchObject({ code: 'blocked' })
    await other.close()
  })
})

describe('sign-in', () => {
  it('opens a session that names the person with their roles of the moment', async () => {
    const come = await comeIn(' ADA@example.org ')
    if (!come.ok) throw new Error(come.reason)
    const who = await actorOf(await cookieFor(come.sessionId, come.personId))
    expect(who).toMatchObject({ kind: 'person', personId: adminId, name: 'Ada', isAdmin: true })
    expect(await actorOf(await cookieFor('another', come.personId))).toBeNull()
    expect(await actorOf(await cookieFor(come.sessionId, 'somebody'))).toBeNull()
  })

  it('answers unknown accounts like wrong passwords, in comparable time', async () => {
    const times: Record<string, number> = {}
    const ratio = () => (times['nobody@example.org'] ?? 0) / (times['ada@example.org'] ?? 1)
    // The quickest of some: a busy machine only ever adds time. Each round from elsewhere, so that no guess is one too many.
    for (let round = 0; round < 3 || (round < 12 && !(ratio() > 0.5 && ratio() < 2)); round += 1) {
      for (const email of ['ada@example.org', 'nobody@example.org']) {
        const started = performance.now()
        expect(await comeIn(email, 'not the password', `10.0.2.${round}`)).toEqual({ ok: false, reason: 'wrong' })
        times[email] = Math.min(times[email] ?? Number.POSITIVE_INFINITY, performance.now() - started)
      }
    }
    expect(ratio()).toBeGreaterThan(0.5)
    expect(ratio()).toBeLessThan(2)
  })

  it('refuses the sixth guess in a minute, for unknown accounts too, and locks nobody out from elsewhere', async () => {
    for (const email of ['ada@example.org', 'ghost@example.org']) {
      const guesses = await Promise.all(Array.from({ length: 8 }, () => comeIn(email, 'a wrong password', '10.0.0.3')))
      expect(guesses.filter((guess) => !guess.ok && guess.reason === 'wrong')).toHaveLength(5)
      expect(await comeIn(email, PASSWORD, '10.0.0.3')).toEqual({ ok: false, reason: 'too-many' })
    }
    expect(await comeIn('ada@example.org', PASSWORD, '10.0.0.4')).toMatchObject({ ok: true })
    now = new Date(now.getTime() + 61_000)
    expect(await comeIn('ada@example.org', PASSWORD, '10.0.0.3')).toMatchObject({ ok: true })
  })
})

describe('invitation, reset and end of access', () => {
  let bo = ''

  it('lets an invited person set a password once', async () => {
    bo = crypto.randomUUID()
    const link = await invite(store, { id: bo, name: 'Bo', email: 'bo@example.org', memberships: [{ team: 'ops', role: 'lead' }], isAdmin: false }, await actor(), 'k1', now)
    if (!('url' in link)) throw new Error(link.message)
    const code = link.url.split('/').at(-1) ?? ''
    expect(link.purpose).toBe('invite')
    expect(await readLink(store, 'invite', code, now)).toEqual({ name: 'Bo', email: 'bo@example.org' })
    expect(await acceptLink(store, code, 'bo@example.org1', now)).toMatchObject({ code: 'invalid' })
    expect(await acceptLink(store, code, PASSWORD, now)).toBeNull()
    expect(await acceptLink(store, code, PASSWORD, now)).toMatchObject({ code: 'not-found' })
    expect(await comeIn('bo@example.org', PASSWORD, '10.0.1.1')).toMatchObject({ ok: true })
    expect(await invite(store, { id: crypto.randomUUID(), name: 'Bo 2', email: 'BO@example.org', memberships: [], isAdmin: false }, await actor(), 'k2', now)).toMatchObject({ code: 'exists' })
  })

  it('leaves nothing of somebody who could not be registered, and takes an address over that a crash once left behind', async () => {
    const wish = () => ({ id: crypto.randomUUID(), name: 'Cy', email: 'cy@example.org', memberships: [], isAdmin: false })
    slot.store = { ...store, commit: () => Promise.reject(new Error('the power went')) }
    await expect(invite(store, wish(), await actor(), 'cy 1', now)).rejects.toThrow('the power went')
    slot.store = store
    expect(await findCredential(store, { email: 'cy@example.org' })).toBeNull()
    await addCredential(store, { personId: crypto.randomUUID(), emailLower: 'cy@example.org', passwordHash: null, oidcIssuer: null, oidcSubject: null })
    const [first, second] = [wish(), wish()]
    const both = await Promise.all([invite(store, first, await actor(), 'cy 2', now), invite(store, second, await actor(), 'cy 3', now)])
    expect(both.map((one) => ('code' in one ? one.code : one.purpose)).toSorted()).toEqual(['exists', 'invite'])
    const whose = (await findCredential(store, { email: 'cy@example.org' }))?.personId
    expect(whose).toBe('code' in both[0] ? second.id : first.id)
  })

  it('replaces earlier links, and a reset ends the sessions', async () => {
    const come = await comeIn('bo@example.org', PASSWORD, '10.0.1.2')
    if (!come.ok) throw new Error(come.reason)
    const old = await makeLink(store, bo, now)
    const link = await makeLink(store, bo, now)
    if (!('url' in link) || !('url' in old)) throw new Error('no link')
    expect(await readLink(store, 'reset', old.url.split('/').at(-1) ?? '', now)).toBeNull()
    expect(await readLink(store, 'reset', link.url.split('/').at(-1) ?? '', new Date(now.getTime() + 25 * 3_600_000))).toBeNull()
    expect(await acceptLink(store, link.url.split('/').at(-1) ?? '', 'another good sentence', now)).toBeNull()
    expect(await actorOf(await cookieFor(come.sessionId, come.personId))).toBeNull()
    expect(await changePassword(store, bo, PASSWORD, 'yet another sentence', '10.0.1.2', now)).toMatchObject({ code: 'forbidden' })
    expect(await changePassword(store, bo, 'another good sentence', PASSWORD, '10.0.1.2', now)).toBeNull()
  })

  it('takes roles at the next request, and the whole session when it is ended or the person archived', async () => {
    const come = await comeIn('bo@example.org', PASSWORD, '10.0.1.3')
    if (!come.ok) throw new Error(come.reason)
    const request = await cookieFor(come.sessionId, bo)
    const before = await actorOf(request)
    expect(before).toMatchObject({ memberships: [{ team: 'ops', role: 'lead' }] })
    await execute({ kind: 'person', id: bo, command: { type: 'set-memberships', memberships: [] }, actor: await actor(), key: 'k3' })
    expect(await actorOf(request)).toMatchObject({ memberships: [] })
    if (!before) throw new Error('no actor')
    expect(await isStillValid(before)).toBe(true)
    await endSessions(store, bo)
    expect(await isStillValid(before)).toBe(false)
    expect(await actorOf(request)).toBeNull()

    const again = await comeIn('bo@example.org', PASSWORD, '10.0.1.3')
    if (!again.ok) throw new Error(again.reason)
    await execute({ kind: 'person', id: bo, command: { type: 'archive' }, actor: await actor(), key: 'k4' })
    expect(await actorOf(await cookieFor(again.sessionId, bo))).toBeNull()
    expect(await comeIn('bo@example.org', PASSWORD, '10.0.1.3')).toEqual({ ok: false, reason: 'wrong' })
    await execute({ kind: 'person', id: bo, command: { type: 'restore' }, actor: await actor(), key: 'k5' })
    expect(await actorOf(await cookieFor(again.sessionId, bo))).toBeNull()
    await execute({ kind: 'person', id: bo, command: { type: 'archive' }, actor: await actor(), key: 'k6' })
  })

  it('ends idle and old sessions', async () => {
    const come = await comeIn('ada@example.org', PASSWORD, '10.0.1.4')
    if (!come.ok) throw new Error(come.reason)
    const { readSession } = await import('@/lib/server/auth/session')
    const token = await encode({ token: { sub: come.personId, sid: come.sessionId }, secret: sessionSecret(), maxAge: ABSOLUTE_MS / 1000 })
    expect(await readSession(store, token, new Date(now.getTime() + IDLE_MS + 60_000))).toBeNull()
    expect(await readSession(store, token, now)).not.toBeNull()
    for (let at = now.getTime(); at < now.getTime() + ABSOLUTE_MS - 1; at += IDLE_MS / 2) await readSession(store, token, new Date(at))
    expect(await readSession(store, token, new Date(now.getTime() + ABSOLUTE_MS + 1))).toBeNull()
  })

  it('erases the words about an archived person, and nobody else may ask', async () => {
    expect(await erasePerson(store, bo, { ...(await actor()), isAdmin: false }, now)).toMatchObject({ code: 'forbidden' })
    expect(await erasePerson(store, adminId, await actor(), now)).toMatchObject({ code: 'blocked' })
    const message = { eventKind: 'hold', title: 'CHURN-1 is on hold', sentence: 'Bo put it on hold.', whatChanged: 'bo: see Bob', whoActsNext: '', path: '/releases/CHURN-1', linkLabel: 'Open', teams: [], happenedAt: now.toISOString() }
    await store.commit({ writes: [], outbox: [{ id: 'o-1', dedupeKey: 'o-1', topic: 'slack', orderingKey: 'd x', destinationId: 'd', payload: message, nextAt: now }] })
    expect(await erasePerson(store, bo, await actor(), now)).toMatchObject({ erased: expect.any(Number) })
    const [kept] = await listDeliveries(store, { destinationId: 'd', limit: 1 })
    expect(kept?.payload).toEqual({ ...message, sentence: '[erased] put it on hold.', whatChanged: '[erased]: see Bob' })
    const { people } = await viewPeople(store, await actor())
    expect(people.find((person) => person.id === bo)?.name).toBe('[erased]')
    expect(people.map((person) => person.name)).toContain('Ada')
  })
})
