/** The moves of a release in the demo: opened, its gates worked and signed, decided, rolled out; each move is made of ordinary commands. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import type { PersonActor, SystemActor } from '@/lib/domain/actor'
import { openingStacks, resourcePanels } from '@/lib/domain/opening/stacks'
import type { CommandOf, ReleaseCommand } from '@/lib/domain/release/commands'
import { readRelease } from '@/lib/domain/release/phase'
import type { GateStanding } from '@/lib/domain/release/gate-standing'
import type { ItemState, ReleaseState, RolloutStep } from '@/lib/domain/release/state'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { DEFAULT_STEPS } from '@/lib/domain/template/default-rollout'
import { evidenceFor, NOTES, VALUES } from './evidence'
import { FELIX, GRACE, hex, JONAS, LENA, MARA, PIA, selectorsOf, STAGING, TOMAS, versionOf, type EnvironmentCast, type ModelCast } from './cast'
import { healthy, verdictCommand, type Seen } from './measurements'
import { span, type Stage } from './stage'

export const EVALUATOR: SystemActor = { kind: 'system', name: 'evaluator' }
export const CLOCK: SystemActor = { kind: 'system', name: 'clock' }

const MODEL_PANELS = openingStacks().find((stack) => stack.id === 'model')?.panels ?? []

/** Why a model runs where it runs. */
const CHOICES: Readonly<Record<string, string>> = {
  'fraud-scorer': 'Payments are authorised in the same region; 18 ms less than any alternative, and the audit of card data covers it.',
  'churn-ranker': 'The customer data may not leave the country, and the batch fits into the quiet hours of the cluster.',
  'price-forecast': 'The finance data stays in the building; the forecast has an hour, so latency does not matter.',
  'shelf-vision': 'Stores lose their line twice a week, so it has to run beside the cameras.',
  'support-assistant': 'The contract with the provider names this region, and the help pages are indexed there.',
  transcribe: 'Calls are recorded there; moving the audio would cost more than the model.',
}

/** Who works a team's lines, and who signs for it. */
const WORKERS: Readonly<Record<string, PersonActor>> = { product: JONAS, 'data-science': TOMAS, ops: FELIX }
const SIGNERS: Readonly<Record<string, readonly PersonActor[]>> = { product: [PIA, JONAS], 'data-science': [LENA, GRACE], ops: [MARA, FELIX] }

export interface Opening {
  readonly model: ModelCast
  readonly label: string
  readonly stableLabel: string | null
  readonly environment: EnvironmentCast
  readonly by: PersonActor
  readonly target: Date | null
  readonly risk?: 'low' | 'medium' | 'high'
  readonly templateId?: string
  readonly steps?: readonly RolloutStep[]
  readonly labelDelayDays?: number
}

export class Release {
  readonly id: string

  constructor(readonly stage: Stage, readonly opening: Opening) {
    this.id = stage.freshId()
  }

  get model(): ModelCast {
    return this.opening.model
  }

  async state(): Promise<ReleaseState> {
    const loaded = await loadAggregate(this.stage.store, 'release', this.id)
    if (!loaded) throw new Error(`${this.opening.model.slug} ${this.opening.label} is not opened yet`)
    return loaded.state
  }

  async gate(gateId: string): Promise<GateStanding> {
    const found = readRelease(await this.state(), [], this.stage.now).gates.find((standing) => standing.gate.id === gateId)
    if (!found) throw new Error(`there is no gate ${gateId}`)
    return found
  }

  async item(itemId: string): Promise<ItemState> {
    const found = (await this.state()).items[itemId]
    if (!found) throw new Error(`there is no item ${itemId}`)
    return found
  }

  do(command: ReleaseCommand, actor: PersonActor | SystemActor): Promise<void> {
    return this.stage.order('release', this.id, command, actor)
  }

