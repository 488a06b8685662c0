import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { tokenUses } from '@/db/access'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor, PersonActor } from '@/lib/domain/actor'
import { actorOf, isStillValid } from '@/lib/server/actor'
import { catalogue } from '@/lib/server/api/catalogue'
import { dispatch } from '@/lib/server/api/dispatch'
import { refuseCrossSite } from '@/lib/server/api/guard'
import { hashPassword, isOutdated, isPassword, passwordFault } from '@/lib/server/auth/password'
import { membershipsOfGroups } from '@/lib/server/auth/groups'
import { newTokenSecret, readTokenSecret } from '@/lib/server/auth/token-secret'
import { execute } from '@/lib/server/execute'
import { viewPeople } from '@/lib/server/view/people'
import { viewTokens } from '@/lib/server/view/tokens'

const slot = vi.hoisted((): { store: Store | null } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => slot.store }))

let store: Store
const lead: PersonActor = { kind: 'person', personId: '018f0000-0000-7000-8000-000000000001', name: 'Lea', memberships: [{ team: 'ops', role: 'lead' }], isAdmin: false, delegatedBy: [] }

beforeAll(async () => {
  process.env['GATEHOUSE_SECRET'] = 'x'.repeat(40)
  store = await freshMemory()
  slot.store = store
})
afterAll(() => store.close())

function bearer(secret: string, more: Record<string, string> = {}): Request {
  return new Request('http://localhost:3000/api/v1/people', { headers: { authorization: `Bearer ${secret}`, ...more } })
}

async function aToken(extra: object = {}, now = new Date(), actor: Actor = lead): Promise<{ id: string; secret: string; hash: string }> {
  const id = crypto.randomUUID()
  const { secret, hash } = newTokenSecret(id)
  const command = { type: 'create', name: `ci ${id}`, scopes: ['evidence'], hash, ...extra }
  const result = await execute({ kind: 'token', id, command, actor, key: id, now })
  if (!result.ok) throw new Error(result.refusal.message)
  return { id, secret, hash }
}

async function revoke(id: string): Promise<void> {
  await execute({ kind: 'token', id, command: { type: 'revoke' }, actor: lead, key: `revoke ${id}` })
}

describe('a token', () => {
  it('speaks with its scopes until it is revoked, at once', async () => {
    const { id, secret } = await aToken()
    const actor = await actorOf(bearer(secret))
    expect(actor).toMatchObject({ kind: 'token', tokenId: id, scopes: ['evidence'], modelIds: [] })
    if (!actor) throw new Error('no actor')
    expect(await isStillValid(actor)).toBe(true)
    await revoke(id)
    expect(await actorOf(bearer(secret))).toBeNull()
    expect(await isStillValid(actor)).toBe(false)
  })

  it('ends after its days', async () => {
    const { secret } = await aToken({ days: 2 }, new Date(Date.now() - 3 * 86_400_000))
    expect(await actorOf(bearer(secret))).toBeNull()
  })

  it('is not taken with a wrong secret, another scheme, or beside a cookie', async () => {
    const { id, secret } = await aToken()
    const other = newTokenSecret(id).secret
    for (const text of [other, `${secret}x`, secret.replace('ghp_', 'gho_'), '', 'null']) expect(await actorOf(bearer(text))).toBeNull()
    expect(await actorOf(new Request('http://localhost/', { headers: { authorization: `Basic ${secret}` } }))).toBeNull()
    expect(await actorOf(bearer('wrong', { cookie: 'gatehouse.session=x' }))).toBeNull()
  })

  it('keeps only the hash, and its last use at most once a minute', async () => {
    const { id, secret, hash } = await aToken()
    await actorOf(bearer(secret))
    const first = (await tokenUses(store)).get(id)
    await actorOf(bearer(secret))
    expect((await tokenUses(store)).get(id)).toEqual(first)
    const rows = JSON.stringify(await store.db.select().from(store.t.logEntry)) + JSON.stringify(await store.db.select().from(store.t.aggregate))
    expect(rows).toContain(hash)
    // The random part may hold underscores itself: it is what follows the second one, 40 of its characters.
    const random = secret.slice(secret.indexOf('_', 'ghp_'.length) + 1).slice(0, 40)
    expect(random).toHaveLength(40)
    expect(rows).not.toContain(random)
    const view = await viewTokens(store, lead)
    expect(JSON.stringify(view)).not.toContain(hash)
    expect(view?.tokens.find((token) => token.id === id)).toMatchObject({ standing: 'live', lastUsedAt: first?.toISOString() })
    expect(await viewTokens(store, { ...lead, memberships: [] })).toBeNull()
  })

  it('has a form that scanners and typing errors can be told by', () => {
    const id = crypto.randomUUID()
    const { secret, hash } = newTokenSecret(id)
    expect(readTokenSecret(secret)).toEqual({ tokenId: id, hash })
    expect(readTokenSecret(secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0'))).toBeNull()
  })

  it('gets its name once, and only from leads and admins', async () => {
    await aToken({ name: 'Deploy' })
    await expect(aToken({ name: 'deploy' })).rejects.toThrow('is in use')
    await expect(aToken({ name: 'far', days: 400 })).rejects.toThrow('at most 365')
    await expect(aToken({ name: 'none', scopes: [] })).rejects.toThrow('at least one scope')
    await expect(aToken({ name: 'odd', modelIds: [crypto.randomUUID()] })).rejects.toThrow('does not exist')
    const member: Actor = { ...lead, memberships: [{ team: 'ops', role: 'member' }] }
    const refused = await execute({ kind: 'token', id: crypto.randomUUID(), command: { type: 'create', name: 'x', scopes: ['ask'], hash: 'a'.repeat(64) }, actor: member, key: 'm' })
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'forbidden' } })
  })
})

