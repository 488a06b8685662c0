/** How one item stands at an instant: met or not, and why; nothing but `met`, a waiver and a counter-signed not-applicable let a gate go on. */
import type { GateTemplate, ItemTemplate } from '@/lib/domain/template/template'
import { TIERS } from '@/lib/domain/template/template'
import { differences, partsOf } from './fingerprint'
import { claimObserved } from './claim-observed'
import { labelsDueAt } from './labels-due'
import { soakReading } from './soak'
import type { ItemState, ReleaseState } from './state'

export type ItemStatus =
  | 'met' | 'open' | 'failed' | 'inconclusive' | 'no-data' | 'idle' | 'error' | 'expired' | 'due-later'
  | 'waived' | 'not-applicable' | 'awaits-counter-signature' | 'not-asked'

export interface ItemStanding {
  readonly itemId: string
  readonly status: ItemStatus
  /** Whether the gate may go on as far as this item is concerned. */
  readonly isSettled: boolean
  /** One short clause that says what is missing or what was seen; empty when nothing needs saying. */
  readonly reason: string
  /** What a signer saw of it: changes exactly when a sign-off should be looked at again. */
  readonly mark: string
}

const DAY = 86_400_000

/** Whether an approved waiver still covers its item: not past its end, and the gate's parts are what they were (rule 10). */
export function isWaived(state: ReleaseState, item: ItemState, now: Date): boolean {
  const waiver = item.waiver
  if (waiver?.state !== 'approved' || Date.parse(waiver.until) <= now.getTime()) return false
  return differences(waiver.parts, partsOf(state)).length === 0
}

function isAsked(state: ReleaseState, template: ItemTemplate): boolean {
  return TIERS.indexOf(template.minTier) <= TIERS.indexOf(state.risk)
}

/** Imported results speak for themselves: the newest of each format counts, and a link beside it does not out-vote its failures. */
function evidenceStanding(item: ItemState): [ItemStatus, string] {
  if (item.evidence.length === 0) return ['open', 'no evidence yet']
  const newest = new Map(item.evidence.flatMap(({ counts }) => (counts ? [[counts.format, counts] as const] : [])))
  if ([...newest.values()].some((counts) => counts.failed > 0)) return ['failed', 'the imported result has failures']
  if ([...newest.values()].some((counts) => counts.passed === 0)) return ['open', 'nothing passed in the imported result']
  return ['met', '']
}

