/** What somebody has typed on the page that opens a release, what is still missing, and the command that it becomes. */
import type { OpeningPlace, OpeningStack, OpeningView } from '@/lib/domain/opening/view'
import type { Panel } from '@/lib/domain/release/panel'
import { TIERS, type Tier } from '@/lib/domain/template/template'

/** Numbers stay as typed until they are sent, so that half a number can stand in a field. */
export interface StepDraft {
  readonly share: string
  readonly soakMinutes: string
  readonly minimumRequests: string
}

export interface Draft {
  readonly modelId: string
  readonly versionId: string
  /** Label of a version that is registered with the release; empty when one is chosen that exists. */
  readonly newLabel: string
  readonly environmentId: string
  /** Empty: no staging environment. */
  readonly stagingEnvironmentId: string
  readonly templateId: string
  readonly risk: Tier
  /** `YYYY-MM-DD`, or empty. */
  readonly targetDay: string
  readonly claim: Readonly<Record<ClaimField, string>>
  readonly gpuType: string
  readonly serving: Readonly<Record<ServingField, string>>
  readonly evaluation: string
  /** By item, as typed; empty where it is said later. */
  readonly limits: Readonly<Record<string, string>>
  readonly steps: readonly StepDraft[]
  readonly way: 'last-stable' | 'switch-off' | 'degraded'
  readonly triggers: string
  readonly deciderId: string
  readonly rehearsedDay: string
  readonly restoreMinutes: string
  readonly feedback: string
  readonly labelDelayDays: string
  readonly owners: Readonly<Record<string, string>>
  readonly onCallId: string
  readonly stackId: string
  /** Panels that discovery found; `null`: those of the stack. */
  readonly foundPanels: readonly Panel[] | null
  /** Lines of `name=value`. */
  readonly candidateLabels: string
  readonly stableLabels: string
}

export const CLAIM_FIELDS = ['memoryGiB', 'cpuCores', 'gpuCount', 'gpuMemoryGiB', 'storageGiB', 'peakPerSecond', 'growthPercent'] as const
export type ClaimField = (typeof CLAIM_FIELDS)[number]
export const SERVING_FIELDS = ['image', 'runtime', 'precision', 'batching'] as const
export type ServingField = (typeof SERVING_FIELDS)[number]

/** Steps of a template as they stand in fields. */
export function stepDrafts(steps: OpeningView['templates'][number]['steps']): readonly StepDraft[] {
  return steps.map((step) => ({ share: String(step.share), soakMinutes: String(step.soakMinutes), minimumRequests: String(step.minimumRequests) }))
}

/** The form as it opens. In: what can be chosen, and the model that the address names. */
export function firstDraft(view: OpeningView, modelSlug: string | null): Draft {
  const model = view.models.find((one) => one.slug === modelSlug) ?? (view.models.length === 1 ? view.models[0] : undefined)
  const staging = view.environments.find((one) => /stag|\btest|\bpre(prod|-|$)/.test(one.slug))
  const target = view.environments.find((one) => one.id !== staging?.id)
  const template = view.templates[0]
  const draft: Draft = {
    modelId: model?.id ?? '', versionId: model?.versions[0]?.id ?? '', newLabel: '', environmentId: target?.id ?? '', stagingEnvironmentId: target && staging ? staging.id : '',
    templateId: template?.id ?? '', risk: 'medium', targetDay: '',
    claim: { memoryGiB: '', cpuCores: '', gpuCount: '0', gpuMemoryGiB: '', storageGiB: '', peakPerSecond: '', growthPercent: '' }, gpuType: '',
    serving: { image: '', runtime: '', precision: '', batching: '' }, evaluation: '', limits: {},
    steps: template ? stepDrafts(template.steps) : [], way: 'last-stable', triggers: '', deciderId: '', rehearsedDay: '', restoreMinutes: '',
    feedback: '', labelDelayDays: '', owners: {}, onCallId: '', stackId: view.stacks[0]?.id ?? '', foundPanels: null, candidateLabels: '', stableLabels: '',
  }
  return settled(view, draft, draft)
}

/** What is known of the chosen model in the chosen environment. */
export function placeOf(view: OpeningView, draft: Pick<Draft, 'modelId' | 'environmentId'>): OpeningPlace | null {
  return view.places.find((one) => one.modelId === draft.modelId && one.environmentId === draft.environmentId) ?? null
}

/**
 * Fills in what follows from the choices: labels of the versions, and the way back where nothing is stable.
 * In: the draft after a change, and before it; labels that somebody has typed stay as they are.
 */