  async open(): Promise<void> {
    const { model, label, stableLabel, environment, by, target, risk = 'medium', templateId = ML_RELEASE_ID, steps = DEFAULT_STEPS, labelDelayDays = 14 } = this.opening
    const gpuCount = model.gpu === '' ? 0 : 1
    await this.do({
      type: 'open-release', modelId: model.id, versionId: versionOf(model, label).id, environmentId: environment.id, stagingEnvironmentId: STAGING.id, templateId, risk,
      targetAt: target && target.toISOString(),
      claim: { memoryGiB: 8, cpuCores: 4, gpuCount, gpuType: model.gpu, gpuMemoryGiB: gpuCount * 24, storageGiB: 40, peakPerSecond: model.traffic.perSecond * 2, growthPercent: 40 },
      serving: { image: `registry.northwind.example/serve/${model.slug}:${label}`, runtime: model.gpu === '' ? 'ONNX Runtime 1.23' : 'Triton 25.09', precision: gpuCount === 0 ? 'fp32' : 'fp16', batching: 'dynamic, 8 in 5 ms' },
      evaluation: `sha256:${hex(`evaluation ${model.slug} ${label}`, 64)}`, steps: [...steps],
      rollbackPlan: { way: stableLabel === null ? 'degraded' : 'last-stable', triggers: 'Errors or p95 past their limit for five minutes, or on-call says so.', deciderId: MARA.personId, rehearsedAt: new Date(Math.min(this.stage.ago('30d').getTime(), this.stage.now.getTime() - span('3d'))).toISOString(), restoreMinutes: 6 },
      feedback: { description: 'Labels come from the cases that people closed.', labelDelayDays },
      owners: { product: PIA.personId, 'data-science': LENA.personId, ops: MARA.personId }, onCallId: FELIX.personId,
      panels: [...MODEL_PANELS, ...resourcePanels().filter((panel) => gpuCount > 0 || panel.presetId?.startsWith('dcgm') !== true)],
      selectors: { candidate: { ...selectorsOf(model, label) }, stable: stableLabel === null ? {} : { ...selectorsOf(model, stableLabel) }, shareQuery: null },
    }, by)
  }

  /** Brings every open line of a gate to where its kind wants it, but for those that are left. */
  async settle(gateId: string, leave: readonly string[] = []): Promise<void> {
    const standing = await this.gate(gateId)
    const worker = WORKERS[standing.gate.ownerTeam] ?? JONAS
    for (const { itemId } of standing.unsettled) {
      const item = await this.item(itemId)
      if (!leave.includes(itemId) && (item.metric?.mode !== 'standing' || item.verdict?.verdict !== 'pass')) await this.settleItem(item, worker)
    }
  }

  private async settleItem(item: ItemState, worker: PersonActor): Promise<void> {
    const itemId = item.id
    switch (item.kind) {
      case 'check': {
        const note = NOTES[itemId]
        if (note !== undefined) await this.do({ type: 'set-note', itemId, text: note, expects: item.note?.version ?? 0 }, worker)
        return this.do({ type: 'tick', itemId, isDone: true }, worker)
      }
      case 'evidence': return this.do({ type: 'add-evidence', itemId, evidenceId: this.stage.freshId(), evidence: evidenceFor(itemId, this.model, this.opening.label) }, worker)
      case 'value': {
        const { value, target } = VALUES[itemId] ?? { value: 1, target: 1 }
        if (item.ask?.target === null && target !== null) await this.do({ type: 'change-item', itemId, isRequired: true, metric: null, target, query: item.query, reason: 'The target that scope agreed on.' }, worker)
        return this.do({ type: 'record-value', itemId, value }, worker)
      }
      case 'metric': return this.measure(itemId)
      case 'computed': return item.computed === 'environment-choice' ? this.choose(itemId) : undefined
    }
  }

  /** Records what the evaluator saw; a pass when nothing is said. */
  async measure(itemId: string, seen?: Seen, from: number | null = null): Promise<void> {
    const state = await this.state()
    const item = await this.item(itemId)
    await this.do(verdictCommand(state, item, seen ?? healthy(item, this.model), from, this.stage.now), EVALUATOR)
  }

  private choose(itemId: string): Promise<void> {
    const { name, orchestrator } = this.opening.environment
    return this.do({
      type: 'decide', kind: 'choice', title: `${this.model.slug} runs in ${name}`, itemId, until: null, seen: null, conditions: [],
      reason: CHOICES[this.model.slug] ?? 'It is nearest to the callers, and the team has run this orchestrator for two years.', consequences: 'Capacity is ordered a quarter ahead.',
      options: [
        { title: `${name} (${orchestrator.replace('-', ' ')})`, pros: 'p95 18 ms below the alternative\nAccess and audit are in place', cons: 'About 12 % dearer at peak.', isChosen: true },
        { title: name === 'on-prem-fra' ? 'production-eu (kubernetes)' : 'on-prem-fra (virtual machines)', pros: 'Cheapest at the expected peak; data stays in the building.', cons: 'No spare accelerators before March; nobody on call at night.', isChosen: false },
        { title: 'Serverless', pros: 'Nothing to run.', cons: 'Cold starts of four seconds break the latency target.', isChosen: false },
      ],
      deciderIds: [MARA.personId, FELIX.personId], consultedIds: [LENA.personId], informedIds: [PIA.personId], confirmation: { how: 'Cost and p95 after three weeks of full traffic', dueAt: this.stage.now < this.stage.ago('40d') ? null : new Date(this.stage.now.getTime() + span('20d')).toISOString() }, supersedes: null, checkInId: null,
      context: `${this.model.slug} needs a home for its next version; the contract of the current one ends with the quarter.`, drivers: ['p95 at the callers', 'Cost at the expected peak', 'Who is on call at night'],
    }, MARA)
  }

