/** Sets the demo's scene: the installation with its people, where models run and are measured, the models, what is live, where messages go. */
import 'server-only'
import { v7 as newId } from 'uuid'
import { addCredential } from '@/db/access'
import { putSecret } from '@/db/secret'
import { readAddress } from '@/lib/domain/destination/address'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { DEFAULT_EVENT_KINDS } from '@/lib/domain/message/event-kind'
import type { PublicField } from '@/lib/domain/model/publication'
import { LLM_RELEASE } from '@/lib/domain/template/shipped'
import { hashPassword } from '@/lib/server/auth/password'
import { env } from '@/lib/server/env'
import { installationRing } from '@/lib/server/key-ring'
import { secretKey } from '@/lib/server/notify/secret-key'
import {
  ASSISTANT, CHURN, COMPANY, DEMO_PASSWORD, emailOf, ENVIRONMENTS, EU, FRA, FRAUD, hex, LENA, MARA, MODELS, PEOPLE, PIA, PRICE, RECOMMEND, SEARCH, SLACK_ID, SOURCE_ID, STORES,
  TOMAS, TRANSCRIBE, US, versionOf, VISION, type EnvironmentCast, type ModelCast, selectorsOf,
} from './cast'
import { EVALUATOR } from './moves'
import type { Stage } from './stage'

const SETUP = { kind: 'system', name: 'setup' } as const

export interface Outside {
  readonly prometheusUrl: string
  readonly scrapeSeconds: number
  /** Webhook of the pretended Slack; null when none runs. */
  readonly slackUrl: string | null
}

async function people(stage: Stage): Promise<void> {
  // One password for all, so it is hashed once; the real sign-in checks it for each.
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  for (const person of PEOPLE) {
    const { personId, name, memberships, isAdmin } = person
    await addCredential(stage.store, { personId, emailLower: emailOf(person), passwordHash, oidcIssuer: null, oidcSubject: null })
    if (person === MARA) await stage.order('installation', INSTALLATION_ID, { type: 'set-up', name: COMPANY, admin: { id: personId, name, email: emailOf(person), memberships } }, SETUP)
    else await stage.order('person', personId, { type: 'register', name, email: emailOf(person), memberships, isAdmin }, SETUP)
  }
}

async function places(stage: Stage, outside: Outside): Promise<void> {
  await stage.order('source', SOURCE_ID, { type: 'add-source', name: 'Demo Prometheus', url: outside.prometheusUrl, auth: 'none', headerNames: [], scrapeIntervalSeconds: outside.scrapeSeconds, secretId: null }, MARA)
  for (const { id, ...words } of ENVIRONMENTS) await stage.order('environment', id, { type: 'add-environment', ...words, sourceId: SOURCE_ID }, MARA)
}

export async function addVersion(stage: Stage, model: ModelCast, label: string): Promise<void> {
  const { id, artefact, digest, commit, data, behaviour } = versionOf(model, label)
  await stage.order('model', model.id, { type: 'add-version', versionId: id, label, artefact, digest, codeCommit: commit, data, behaviour: { ...behaviour } }, TOMAS)
}

async function adopt(stage: Stage, model: ModelCast, label: string, environment: EnvironmentCast, since: string): Promise<void> {
  await stage.order('live', `${model.id}:${environment.id}`, { type: 'adopt', versionId: versionOf(model, label).id, since: stage.ago(since).toISOString(), note: 'Live before Gatehouse; the digest was read from the cluster.' }, MARA)
}

/** What a version that nobody released here is watched for; its first verdicts are those of a healthy one. */
async function watchAdopted(stage: Stage, model: ModelCast, label: string, environment: EnvironmentCast, reviewAt: Date): Promise<void> {
  const line = (id: 'error-ratio' | 'latency-p95', title: string, limit: number, unit: 'ratio' | 's') => ({
    id, title, proposes: id === 'error-ratio',
    spec: { source: 'environment', query: { kind: 'signal', signal: id }, windowSeconds: 600, rule: { test: { kind: 'threshold', comparator: '<=', limit }, minSamples: 100, direction: 'lower-is-better', unit }, kind: 'standing', validForDays: null },
  })
  const items = [line('error-ratio', 'Error ratio', 0.01, 'ratio'), line('latency-p95', 'p95 latency', 0.25, 's')]
  const liveId = `${model.id}:${environment.id}`
  await stage.order('live', liveId, { type: 'set-watch', labels: { ...selectorsOf(model, label) }, stack: 'model', items, reviewAt: reviewAt.toISOString() }, MARA)
  for (const { id, title } of items) await stage.order('live', liveId, { type: 'record-verdict', itemId: id, title, verdict: 'pass', value: id === 'error-ratio' ? 0.002 : 0.16, samples: 5_400, reason: 'Within its limit.', query: '', at: stage.now.toISOString(), series: [] }, EVALUATOR)
}