function valueStanding(item: ItemState, now: Date): [ItemStatus, string] {
  if (!item.value) return item.evidence.length > 0 && !item.ask ? ['met', ''] : ['open', 'no value yet']
  const ask = item.ask
  if (ask?.validDays && Date.parse(item.value.at) + ask.validDays * DAY <= now.getTime()) return ['expired', `older than ${ask.validDays} days`]
  if (!ask || ask.direction === 'record') return ['met', '']
  if (ask.target === null) return ['open', 'no target set']
  const isGood = ask.direction === 'at-most' ? item.value.value <= ask.target : item.value.value >= ask.target
  const sign = ask.direction === 'at-most' ? '≤' : '≥'
  return isGood ? ['met', ''] : ['failed', `${item.value.value} ${ask.unit}, target ${sign} ${ask.target}`]
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** "14 December 2026", in UTC: the sentence is the same for everybody. */
function dayWords(at: Date): string {
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()}`
}

function metricStanding(state: ReleaseState, item: ItemState, now: Date): [ItemStatus, string] {
  const ask = item.metric
  if (!ask) return ['open', 'no metric']
  if (ask.isAfterLabelDelay) {
    const due = labelsDueAt(state, item)
    if (due === null) return ['due-later', `due ${state.feedback.labelDelayDays} ${state.feedback.labelDelayDays === 1 ? 'day' : 'days'} after it is stable, when the labels are in`]
    if (due > now) return ['due-later', `due on ${dayWords(due)}, when the labels are in`]
  }
  if (ask.mode === 'standing' && !state.rollout && !state.stableAt) return ['open', 'measured from the start of the rollout']
  const seen = item.verdict
  if (!seen) return ['no-data', 'not measured yet']
  if (ask.mode === 'snapshot' && ask.rule.validDays && Date.parse(seen.at) + ask.rule.validDays * DAY <= now.getTime()) {
    return ['expired', `measured more than ${ask.rule.validDays} days ago`]
  }
  if (seen.verdict === 'pass') return ['met', '']
  return [seen.verdict === 'fail' ? 'failed' : seen.verdict, seen.reason]
}

function computedStanding(state: ReleaseState, item: ItemState, now: Date): [ItemStatus, string] {
  switch (item.computed) {
    case 'environment-choice': {
      const choice = state.decisions.find((d) => d.kind === 'choice' && d.itemId === item.id && d.supersededBy === null)
      return choice ? ['met', `D-${choice.number}`] : ['open', 'no choice decided']
    }
    case 'observed-against-declared': return claimObserved(state)
    case 'steps-soaked': {
      const left = state.steps.filter((step, i) => step.share < 100 && !state.rollout?.doneSteps.some((done) => done.index === i)).length
      const current = state.rollout && soakReading(state, now)
      const isCurrentDone = current?.isDone === true && (state.steps[state.rollout?.stepIndex ?? 0]?.share ?? 100) < 100
      const open = left - (isCurrentDone ? 1 : 0)
      if (open <= 0 && (state.rollout || state.stableAt)) return ['met', '']
      return ['open', open === 1 ? '1 step has to soak' : `${open} steps have to soak`]
    }
    case 'final-soak': {
      if (state.stableAt) return ['met', '']
      const isFull = state.steps[state.rollout?.stepIndex ?? 0]?.share === 100
      if (!state.rollout || !isFull) return ['open', 'not at full traffic yet']
      const reading = soakReading(state, now)
      return reading?.isDone ? ['met', ''] : [reading?.isInconclusive ? 'inconclusive' : 'open', reading?.words ?? 'full traffic is not live yet']
    }
    case 'conditions-closed': {
      const open = state.actions.filter((action) => action.source === 'condition' && !action.done).length
      return open === 0 ? ['met', ''] : ['open', open === 1 ? '1 condition is open' : `${open} conditions are open`]
    }
    case 'waivers-closed': {
      const open = Object.values(state.items).filter((other) => other.waiver?.state === 'approved' && Date.parse(other.waiver.until) <= now.getTime()).length
      return open === 0 ? ['met', ''] : ['open', open === 1 ? '1 waiver has ended' : `${open} waivers have ended`]
    }
    case null: return ['open', '']
  }
}

function bare(state: ReleaseState, item: ItemState, now: Date): [ItemStatus, string] {
  if (item.notApplicable) {
    return item.notApplicable.counterSignedBy ? ['not-applicable', ''] : ['awaits-counter-signature', 'not applicable waits for another team']
  }
  switch (item.kind) {
    case 'check': return item.check?.isDone ? ['met', ''] : ['open', '']
    case 'evidence': return evidenceStanding(item)
    case 'value': return valueStanding(item, now)
    case 'metric': return metricStanding(state, item, now)
    case 'computed': return computedStanding(state, item, now)
  }
}

/** The content that a signer judged: not the readings of a metric (they move), but its rule and whether it passed. */
function markOf(item: ItemState, status: ItemStatus): string {
  const content = item.kind === 'value' ? String(item.value?.value ?? '') : item.evidence.map((piece) => piece.id).join('+')
  return [status, `r${item.revision}`, content].filter(Boolean).join(' ')
}

/** How an item stands. In: the release, the item's template line, the instant. Out: its standing. Rules 6, 7, 10, 11. */
export function itemStanding(state: ReleaseState, template: ItemTemplate, now: Date): ItemStanding {
  const item = state.items[template.id]
  if (!item || !isAsked(state, template)) return { itemId: template.id, status: 'not-asked', isSettled: true, reason: '', mark: 'not-asked' }
  const [plain, reason] = bare(state, item, now)
  const isWaiverGood = plain !== 'met' && plain !== 'not-applicable' && isWaived(state, item, now)
  const status: ItemStatus = isWaiverGood ? 'waived' : plain
  const isFine = status === 'met' || status === 'waived' || status === 'not-applicable' || status === 'due-later'
  return { itemId: item.id, status, isSettled: status === 'due-later' ? !item.isRequired : isFine || !item.isRequired, reason, mark: markOf(item, status) }
}

/** The standings of all lines of a gate, in template order; lines that the tier does not ask are left out. */
export function gateItems(state: ReleaseState, gate: GateTemplate, now: Date): readonly ItemStanding[] {
  return gate.items.map((line) => itemStanding(state, line, now)).filter((standing) => standing.status !== 'not-asked')
}