describe('the tokens of whoever leaves', () => {
  const setup = { kind: 'system' as const, name: 'setup' as const }
  const admin: PersonActor = { ...lead, personId: crypto.randomUUID(), name: 'Ada', memberships: [], isAdmin: true }
  const leaver: PersonActor = { ...lead, personId: crypto.randomUUID(), name: 'Lee' }
  const tell = async (id: string, command: object, actor: Actor = admin) => {
    const result = await execute({ kind: 'person', id, command, actor, key: crypto.randomUUID() })
    if (!result.ok) throw new Error(result.refusal.message)
  }
  const standing = async (id: string) => (await viewTokens(store, lead))?.tokens.find((token) => token.id === id)

  it('end with their access, in the record and in the list, and stay ended; what others made, and what had ended, is left as it is', async () => {
    const register = { type: 'register', email: null, isAdmin: false }
    await tell(leaver.personId, { ...register, name: 'Lee', memberships: [] }, setup)
    await tell(admin.personId, { ...register, name: 'Ada', memberships: [], isAdmin: true }, setup)
    const [mine, spent, other] = [await aToken({}, new Date(), leaver), await aToken({}, new Date(), leaver), await aToken()]
    await revoke(spent.id)

    await tell(leaver.personId, { type: 'set-admin', isAdmin: true })
    await tell(leaver.personId, { type: 'set-admin', isAdmin: false })
    expect(await actorOf(bearer(mine.secret)), 'a lost role ends no token').not.toBeNull()
    expect((await viewPeople(store, lead)).people.find((person) => person.id === leaver.personId)?.tokens).toBe(1)

    await tell(leaver.personId, { type: 'archive' })
    expect(await actorOf(bearer(mine.secret))).toBeNull()
    expect(await actorOf(bearer(other.secret))).not.toBeNull()
    expect(await standing(mine.id)).toMatchObject({ standing: 'revoked', isMakerGone: true, revokedAt: expect.any(String) })
    expect(await standing(spent.id)).toMatchObject({ standing: 'revoked', isMakerGone: false })
    const entries = await store.db.select().from(store.t.logEntry)
    expect(entries.filter((entry) => entry.aggregateId === mine.id).map((entry) => entry.type)).toEqual(['token-created', 'token-revoked'])

    await tell(leaver.personId, { type: 'restore' })
    expect(await actorOf(bearer(mine.secret))).toBeNull()
  })

  it('also when they were made while their maker was archived', async () => {
    await tell(leaver.personId, { type: 'archive' })
    const late = await aToken({}, new Date(), leaver)
    expect(await actorOf(bearer(late.secret))).toBeNull()
    expect(await standing(late.id)).toMatchObject({ standing: 'revoked', isMakerGone: true, revokedAt: null, allowed: { revoke: null } })
  })
})

