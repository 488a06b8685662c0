/** The webhook of Alertmanager over the API on a real store: matched alerts stand on the live version once, unmatched ones are listed with the reason, rubbish is refused. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { id, SIX } from '@/lib/domain/release/testing/play'
import { projections } from '@/db/projections'
import { loadAggregate } from '@/db/aggregate'

const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor, currentActor: async () => held.actor }))

const { dispatch } = await import('@/lib/server/api/dispatch')
const { contexts } = await import('@/lib/server/context')
const { executeIn } = await import('@/lib/server/execute')
const { liveList } = await import('@/lib/server/view/live')
const { viewLive } = await import('@/lib/server/view/live-detail')

const [MODEL, TARGET, VERSION] = [id(100), id(200), id(301)]
const LIVE = `${MODEL}:${TARGET}`
const setup: Actor = { kind: 'system', name: 'setup' }
const hook: Actor = { kind: 'token', tokenId: id(9), name: 'alertmanager', scopes: ['alert'], modelIds: [] }
const lead = { ...SIX.olga, isAdmin: true }
const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }

let store: Store
let count = 0
async function must(kind: 'installation' | 'model' | 'environment' | 'live', target: string, command: unknown, actor: Actor): Promise<void> {
  const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind, id: target, command, actor, key: `k${(count += 1)}` })
  if (!result.ok) throw new Error(result.refusal.message)
}

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: SIX.pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: SIX.pia.memberships } }, setup)
  await must('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'Fraud', purpose: 'x', ownerTeam: 'ops', codePrefix: 'FRAUD' }, lead)
  await must('model', MODEL, { type: 'add-version', versionId: VERSION, label: '4.1.0', artefact: `registry.example.org/f@sha256:${'a'.repeat(64)}`, digest: null, codeCommit: 'c'.repeat(40), data: null, behaviour }, lead)
  await must('environment', TARGET, { type: 'add-environment', slug: 'eu', name: 'EU', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' }, lead)
  await must('live', LIVE, { type: 'adopt', versionId: VERSION, since: '2026-01-02T09:00:00Z', note: 'x' }, lead)
  await must('live', LIVE, { type: 'set-alerting', alerting: { matchers: { model_name: 'fraud' }, proposes: 'critical' } }, lead)
})
afterAll(() => store.close())

const one = (more: object = {}, labels: object = {}) => ({
  status: 'firing', labels: { alertname: 'ModelErrors', model_name: 'fraud', severity: 'critical', ...labels }, annotations: { summary: 'Errors at 9 %' },
  startsAt: '2026-03-02T10:00:00.5Z', endsAt: '0001-01-01T00:00:00Z', generatorURL: 'http://prom/graph', fingerprint: 'f1', ...more,
})

async function post(body: unknown, query = '', actor: Actor | null = hook): Promise<{ status: number; body: unknown }> {
  held.actor = actor
  const request = new Request(`http://localhost/api/v1/alerts/alertmanager${query}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer ghp_x' }, body: JSON.stringify(body) })
  const answer = await dispatch(request, ['alerts', 'alertmanager'])
  return { status: answer.status, body: await answer.json() }
}
const notice = (...alerts: object[]) => ({ version: '4', groupKey: 'x', status: 'firing', receiver: 'gatehouse', truncatedAlerts: 0, externalURL: 'http://am', groupLabels: {}, commonLabels: {}, commonAnnotations: {}, alerts })

async function inbound(): Promise<readonly { id: string; isMatched: boolean; reason: string; targets: { name: string }[] }[]> {
  held.actor = lead
  const answer: unknown = await (await dispatch(new Request('http://localhost/api/v1/alerts'), ['alerts'])).json()
  return typeof answer === 'object' && answer !== null && 'alerts' in answer && Array.isArray(answer.alerts) ? answer.alerts : []
}

describe('alerts that Alertmanager hands in', () => {
  it('stand on the live version once, however often they come, and propose a roll-back', async () => {
    for (let i = 0; i < 3; i += 1) expect(await post(notice(one()))).toEqual({ status: 200, body: { alerts: 1, matched: 1, unmatched: 0, dropped: 0 } })
    const live = await viewLive(store, lead, LIVE)
    expect(live?.standing).toBe('at-risk')
    expect(live?.alerts).toMatchObject([{ name: 'ModelErrors', summary: 'Errors at 9 %', endsAt: null }])
    expect(live?.proposed.filter((proposal) => proposal.ended === null)).toMatchObject([{ title: 'alert ModelErrors' }])
    expect((await loadAggregate(store, 'live', LIVE))?.version).toBe(5)
    expect((await liveList(store, lead)).rows).toMatchObject([{ modelName: 'Fraud', proposals: 1, why: 'alert ModelErrors' }])
  })

  it('are resolved, and what they proposed is withdrawn', async () => {
    await post(notice(one({ status: 'resolved', endsAt: '2026-03-02T10:09:00Z' })))
    await post(notice(one({ status: 'resolved', endsAt: '2026-03-02T10:09:00Z' })))
    const live = await viewLive(store, lead, LIVE)
    expect(live?.standing).toBe('unwatched')
    expect(live?.alerts).toMatchObject([{ endsAt: '2026-03-02T10:09:00.000Z' }])
    expect(live?.proposed.map((proposal) => proposal.ended?.how)).toEqual(['recovered'])
  })

  it('that match nothing are listed with the reason, beside the others', async () => {
    expect(await post(notice(one({ fingerprint: 'f2' }, { model_name: 'churn' })))).toMatchObject({ body: { matched: 0, unmatched: 1 } })
    expect(await post(notice(one({ fingerprint: 'f3' })), '?environment=us')).toMatchObject({ body: { matched: 0, unmatched: 1 } })
    expect((await inbound()).map((line) => [line.isMatched, line.reason])).toEqual(expect.arrayContaining([
      [true, ''], [false, 'Nearest is Fraud 4.1.0 in EU: model_name is "churn", wanted "fraud".'], [false, 'No release or live version in us.'],
    ]))
  })

  const refused: readonly [string, unknown, Actor | null, number][] = [
    ['from a person', notice(one()), lead, 403], ['from nobody', notice(one()), null, 401],
    ['from a token for something else', notice(one()), { ...hook, scopes: ['evidence'] }, 403],
    ['of another version', { ...notice(one()), version: '5' }, hook, 422], ['that are no JSON object', [], hook, 422],
  ]
  it.each(refused)('%s are refused', async (_name, body, actor, status) => {
    expect((await post(body, '', actor)).status).toBe(status)
  })
})
