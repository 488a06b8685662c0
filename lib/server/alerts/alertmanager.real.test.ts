/** A real Prometheus and a real Alertmanager tell the API of a model that errs: the alert lands on its release as a mark, once, and is resolved there. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startAlertmanager } from '@/bin/alertmanager.mjs'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { findTool } from '@/bin/tools.mjs'
import { loadAggregate } from '@/db/aggregate'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { marksOf } from '@/lib/domain/release/marks'
import { id, SIX } from '@/lib/domain/release/testing/play'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'

const held = vi.hoisted((): { store: unknown } => ({ store: null }))
const hook: Actor = { kind: 'token', tokenId: id(9), name: 'alertmanager', scopes: ['alert'], modelIds: [] }
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
// The secret of a token is looked up elsewhere; here the one of the test is known.
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async (request: Request) => (request.headers.get('authorization') === 'Bearer ghp_test' ? hook : null) }))

const { dispatch } = await import('@/lib/server/api/dispatch')
const { contexts } = await import('@/lib/server/context')
const { executeIn } = await import('@/lib/server/execute')
const { seedTemplates } = await import('@/lib/server/seed-templates')

const isThere = findTool('prometheus') !== null && findTool('alertmanager') !== null
if (!isThere && process.env['CI'] === 'true') throw new Error('CI needs a Prometheus and an Alertmanager: install them or set PROMETHEUS_BIN and ALERTMANAGER_BIN')
if (!isThere) console.warn('NOT RUN: alerts of a real Alertmanager. There is no Prometheus or no Alertmanager here.')

const [MODEL, TARGET, VERSION, RELEASE] = [id(100), id(200), id(301), id(400)]
const LABELS = { model_name: 'fraud-scorer', model_version: '4.2.0' }
const lead = { ...SIX.pia, isAdmin: true, memberships: ['product', 'data-science', 'ops'].map((team) => ({ team, role: 'lead' as const })) }

let store: Store
let api: http.Server
const stops: (() => Promise<unknown>)[] = []
let models: Awaited<ReturnType<typeof startModelServer>>
let count = 0

async function must(kind: 'installation' | 'model' | 'environment' | 'release', target: string, command: unknown, actor: Actor): Promise<void> {
  const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind, id: target, command, actor, key: `k${(count += 1)}` })
  if (!result.ok) throw new Error(result.refusal.message)
}

/** The API on a port, as the product's server hands requests to it. */
async function listen(): Promise<string> {
  api = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const headers = new Headers(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])).map(([name, value]): [string, string] => [name, value]))
      void dispatch(new Request(url, { method: request.method ?? 'GET', headers, body: Buffer.concat(parts) }), url.pathname.replace('/api/v1/', '').split('/')).then(async (answer) => {
        response.writeHead(answer.status).end(await answer.text())
      })
    })
  })
  await new Promise<void>((resolve) => { api.listen(0, '127.0.0.1', resolve) })
  const address = api.address()
  return `http://127.0.0.1:${isAddress(address) ? address.port : 0}`
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

beforeAll(async () => {
  if (!isThere) return
  store = await freshMemory()
  held.store = store
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: lead.personId, name: 'Pia', email: 'pia@acme.example', memberships: lead.memberships } }, { kind: 'system', name: 'setup' })
  await seedTemplates(new Date(), (call) => executeIn({ store, contexts, foldings: registry, projections }, call))
  await must('model', MODEL, { type: 'register-model', slug: 'fraud-scorer', name: 'fraud-scorer', purpose: 'x', ownerTeam: 'ops', codePrefix: 'FRAUD' }, lead)
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  await must('model', MODEL, { type: 'add-version', versionId: VERSION, label: '4.2.0', artefact: `registry.example.org/f@sha256:${'a'.repeat(64)}`, digest: null, codeCommit: 'c'.repeat(40), data: null, behaviour }, lead)
  await must('environment', TARGET, { type: 'add-environment', slug: 'eu', name: 'EU', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' }, lead)
  await must('release', RELEASE, {
    type: 'open-release', modelId: MODEL, versionId: VERSION, environmentId: TARGET, stagingEnvironmentId: null, templateId: ML_RELEASE_ID, risk: 'low', targetAt: null,
    claim: { memoryGiB: 24, cpuCores: 8, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 900, growthPercent: 40 },
    serving: { image: 'serve:1', runtime: 'triton', precision: 'fp16', batching: '8' }, evaluation: 'sha256:eval',
    steps: [{ share: 10, soakMinutes: 10, minimumRequests: 0 }, { share: 100, soakMinutes: 10, minimumRequests: 0 }],
    rollbackPlan: { way: 'switch-off', triggers: 'errors', deciderId: null, rehearsedAt: null, restoreMinutes: 5 },
    feedback: { description: 'chargebacks', labelDelayDays: 14 }, owners: {}, onCallId: null, panels: [], selectors: { candidate: LABELS, stable: {}, shareQuery: null },
  }, lead)
  models = await startModelServer({ models: [{ name: 'fraud-scorer', requestsPerSecond: 20_000, versions: [{ version: '4.2.0', share: 1 }] }] })
  stops.push(() => models.close())
  const alertmanager = await startAlertmanager({ webhook: `${await listen()}/api/v1/alerts/alertmanager?environment=eu`, token: 'ghp_test' })
  stops.push(alertmanager.stop)
  const errors = '(sum by (model_name, model_version) (rate(model_requests_total{code="500"}[4s]))) / sum by (model_name, model_version) (rate(model_requests_total[4s])) > 0.05'
  const prometheus = await startPrometheus({
    intervalSeconds: 1, targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }], alertmanagers: [alertmanager.address],
    rules: [{ alert: 'ModelErrors', expr: errors, labels: { severity: 'critical' }, annotations: { summary: '{{ $labels.model_version }} errs' } }],
  })
  stops.push(prometheus.stop)
}, 60_000)
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
  api?.close()
  await store?.close()
})

const alerts = async () => (await loadAggregate(store, 'release', RELEASE))?.state.alerts ?? []

it.skipIf(!isThere)('lands on the release, stands there once, and is resolved', { timeout: 150_000 }, async () => {
  models.control({ model: 'fraud-scorer', version: '4.2.0', mode: 'erroring' })
  await expect.poll(alerts, { timeout: 60_000, interval: 250 }).toMatchObject([{ name: 'ModelErrors', severity: 'critical', endsAt: null, isProposing: true, labels: LABELS }])
  models.control({ model: 'fraud-scorer', version: '4.2.0', mode: 'healthy' })
  await expect.poll(async () => (await alerts()).map((one) => one.endsAt !== null), { timeout: 60_000, interval: 250 }).toEqual([true])
  const state = (await loadAggregate(store, 'release', RELEASE))?.state
  expect(state && marksOf(state).filter((mark) => mark.kind === 'alert').map((mark) => mark.label)).toEqual(['alert ModelErrors', 'ModelErrors resolved'])
})