describe('the API for nobody', () => {
  it('refuses every operation but the public ones without a session or token', async () => {
    for (const { id, method, path, access } of catalogue()) {
      if (access === 'public') continue
      const request = new Request(`http://localhost:3000/api/v1${path.replaceAll(/\{\w+\}/g, 'x')}`, { method, headers: { origin: 'http://localhost:3000', 'content-type': 'application/json' }, ...(method === 'GET' ? {} : { body: '{}' }) })
      const answer = await dispatch(request, path.split('/').filter(Boolean).map((part) => (part.startsWith('{') ? 'x' : part)))
      expect([id, answer.status]).toEqual([id, 401])
    }
  })
})

describe('cross-site requests', () => {
  const post = (headers: Record<string, string>, body: string | null = '{}') => refuseCrossSite(new Request('http://gatehouse.test/api/v1/x', { method: 'POST', headers: { host: 'gatehouse.test', 'content-type': 'application/json', ...headers }, body }))?.status ?? 'passes'

  it('pass from our own pages and with a bearer token, and from nowhere else', () => {
    expect(post({ 'sec-fetch-site': 'same-origin' })).toBe('passes')
    expect(post({ origin: 'http://gatehouse.test' })).toBe('passes')
    expect(post({ authorization: 'Bearer x' })).toBe('passes')
    for (const site of ['cross-site', 'same-site', 'none']) expect(post({ 'sec-fetch-site': site, origin: 'http://gatehouse.test' })).toBe(403)
    for (const origin of ['http://evil.test', 'null', 'http://gatehouse.test.evil.test']) expect(post({ origin })).toBe(403)
    expect(post({})).toBe(403)
    expect(post({ 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' })).toBe(415)
    expect(post({ 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, null)).toBe('passes')
  })
})

describe('passwords', () => {
  it('are kept with their parameters and compared whatever the keyboard composes', async () => {
    const stored = await hashPassword('pässwörter sind lang')
    expect(stored).toMatch(/^scrypt\$32768\$8\$3\$/)
    expect(await isPassword('pässwörter sind lang'.normalize('NFD'), stored)).toBe(true)
    expect(await isPassword('passworter sind lang', stored)).toBe(false)
    expect(await isPassword('anything', null)).toBe(false)
    expect(isOutdated(stored)).toBe(false)
    expect(isOutdated(stored.replace('32768', '16384'))).toBe(true)
  })

  it('must be long, varied and not the own name', () => {
    expect(passwordFault('short', [])).toContain('at least 12')
    expect(passwordFault('aaaaaaaaaaaaaa', [])).toContain('different characters')
    expect(passwordFault('ada@example.org1', ['ada@example.org'])).toContain('name or address')
    expect(passwordFault('correct horse battery', ['Ada'])).toBeNull()
  })
})

describe('groups of an identity provider', () => {
  const mappings = [{ groupId: 'g1', team: 'ops', role: 'lead' }, { groupId: 'g2', team: 'ops', role: 'member' }, { groupId: 'g3', team: 'product', role: 'member' }] as const

  it('give places by id, the higher one where two meet, and none without the claim', () => {
    expect(membershipsOfGroups(['g2', 'g1', 'ops'], mappings)).toEqual([{ team: 'ops', role: 'lead' }])
    expect(membershipsOfGroups(['g1', 'g2', 'g3'], mappings)).toEqual([{ team: 'ops', role: 'lead' }, { team: 'product', role: 'member' }])
    for (const claim of [undefined, null, 'g1', { 0: 'g1' }, [1], []]) expect(membershipsOfGroups(claim, mappings)).toEqual([])
  })
})
