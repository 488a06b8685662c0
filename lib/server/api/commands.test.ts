/** What the generic route of commands must not take: ids that are none, and commands that rest on what the server keeps beside the record. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { person } from '@/lib/domain/release/testing/play'

const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor, currentActor: async () => held.actor }))

const { dispatch } = await import('./dispatch')

const admin = { ...person(3, 'Ada', [{ team: 'ops', role: 'lead' }], true), sessionId: 'session' }
const wishes = { name: 'Prometheus', url: 'http://prometheus:9090', auth: 'none', headerNames: [], scrapeIntervalSeconds: 15 }
let store: Store

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  held.actor = { kind: 'system', name: 'setup' }
  await send('/installation/installation/commands', { type: 'set-up', name: 'Acme', admin: { id: admin.personId, name: 'Ada', email: 'ada@example.org', memberships: admin.memberships } })
})
afterAll(() => store.close())
beforeEach(() => { held.actor = admin })

async function send(path: string, body: object, key: string = randomUUID()): Promise<{ readonly status: number; readonly said: string }> {
  const response = await dispatch(new Request(`http://localhost/api/v1${encodeURI(path)}`, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify(body) }), path.split('/').filter(Boolean))
  return { status: response.status, said: await response.text() }
}

const recorded = async () => (await store.db.select().from(store.t.logEntry)).length

describe('the id of a command', () => {
  const known = '01980000-0000-7000-8000-00000000abcd'
  it.each(['x', 'constructor', '__proto__', 'a:b', 'x'.repeat(5_000), `${known} `, known.toUpperCase(), `${known}:${known}:${known}`])('is one that the kind has, and no other (%#)', async (id) => {
    const before = await recorded()
    expect((await send(`/environments/${id}/commands`, { type: 'add-environment', slug: 'production', name: 'Production', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' })).status).toBe(404)
    expect((await send(`/installation/${id}/commands`, { type: 'rename', name: 'Acme' })).status).toBe(404)
    expect((await send(`/live/${id}/commands`, { type: 'lift-hold', versionId: randomUUID(), cause: 'found' })).status).toBe(404)
    expect(await recorded()).toBe(before)
  })
})

describe('a command that rests on what the server keeps beside the record', () => {
  it('cannot point a source at credentials that were given for another host', async () => {
    const id = randomUUID()
    expect((await send(`/sources/${id}/commands`, { type: 'add-source', ...wishes, secretId: null })).status).toBe(200)
    for (const command of [{ type: 'edit-source', ...wishes, auth: 'bearer', url: 'https://evil.example', secretId: randomUUID() }, { type: 'add-source', ...wishes, auth: 'bearer', secretId: randomUUID() }]) {
      const answer = await send(`/sources/${command.type === 'edit-source' ? id : randomUUID()}/commands`, command)
      expect(answer.status).toBe(422)
      expect(answer.said).toContain('/api/v1/sources/')
    }
  })

  it('cannot send messages to an address that somebody else gave, nor tell of a secret, a replay or a token that was never made', async () => {
    const before = await recorded()
    const destination = { name: 'Theirs', team: null, eventKinds: ['hold'], secretId: randomUUID(), hint: 'hooks.slack.com/…' }
    for (const [path, command] of [
      ['/destinations', { type: 'add-destination', kind: 'slack', ...destination }],
      [`/destinations/${randomUUID()}/commands`, { type: 'add-destination', kind: 'slack', ...destination }],
      [`/destinations/${randomUUID()}/commands`, { type: 'change-address', secretId: randomUUID(), hint: 'x' }],
      [`/destinations/${randomUUID()}/commands`, { type: 'rotate-signing' }],
      [`/destinations/${randomUUID()}/commands`, { type: 'replay', deliveryIds: [randomUUID()] }],
      [`/tokens/${randomUUID()}/commands`, { type: 'create', name: 'ci', scopes: ['read'], hash: 'a'.repeat(64) }],
      ['/installation/installation/commands', { type: 'set-status-link', hash: 'a'.repeat(64) }],
    ] as const) {
      const answer = await send(path, command)
      expect([command.type, answer.status]).toEqual([command.type, 422])
      expect(answer.said).toMatch(/Send it as POST \/api\/v1\//)
    }
    expect(await recorded()).toBe(before)
  })
})

describe('a link that sets the password of somebody', () => {
  it('is an entry of the log each time, whatever key comes with it', async () => {
    const { said } = await send('/people', { name: 'Bo', email: 'bo@example.org' })
    const { personId } = z.object({ personId: z.string() }).parse(JSON.parse(said))
    const before = await recorded()
    for (let turn = 1; turn <= 2; turn += 1) {
      expect((await send(`/people/${personId}/link`, {}, 'one-key')).status).toBe(200)
      expect(await recorded()).toBe(before + turn)
    }
    expect((await send(`/people/${personId}/commands`, { type: 'reset-link' })).status).toBe(422)
    held.actor = { ...admin, isAdmin: false }
    expect((await send(`/people/${personId}/link`, {})).status).toBe(403)
    expect(await recorded()).toBe(before + 2)
  })
})

describe('a key', () => {
  const wish = (name: string) => ({ type: 'add-environment', slug: name, name, kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' })

  it('gives a repeated creation the thing that was made first, and makes no second one', async () => {
    const first = await send('/environments', wish('one'), 'key-1')
    const before = await recorded()
    expect(await send('/environments', wish('one'), 'key-1')).toEqual(first)
    expect(await recorded()).toBe(before)
  })

  it('that carried one command is refused for another, which nobody must take for done', async () => {
    const id = randomUUID()
    expect((await send(`/environments/${id}/commands`, wish('two'), 'key-2')).status).toBe(200)
    const before = await recorded()
    for (const [path, command] of [[`/environments/${id}/commands`, { type: 'archive-environment' }], [`/environments/${randomUUID()}/commands`, wish('two')], ['/environments', wish('three')]] as const) {
      const answer = await send(path, command, 'key-2')
      expect([path, answer.status]).toEqual([path, 422])
      expect(answer.said).toContain('a key of its own')
    }
    expect(await recorded()).toBe(before)
  })
})

describe('a token that may only tell what it deployed', () => {
  it('reaches the release with its acknowledgement, and with nothing else', async () => {
    held.actor = { kind: 'token', tokenId: randomUUID(), name: 'deploy', scopes: ['observe'], modelIds: [] }
    const at = `/releases/${randomUUID()}/commands`
    expect((await send(at, { type: 'acknowledge', share: 5, digest: null })).status).toBe(404)
    expect((await send('/models', { type: 'archive-model' })).said).toContain('lacks the scope')
    held.actor = { kind: 'token', tokenId: randomUUID(), name: 'reader', scopes: ['read'], modelIds: [] }
    expect((await send(at, { type: 'acknowledge', share: 5, digest: null })).said).toContain('lacks the scope \\"evidence\\" or \\"observe\\"')
  })
})

describe('a token that may not read', () => {
  const beat = { type: 'add-version', label: '1.0', artefact: `models:/fraud/1`, digest: `sha256:${'a'.repeat(64)}`, codeCommit: null, data: null, behaviour: { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null } }

  it('gets no view with its answer, as it would get none by asking', async () => {
    const modelId = randomUUID()
    expect((await send(`/models/${modelId}/commands`, { type: 'register-model', slug: 'fraud', name: 'Fraud check', purpose: 'Stops card fraud', ownerTeam: 'ops', codePrefix: 'FRAUD' })).status).toBe(200)
    for (const [scopes, sees] of [[['evidence'], false], [['evidence', 'read'], true]] as const) {
      held.actor = { kind: 'token', tokenId: randomUUID(), name: 'ci', scopes, modelIds: [modelId] }
      const done = await send(`/models/${modelId}/commands`, { ...beat, versionId: randomUUID(), label: String(sees) })
      expect([done.status, done.said.includes('Stops card fraud')]).toEqual([200, sees])
      const again = await send(`/models/${modelId}/commands`, { ...beat, versionId: randomUUID(), label: String(sees) })
      expect([again.status, again.said.includes('Stops card fraud')]).toEqual([409, sees])
    }
  })
})
