/** What the record notes of packs: only that one was made, for whom, once per request; and nobody can post such a note. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { id, person } from '@/lib/domain/release/testing/play'

const SHA = 'a'.repeat(64)
const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor, currentActor: async () => held.actor }))
vi.mock('@/lib/server/checkpoint/start', () => ({ signingNow: async () => null }))
vi.mock('@/lib/server/evidence-pack/build', () => ({
  buildPack: async (_place: unknown, scope: { readonly code?: string }) => (scope.code === 'NONE-1' ? null : { name: 'evidence', files: [], seq: 1, manifestHash: SHA }),
}))

const { dispatch } = await import('./dispatch')
const { execute } = await import('@/lib/server/execute')

let store: Store
beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  const command = { type: 'set-up', name: 'Acme', admin: { id: id(3), name: 'Ada', email: 'ada@example.org', memberships: [] } }
  expect(await execute({ kind: 'installation', id: INSTALLATION_ID, command, actor: { kind: 'system', name: 'setup' }, key: 'set-up' })).toMatchObject({ ok: true })
})
afterAll(() => store.close())

const olga = { ...person(2, 'Olga', [{ team: 'ops', role: 'lead' }]), sessionId: 'session' }
const ada = { ...person(3, 'Ada', [], true), sessionId: 'session' }

async function post(actor: typeof olga, path: string, body: object, key: string): Promise<number> {
  held.actor = actor
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', 'idempotency-key': key }
  return (await dispatch(new Request(`http://localhost/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) }), path.split('/').filter(Boolean))).status
}

async function noted(): Promise<readonly unknown[]> {
  const entries = await store.db.select().from(store.t.logEntry)
  return entries.filter((one) => one.type === 'evidence-pack-made' || one.type === 'checkpoint-key-replaced').map((one) => JSON.parse(one.body))
}

it('refuses a note that somebody posts, whatever their role', async () => {
  for (const actor of [olga, ada]) {
    const by = actor.personId
    expect(await post(actor, `/installation/${INSTALLATION_ID}/commands`, { type: 'note-evidence-pack', about: 'FRAUD-12', seq: 1, manifest: SHA, by }, `pack-${by}`)).toBe(403)
    expect(await post(actor, `/installation/${INSTALLATION_ID}/commands`, { type: 'note-checkpoint-key', key: 'b'.repeat(16), fingerprint: SHA, by }, `key-${by}`)).toBe(403)
  }
  expect(await noted()).toEqual([])
})

it('notes each pack that was made with the person who asked, and a repeated request once', async () => {
  for (const actor of [olga, olga, ada]) expect(await post(actor, '/evidence-packs', { release: 'FRAUD-12' }, 'the-same-key')).toBe(200)
  expect(await post(olga, '/evidence-packs', { release: 'NONE-1' }, 'another')).toBe(404)
  expect(await noted()).toEqual([olga, ada].map(({ personId }) => expect.objectContaining({ event: expect.objectContaining({ about: 'FRAUD-12', seq: 1, manifest: SHA, by: personId }) })))
})
