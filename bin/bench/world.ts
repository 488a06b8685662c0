/** Makes the database of the bench: every release is opened, worked and ended by the product's own commands under a moved clock. */
import { randomUUID } from 'node:crypto'
import { v7 as timedId } from 'uuid'
import { addCredential } from '@/db/access'
import { loadAggregate } from '@/db/aggregate'
import { keepEvaluations, type Evaluation } from '@/db/evaluation'
import { projections } from '@/db/projections'
import { openStore, type Store } from '@/db/store'
import type { PersonActor, SystemActor } from '@/lib/domain/actor'
import type { AggregateKind } from '@/lib/domain/aggregate'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { readRelease } from '@/lib/domain/release/phase'
import type { ItemState, ReleaseState } from '@/lib/domain/release/state'
import { DEFAULT_STEPS } from '@/lib/domain/template/default-rollout'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { hashPassword } from '@/lib/server/auth/password'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { BENCH_CODE_OF_SIGN_OFF, BENCH_PASSWORD, idOf } from './cast.mjs'

const SETUP: SystemActor = { kind: 'system', name: 'setup' }
const EVALUATOR: SystemActor = { kind: 'system', name: 'evaluator' }
const MODELS = 100
const DAY = 86_400_000
const NAMES = ['fraud-scorer', 'churn-ranker', 'search-embed', 'price-forecast', 'shelf-vision', 'transcribe', 'home-recommend', 'support-assistant', 'demand-planner', 'spam-filter']
const PLACES = ['production-eu', 'production-us', 'on-prem-fra', 'edge-stores', 'production-ap']
/** Where past releases went: a place takes one release of a version at a time. */
const PAST_PLACES = ['retired-eu', 'retired-us', 'retired-fra']

function person(number: number, name: string, team: string, role: 'member' | 'lead', isAdmin = false): PersonActor {
  return { kind: 'person', personId: idOf(1, number), name, memberships: [{ team, role }], isAdmin, delegatedBy: [] }
}

const PIA = person(1, 'Pia Brandt', 'product', 'lead', true)
const PEOPLE = [
  PIA, person(2, 'Jonas Weber', 'product', 'member'), person(3, 'Lena Hoffmann', 'data-science', 'lead'), person(4, 'Grace Okafor', 'data-science', 'member'),
  person(5, 'Mara Lindqvist', 'ops', 'lead'), person(6, 'Felix Kramer', 'ops', 'member'), person(7, 'Tomás Ruiz', 'data-science', 'member'),
]
const [, , LENA = PIA, , MARA = PIA, FELIX = PIA, TOMAS = PIA] = PEOPLE

interface Command {
  readonly type: string
  readonly [word: string]: unknown
}

class World {
  now = new Date(Date.now() - 200 * DAY)
  private readonly place

  constructor(readonly store: Store) {
    this.place = { store, contexts, foldings: registry, projections }
  }

  async order(kind: AggregateKind, id: string, command: Command, actor: PersonActor | SystemActor): Promise<void> {
    this.now = new Date(Math.min(this.now.getTime() + 1_000, Date.now()))
    const call: Call = { kind, id, command, actor, key: randomUUID(), now: this.now }
    const result = await executeIn(this.place, call)
    if (!result.ok) throw new Error(`${command.type} was refused: ${result.refusal.message} ${JSON.stringify(result.refusal.blockers ?? [])}`)
  }

  seed(): Promise<void> {
    return seedTemplates(this.now, (call) => executeIn(this.place, call))
  }

  async state(id: string): Promise<ReleaseState> {
    const loaded = await loadAggregate(this.store, 'release', id)
    if (!loaded) throw new Error(`there is no release ${id}`)
    return loaded.state
  }
}

