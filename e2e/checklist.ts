/** Hides the plain work on a release: reading it, sending commands as somebody, answering the ordinary lines of a gate, collecting its signatures, waiting for what Prometheus says. */
import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import type { ReleaseView, GateView } from '@/lib/domain/release/view'
import { postAs } from '@/e2e/session'
import type { TestServer } from '@/e2e/server'
import { labelsOf, raise, type Scene, type Somebody } from '@/e2e/world'

export interface Command { readonly type: string; readonly [word: string]: unknown }

const PREPARATION = ['scope', 'data', 'quality', 'reproducible', 'environment', 'monitoring', 'rollback'] as const
/** The line of the volume: this world sets no label by which a volume is found. */
const VOLUME = '5.10'

/** Waiting for Prometheus: a window of a minute has to be filled with what was changed. */
export const MEASURED = { timeout: 110_000, intervals: [250] }

function isRelease(value: unknown): value is ReleaseView {
  return typeof value === 'object' && value !== null && 'gates' in value && Array.isArray(value.gates) && 'code' in value
}

export class Checklist {
  constructor(private readonly server: TestServer, readonly code: string, private readonly reader: Somebody) {}

  async read(): Promise<ReleaseView> {
    const body: unknown = await (await this.reader.api.get(`${this.server.origin}/api/v1/releases/${this.code}`)).json()
    return isRelease(body) ? body : raise(`no release: ${JSON.stringify(body).slice(0, 300)}`)
  }

  async gate(gateId: string): Promise<GateView> {
    return (await this.read()).gates.find((gate) => gate.id === gateId) ?? raise(`no gate ${gateId}`)
  }

  /** Sends a command as somebody; throws with the refusal. */
  async tell(who: Somebody, command: Command): Promise<void> {
    const { id } = await this.read()
    await postAs(who.api, this.server, `/api/v1/releases/${id}/commands`, command)
  }

  /** Answers as somebody every line of a gate that a person can answer and that is still open. */
  async fill(who: Somebody, gateId: string): Promise<void> {
    for (const item of (await this.gate(gateId)).items.filter((one) => !one.isSettled)) {
      const itemId = item.id
      if (item.computed === 'environment-choice') await this.tell(who, environmentChoice(itemId))
      if (item.kind === 'check') await this.tell(who, { type: 'tick', itemId, isDone: true })
      if (item.kind === 'evidence') await this.tell(who, { type: 'add-evidence', itemId, evidenceId: randomUUID(), evidence: { kind: 'link', title: `Report ${itemId}`, url: `https://ci.example.org/${itemId}` } })
      if (item.kind !== 'value') continue
      const isScore = item.ask?.unit === 'score'
      if (isScore && item.ask?.target === null) await this.tell(who, { type: 'change-item', itemId, isRequired: true, metric: null, target: 0.9, query: null, reason: 'Agreed in gate 1' })
      await this.tell(who, { type: 'record-value', itemId, value: isScore ? 0.94 : 7 })
    }
  }

  /** Waits until Prometheus has answered every measured line of a gate, except those named, with a pass. */
  async measured(gateId: string, except: readonly string[] = []): Promise<void> {
    await expect.poll(async () => (await this.gate(gateId)).items.filter((item) => item.metric && !item.isSettled && !except.includes(item.id)).map((item) => `${item.id} ${item.verdict?.verdict ?? 'open'}: ${item.verdict?.reason ?? ''}`), MEASURED).toEqual([])
  }

  async sign(gateId: string, ...people: readonly Somebody[]): Promise<void> {
    for (const who of people) await this.tell(who, { type: 'sign-off', gateId, teams: [], comment: '', onBehalfOf: null, seen: (await this.gate(gateId)).seen })
  }

  /** Records the go on what the decision gate shows now. */
  async go(who: Somebody): Promise<void> {
    await this.tell(who, {
      type: 'decide', kind: 'go', title: 'Go', reason: 'All gates passed.', options: [], deciderIds: [who.id], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null,
      checkInId: null, conditions: [], itemId: null, until: null, seen: (await this.gate('decision')).seen,
    })
  }

