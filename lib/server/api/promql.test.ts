/** Who may look into a source through the API of queries, and what each is told. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { id, person } from '@/lib/domain/release/testing/play'

const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor, currentActor: async () => held.actor }))

const { dispatch } = await import('./dispatch')

let store: Store
beforeAll(async () => {
  store = await freshMemory()
  held.store = store
})
afterAll(() => store.close())
const member = { ...person(2, 'Max', [{ team: 'ops', role: 'member' }]), sessionId: 'session' }
const lead = { ...person(3, 'Lea', [{ team: 'ops', role: 'lead' }]), sessionId: 'session' }
beforeEach(() => { held.actor = member })

async function ask(path: string, body?: object): Promise<{ readonly status: number; readonly answer: unknown }> {
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
  const response = await dispatch(new Request(`http://localhost/api/v1${path}`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }), path.split('?')[0]?.split('/').filter(Boolean) ?? [])
  return { status: response.status, answer: await response.json() }
}

const own = { id: 'own', title: 'Own', presetId: null, query: 'up', unit: '1', threshold: null }

it.each([`/sources/${id(7)}/labels`, `/sources/${id(7)}/labels/job/values?metric=up`, `/sources/${id(7)}/metadata`])('tells a member nothing of a source, and a lead when there is none: %s', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 403, answer: { detail: expect.stringMatching(/lead/i) } })
  held.actor = lead
  expect(await ask(path)).toMatchObject({ status: 404 })
})

it('says beforehand who may write a query, and previews own PromQL for nobody else', async () => {
  expect(await ask('/promql')).toMatchObject({ answer: { refusal: expect.stringMatching(/lead/i) } })
  expect(await ask(`/releases/${id(8)}/metrics/preview`, { panel: own })).toMatchObject({ status: 403 })
  expect(await ask(`/releases/${id(8)}/metrics/preview`, { panel: { ...own, query: null, presetId: 'model.drift' } })).toMatchObject({ status: 404 })
  held.actor = lead
  expect(await ask('/promql')).toEqual({ status: 200, answer: { refusal: null } })
  expect(await ask(`/releases/${id(8)}/metrics/preview`, { panel: own })).toMatchObject({ status: 404 })
})

it.each([
  ['sum(rate(a{$sel,code=~"5.."}[$w])) / sum(rate(a{$base}[$w]))', null, ['a']],
  ['sum(rate(a{$sel}[$w])', { message: 'The query ends too early.' }, ['a']],
  ['sum(a) by', { message: expect.any(String) }, ['a']],
])('reads a template with its placeholders: %s', async (promql, fault, metrics) => {
  expect(await ask('/promql/check', { promql })).toMatchObject({ status: 200, answer: { fault, metrics } })
})

it.each(['from=2026-11-22T19:00:00Z', 'from=2026-11-22T19:00:00Z&to=2026-11-22T18:00:00Z', 'from=yesterday&to=today', 'range=2y'])('refuses a window that says nothing: %s', async (query) => {
  expect((await ask(`/releases/${id(8)}/metrics?${query}`)).status).toBe(422)
  expect((await ask(`/releases/${id(8)}/metrics.csv?${query}`)).status).toBe(422)
})