async function scene(world: World): Promise<void> {
  const passwordHash = await hashPassword(BENCH_PASSWORD)
  for (const { personId, name, memberships, isAdmin } of PEOPLE) {
    const email = `p${PEOPLE.findIndex((one) => one.personId === personId) + 1}@bench.example`
    await addCredential(world.store, { personId, emailLower: email, passwordHash, oidcIssuer: null, oidcSubject: null })
    if (isAdmin) await world.order('installation', INSTALLATION_ID, { type: 'set-up', name: 'Bench', admin: { id: personId, name, email, memberships } }, SETUP)
    else await world.order('person', personId, { type: 'register', name, email, memberships, isAdmin }, SETUP)
  }
  await world.seed()
  for (const [index, slug] of [...PLACES, ...PAST_PLACES].entries()) {
    await world.order('environment', idOf(4, index), { type: 'add-environment', slug, name: slug, kind: 'cloud', orchestrator: 'kubernetes', zone: 'Europe/Berlin', sourceId: null }, MARA)
  }
  for (let model = 0; model < MODELS; model += 1) {
    const slug = `${NAMES[model % NAMES.length] ?? ''}-${Math.floor(model / NAMES.length) + 1}`
    await world.order('model', idOf(5, model), { type: 'register-model', slug, name: slug, purpose: 'Measured by the bench.', ownerTeam: 'data-science', codePrefix: `M${String(model).padStart(2, '0')}` }, LENA)
    for (const [group, label] of [[7, '4.1.3'], [6, '4.2.0']] as const) await world.order('model', idOf(5, model), {
      type: 'add-version', versionId: idOf(group, model), label, artefact: `models:/${slug}/${label}`, digest: `sha256:${(group * 1_000 + model).toString(16).padStart(64, '0')}`,
      codeCommit: (group * 1_000 + model).toString(16).padStart(40, '0'), data: `s3://data/${slug}?versionId=b${group}`,
      behaviour: { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null },
    }, TOMAS)
  }
  // Some models are public, so that the status page has something to show.
  for (let model = 0; model < 8; model += 1) {
    const environments = PLACES.slice(0, 3).map((name, index) => ({ environmentId: idOf(4, index), name }))
    for (const { environmentId } of environments) await world.order('live', `${idOf(5, model)}:${environmentId}`, { type: 'adopt', versionId: idOf(7, model), since: world.now.toISOString(), note: 'Seen in the cluster.' }, MARA)
    await world.order('model', idOf(5, model), { type: 'publish-model', publication: { name: `Model ${model + 1}`, fields: ['version', 'state', 'releases', 'phase', 'team', 'target', 'rail', 'holds', 'roll-backs'], environments } }, PIA)
  }
}

async function open(world: World, model: number, place: number): Promise<string> {
  const id = timedId({ msecs: world.now.getTime() })
  await world.order('release', id, {
    type: 'open-release', modelId: idOf(5, model), versionId: idOf(6, model), environmentId: idOf(4, place), stagingEnvironmentId: null, templateId: ML_RELEASE_ID, risk: 'low',
    targetAt: new Date(Date.now() + ((model * 7 + place * 3) % 40 - 6) * DAY).toISOString(),
    claim: { memoryGiB: 8, cpuCores: 4, gpuCount: 0, gpuType: '', gpuMemoryGiB: 0, storageGiB: 40, peakPerSecond: 600, growthPercent: 40 },
    serving: { image: 'registry.example.org/serve:1', runtime: 'ONNX Runtime 1.23', precision: 'fp32', batching: 'dynamic' }, evaluation: 'sha256:77aa', steps: DEFAULT_STEPS,
    rollbackPlan: { way: 'degraded', triggers: 'Errors past their limit for five minutes.', deciderId: MARA.personId, rehearsedAt: null, restoreMinutes: 6 },
    feedback: { description: 'Labels come from closed cases.', labelDelayDays: 14 }, owners: { product: PIA.personId, 'data-science': LENA.personId, ops: MARA.personId }, onCallId: FELIX.personId,
    panels: [], selectors: { candidate: { model_version: '4.2.0' }, stable: {}, shareQuery: null },
  }, LENA)
  return id
}

async function settleItem(world: World, id: string, item: ItemState): Promise<void> {
  const itemId = item.id
  const tell = (command: Command, actor: PersonActor | SystemActor = TOMAS) => world.order('release', id, command, actor)
  if (item.kind === 'check') return tell({ type: 'tick', itemId, isDone: true })
  if (item.kind === 'evidence') return tell({ type: 'add-evidence', itemId, evidenceId: randomUUID(), evidence: { kind: 'link', title: `Report ${itemId}`, url: `https://ci.example.org/${itemId}` } })
  if (item.kind === 'value') {
    if (item.ask?.target === null) await tell({ type: 'change-item', itemId, isRequired: true, metric: null, target: 0.9, query: null, reason: 'Agreed in scope.' }, LENA)
    return tell({ type: 'record-value', itemId, value: item.ask?.unit === 'score' ? 0.94 : 7 })
  }
  if (item.kind === 'metric') return measure(world, id, itemId)
  if (item.computed === 'environment-choice') {
    return tell({
      type: 'decide', kind: 'choice', title: 'Serve from here', reason: 'It is nearest to the callers.', itemId, until: null, seen: null, conditions: [], options: [
        { title: 'Here', pros: 'Near', cons: 'Dearer', isChosen: true }, { title: 'There', pros: 'Cheap', cons: 'Nobody on call', isChosen: false },
      ], deciderIds: [MARA.personId, LENA.personId], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null, checkInId: null,
    }, MARA)
  }
}

