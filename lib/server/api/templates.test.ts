/** Checklists over the API: read without being saved, refused in words, out as a file, and two people who save the same template. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { id, person } from '@/lib/domain/release/testing/play'
import { ML_RELEASE } from '@/lib/domain/template/shipped'

const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor, currentActor: async () => held.actor }))
const { dispatch } = await import('./dispatch')

let store: Store
const [pia, ola] = [{ ...person(1, 'Pia', [{ team: 'product', role: 'lead' }]), sessionId: 's' }, { ...person(2, 'Ola', [{ team: 'ops', role: 'lead' }]), sessionId: 's' }]
const TEMPLATE = id(40)
const { templateId: _id, revision: _revision, ...content } = ML_RELEASE
const renamed = (name: string) => ({ type: 'revise-template', expects: 1, content: { ...content, name }, reason: 'Said better' })

async function ask(path: string, body?: unknown): Promise<{ readonly status: number; readonly text: string; readonly json: () => Record<string, unknown>; readonly headers: Headers }> {
  const init: RequestInit = { method: body === undefined ? 'GET' : 'POST', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await dispatch(new Request(`http://localhost/api/v1${path}`, init), path.split('?')[0]?.split('/').filter(Boolean) ?? [])
  const text = await response.text()
  return { status: response.status, text, headers: response.headers, json: () => JSON.parse(text) }
}

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  held.actor = pia
  expect((await ask(`/templates/${TEMPLATE}/commands`, { type: 'create-template', content })).status).toBe(200)
})
afterAll(() => store.close())

describe('checklists over the API', () => {
  it('reads one and saves nothing', async () => {
    const before = await store.db.select().from(store.t.logEntry)
    const answer = await ask('/templates/import', { markdown: '# Mine\n## Data\n- [ ] Pinned <script>alert(1)</script>\n\nAside', name: 'x' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(answer.json()).toMatchObject({ content: { name: 'Mine' }, leftovers: [{ line: 5, text: 'Aside' }], faults: [] })
    expect(await store.db.select().from(store.t.logEntry)).toEqual(before)
  })
  it('refuses what is too long, in words, and who may not make templates', async () => {
    const long = await ask('/templates/import', { markdown: '- [ ] a\n'.repeat(10_001) })
    expect([long.status, long.json().detail]).toEqual([422, 'The file has 10,002 lines; at most 10,000 are read. Nothing was taken from it.'])
    held.actor = { ...person(3, 'Vera', []), sessionId: 's' }
    expect((await ask('/templates/import', { markdown: '- [ ] a' })).status).toBe(403)
    held.actor = pia
  })
  it('gives a template out as a file that comes back as the same template', async () => {
    const file = await ask(`/templates/${TEMPLATE}/markdown`)
    expect([file.status, file.headers.get('content-disposition'), file.headers.get('x-content-type-options')]).toEqual([200, 'attachment; filename="ml-release-1.md"', 'nosniff'])
    expect((await ask('/templates/import', { markdown: file.text })).json().content).toEqual(content)
    expect((await ask(`/templates/${TEMPLATE}/markdown?revision=9`)).status).toBe(404)
    expect((await ask(`/templates/${TEMPLATE}/revisions/nine`)).status).toBe(404)
  })
  it('answers 409 with the newer revision to who saves second, and still has the one that both began with', async () => {
    expect((await ask(`/templates/${TEMPLATE}/commands`, renamed('Risk models'))).status).toBe(200)
    held.actor = ola
    const late = await ask(`/templates/${TEMPLATE}/commands`, renamed('Ranking models'))
    expect([late.status, late.json()]).toEqual([409, expect.objectContaining({ code: 'stale', current: expect.objectContaining({ content: expect.objectContaining({ name: 'Risk models', revision: 2 }) }) })])
    expect((await ask(`/templates/${TEMPLATE}/revisions/1`)).json()).toMatchObject({ name: 'ML release', revision: 1 })
  })
  it('lets a change of who signs wait for a second person, and keeps both in the log', async () => {
    const changed = { ...content, gates: content.gates.map((gate) => (gate.id === 'canary' ? { ...gate, rule: { teams: [{ team: 'ops', count: 2 }] } } : gate)) }
    expect((await ask(`/templates/${TEMPLATE}/commands`, { ...renamed('x'), expects: 2, content: changed })).json()).toMatchObject({ view: { proposal: { changedRules: ['Canary'] }, content: { revision: 2 } } })
    expect((await ask(`/templates/${TEMPLATE}/commands`, { type: 'confirm-revision', revision: 3 })).status).toBe(403)
    held.actor = pia
    expect((await ask(`/templates/${TEMPLATE}/commands`, { type: 'confirm-revision', revision: 3 })).json()).toMatchObject({ view: { content: { revision: 3 } } })
    const entries = (await store.db.select().from(store.t.logEntry)).filter((entry) => entry.aggregateId === TEMPLATE).map((entry) => entry.type)
    expect(entries).toEqual(['template-created', 'template-revised', 'revision-proposed', 'revision-confirmed'])
  })
})
