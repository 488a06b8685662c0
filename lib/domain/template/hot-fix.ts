/** The hot-fix template: the least that may stand between a fault and its repair; the rest becomes conditions due in five days. */
import { CANARY, DECISION, FULL_ROLLOUT } from './default-rollout'
import { ENVIRONMENT, QUALITY, REPRODUCIBLE, ROLLBACK, SCOPE } from './default-preparation'
import type { DeferredCondition, GateTemplate, RolloutStepTemplate } from './template'

function only(gate: GateTemplate, ...ids: readonly string[]): GateTemplate {
  return { ...gate, items: gate.items.filter((item) => ids.includes(item.id)) }
}

const { smallTeamRule: _twoScientists, ...qualityWithOneRule } = QUALITY

/** Gates of the default template with their numbers and lines, so that a later full release can inherit them. */
export const HOT_FIX_GATES: readonly GateTemplate[] = [
  only(SCOPE, '1.1', '1.5'),
  { ...only(qualityWithOneRule, '3.1', '3.7'), rule: { teams: [{ team: 'data-science', count: 1 }] }, needs: ['scope'] },
  { ...only(REPRODUCIBLE, '4.1', '4.5'), needs: ['scope'] },
  only(ENVIRONMENT, '5.6', '5.7'),
  ROLLBACK,
  { ...DECISION, needs: ['scope', 'quality', 'reproducible', 'environment', 'rollback'] },
  CANARY,
  FULL_ROLLOUT,
]

/** One hour of canary, then full traffic. */
export const HOT_FIX_STEPS: readonly RolloutStepTemplate[] = [
  { share: 10, soakMinutes: 60, minimumRequests: 1_000 },
  { share: 100, soakMinutes: 240, minimumRequests: 5_000 },
]

const DUE_DAYS = 5

/** What the hot-fix leaves out. */
export const HOT_FIX_DEFERRED: readonly DeferredCondition[] = [
  { id: 'data', title: 'Data readiness: validation with counts, privacy and policy, feedback loop', ownerTeam: 'data-science', dueDays: DUE_DAYS },
  { id: 'quality', title: 'Model quality: slices, fairness and model card', ownerTeam: 'data-science', dueDays: DUE_DAYS },
  { id: 'reproducible', title: 'Reproducible: tests posted by CI, one example traced', ownerTeam: 'data-science', dueDays: DUE_DAYS },
  { id: 'environment', title: 'Environment: claim, load test and failure modes reviewed again', ownerTeam: 'ops', dueDays: DUE_DAYS },
  { id: 'monitoring', title: 'Monitoring: alerts and runbooks cover what went wrong', ownerTeam: 'ops', dueDays: DUE_DAYS },
  { id: 'follow-up', title: 'Retrospective: cause of the fault, and what would have caught it', ownerTeam: 'product', dueDays: DUE_DAYS },
]