async function measure(world: World, id: string, itemId: string): Promise<void> {
  await world.order('release', id, { type: 'record-verdict', itemId, verdict: 'pass', value: 0.158, samples: 5_400, reason: '158 ms, limit 250 ms', query: '', at: world.now.toISOString(), series: [] }, EVALUATOR)
}

async function settle(world: World, id: string, gateId: string): Promise<void> {
  const state = await world.state(id)
  const gate = readRelease(state, [], world.now).gates.find((one) => one.gate.id === gateId)
  for (const { itemId } of gate?.unsettled ?? []) {
    const item = state.items[itemId]
    if (item) await settleItem(world, id, item)
  }
}

async function sign(world: World, id: string, gateId: string): Promise<void> {
  for (const actor of PEOPLE) {
    const gate = readRelease(await world.state(id), [], world.now).gates.find((one) => one.gate.id === gateId)
    const asked = gate?.rule.teams.find(({ team }) => actor.memberships.some((one) => one.team === team))
    if (!gate || gate.reading.isMet || !asked || gate.valid.filter((one) => one.teams.includes(asked.team)).length >= asked.count) continue
    await world.order('release', id, { type: 'sign-off', gateId, teams: [], comment: '', onBehalfOf: null, seen: { parts: { ...gate.seen.parts }, items: { ...gate.seen.items } } }, actor)
  }
}

/** Works a release as far as its number says: a quarter only opened, a quarter past one gate, the others two or three, with a metric. */
async function work(world: World, id: string, number: number): Promise<void> {
  if (number % 4 === 0) return
  await settle(world, id, 'scope')
  await sign(world, id, 'scope')
  if (number % 4 === 1) return
  await settle(world, id, 'data')
  if (number % 4 === 3) await sign(world, id, 'data')
  const item = Object.values((await world.state(id)).items).find((one) => one.metric?.presetRole === 'latency-p95')
  if (item) await sparks(world, id, item.id)
}

async function sparks(world: World, id: string, itemId: string): Promise<void> {
  await measure(world, id, itemId)
  const rows = Array.from({ length: 24 }, (_, step): Evaluation => {
    const at = new Date(Date.now() - (step + 1) * 12 * 60_000)
    const value = 0.158 + 0.004 * Math.sin(step)
    return { id: timedId({ msecs: at.getTime() }), ownerId: id, itemId, sourceId: null, at, verdict: 'pass', value, samples: 5_400, body: { reason: '', query: '', raw: String(value), stable: null, compared: null, series: 1, warnings: [], infos: [], standing: 'pass', evaluatedAt: at.getTime() / 1000 } }
  })
  await keepEvaluations(world.store, rows)
}

async function inFlight(world: World, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    world.now = new Date(Date.now() - 30 * DAY + number * 3_600_000)
    const id = await open(world, number % MODELS, Math.floor(number / MODELS) % PLACES.length)
    await work(world, id, number)
    if (number === 0) await settle(world, id, 'scope')
  }
  const { releaseCard } = world.store.t
  const rows = await world.store.db.select({ code: releaseCard.code }).from(releaseCard).limit(1)
  if (rows[0]?.code !== BENCH_CODE_OF_SIGN_OFF) throw new Error(`the first release is ${String(rows[0]?.code)}`)
}

async function past(world: World, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    world.now = new Date(Date.now() - 400 * DAY + number * 3_000_000)
    const id = await open(world, number % MODELS, PLACES.length + (Math.floor(number / MODELS) % PAST_PLACES.length))
    await world.order('release', id, { type: 'cancel', reason: 'Another version is better.', as: 'cancelled' }, LENA)
    if (number % 1000 === 999) console.log(`  ${number + 1} of ${count} past releases`)
  }
}

const [what, file, count] = process.argv.slice(2)
const store = await openStore(`file:${file ?? ''}`, { migrate: true })
const world = new World(store)
if (what === 'in-flight') {
  await scene(world)
  await inFlight(world, Number(count))
} else await past(world, Number(count))
store.sqlite?.pragma('wal_checkpoint(TRUNCATE)')
await store.close()
