/** Every operation for everyone: generated from the table itself, so that a new operation cannot be forgotten. */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor, TokenScope } from '@/lib/domain/actor'
import { PROBLEMS } from '@/lib/domain/problem'
import { id, person } from '@/lib/domain/release/testing/play'

const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor, currentActor: async () => held.actor }))

const { catalogue } = await import('./catalogue')
const { dispatch } = await import('./dispatch')
const { openApi } = await import('./openapi')
const { contexts } = await import('@/lib/server/context')

let store: Store
beforeAll(async () => {
  store = await freshMemory()
  held.store = store
})
afterAll(() => store.close())
beforeEach(() => { held.actor = null })

const viewer = { ...person(1, 'Vera', []), sessionId: 'session' }
const member = { ...person(2, 'Max', [{ team: 'ops', role: 'member' }]), sessionId: 'session' }
const admin = { ...person(3, 'Ada', [], true), sessionId: 'session' }
const token = (...scopes: TokenScope[]): Actor => ({ kind: 'token', tokenId: id(9), name: 'ci', scopes, modelIds: [] })

const OWN = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }

/** Sends one request as it would arrive; parameters are filled with an id that nobody has. */
async function ask(operation: { readonly method: string; readonly path: string }, body?: unknown, headers: Record<string, string> = OWN): Promise<Response> {
  const path = operation.path.replace(/\{\w+\}/g, id(77))
  const init: RequestInit = { method: operation.method, headers }
  if (operation.method !== 'GET') init.body = typeof body === 'string' ? body : JSON.stringify(body ?? {})
  return dispatch(new Request(`http://localhost/api/v1${path}`, init), path.split('/').filter(Boolean))
}

const isStream = (operation: { readonly answer: unknown }) => operation.answer === 'stream'

describe('every operation of the API', () => {
  it('has an id and a place of its own', () => {
    const ids = catalogue().map((one) => one.id)
    expect(new Set(ids).size).toBe(ids.length)
    const places = catalogue().map((one) => `${one.method} ${one.path}`)
    expect(new Set(places).size).toBe(places.length)
    expect(ids.length).toBeGreaterThan(30)
  })

  it('is closed to strangers unless it says that it is public', async () => {
    for (const operation of catalogue().filter((one) => one.access !== 'public')) {
      const response = await ask(operation)
      expect([operation.id, response.status]).toEqual([operation.id, 401])
      expect(response.headers.get('content-type')).toContain('problem+json')
    }
  })

  it('is closed to tokens without its scope, and to any token where it is for people', async () => {
    const all: TokenScope[] = ['evidence', 'ask', 'observe', 'read']
    for (const operation of catalogue().filter((one) => one.access !== 'public')) {
      held.actor = token(...(operation.access === 'person' ? all : all.filter((scope) => scope !== operation.scope && operation.otherScopes?.includes(scope) !== true)))
      expect([operation.id, (await ask(operation)).status]).toEqual([operation.id, 403])
    }
  })

  it('shows a token that speaks for one model no list of all and nothing of another', async () => {
    held.actor = { kind: 'token', tokenId: id(9), name: 'ci', scopes: ['read', 'ask', 'observe', 'evidence'], modelIds: [id(1)] }
    for (const operation of catalogue().filter((one) => one.access === 'person-or-token' && one.method === 'GET')) {
      const isAboutNoModel = ['read-file', 'list-templates', 'read-template', 'list-presets'].includes(operation.id)
      if (!isAboutNoModel) expect([operation.id, (await ask(operation)).status]).toEqual([operation.id, operation.path.includes('{') ? 404 : 403])
    }
  })

  it('refuses a change that another site starts, and a body that is not JSON', async () => {
    held.actor = admin
    for (const operation of catalogue().filter((one) => one.method !== 'GET' && one.access !== 'public')) {
      expect([operation.id, (await ask(operation, {}, { ...OWN, 'sec-fetch-site': 'cross-site' })).status]).toEqual([operation.id, 403])
      expect([operation.id, (await ask(operation, {}, { 'content-type': 'application/json', origin: 'https://evil.example' })).status]).toEqual([operation.id, 403])
      if (!operation.takesFile) expect([operation.id, (await ask(operation, 'a=1', { ...OWN, 'content-type': 'text/plain' })).status]).toEqual([operation.id, 415])
    }
  })

  it('answers every role without breaking: never 5xx, problems as problem documents', async () => {
    for (const actor of [viewer, member, admin, token('evidence', 'ask', 'observe', 'read')]) {
      held.actor = actor
      for (const operation of catalogue().filter((one) => !isStream(one))) {
        const response = await ask(operation)
        expect([operation.id, response.status < 500]).toEqual([operation.id, true])
        if (response.status >= 400) {
          const body: unknown = await response.json()
          expect([operation.id, body]).toEqual([operation.id, expect.objectContaining({ detail: expect.any(String), code: expect.any(String), status: response.status })])
        }
      }
    }
  })

  it('lets a viewer change nothing', async () => {
    held.actor = viewer
    const before = await store.db.select().from(store.t.logEntry)
    for (const operation of catalogue().filter((one) => one.id.startsWith('command-') || one.id.startsWith('create-'))) {
      const response = await ask(operation, { type: 'anything' })
      expect([operation.id, response.status >= 400]).toEqual([operation.id, true])
    }
    expect(await store.db.select().from(store.t.logEntry)).toEqual(before)
  })

  it('knows no other address, and says which methods an address has', async () => {
    held.actor = admin
    expect((await ask({ method: 'GET', path: '/nothing/here' })).status).toBe(404)
    const wrong = await ask({ method: 'DELETE', path: '/board' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await ask({ method: 'POST', path: '/releases' }, 'x'.repeat(1_000_001))).status).toBe(413)
    expect((await ask({ method: 'POST', path: '/releases' }, '{"type":')).status).toBe(400)
  })
})