  /** Signs a gate by those whom its rule asks, or by those named, until it is met or nobody is left. */
  async sign(gateId: string, people?: readonly PersonActor[]): Promise<void> {
    const first = await this.gate(gateId)
    const asked = people ?? first.rule.teams.flatMap(({ team, count }) => (SIGNERS[team] ?? []).slice(0, Math.max(count, first.rule.counterSignatures ? 2 : count)))
    for (const actor of asked) {
      const { reading, seen, valid } = await this.gate(gateId)
      if (reading.isMet || valid.some((signOff) => signOff.by === actor.personId)) continue
      await this.do({ type: 'sign-off', gateId, teams: [], comment: '', onBehalfOf: null, seen: { parts: { ...seen.parts }, items: { ...seen.items } } }, actor)
    }
  }

  async pass(...gateIds: readonly string[]): Promise<void> {
    for (const gateId of gateIds) {
      await this.settle(gateId)
      await this.sign(gateId)
    }
  }

  /** The go, with conditions where some are named. */
  async go(reason: string, conditions: CommandOf<'decide'>['conditions'] = []): Promise<void> {
    const { seen } = await this.gate('decision')
    await this.do({
      type: 'decide', kind: conditions.length > 0 ? 'go-with-conditions' : 'go', title: `${this.model.slug} ${this.opening.label} to ${this.opening.environment.name}`, reason, conditions,
      options: [{ title: 'Go now', pros: 'The gain starts before the season.', cons: 'On-call is thin on Friday.', isChosen: true }, { title: 'Wait a week', pros: 'More canary hours.', cons: 'The season begins without it.', isChosen: false }],
      deciderIds: [PIA.personId, LENA.personId, MARA.personId], consultedIds: [], informedIds: [JONAS.personId], consequences: '', confirmation: null, supersedes: null, checkInId: null,
      itemId: null, until: null, seen: { parts: { ...seen.parts }, items: { ...seen.items } },
    }, PIA)
  }

  /** Plans the rollout from an instant: each step is asked for, seen, measured and soaked; the canary gate is signed before full traffic. Out: when the last planned step has soaked. */
  rollOut(from: Date, upTo: { readonly stepIndex: number; readonly isSoaked: boolean }): Date {
    const { stage } = this
    const steps = this.opening.steps ?? DEFAULT_STEPS
    let at = from.getTime()
    for (const [index, step] of steps.slice(0, upTo.stepIndex + 1).entries()) {
      const isFull = step.share === 100
      stage.at(new Date(at), async () => {
        if (isFull) await this.pass('canary')
        await this.do(index === 0 ? { type: 'start-rollout' } : { type: 'advance' }, FELIX)
      })
      at += span('9m')
      stage.at(new Date(at), async () => {
        await this.measureStanding(isFull)
        await this.do({ type: 'observe', share: Math.min(99.4, step.share), requests: null }, EVALUATOR)
      })
      if (index === upTo.stepIndex && !upTo.isSoaked) break
      at += step.soakMinutes * 60_000 + span('6m')
      stage.at(new Date(at), () => this.do({ type: 'observe', share: null, requests: step.minimumRequests + 4_210 }, EVALUATOR))
      at += span('14m')
    }
    return new Date(at)
  }

  private async measureStanding(isFull: boolean): Promise<void> {
    const { items, template } = await this.state()
    for (const item of Object.values(items)) {
      const phase = template.gates.find((gate) => gate.id === item.gateId)?.phase
      if (item.metric?.mode !== 'standing' || item.verdict?.verdict === 'pass') continue
      if (phase === 'rollout' || (phase === 'final' && isFull)) await this.measure(item.id)
    }
  }

  comment(text: string, by: PersonActor, mentions: readonly PersonActor[] = [], gateId: string | null = null, itemId: string | null = null): Promise<void> {
    return this.do({ type: 'comment', commentId: this.stage.freshId(), gateId, itemId, text, mentions: mentions.map((one) => one.personId) }, by)
  }
}
