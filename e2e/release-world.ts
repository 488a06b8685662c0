/** Hides how a test comes to an open release: three teams of two, a model with two versions, one of them adopted, two environments; all by the product's own API. */
import { randomUUID } from 'node:crypto'
import { request, type APIRequestContext } from '@playwright/test'
import { openSession, personId, postAs, type TestPerson } from '@/e2e/session'
import type { TestServer } from '@/e2e/server'

export const PEOPLE = {
  mara: { name: 'Mara Lindqvist', email: 'mara@example.org', isAdmin: false, memberships: [{ team: 'product', role: 'lead' }] },
  paul: { name: 'Paul Okafor', email: 'paul@example.org', isAdmin: false, memberships: [{ team: 'product', role: 'member' }] },
  dana: { name: 'Dana Weiss', email: 'dana@example.org', isAdmin: false, memberships: [{ team: 'data-science', role: 'lead' }] },
  sami: { name: 'Sami Haddad', email: 'sami@example.org', isAdmin: false, memberships: [{ team: 'data-science', role: 'member' }] },
  omar: { name: 'Omar Reyes', email: 'omar@example.org', isAdmin: false, memberships: [{ team: 'ops', role: 'lead' }] },
  olga: { name: 'Olga Brandt', email: 'olga@example.org', isAdmin: false, memberships: [{ team: 'ops', role: 'member' }] },
} as const satisfies Record<string, TestPerson>

export type Name = keyof typeof PEOPLE
const TEMPLATE = '01980000-0000-7000-8000-000000000001'

/** The part of a release's view that tests look at. */
interface SeenGate {
  readonly id: string
  readonly status: string
  readonly seen: { readonly parts: Record<string, string>; readonly items: Record<string, string> }
  readonly rule: { readonly teams: readonly { readonly team: string }[] }
  readonly items: readonly { readonly id: string; readonly kind: string; readonly isSettled: boolean; readonly computed: string | null; readonly ask: { readonly target: number | null; readonly unit: string } | null }[]
}
export interface SeenRelease {
  readonly id: string
  readonly code: string
  readonly phase: string
  readonly gates: readonly SeenGate[]
}

export interface ReleaseWorld {
  readonly who: Readonly<Record<Name, APIRequestContext>>
  readonly ids: Readonly<Record<Name, string>>
  readonly modelId: string
  /** The environment that the release goes to. */
  readonly productionId: string
  readonly versions: { readonly stable: string; readonly candidate: string; readonly next: string }
  readonly releaseId: string
  readonly code: string
  read(): Promise<SeenRelease>
  /** Sends a command to the release as somebody; throws with the refusal. */
  tell(name: Name, command: { readonly type: string; readonly [word: string]: unknown }): Promise<void>
}

const CLAIM = { memoryGiB: 24, cpuCores: 8, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 900, growthPercent: 40 }

function isRelease(value: unknown): value is SeenRelease {
  return typeof value === 'object' && value !== null && 'gates' in value && Array.isArray(value.gates) && 'code' in value
}