/** Registers the models with the version that is live first. In: that of each model whose earlier releases are played; the others begin with their first. */
async function register(stage: Stage, earlier: ReadonlyMap<string, string>): Promise<void> {
  for (const model of MODELS) {
    await stage.order('model', model.id, { type: 'register-model', slug: model.slug, name: model.slug, purpose: model.purpose, ownerTeam: model.ownerTeam, codePrefix: model.prefix }, model.ownerTeam === 'product' ? PIA : LENA)
    const first = earlier.get(model.id) ?? Object.keys(model.versions)[0]
    if (first !== undefined) await addVersion(stage, model, first)
  }
  const live: readonly (readonly [ModelCast, string, EnvironmentCast, string])[] = [
    [FRAUD, '4.1.3', EU, '96d'], [CHURN, '2.8.1', US, '74d'], [SEARCH, '1.3.0', EU, '120d'], [PRICE, '6.4.0', FRA, '210d'],
    [VISION, '0.7.2', STORES, '88d'], [TRANSCRIBE, '3.0.4', US, '61d'], [RECOMMEND, '12.2.0', US, '49d'], [ASSISTANT, '1.4.0', EU, '80d'],
  ]
  for (const [model, label, environment, since] of live) await adopt(stage, model, earlier.get(model.id) ?? label, environment, earlier.size > 0 ? '210d' : since)
}

/** Sets the watch of what was adopted; what was released is watched by its release. */
async function watchLive(stage: Stage, earlier: ReadonlyMap<string, string>): Promise<void> {
  const watched: readonly (readonly [ModelCast, string, EnvironmentCast, Date])[] = [[FRAUD, '4.1.3', EU, stage.ago('2d')], [CHURN, '2.8.1', US, stage.ahead('12d')], [PRICE, '6.4.0', FRA, stage.ahead('31d')], [RECOMMEND, '12.2.0', US, stage.ahead('45d')]]
  for (const [model, label, environment, reviewAt] of watched) if (!earlier.has(model.id)) await watchAdopted(stage, model, label, environment, reviewAt)
}

const DOCUMENTS: readonly (readonly [ModelCast, string, string, string, string])[] = [
  [FRAUD, 'Model card', 'model-card', 'https://docs.google.com/document/d/1fraudcardnorthwind/edit', 'data-science'],
  [FRAUD, 'Runbook: fraud-scorer', 'runbook', 'https://northwind.atlassian.net/wiki/spaces/OPS/pages/4711/fraud-scorer', 'ops'],
  [FRAUD, 'Dashboard', 'dashboard', 'https://grafana.northwind.example/d/fraud001/fraud-scorer', 'ops'],
  [FRAUD, 'Payments data sheet', 'data-sheet', 'https://www.notion.so/northwind/Payments-data-sheet-5f0c', 'data-science'],
  [SEARCH, 'Model card', 'model-card', `https://huggingface.co/northwind-ml/search-embed/blob/${hex('search card', 40)}/README.md`, 'data-science'],
  [SEARCH, 'Evaluation, frozen set', 'evaluation', 'https://wandb.ai/northwind/search-embed/reports/frozen-set', 'data-science'],
  [CHURN, 'Design: ranking by hazard', 'design', 'https://www.figma.com/file/9churn/ranking', 'product'],
  [CHURN, 'Runbook: churn-ranker', 'runbook', `https://github.com/northwind-ml/churn-ranker/blob/${hex('churn runbook', 40)}/RUNBOOK.md`, 'ops'],
  [RECOMMEND, 'Post-mortem: empty home page', 'post-mortem', 'https://northwind.atlassian.net/wiki/spaces/OPS/pages/4802/empty-home-page', 'ops'],
  [ASSISTANT, 'Red team report', 'evaluation', 'https://docs.google.com/document/d/1assistantredteam/edit', 'data-science'],
]

async function documents(stage: Stage): Promise<void> {
  for (const [model, title, kind, url, ownerTeam] of DOCUMENTS) {
    const documentId = stage.freshId()
    const owner = ownerTeam === 'ops' ? MARA : ownerTeam === 'product' ? PIA : LENA
    await stage.order('model', model.id, { type: 'attach-document', documentId, title, url, kind, ownerTeam, pinnedRevision: null }, owner)
    if (title !== 'Post-mortem: empty home page') await stage.order('model', model.id, { type: 'review-document', documentId, team: ownerTeam }, owner)
  }
}

const OPEN: readonly PublicField[] = ['version', 'state', 'releases', 'phase', 'team', 'target', 'rail', 'holds', 'roll-backs', 'record']