export function settled(view: OpeningView, draft: Draft, before: Draft): Draft {
  const stable = placeOf(view, draft)?.lastStable ?? null
  const way = stable === null && draft.way === 'last-stable' ? 'switch-off' : stable !== null && draft.way === 'switch-off' && draft.triggers === '' ? 'last-stable' : draft.way
  const then = usualLabels(view, before)
  const now = usualLabels(view, draft)
  const isTyped = (field: 'candidate' | 'stable') => before[`${field}Labels`] !== '' && before[`${field}Labels`] !== then[field]
  return {
    ...draft, way,
    // What one environment's source has says nothing of another's.
    foundPanels: draft.environmentId === before.environmentId ? draft.foundPanels : null,
    candidateLabels: isTyped('candidate') ? draft.candidateLabels : now.candidate,
    stableLabels: isTyped('stable') ? draft.stableLabels : now.stable,
  }
}

/** The labels by which the chosen stack usually tells the two versions apart. */
function usualLabels(view: OpeningView, draft: Draft): { readonly candidate: string; readonly stable: string } {
  const model = view.models.find((one) => one.id === draft.modelId)
  const stack = view.stacks.find((one) => one.id === draft.stackId)
  const stable = placeOf(view, draft)?.lastStable
  const candidate = draft.newLabel === '' ? model?.versions.find((one) => one.id === draft.versionId)?.label : draft.newLabel
  if (!model || !stack) return { candidate: '', stable: '' }
  return { candidate: labelLines(stack, model.slug, candidate ?? ''), stable: stable ? labelLines(stack, model.slug, stable.label) : '' }
}

function labelLines(stack: OpeningStack, slug: string, version: string): string {
  const lines = stack.labels.flatMap(({ name, isVersion }) => {
    if (isVersion) return version === '' ? [] : [`${name}=${version}`]
    return /^(model|model_name|service_name|deployment)$/.test(name) ? [`${name}=${slug}`] : []
  })
  return lines.join('\n')
}

/** In: lines of `name=value`. Out: the labels, or the line that is none. */
export function readLabels(text: string): { readonly labels: Readonly<Record<string, string>>; readonly fault: string | null } {
  const labels: Record<string, string> = {}
  for (const line of text.split('\n').map((one) => one.trim()).filter((one) => one !== '')) {
    const [, name, value] = /^([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"?([^"]*)"?$/.exec(line) ?? []
    if (name === undefined || name === '__name__' || value === undefined || value === '') return { labels, fault: `“${line.slice(0, 60)}” is no label; write name=value.` }
    labels[name] = value
  }
  return { labels, fault: null }
}

const NAMES: Readonly<Record<ClaimField, string>> = {
  memoryGiB: 'Memory', cpuCores: 'CPU', gpuCount: 'GPUs', gpuMemoryGiB: 'Memory of each GPU', storageGiB: 'Storage', peakPerSecond: 'Expected peak', growthPercent: 'Growth',
}

/** A number as people type it, with a point or a comma. */
function numberOf(text: string): number {
  return Number(text.replace(',', '.'))
}

/** The lines of the chosen template that are asked at the chosen risk and want a number from whoever opens. */
export function limitsAsked(view: OpeningView, draft: Pick<Draft, 'templateId' | 'risk'>): OpeningView['templates'][number]['limits'] {
  const limits = view.templates.find((one) => one.id === draft.templateId)?.limits ?? []
  return limits.filter((one) => TIERS.indexOf(one.minTier) <= TIERS.indexOf(draft.risk))
}

/** What is missing or wrong, by the field's name; empty when the release can be opened. */
export function faultsOf(view: OpeningView, draft: Draft): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {}
  const place = placeOf(view, draft)
  if (draft.modelId === '') faults['modelId'] = 'Choose a model.'
  if (draft.versionId === '') faults['versionId'] = 'Choose a version, or paste a reference and register one.'
  if (draft.environmentId === '') faults['environmentId'] = 'Choose the environment that it goes into.'
  if (draft.templateId === '') faults['templateId'] = 'Choose a template.'
  if (draft.environmentId !== '' && draft.environmentId === draft.stagingEnvironmentId) faults['stagingEnvironmentId'] = 'Staging and target are the same; choose another, or none.'
  const held = place?.held.find((one) => one.versionId === draft.versionId)
  if (held) faults['versionId'] = `${held.label} was rolled back here and is held. Write its cause down on the model first.`
  if (place?.lastStable?.versionId === draft.versionId && draft.versionId !== '') faults['versionId'] = 'This version is the last stable one there already.'
  for (const field of CLAIM_FIELDS) {
    if (field === 'gpuMemoryGiB' && Number(draft.claim.gpuCount) === 0) continue
    const text = draft.claim[field].trim()
    const number = Number(text)
    if (text === '') faults[field] = `${NAMES[field]}: give a number; 0 where it needs none.`
    else if (!Number.isFinite(number) || (number < 0 && field !== 'growthPercent')) faults[field] = `${NAMES[field]}: “${text.slice(0, 20)}” is no such number.`
    else if (field === 'gpuCount' && !Number.isInteger(number)) faults[field] = 'GPUs come whole.'
  }
  for (const { itemId } of limitsAsked(view, draft)) {
    const text = draft.limits[itemId]?.trim() ?? ''
    if (text !== '' && !Number.isFinite(numberOf(text))) faults[`limit-${itemId}`] = `“${text.slice(0, 20)}” is no number.`
  }
  const stepFault = faultOfSteps(draft.steps)
  if (stepFault !== null) faults['steps'] = stepFault
  if (draft.restoreMinutes.trim() !== '' && !(Number(draft.restoreMinutes) >= 0)) faults['restoreMinutes'] = 'Give minutes as a number.'
  const delay = draft.labelDelayDays.trim()
  if (!/^\d{1,4}$/.test(delay)) faults['labelDelayDays'] = 'Give whole days; 0 when the truth is known at once.'
  for (const field of ['candidateLabels', 'stableLabels'] as const) {
    const { fault } = readLabels(draft[field])
    if (fault !== null) faults[field] = fault
  }
  return faults
}

