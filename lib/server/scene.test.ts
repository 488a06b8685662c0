import { afterAll, describe, expect, it } from 'vitest'
import { projections } from '@/db/projections'
import { freshMemory } from '@/db/testing/stores'
import type { Actor, PersonActor } from '@/lib/domain/actor'
import { DEFAULT_TEAMS, INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { viewEnvironments } from '@/lib/server/view/environment'
import { viewModel, viewModels } from '@/lib/server/view/model'
import { viewOpening } from '@/lib/server/view/opening'
import { viewTemplate, viewTemplates } from '@/lib/server/view/template'

const uuid = (end: number) => `01980000-0000-7000-8000-${String(end).padStart(12, '0')}`
const PERSON = uuid(900)
const setup: Actor = { kind: 'system', name: 'setup' }
const mara: PersonActor = { kind: 'person', personId: PERSON, name: 'Mara', isAdmin: true, delegatedBy: [], memberships: DEFAULT_TEAMS.map((team) => ({ team: team.id, role: 'lead' })) }

describe('the scene, through the one write path', async () => {
  const store = await freshMemory()
  afterAll(() => store.close())
  const place = { store, contexts, foldings: registry, projections }
  const run = (call: Call) => executeIn(place, call)
  let count = 0
  const order = (kind: Call['kind'], id: string, command: unknown, actor: Actor = mara) => run({ kind, id, command, actor, key: `k${(count += 1)}` })

  await order('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: PERSON, name: 'Mara', email: 'mara@acme.example', memberships: mara.memberships } }, setup)

  it('seeds the templates once, however often it runs', async () => {
    await seedTemplates(new Date(), run)
    await seedTemplates(new Date(), run)
    const { templates } = await viewTemplates(store, mara)
    expect(templates.map((one) => [one.name, one.revision, one.gateCount])).toEqual([['ML release', 1, 11], ['Hot-fix', 1, 8], ['LLM release', 1, 11]])
  })

  it('shows what one person alone cannot sign, with the ways out', async () => {
    const view = await viewTemplate(store, mara, ML_RELEASE_ID)
    expect(view?.separation).toEqual({ low: 'small-team', medium: 'small-team', high: 'strict' })
    expect(view?.unmet.low.map((one) => one.gateNumber)).toEqual([3, 8])
    expect(view?.unmet.high.map((one) => one.gateNumber)).toEqual([3, 4, 6, 7, 8, 10])
    expect(view?.unmet.low[0]?.waysOut).toEqual(['Invite another person.'])
  })

  it('registers a model, its version, a document and an environment, and reads them back with their words', async () => {
    const model = uuid(1)
    expect(await order('model', model, { type: 'register-model', slug: 'fraud', name: 'Fraud score', purpose: 'Stops card fraud', ownerTeam: 'data-science', codePrefix: 'FRAUD' })).toMatchObject({ ok: true, version: 1 })
    expect(await order('model', uuid(2), { type: 'register-model', slug: 'fraud', name: 'Other', purpose: '', ownerTeam: 'ops', codePrefix: 'OTHER' })).toMatchObject({ ok: false, refusal: { code: 'exists' } })
    const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
    expect(await order('model', model, { type: 'add-version', versionId: uuid(11), label: '7', artefact: 'models:/fraud/7', digest: null, codeCommit: null, data: null, behaviour })).toMatchObject({ ok: true })
    expect(await order('model', model, { type: 'attach-document', documentId: uuid(21), title: 'Model card', url: 'https://docs.google.com/document/d/1', kind: 'model-card', ownerTeam: 'data-science', pinnedRevision: null })).toMatchObject({ ok: true })
    expect(await order('environment', uuid(31), { type: 'add-environment', slug: 'prod-eu', name: 'Production EU', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'Europe/Berlin' })).toMatchObject({ ok: true })
    expect(await order('environment', uuid(31), { type: 'add-freeze', freezeId: uuid(41), from: '2030-11-27T00:00:00Z', to: '2030-11-30T00:00:00Z', zone: 'UTC', reason: 'Black Friday' })).toMatchObject({ ok: true })

    const view = await viewModel(store, mara, 'fraud')
    expect(view).toMatchObject({ purpose: 'Stops card fraud', registeredByName: 'Mara', allowed: { edit: null, adopt: null } })
    expect(view?.versions[0]).toMatchObject({ label: '7', artefact: { kind: 'mlflow', pinned: true }, warning: null })
    expect(view?.documents[0]).toMatchObject({ title: 'Model card', providerName: 'Google Docs', kindName: 'Model card', allowed: { reviewFor: ['product', 'data-science', 'ops'] } })
    expect((await viewModels(store, mara)).models).toHaveLength(1)
    const { environments } = await viewEnvironments(store, mara, new Date('2030-11-28T00:00:00Z'))
    expect(environments[0]?.freezes[0]).toMatchObject({ reason: 'Black Friday', standing: 'active' })
    const stored = JSON.stringify(await store.db.select().from(store.t.aggregate))
    expect(stored).not.toContain('Stops card fraud')
    expect(stored).not.toContain('Black Friday')
  })

  it.each([
    ['a link that runs', { type: 'attach-document', documentId: uuid(22), title: 'x', url: 'javascript:alert(1)', kind: 'other', ownerTeam: 'ops', pinnedRevision: null }],
    ['a title with a hidden override', { type: 'attach-document', documentId: uuid(22), title: 'card\u202egpj', url: 'https://a.example', kind: 'other', ownerTeam: 'ops', pinnedRevision: null }],
    ['a word too many', { type: 'archive-model', force: true }],
    ['an unknown command', { type: 'drop-model' }],
    ['a version that can move', { type: 'add-version', versionId: uuid(12), label: '8', artefact: 'models:/fraud@champion', digest: null, codeCommit: null, data: null, behaviour: { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null } }],
    ['an unknown team', { type: 'edit-model', name: 'Fraud', purpose: '', ownerTeam: 'legal' }],
  ])('refuses %s, and nothing is half done', async (_what, command) => {
    const before = await viewModel(store, mara, 'fraud')
    const result = await order('model', uuid(1), command)
    expect(result.ok).toBe(false)
    if (!result.ok) expect(result.refusal.message.length).toBeGreaterThan(10)
    expect(await viewModel(store, mara, 'fraud')).toEqual(before)
  })

  it('lets fifty registrations of one slug through once', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, (_, index) =>
      order('model', uuid(500 + index), { type: 'register-model', slug: 'race', name: 'Race', purpose: '', ownerTeam: 'ops', codePrefix: 'RACE' })))
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect((await viewModels(store, mara)).models.filter((one) => one.slug === 'race')).toHaveLength(1)
  })

  it('tells all that opening a release needs, and a viewer why not', async () => {
    const view = await viewOpening(store, mara, new Date('2030-11-28T00:00:00Z'))
    expect(view.models[0]).toMatchObject({ slug: 'fraud', versions: [{ label: '7', isPinned: true }] })
    expect(view.environments[0]).toMatchObject({ slug: 'prod-eu', hasSource: false, freezes: [{ reason: 'Black Friday' }] })
    expect(view.templates.map((one) => one.name)).toEqual(['ML release', 'Hot-fix', 'LLM release'])
    expect(view.allowed.open).toBeNull()
    expect((await viewOpening(store, { ...mara, memberships: [], isAdmin: false })).allowed.open).toContain('You are a viewer')
  })
})