async function publish(stage: Stage): Promise<void> {
  await stage.order('installation', INSTALLATION_ID, { type: 'configure-status', title: `${COMPANY} model status`, zone: 'Europe/Berlin', isIndexed: false }, MARA)
  const shown: readonly (readonly [ModelCast, string, readonly EnvironmentCast[], readonly PublicField[]])[] = [
    [SEARCH, 'Search', [EU, FRA], OPEN], [TRANSCRIBE, 'Call transcripts', [US], OPEN], [RECOMMEND, 'Home page', [US], OPEN], [CHURN, 'Customer ranking', [US], ['version', 'state', 'releases', 'phase']],
  ]
  for (const [model, name, environments, fields] of shown) {
    const publication = { name, fields: [...fields], environments: environments.map((one) => ({ environmentId: one.id, name: one === EU ? 'Europe' : one === US ? 'United States' : 'Frankfurt' })) }
    await stage.order('model', model.id, { type: 'publish-model', publication }, MARA)
  }
}

/** Added late, so that a fresh demo does not send five weeks of messages at once. */
async function slack(stage: Stage, url: string): Promise<void> {
  const { webhookHosts } = env()
  const address = readAddress('slack', url, webhookHosts)
  if (!address.ok) throw new Error(address.message)
  const secretId = newId()
  await putSecret(stage.store, installationRing(), secretKey(secretId), address.url)
  await stage.order('destination', SLACK_ID, { type: 'add-destination', kind: 'slack', name: '#ml-releases', team: null, eventKinds: [...DEFAULT_EVENT_KINDS], secretId, hint: address.hint }, MARA)
}

/** What the red team found becomes a line of the checklist, so that the studio has two revisions to compare and a running release one to adopt. */
async function reviseChecklist(stage: Stage): Promise<void> {
  const { templateId, revision, ...content } = LLM_RELEASE
  const [last] = content.gates.flatMap((gate) => gate.items.filter((line) => line.theme === 'T5' && gate.phase === 'before-decision').slice(-1).map((line) => ({ gate, line }))).slice(-1)
  if (!last) throw new Error('the checklist has no gate for data')
  const added = {
    kind: 'check', id: `${last.gate.number}.${Math.max(...last.gate.items.map((line) => Number(line.id.split('.')[1]))) + 1}`, title: 'Instructions hidden in retrieved documents were tried', hint: 'From the red team of the claims assistant.',
    minTier: 'low', isRequired: true, allowsNotApplicable: true, rubric: [], theme: 'T5',
  } as const
  const gates = content.gates.map((gate) => (gate.id === last.gate.id ? { ...gate, items: [...gate.items, added] } : gate))
  await stage.order('template', templateId, { type: 'revise-template', expects: revision, content: { ...content, gates }, reason: 'The red team found instructions in two retrieved documents that the guard-rails let through.' }, LENA)
}

/** Plans the scene. In: the stage, what runs around the demo, how the templates are seeded, and the versions with which earlier releases begin, by model. */
export function planScene(stage: Stage, outside: Outside, seedTemplates: (now: Date) => Promise<void>, earlier: ReadonlyMap<string, string> = new Map()): void {
  const before = earlier.size > 0 ? 66 : 0
  stage.at(`${before + 36}d 6h`, async () => {
    await people(stage)
    await seedTemplates(stage.now)
    await places(stage, outside)
  })
  stage.at(`${before + 36}d 2h`, () => register(stage, earlier))
  stage.at('36d 1h', () => watchLive(stage, earlier))
  stage.at('4d 3h', () => reviseChecklist(stage))
  stage.at('35d 4h', () => documents(stage))
  stage.at('34d', () => publish(stage))
  // Registered when they were built, shortly before each release.
  const built: readonly (readonly [string, ModelCast, string])[] = [
    ['34d 2h', SEARCH, '1.3.1'], ['31d', CHURN, '2.8.4'], ['29d', TRANSCRIBE, '3.0.5'], ['24d', RECOMMEND, '12.2.1'], ['20d', CHURN, '2.9.0'], ['17d', SEARCH, '1.4.2'],
    ['15d', PRICE, '7.0.0'], ['13d', FRAUD, '4.2.0'], ['12d', VISION, '0.8.0'], ['11d', ASSISTANT, '1.5.0'], ['8d', TRANSCRIBE, '3.1.0'], ['5h', VISION, '0.8.1'], ['2d', RECOMMEND, '12.3.0'],
  ]
  for (const [when, model, label] of built) stage.at(when, () => addVersion(stage, model, label))
  const { slackUrl } = outside
  if (slackUrl !== null) stage.at('4h 40m', () => slack(stage, slackUrl))
}