function faultOfSteps(steps: readonly StepDraft[]): string | null {
  if (steps.length === 0) return 'Add at least one step; the last one is 100 %.'
  const shares = steps.map((step) => Number(step.share))
  if (shares.some((share) => !(share > 0 && share <= 100))) return 'Each share is above 0 % and at most 100 %.'
  if (shares.some((share, index) => index > 0 && share <= (shares[index - 1] ?? 0))) return 'The shares must rise from step to step.'
  if (shares.at(-1) !== 100) return 'The last step must be 100 %.'
  if (steps.some((step) => !/^\d+$/.test(step.soakMinutes.trim()) || !/^\d+$/.test(step.minimumRequests.trim()))) return 'Soak and minimum requests are whole numbers.'
  return null
}

const noon = (day: string) => (day === '' ? null : `${day}T12:00:00.000Z`)
const orNull = (text: string) => (text === '' ? null : text)

/** The command `open-release`. In: a draft without faults. */
export function commandOf(view: OpeningView, draft: Draft) {
  const number = (field: ClaimField) => Number(draft.claim[field].trim() || '0')
  const stack = view.stacks.find((one) => one.id === draft.stackId)
  const environment = view.environments.find((one) => one.id === draft.environmentId)
  const panels: readonly Panel[] = !environment?.hasSource ? [] : (draft.foundPanels ?? [...(stack?.panels ?? []), ...view.resourcePanels])
  return {
    type: 'open-release' as const,
    modelId: draft.modelId, versionId: draft.versionId, environmentId: draft.environmentId, stagingEnvironmentId: orNull(draft.stagingEnvironmentId),
    templateId: draft.templateId, risk: draft.risk, targetAt: noon(draft.targetDay),
    claim: {
      memoryGiB: number('memoryGiB'), cpuCores: number('cpuCores'), gpuCount: number('gpuCount'), gpuType: draft.gpuType.trim(), gpuMemoryGiB: number('gpuMemoryGiB'),
      storageGiB: number('storageGiB'), peakPerSecond: number('peakPerSecond'), growthPercent: number('growthPercent'),
    },
    serving: { image: draft.serving.image.trim(), runtime: draft.serving.runtime.trim(), precision: draft.serving.precision.trim(), batching: draft.serving.batching.trim() },
    evaluation: draft.evaluation.trim(),
    limits: Object.fromEntries(limitsAsked(view, draft).flatMap(({ itemId }) => { const text = draft.limits[itemId]?.trim() ?? ''; return text === '' ? [] : [[itemId, numberOf(text)]] })),
    steps: draft.steps.map((step) => ({ share: Number(step.share), soakMinutes: Number(step.soakMinutes), minimumRequests: Number(step.minimumRequests) })),
    rollbackPlan: { way: draft.way, triggers: draft.triggers.trim(), deciderId: orNull(draft.deciderId), rehearsedAt: noon(draft.rehearsedDay), restoreMinutes: draft.restoreMinutes.trim() === '' ? null : Number(draft.restoreMinutes) },
    feedback: { description: draft.feedback.trim(), labelDelayDays: Number(draft.labelDelayDays) },
    owners: Object.fromEntries(Object.entries(draft.owners).filter(([, personId]) => personId !== '')), onCallId: orNull(draft.onCallId),
    panels, selectors: { candidate: readLabels(draft.candidateLabels).labels, stable: readLabels(draft.stableLabels).labels, shareQuery: null },
  }
}
