/** Decides what alerts and roll-back triggers do to a release: they are recorded and propose a roll-back, they never carry one out. */
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { alertingOf, alertTurns } from '@/lib/domain/alert/alert'
import { proposalsAfter } from '@/lib/domain/live/follow'
import { same } from '@/lib/domain/same'
import { freeText } from '@/lib/domain/text'
import { writesOwnQuery } from '@/lib/domain/verdict/own-queries'
import { specProblems } from '@/lib/domain/verdict/spec-problems'
import type { CommandOf } from './commands'
import { alertCauses, conditionCauses, isTriggerId, measuredConditions, measuredId, openProposals, proposalTurns, triggerCauses } from './roll-back-proposal'
import type { RollBackTrigger } from './rollout-state'
import { forbidden, happened, type BareEvent, type Ruling } from './ruling'
import type { ItemVerdict } from './state'

export type AlertCommand = CommandOf<'record-alert' | 'set-alerting' | 'dismiss-proposal'>

/** The metric of a trigger turned. In: a `record-verdict` whose id names a trigger. */
export function decideTriggerVerdict(ruling: Ruling, command: CommandOf<'record-verdict'>): Outcome {
  const no = forbidden(ruling, 'release.evaluate')
  if (no) return no
  const { state } = ruling
  const { type: _type, itemId, ...verdict } = command
  const trigger = state.rollbackPlan.conditions?.find((one) => measuredId(one) === itemId)
  if (!trigger?.spec) return refuse('not-found', `The roll-back plan has no trigger "${itemId}".`)
  if (state.triggerVerdicts?.[trigger.id]?.verdict === verdict.verdict) return { ok: true, changes: [] }
  return happened(ruling, { type: 'trigger-turned', triggerId: trigger.id, verdict })
}

/** Decides a command about alerts and proposals. */
export function decideAlert(ruling: Ruling, command: AlertCommand): Outcome {
  const { state } = ruling
  switch (command.type) {
    case 'record-alert': {
      const no = forbidden(ruling, 'release.record-alert')
      if (no) return no
      const { type: _type, ...words } = command
      const turns = alertTurns(state.alerts ?? [], words, alertingOf(state.alerting, state.selectors.candidate), freeText(words.summary), ruling.at)
      return turns.length === 0 ? { ok: true, changes: [] } : happened(ruling, ...turns)
    }
    case 'set-alerting': {
      const no = forbidden(ruling, 'release.set-alerting')
      if (no) return no
      return happened(ruling, { type: 'alerting-set', alerting: command.alerting })
    }
    case 'dismiss-proposal': {
      const no = forbidden(ruling, 'release.dismiss-proposal', { named: [state.onCallId, state.rollbackPlan.deciderId].filter((id) => id !== null) })
      if (no) return no
      const proposal = openProposals(state).find((one) => one.id === command.proposalId)
      if (!proposal) return refuse('not-found', 'This proposal is answered already, or what it rested on has recovered.')
      return happened(ruling, { type: 'roll-back-proposal-ended', proposalId: proposal.id, how: 'dismissed', reason: freeText(command.reason) })
    }
  }
}

/** What follows for proposals from the state of a release that moves traffic; after stable the live version's watch speaks, and ends with it. */
export function proposed(ruling: Ruling): readonly BareEvent[] {
  const { state, world, at } = ruling
  const before = state.rollBackProposals ?? []
  if (state.rollBack) return openProposals(state).map((one): BareEvent => ({ type: 'roll-back-proposal-ended', proposalId: one.id, how: 'rolled-back', reason: null }))
  if (state.stableAt) return world.live?.watch?.releaseId === state.id ? proposalsAfter(world.live, state, at) : []
  if (!state.rollout) return []
  const triggers = state.rollbackPlan.conditions ?? []
  const verdictOf = (id: string): ItemVerdict | null | undefined => (isTriggerId(id) ? state.triggerVerdicts?.[id.slice('trigger:'.length)] : state.items[id]?.verdict)
  return proposalTurns(before, [...triggerCauses(triggers, verdictOf), ...conditionCauses(measuredConditions(state.actions), verdictOf, at), ...alertCauses(state.alerts ?? [])], at)
}

/** What a trigger watches; its title may change at any time. */
function isSameWatch(a: RollBackTrigger, b: RollBackTrigger): boolean {
  return same([a.id, a.itemId, a.spec], [b.id, b.itemId, b.spec])
}

/**
 * Whether the triggers of a plan can be kept: each names a standing item of the checklist or has a metric that can be watched; a query of one's own is
 * for those who may write one. A trigger that proposes a roll-back now stays until the proposal is answered, or whoever may change the plan could dismiss it so.
 */
export function refuseTriggers(ruling: Ruling, triggers: readonly RollBackTrigger[]): Outcome | null {
  const { state } = ruling
  const known = state.rollbackPlan.conditions ?? []
  if (new Set(triggers.map((one) => one.id)).size !== triggers.length) return refuse('invalid', 'Two triggers have the same id.')
  const asking = openProposals(state).flatMap((proposal) => known.find((one) => measuredId(one) === proposal.causeId) ?? [])
  const lost = asking.find((before) => !triggers.some((one) => isSameWatch(one, before)))
  if (lost) return refuse('blocked', `"${lost.title}" proposes a roll-back now. Roll back, or dismiss the proposal with a reason, before this trigger changes.`)
  for (const trigger of triggers.filter((one) => !known.some((before) => isSameWatch(one, before)))) {
    if ((trigger.itemId === null) === (trigger.spec === null)) return refuse('invalid', `"${trigger.title}" needs an item or a metric, and not both.`)
    if (trigger.itemId !== null && state.items[trigger.itemId]?.metric?.mode !== 'standing') return refuse('invalid', `Item ${trigger.itemId} is not watched during the rollout, so it cannot be a trigger.`)
    if (trigger.spec === null) continue
    if (trigger.spec.kind !== 'standing') return refuse('invalid', `"${trigger.title}" is measured once only; a trigger is watched, so it has to be standing.`)
    const [problem] = specProblems(trigger.spec)
    if (problem) return refuse('invalid', `"${trigger.title}": ${problem.message}`)
  }
  return writesOwnQuery(triggers.map((one) => one.spec), known.map((one) => one.spec)) ? forbidden(ruling, 'release.own-query') : null
}