  /**
   * Works every gate up to the go. The first of each team supplies, the others sign first; what staging does not measure is waived.
   * In: the people by team, of which one may be in two.
   */
  async prepare({ product, science, ops }: { readonly product: readonly Somebody[]; readonly science: readonly Somebody[]; readonly ops: readonly Somebody[] }): Promise<void> {
    const [chair, scientist, operator] = [product[0], science[0], ops[0]]
    if (!chair || !scientist || !operator) throw new Error('a team is empty')
    const suppliers: Readonly<Record<string, Somebody>> = { scope: chair, environment: operator, monitoring: operator, rollback: operator }
    for (const gateId of PREPARATION) await this.fill(suppliers[gateId] ?? scientist, gateId)
    await this.tell(operator, { type: 'request-waiver', itemId: VOLUME, reason: 'The volume has no exporter yet.', until: new Date(Date.now() + 86_400_000).toISOString() })
    await this.tell(chair, { type: 'approve-waiver', itemId: VOLUME })
    const everybody = [...new Set([...science.toReversed(), ...ops.toReversed(), ...product.toReversed()])]
    for (const gateId of PREPARATION) {
      // A gate is measured once the gates before it have passed.
      await this.measured(gateId)
      await this.collect(gateId, everybody)
    }
    await this.collect('decision', everybody)
    await this.go(chair)
  }

  /** Asks people for their signature, as long as the rule of the gate misses somebody whom they can stand for. */
  async collect(gateId: string, everybody: readonly Somebody[]): Promise<void> {
    for (const who of everybody) {
      const { rule, signOffs } = await this.gate(gateId)
      if (rule.isMet) return
      if (signOffs.some((signOff) => signOff.by.id === who.id && signOff.state === 'valid')) continue
      const { people } = await this.read()
      const own = people.find((one) => one.id === who.id)?.teams ?? []
      const isAsked = rule.teams.some((entry) => entry.by.length < entry.needed && own.includes(entry.team))
      const isCounter = rule.teams.every((entry) => entry.by.length >= entry.needed)
      if (isAsked || isCounter) await this.sign(gateId, who)
    }
    expect((await this.gate(gateId)).rule).toMatchObject({ isMet: true })
  }

  async phase(phase: ReleaseView['phase']): Promise<void> {
    await expect.poll(async () => (await this.read()).phase, MEASURED).toBe(phase)
  }

  /** Waits until the current step was seen by metric and its soak is over. */
  async soaked(share: number): Promise<void> {
    await expect.poll(async () => {
      const { steps, soak } = await this.read()
      const step = steps.find((one) => one.share === share)
      return `${step?.status ?? 'none'} by ${step?.liveBy ?? 'nobody'}: ${soak?.isDone === true ? 'soaked' : (soak?.words ?? 'not yet')}`
    }, MEASURED).toBe('live by metric: soaked')
  }
}

function environmentChoice(itemId: string): Command {
  return {
    type: 'decide', kind: 'choice', title: 'Serve from production-eu', reason: 'Latency, and the team knows it.', deciderIds: [], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null,
    checkInId: null, conditions: [], itemId, until: null, seen: null,
    options: [{ title: 'production-eu', pros: 'Latency: 12 ms to the caller', cons: 'Cost: 410 € a month', isChosen: true }, { title: 'On-premises', pros: 'Control and security: inside', cons: 'Nobody on call', isChosen: false }],
  }
}

export const CLAIM = { memoryGiB: 8, cpuCores: 4, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 900, growthPercent: 40 }
export const STEPS = [{ share: 25, soakMinutes: 0, minimumRequests: 500 }, { share: 100, soakMinutes: 0, minimumRequests: 500 }]

/** Opens a release of a version by the API. Out: its checklist. */
export async function openRelease(server: TestServer, scene: Scene, who: Somebody, label: string, more: Readonly<Record<string, unknown>> = {}): Promise<Checklist> {
  const id = randomUUID()
  await postAs(who.api, server, `/api/v1/releases/${id}/commands`, {
    type: 'open-release', modelId: scene.modelId, versionId: scene.versions.get(label), environmentId: scene.productionId, stagingEnvironmentId: scene.stagingId, templateId: scene.templateId,
    risk: 'low', targetAt: null, claim: CLAIM, serving: { image: 'registry.example.org/serve@sha256:ab', runtime: 'triton 25.01', precision: 'fp16', batching: 'dynamic 16' }, evaluation: 'sha256:77aa',
    steps: STEPS, rollbackPlan: { way: 'last-stable', triggers: 'error ratio over 1 %', deciderId: null, rehearsedAt: null, restoreMinutes: 5 }, feedback: { description: 'Chargebacks', labelDelayDays: 0 },
    owners: {}, onCallId: null, panels: [], selectors: { candidate: labelsOf(label), stable: {}, shareQuery: null }, ...more,
  })
  const body: unknown = await (await who.api.get(`${server.origin}/api/v1/releases/${id}`)).json()
  return new Checklist(server, isRelease(body) ? body.code : raise(`no release: ${JSON.stringify(body).slice(0, 300)}`), who)
}
