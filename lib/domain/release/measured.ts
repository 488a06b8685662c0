/** What of a release is to be measured now: its metric items that are due, its rollout, and the labels of its two versions. Pure. */

import { stacksOf } from '@/lib/domain/preset/resolve'
import type { StackId } from '@/lib/domain/preset/preset'
import type { Selectors } from '@/lib/domain/preset/selector'
import { specOfAsk } from '@/lib/domain/verdict/ask-spec'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import { TIERS } from '@/lib/domain/template/template'
import { differences, partsOf } from './fingerprint'
import { gateStandings } from './gate-standing'
import { labelsDueAt } from './labels-due'
import { isDueNow } from './phase'
import type { ItemState, ReleaseState } from './state'

export interface MeasuredItem {
  readonly itemId: string
  readonly title: string
  readonly spec: MetricSpec
  readonly item: ItemState
}

/** What the stacks, own query and limits of an item make of it; `null` for items that are not measured or have no limit yet. */
export function specOfItem(item: ItemState): MetricSpec | null {
  if (!item.metric) return null
  return item.spec ?? specOfAsk(item.metric, item.query)
}

/** Whether a sign-off of the gate froze the snapshot: it stands and the parts that it saw are what they were (rule 7). */
function isFrozen(state: ReleaseState, gateId: string): boolean {
  const now = partsOf(state)
  return (state.gates[gateId]?.signOffs ?? []).some((one) => one.withdrawn === null && differences(one.seen.parts, now).length === 0)
}

function isAsked(state: ReleaseState, gateId: string, itemId: string): boolean {
  const line = state.template.gates.find((gate) => gate.id === gateId)?.items.find((one) => one.id === itemId)
  return line === undefined || TIERS.indexOf(line.minTier) <= TIERS.indexOf(state.risk)
}

function isPastValidity(item: ItemState, spec: MetricSpec, now: Date): boolean {
  return item.verdict !== null && spec.validForDays !== null && Date.parse(item.verdict.at) + spec.validForDays * 86_400_000 <= now.getTime()
}

/** Whether the gates that this one needs have passed; before that nobody can sign it, so nothing of it is measured. */
type IsOpen = (gateId: string) => boolean

/** Whether an item is due (rule 7): a snapshot while its gate is open, until a sign-off froze it or it expired; a standing one from the start of the rollout until the live version's watch takes over; after the labels are in where it waits for them. */
function isDue(state: ReleaseState, item: ItemState, spec: MetricSpec, now: Date, isOpen: IsOpen): boolean {
  if (!item.metric || item.notApplicable?.counterSignedBy || !isAsked(state, item.gateId, item.id)) return false
  if (item.metric.isAfterLabelDelay) {
    const due = labelsDueAt(state, item)
    return due !== null && due <= now
  }
  if (spec.kind === 'snapshot') return state.stableAt === null && (!isFrozen(state, item.gateId) || isPastValidity(item, spec, now)) && isOpen(item.gateId)
  const phase = state.template.gates.find((gate) => gate.id === item.gateId)?.phase
  return (state.rollout !== null && state.stableAt === null && isDueNow(state, item.id)) || (state.stableAt !== null && phase === 'follow-up')
}

/** The metric items of a release that are due now. Nothing is due after its end, while it rolls back, or without a limit. */
export function metricItemsDue(state: ReleaseState, now: Date): readonly MeasuredItem[] {
  if (state.end || state.rollBack) return []
  let open: ReadonlySet<string> | null = null
  const isOpen: IsOpen = (gateId) => {
    open ??= new Set(gateStandings(state, now).filter((gate) => gate.missingNeeds.length === 0).map((gate) => gate.gate.id))
    return open.has(gateId)
  }
  return Object.values(state.items).flatMap((item) => {
    const spec = specOfItem(item)
    return spec && isDue(state, item, spec, now, isOpen) ? [{ itemId: item.id, title: item.title, spec, item }] : []
  })
}

/** The standing items that are watched on when the release is stable (rule 23). */
export function watchedItems(state: ReleaseState): readonly MeasuredItem[] {
  return Object.values(state.items).flatMap((item) => {
    const spec = specOfItem(item)
    const phase = state.template.gates.find((gate) => gate.id === item.gateId)?.phase
    const isWatched = spec?.kind === 'standing' && phase !== 'follow-up' && item.metric?.presetRole !== 'version-share' && !item.notApplicable?.counterSignedBy && isAsked(state, item.gateId, item.id)
    return spec && isWatched ? [{ itemId: item.id, title: item.title, spec, item }] : []
  })
}

/**
 * The labels of the stable version's series. In: the release. Out: those that were set; else the candidate's with its label exchanged for
 * the baseline's; `null` without a baseline or where no label names the version.
 */
export function stableSelectorsOf(state: Pick<ReleaseState, 'selectors' | 'candidate' | 'baseline'>): Selectors | null {
  if (Object.keys(state.selectors.stable).length > 0) return state.selectors.stable
  const { baseline, candidate } = state
  if (!baseline) return null
  const exchanged = Object.entries(state.selectors.candidate).map(([name, value]) => [name, value === candidate.label ? baseline.label : value] as const)
  return exchanged.some(([name, value]) => state.selectors.candidate[name] !== value) ? Object.fromEntries(exchanged) : null
}

/** The stacks that a release is measured on. */
export function stacksOfRelease(state: Pick<ReleaseState, 'panels'>): readonly StackId[] {
  return stacksOf(state.panels)
}