describe('hostile commands', () => {
  const hostile = fc.oneof(
    fc.jsonValue(), fc.constantFrom('<script>alert(1)</script>', '<!channel>', 'javascript:alert(1)', '{__name__=~".+"}', '\u202e', '\ud800', '\u0000', 'a'.repeat(20_000), '../../etc/passwd', "' or 1=1 --"),
  )

  it('are answered with what is wrong, never with a broken server', async () => {
    held.actor = admin
    const collections = catalogue().filter((one) => one.id.startsWith('command-'))
    await fc.assert(fc.asyncProperty(fc.constantFrom(...collections), fc.dictionary(fc.constantFrom('type', 'gateId', 'itemId', 'reason', 'name', 'seen', '__proto__', 'constructor'), hostile), async (operation, body) => {
      const response = await ask(operation, body)
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.status).toBeLessThan(500)
    }), { numRuns: 300, seed: 5 })
  })

  it('of every type, with nothing else, are refused by their schema', async () => {
    held.actor = admin
    for (const [kind, registration] of Object.entries(contexts)) {
      const types = z.toJSONSchema(registration.schema, { io: 'input', unrepresentable: 'any' })
      const list = types.oneOf ?? types.anyOf ?? [types]
      for (const one of list) {
        const type = typeof one === 'object' && one.properties && typeof one.properties['type'] === 'object' ? one.properties['type'].const : undefined
        if (type === undefined) continue
        const operation = catalogue().find((op) => op.id.startsWith('command-') && op.path.startsWith(`/${{ person: 'people', installation: 'installation', live: 'live' }[kind] ?? `${kind}s`}`))
        if (!operation) continue
        const response = await ask(operation, { type, surplus: 1 })
        expect([kind, type, response.status < 500 && response.status >= 400]).toEqual([kind, type, true])
      }
    }
  })
})

describe('the description of the API', () => {
  it('is OpenAPI 3.1 of the same table, with a schema for every command', () => {
    const document = JSON.stringify(openApi(catalogue()))
    expect(document).toContain('"openapi":"3.1.0"')
    for (const operation of catalogue()) expect(document).toContain(`"operationId":"${operation.id}"`)
    for (const type of ['sign-off', 'roll-back', 'open-release', 'adopt', 'add-environment']) expect(document).toContain(`"const":"${type}"`)
    expect(document).toContain(`"code":{"type":"string","enum":${JSON.stringify(Object.keys(PROBLEMS))}}`)
  })
})
