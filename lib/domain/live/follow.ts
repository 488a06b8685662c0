/** What follows from a turn of a standing watch: one action for its owner, and a proposal where the plan's triggers or alerts say so. */
import { withoutStop } from '@/lib/domain/format'
import { alertCauses, conditionCauses, measuredConditions, proposalTurns, triggerCauses, type ProposalTurn } from '@/lib/domain/release/roll-back-proposal'
import type { RollBackTrigger } from '@/lib/domain/release/rollout-state'
import type { Action, ItemVerdict, ReleaseState } from '@/lib/domain/release/state'
import { freeText } from '@/lib/domain/text'
import { lineVerdict } from './line-verdict'
import type { LiveState } from './state'

/** How long the owner has to answer a turn of the watch. */
const ANSWER_MS = 86_400_000

/** The triggers that are watched with a live version: those of its release's plan, or the lines of its own watch that propose. */
export function triggersOf(live: LiveState, watched: ReleaseState | null): readonly RollBackTrigger[] {
  if (watched) return watched.rollbackPlan.conditions ?? []
  return (live.watch?.own?.items ?? []).filter((item) => item.proposes).map((item) => ({ id: item.id, title: item.title, itemId: item.id, spec: null }))
}

/** The turns of proposals that the live version as it is now leads to. */
export function proposalsAfter(live: LiveState, watched: ReleaseState | null, at: string): readonly ProposalTurn[] {
  if (watched?.rollBack) return []
  const before = (watched ? watched.rollBackProposals : live.rollBackProposals) ?? []
  const conditions = watched ? conditionCauses(measuredConditions(watched.actions), (id) => lineVerdict(watched, live, id), at) : []
  return proposalTurns(before, [...triggerCauses(triggersOf(live, watched), (id) => live.watch?.items[id]), ...conditions, ...alertCauses(live.alerts ?? [])], at)
}

/**
 * Rule 23: a turn to failing opens an action on the release that the version came by, else on the live version itself, for whoever recorded it;
 * through it the turn stands on My work. One open action per item: a metric that flaps asks once.
 */
export function actionOnTurn(
  live: LiveState, watched: ReleaseState | null, itemId: string, title: string, verdict: ItemVerdict, by: string, now: Date,
): readonly { readonly type: 'action-added'; readonly action: Action }[] {
  if (verdict.verdict !== 'fail') return []
  if ((watched ? watched.actions : (live.actions ?? [])).some((one) => one.source === 'watch' && one.sourceId === itemId && one.done === null)) return []
  const at = now.toISOString()
  const action: Action = {
    id: `watch-${itemId}-${now.getTime()}`, source: 'watch', sourceId: itemId, title: freeText(`Answer the watch: ${title}, ${withoutStop(verdict.reason)}`),
    ownerId: watched ? (watched.onCallId ?? watched.owners['ops'] ?? null) : (live.lastStable?.how === 'adopted' ? live.lastStable.recordedBy : null), team: 'ops', dueAt: new Date(now.getTime() + ANSWER_MS).toISOString(), by, at, done: null,
  }
  return [{ type: 'action-added', action }]
}
