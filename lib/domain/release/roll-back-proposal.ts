/** The triggers of a roll-back plan, and the proposals that they make: evidence for a person to act on, never the act itself. */
import { alertKey, type Alert } from '@/lib/domain/alert/alert'
import type { FreeText } from '@/lib/domain/text'
import type { ItemVerdict } from './evidence-state'
import type { RollBackProposal, RollBackTrigger } from './rollout-state'
import type { Action } from './state'

/** A trigger, a measured condition or an alert as it stands now. `unmeasured` neither proposes nor takes a proposal back. */
export interface Cause {
  readonly id: string
  readonly title: string
  readonly itemId: string | null
  readonly stands: 'firing' | 'good' | 'unmeasured'
  readonly since: string
  readonly reason: string
  readonly verdict: ItemVerdict | null
}

/** How many proposals a state keeps; open ones always stay. */
const KEPT = 50

const PREFIX = 'trigger:'

/** The id under which the metric of a trigger is measured. */
export function measuredId(trigger: Pick<RollBackTrigger, 'id'>): string {
  return `${PREFIX}${trigger.id}`
}

/** Whether a measured id names a trigger and not an item of the checklist. */
export function isTriggerId(id: string): boolean {
  return id.startsWith(PREFIX)
}

/** The triggers as they stand. In: the plan's triggers, the verdict by item id or measured id. */
export function triggerCauses(triggers: readonly RollBackTrigger[], verdictOf: (id: string) => ItemVerdict | null | undefined): readonly Cause[] {
  return triggers.map((trigger): Cause => {
    const verdict = verdictOf(trigger.itemId ?? measuredId(trigger)) ?? null
    const stands = verdict?.verdict === 'fail' ? 'firing' : verdict?.verdict === 'pass' ? 'good' : 'unmeasured'
    return { id: measuredId(trigger), title: trigger.title, itemId: trigger.itemId, stands, since: verdict?.at ?? '', reason: verdict?.reason ?? '', verdict }
  })
}

/** A condition of the go that a watched line measures. */
export interface MeasuredCondition {
  readonly id: string
  /** Its go, such as `D-44`. */
  readonly number: string
  readonly itemId: string
  readonly dueAt: string
  readonly isClosed: boolean
}

/** The conditions among the actions of a release that a watched line measures, and that have a day. */
export function measuredConditions(actions: readonly Action[]): readonly MeasuredCondition[] {
  return actions.flatMap(({ id, sourceId, itemId, dueAt, done }) => (itemId === undefined || dueAt === null ? [] : [{ id, number: sourceId ?? 'the go', itemId, dueAt, isClosed: done !== null }]))
}

/** Measured conditions as they stand: one that fails past its day asks for a roll-back, and once more when it was met meanwhile (PRODUCT rule 12). In: the conditions, the verdict of a line, the instant. */
export function conditionCauses(conditions: readonly MeasuredCondition[], verdictOf: (itemId: string) => ItemVerdict | null | undefined, at: string): readonly Cause[] {
  return conditions.map(({ id, number, itemId, dueAt, isClosed }): Cause => {
    const verdict = verdictOf(itemId) ?? null
    const stands = isClosed || verdict?.verdict === 'pass' ? 'good' : verdict?.verdict === 'fail' && Date.parse(dueAt) <= Date.parse(at) ? 'firing' : 'unmeasured'
    return { id: `condition:${id}`, title: `a condition of ${number} is not met`, itemId, stands, since: verdict && Date.parse(verdict.at) > Date.parse(dueAt) ? verdict.at : dueAt, reason: verdict?.reason ?? '', verdict }
  })
}

/** Alerts that ask for a roll-back, as they stand. In: the alerts, and how a sealed or open summary is said (words of the record stay sealed). */
export function alertCauses(alerts: readonly Alert[]): readonly Cause[] {
  return alerts.filter((alert) => alert.isProposing).map((alert): Cause => ({
    id: alertKey(alert), title: `alert ${alert.name}`, itemId: null, stands: alert.endsAt === null ? 'firing' : 'good', since: alert.startsAt,
    reason: alert.severity === '' ? 'it fires' : `it fires, severity ${alert.severity}`, verdict: null,
  }))
}

export type ProposalTurn =
  | { readonly type: 'roll-back-proposed'; readonly proposal: RollBackProposal }
  | { readonly type: 'roll-back-proposal-ended'; readonly proposalId: string; readonly how: 'dismissed' | 'recovered' | 'rolled-back'; readonly reason: FreeText | null }

/**
 * What the causes make of the proposals. In: the proposals so far, the causes as they stand, the instant.
 * Out: one proposal per turn of a cause (a dismissed one stays dismissed until the cause has recovered and fails anew); an open one ends when
 * its cause has recovered. A cause that is gone from the plan takes its proposal with it.
 */
export function proposalTurns(proposals: readonly RollBackProposal[], causes: readonly Cause[], at: string): readonly ProposalTurn[] {
  const open = proposals.filter((one) => one.ended === null)
  const ended = open.filter((one) => {
    const cause = causes.find(({ id }) => id === one.causeId)
    return cause === undefined || cause.stands === 'good'
  }).map((one): ProposalTurn => ({ type: 'roll-back-proposal-ended', proposalId: one.id, how: 'recovered', reason: null }))
  const fresh = causes.filter((cause) => cause.stands === 'firing' && !open.some((one) => one.causeId === cause.id) && !proposals.some((one) => one.id === idOf(cause))).map((cause): ProposalTurn => ({
    type: 'roll-back-proposed',
    proposal: { id: idOf(cause), causeId: cause.id, title: cause.title, reason: cause.reason, since: cause.since, at, verdict: cause.verdict, itemId: cause.itemId, ended: null },
  }))
  return [...ended, ...fresh]
}

function idOf(cause: Cause): string {
  return cause.id.includes('@') ? cause.id : `${cause.id}@${cause.since}`
}

/** The proposals after one more turn. */
export function withProposalTurn(proposals: readonly RollBackProposal[], turn: ProposalTurn, at: string, by: string): readonly RollBackProposal[] {
  if (turn.type === 'roll-back-proposal-ended') {
    return proposals.map((one) => (one.id === turn.proposalId ? { ...one, ended: { at, by, how: turn.how, reason: turn.reason } } : one))
  }
  const all = [...proposals, turn.proposal]
  const old = new Set(all.filter((one) => one.ended !== null).slice(0, Math.max(0, all.length - KEPT)))
  return all.filter((one) => !old.has(one))
}

/** The proposals that wait for an answer, the oldest first. */
export function openProposals(holder: { readonly rollBackProposals?: readonly RollBackProposal[] }): readonly RollBackProposal[] {
  return (holder.rollBackProposals ?? []).filter((one) => one.ended === null)
}
