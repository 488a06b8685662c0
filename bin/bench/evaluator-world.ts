/** Makes the two databases of the evaluator's bench: releases with 200 metric items that are due, with or without a metrics source, and two releases that are only looked at. */
import { randomUUID } from 'node:crypto'
import { addCredential } from '@/db/access'
import { projections } from '@/db/projections'
import { openStore } from '@/db/store'
import type { PersonActor, SystemActor } from '@/lib/domain/actor'
import type { AggregateKind } from '@/lib/domain/aggregate'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { loadAggregate } from '@/db/aggregate'
import { metricItemsDue } from '@/lib/domain/release/measured'
import { ML_RELEASE, ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { DEFAULT_TEAMS } from '@/lib/domain/installation/state'
import { hashPassword } from '@/lib/server/auth/password'
import { contexts } from '@/lib/server/context'
import { executeIn } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { BENCH_PASSWORD, idOf } from './cast.mjs'

const ITEMS = 200
const SETUP: SystemActor = { kind: 'system', name: 'setup' }
const PIA: PersonActor = { kind: 'person', personId: idOf(1, 0), name: 'Pia Brandt', isAdmin: true, delegatedBy: [], memberships: DEFAULT_TEAMS.map((team) => ({ team: team.id, role: 'lead' })) }

const [file = '', url = '', kind = ''] = process.argv.slice(2)
const store = await openStore(`file:${file}`, { migrate: true, migrations: 'db/migrations' })
const place = { store, contexts, foldings: registry, projections }

async function order(aggregate: AggregateKind, id: string, command: object, actor: PersonActor | SystemActor = PIA): Promise<void> {
  const result = await executeIn(place, { kind: aggregate, id, command, actor, key: randomUUID() })
  if (!result.ok) throw new Error(`${JSON.stringify(command).slice(0, 80)} was refused: ${result.refusal.message}`)
}

/** Every gate stands open at once, so that a fresh release has all its staging items to measure. */
const { gates, steps, deferred } = ML_RELEASE
const OPEN = { name: 'ML release, all gates open', purpose: 'For the bench.', steps, deferred, gates: gates.map((gate) => (gate.phase === 'before-decision' ? { ...gate, needs: [] } : gate)) }
const TEMPLATE = randomUUID()
const [PANELS, SERVED] = [
  ['model.latency-p95', 'model.traffic', 'model.error-ratio', 'model.drift', 'model.accuracy', 'model.skew', 'kubernetes.memory', 'kubernetes.cpu'],
  { image: 'serve:1', runtime: 'triton', precision: 'fp16', batching: '8' },
]

async function open(number: number, templateId: string, environmentId: string): Promise<string> {
  const id = randomUUID()
  const name = `model-${number}`
  await order('model', idOf(5, number), { type: 'register-model', slug: name, name, purpose: '', ownerTeam: 'data-science', codePrefix: `M${String(number).padStart(2, '0')}` })
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  await order('model', idOf(5, number), { type: 'add-version', versionId: idOf(6, number), label: '2.0.0', artefact: `models:/${name}/2`, digest: null, codeCommit: null, data: null, behaviour })
  await order('release', id, {
    type: 'open-release', modelId: idOf(5, number), versionId: idOf(6, number), environmentId, stagingEnvironmentId: null, templateId, risk: 'medium', targetAt: null,
    claim: { memoryGiB: 8, cpuCores: 4, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 100, growthPercent: 10 }, serving: SERVED, evaluation: 'sha256:eval', steps,
    rollbackPlan: { way: 'degraded', triggers: '', deciderId: null, rehearsedAt: null, restoreMinutes: null }, feedback: { description: '', labelDelayDays: 14 }, owners: {}, onCallId: null,
    panels: PANELS.map((presetId, at) => ({ id: `p${at}`, title: presetId, presetId, query: null, unit: '1', threshold: null })),
    selectors: { candidate: { model_name: name, model_version: '2.0.0', namespace: 'ml', pod: `${name}-2-0-0-*` }, stable: {}, shareQuery: null },
  })
  return id
}

await order('installation', INSTALLATION_ID, { type: 'set-up', name: 'Bench', admin: { id: PIA.personId, name: PIA.name, email: 'p1@bench.example', memberships: PIA.memberships } }, SETUP)
await addCredential(store, { personId: PIA.personId, emailLower: 'p1@bench.example', passwordHash: await hashPassword(BENCH_PASSWORD), oidcIssuer: null, oidcSubject: null })
await seedTemplates(new Date(), (call) => executeIn(place, call))
await order('template', TEMPLATE, { type: 'create-template', content: OPEN })
await order('source', idOf(8, 0), { type: 'add-source', name: 'Prometheus', url, auth: 'none', headerNames: [], scrapeIntervalSeconds: 15, secretId: null })
for (const [number, slug, sourceId] of [[0, 'measured', kind === 'active' ? idOf(8, 0) : null], [1, 'looked-at', idOf(8, 0)]] as const) {
  await order('environment', idOf(4, number), { type: 'add-environment', slug, name: slug, kind: 'cloud', orchestrator: 'kubernetes', sourceId, zone: 'UTC' })
}
let items = 0
let number = 0
for (; items < ITEMS; number += 1) {
  const loaded = await loadAggregate(store, 'release', await open(number, TEMPLATE, idOf(4, 0)))
  items += loaded ? metricItemsDue(loaded.state, new Date()).length : 0
}
// Their first gate is not passed, so nothing of them is measured; their panels are looked at, of one by one viewer and of the other by many.
const looked: { code: string; model: string }[] = []
for (const at of [number, number + 1]) {
  const loaded = await loadAggregate(store, 'release', await open(at, ML_RELEASE_ID, idOf(4, 1)))
  if (loaded) looked.push({ code: loaded.state.code, model: `model-${at}` })
}
console.log(JSON.stringify({ items, releases: number, looked }))
await store.close()