/** Makes the world on a running server. In: the server, the risk of the release. */
export async function makeReleaseWorld(server: TestServer, risk: 'low' | 'medium' | 'high' = 'medium'): Promise<ReleaseWorld> {
  const names = ['mara', 'paul', 'dana', 'sami', 'omar', 'olga'] as const
  const entered = await Promise.all(names.map(async (name) => {
    const context = await request.newContext()
    const id = await personId(server, PEOPLE[name])
    await openSession(context, server, PEOPLE[name].email)
    return { name, context, id }
  }))
  const contextOf = (name: Name) => entered.find((one) => one.name === name)?.context ?? raise(`no session of ${name}`)
  const idOf = (name: Name) => entered.find((one) => one.name === name)?.id ?? raise(`no id of ${name}`)
  const tellAny = async (name: Name, collection: string, id: string, command: unknown) => {
    await postAs(contextOf(name), server, `/api/v1/${collection}/${id}/commands`, command)
  }
  const [modelId, staging, production, releaseId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const versions = { stable: randomUUID(), candidate: randomUUID(), next: randomUUID() }
  await tellAny('dana', 'models', modelId, { type: 'register-model', slug: 'fraud-scorer', name: 'fraud-scorer', purpose: 'Scores card payments for fraud.', ownerTeam: 'data-science', codePrefix: 'FRAUD' })
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  for (const [versionId, label, number, digit] of [[versions.stable, '4.1.3', 41, '1'], [versions.candidate, '4.2.0', 42, '9'], [versions.next, '4.2.1', 43, 'c']] as const) {
    await tellAny('dana', 'models', modelId, {
      type: 'add-version', versionId, label, artefact: `models:/fraud/${number}`, digest: `sha256:${digit.repeat(64)}`, codeCommit: digit.repeat(40),
      data: number === 41 ? 's3://data/fraud?versionId=a1' : 's3://data/fraud?versionId=b2', behaviour,
    })
  }
  const environment = (slug: string, name: string) => ({ type: 'add-environment', slug, name, kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'Europe/Berlin' })
  await tellAny('omar', 'environments', staging, environment('staging-eu', 'staging-eu'))
  await tellAny('omar', 'environments', production, environment('production-eu', 'production-eu'))
  await tellAny('dana', 'live', `${modelId}:${production}`, { type: 'adopt', versionId: versions.stable, since: '2026-09-12T09:00:00Z', note: 'Seen in the cluster.' })
  await tellAny('mara', 'releases', releaseId, {
    type: 'open-release', modelId, versionId: versions.candidate, environmentId: production, stagingEnvironmentId: staging, templateId: TEMPLATE, risk, targetAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
    claim: CLAIM, serving: { image: 'registry.example.org/fraud@sha256:ab', runtime: 'triton 25.01', precision: 'fp16', batching: 'dynamic 16' }, evaluation: 'sha256:77aa',
    steps: [{ share: 5, soakMinutes: 0, minimumRequests: 0 }, { share: 100, soakMinutes: 0, minimumRequests: 0 }],
    rollbackPlan: { way: 'last-stable', triggers: 'p95 over 250 ms for 10 min', deciderId: idOf('omar'), rehearsedAt: null, restoreMinutes: null },
    feedback: { description: 'Chargebacks', labelDelayDays: 14 }, owners: { product: idOf('mara'), 'data-science': idOf('dana'), ops: idOf('omar') }, onCallId: idOf('olga'),
    panels: [], selectors: { candidate: {}, stable: {}, shareQuery: null },
  })
  const read = async (): Promise<SeenRelease> => {
    const body: unknown = await (await contextOf('mara').get(`${server.origin}/api/v1/releases/${releaseId}`)).json()
    return isRelease(body) ? body : raise(`no release: ${JSON.stringify(body).slice(0, 300)}`)
  }
  const { code } = await read()
  return {
    who: { mara: contextOf('mara'), paul: contextOf('paul'), dana: contextOf('dana'), sami: contextOf('sami'), omar: contextOf('omar'), olga: contextOf('olga') },
    ids: { mara: idOf('mara'), paul: idOf('paul'), dana: idOf('dana'), sami: idOf('sami'), omar: idOf('omar'), olga: idOf('olga') },
    modelId, productionId: production, versions, releaseId, code, read, tell: (name, command) => tellAny(name, 'releases', releaseId, command),
  }
}

function raise(message: string): never {
  throw new Error(message)
}

const SIGNERS: Readonly<Record<string, readonly Name[]>> = { product: ['mara', 'paul'], 'data-science': ['sami', 'dana'], ops: ['olga', 'omar'] }

/** A choice between two things, about nothing in particular; tests say what matters to them. */
export function plainChoice(title: string) {
  const options = [{ title: 'This', pros: '', cons: '', isChosen: true }, { title: 'That', pros: '', cons: '', isChosen: false }]
  return { type: 'decide', kind: 'choice', title, reason: 'The season begins first.', options, deciderIds: [], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null, checkInId: null, conditions: [], itemId: null, until: null, seen: null }
}

/** Answers every item of a gate that a person can answer; measured ones are waived for a month by two leads. */
export async function fillGate(world: ReleaseWorld, gateId: string): Promise<void> {
  const gate = (await world.read()).gates.find((one) => one.id === gateId) ?? raise(`no gate ${gateId}`)
  for (const item of gate.items.filter((one) => !one.isSettled)) {
    const itemId = item.id
    if (item.computed === 'environment-choice') {
      await world.tell('omar', { type: 'decide', kind: 'choice', title: 'Serve from Kubernetes with one L4, not on-premises', reason: 'Latency and the team knows it.', options: [
        { title: 'production-eu', pros: 'Latency: 12 ms to the caller\nCost: 410 € a month', cons: 'One zone only', isChosen: true }, { title: 'On-premises', pros: 'Control and security: inside', cons: 'Nobody on call', isChosen: false },
      ], deciderIds: [world.ids.omar, world.ids.dana], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null, checkInId: null, conditions: [], itemId, until: null, seen: null })
    } else if (item.kind === 'check') await world.tell('dana', { type: 'tick', itemId, isDone: true })
    else if (item.kind === 'evidence') await world.tell('dana', { type: 'add-evidence', itemId, evidenceId: randomUUID(), evidence: { kind: 'link', title: `Report ${itemId}`, url: `https://ci.example.org/${itemId}` } })
    else if (item.kind === 'value') {
      if (item.ask?.target === null && item.ask.unit === 'score') await world.tell('dana', { type: 'change-item', itemId, isRequired: true, metric: null, target: 0.9, query: null, reason: 'Agreed in gate 1' })
      await world.tell('dana', { type: 'record-value', itemId, value: item.ask?.unit === 'score' ? 0.94 : 7 })
    } else if (item.computed !== 'steps-soaked' && item.computed !== 'final-soak') {
      // Soaks are never waived; they end by themselves once nothing unmeasured is left.
      await world.tell('dana', { type: 'request-waiver', itemId, reason: 'No metrics source in this test', until: new Date(Date.now() + 30 * 86_400_000).toISOString() })
      await world.tell('mara', { type: 'approve-waiver', itemId })
    }
  }
}

/** Signs a gate as one person of each team that it asks (two of one team where the rule says so). */
export async function signGate(world: ReleaseWorld, gateId: string): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) {
    const gate = (await world.read()).gates.find((one) => one.id === gateId) ?? raise(`no gate ${gateId}`)
    if (gate.status.startsWith('passed') || gate.id === 'decision' && turn >= gate.rule.teams.length) return
    const team = gate.rule.teams[turn % gate.rule.teams.length]?.team ?? raise(`gate ${gateId} asks no team`)
    const name = SIGNERS[team]?.[Math.floor(turn / gate.rule.teams.length)] ?? 'omar'
    await world.tell(name, { type: 'sign-off', gateId, teams: [], comment: '', onBehalfOf: null, seen: gate.seen }).catch((error: unknown) => {
      // Who has signed already counts already.
      if (!String(error).includes('signed this gate already')) throw error
    })
  }
}
