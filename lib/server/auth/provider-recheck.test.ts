/** What a provider may say when it is asked again about somebody who is signed in, each with what comes of it here. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findCredential, sessionsOf } from '@/db/access'
import { loadAggregate } from '@/db/aggregate'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'

const held = vi.hoisted((): { store: unknown; issuer: string } => ({ store: null, issuer: '' }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/env', () => ({ env: () => ({ secret: 'a secret of at least thirty-two characters', isSecure: false, oidc: { issuer: held.issuer, clientId: 'g h', clientSecret: 's', groupsClaim: 'groups', scope: 'openid', recheckMs: 1 } }) }))

const { keepRefreshToken, recheckProvider } = await import('@/lib/server/auth/provider-recheck')
const { arriveFromProvider } = await import('@/lib/server/auth/provider-sign-in')
const { openSessionFor } = await import('@/lib/server/auth/session')

const setup: Actor = { kind: 'system', name: 'setup' }
const MINUTE = 60_000
let store: Store
let provider: Server
let personId = ''
/** What the token endpoint answers next. */
let says: { status: number; body: string } = { status: 500, body: '' }
let asked: { authorization: string; body: string }[] = []
let now = new Date('2026-11-22T10:00:00.000Z')

const token = (claims: object) => ['x', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'y'].join('.')
const renewed = (claims: object, more: object = {}) => ({ status: 200, body: JSON.stringify({ access_token: 'a', id_token: token(claims), ...more }) })
const later = (minutes: number) => { now = new Date(now.getTime() + minutes * MINUTE) }
const teams = async () => (await loadAggregate(store, 'person', personId))?.state.memberships.map((one) => `${one.team} ${one.role}`)
const signedIn = async () => (await sessionsOf(store, personId, now)).length > 0

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  provider = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => { body += String(chunk) })
    request.on('end', () => {
      const isToken = request.url === '/token'
      if (isToken) asked.push({ authorization: request.headers.authorization ?? '', body })
      const answer = isToken ? says : { status: 200, body: JSON.stringify({ token_endpoint: `${held.issuer}/token`, userinfo_endpoint: `${held.issuer}/me` }) }
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => { provider.listen(0, '127.0.0.1', resolve) })
  const address: AddressInfo | string | null = provider.address()
  held.issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const order = (call: Omit<Call, 'key'>) => executeIn({ store, contexts, foldings: registry, projections }, { ...call, key: crypto.randomUUID() })
  await order({ kind: 'installation', id: INSTALLATION_ID, command: { type: 'set-up', name: 'Acme', admin: { id: crypto.randomUUID(), name: 'Ada', email: 'ada@acme.example', memberships: [] } }, actor: setup })
  const admin: Actor = { kind: 'person', personId: 'ada', name: 'Ada', memberships: [], isAdmin: true, delegatedBy: [] }
  expect(await order({ kind: 'installation', id: INSTALLATION_ID, command: { type: 'map-group', groupId: '0f-11', team: 'ops', role: 'lead' }, actor: admin })).toMatchObject({ ok: true })
  personId = (await arriveFromProvider(store, { issuer: held.issuer, subject: 'nora', name: 'Nora', groups: ['0f-11'] })) ?? ''
  await keepRefreshToken(store, personId, 'first', now)
  await openSessionFor(store, personId, 'test', now)
})
afterAll(async () => {
  provider.closeAllConnections()
  provider.close()
  await store.close()
})

describe('asking the provider again', () => {
  it('does not ask before its time', async () => {
    expect(await teams()).toEqual(['ops lead'])
    later(9)
    expect(await recheckProvider(store, now, 10 * MINUTE)).toEqual(['not-due'])
    expect(asked).toEqual([])
  })

  it.each([
    ['an error of its own', { status: 503, body: 'busy' }], ['a page', { status: 200, body: '<html>' }], ['too many requests', { status: 400, body: '{"error":"slow_down"}' }], ['nothing about the person', { status: 200, body: '{"access_token":"a","id_token":"no token"}' }],
  ])('%s changes nothing and is asked again', async (_words, answer) => {
    later(11)
    says = answer
    expect(await recheckProvider(store, now, 10 * MINUTE)).toEqual(['unreachable'])
    expect(await teams()).toEqual(['ops lead'])
    expect(await signedIn()).toBe(true)
  })

  it('gives the client by Basic, uses the newest token, and makes groups roles', async () => {
    later(11)
    asked = []
    says = renewed({ sub: 'nora', name: 'Nora', groups: ['0f-11'] }, { refresh_token: 'second' })
    expect(await recheckProvider(store, now, 10 * MINUTE)).toEqual(['followed'])
    expect(asked[0]).toEqual({ authorization: `Basic ${Buffer.from('g%20h:s').toString('base64')}`, body: 'grant_type=refresh_token&refresh_token=first' })
    later(11)
    says = renewed({ sub: 'nora', name: 'Nora', groups: [] })
    expect(await recheckProvider(store, now, 10 * MINUTE)).toEqual(['followed'])
    expect(asked[1]?.body).toContain('second')
    expect(await teams()).toEqual([])
    expect(await signedIn()).toBe(true)
  })

  it.each([['knows them no more', { status: 400, body: '{"error":"invalid_grant"}' }], ['speaks of somebody else', renewed({ sub: 'mallory', groups: ['0f-11'] })]])('ends the sessions when the provider %s', async (_words, answer) => {
    await keepRefreshToken(store, personId, 'third', now)
    await openSessionFor(store, personId, 'test', now)
    later(11)
    says = answer
    expect(await recheckProvider(store, now, 10 * MINUTE)).toEqual(['gone'])
    expect(await signedIn()).toBe(false)
    expect(await teams()).toEqual([])
    expect((await findCredential(store, { personId }))?.oidcSubject).toBe('nora')
    later(11)
    expect(await recheckProvider(store, now, 10 * MINUTE)).toEqual([])
  })
})
