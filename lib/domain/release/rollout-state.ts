/** The state of moving traffic: the step that is asked for, what was seen of it, its soak, and the way back. */
import type { FreeText } from '@/lib/domain/text'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { ItemVerdict } from './evidence-state'

/** One trigger: a standing item past its limit, or a metric of its own. Exactly one of `itemId` and `spec` is set. */
export interface RollBackTrigger {
  readonly id: string
  readonly title: string
  readonly itemId: string | null
  readonly spec: MetricSpec | null
}

export interface RollBackProposal {
  /** The cause and since when it holds, so that one turn proposes once. */
  readonly id: string
  readonly causeId: string
  readonly title: string
  /** What was seen, in one sentence, as it was then. */
  readonly reason: string
  readonly since: string
  readonly at: string
  /** The measured evidence with its series; null for an alert. */
  readonly verdict: ItemVerdict | null
  readonly itemId: string | null
  readonly ended: { readonly at: string; readonly by: string; readonly how: 'dismissed' | 'recovered' | 'rolled-back'; readonly reason: FreeText | null } | null
}

export interface RollbackPlan {
  /** `last-stable` where there is one; else the service is switched off or degraded, rehearsed (rule 13). */
  readonly way: 'last-stable' | 'switch-off' | 'degraded'
  readonly triggers: FreeText
  /** Triggers that are watched and propose the roll-back; absent on plans from before they existed. */
  readonly conditions?: readonly RollBackTrigger[]
  readonly deciderId: string | null
  readonly rehearsedAt: string | null
  readonly restoreMinutes: number | null
}

export interface VersionRef {
  readonly versionId: string
  readonly label: string
  readonly artefact: string
}

/** The soak of one step: credit counts while its metrics pass (rule 9). Milliseconds. */
export interface Soak {
  readonly startedAt: string
  readonly creditMs: number
  readonly pausedMs: number
  /** What the standing metrics said from `since` on; credit between `since` and now is derived. */
  readonly condition: 'passing' | 'unmeasured' | 'failing'
  readonly since: string
  readonly requests: number
  readonly restarts: number
  readonly endedEarly: { readonly by: string; readonly at: string; readonly decision: number } | null
}

export interface Rollout {
  readonly startedAt: string
  readonly startedBy: string
  readonly stepIndex: number
  /** When the step's share was asked for, and when it was seen or confirmed (nothing is live by assumption). */
  readonly stepAskedAt: string
  readonly stepLiveAt: string | null
  readonly liveBy: 'metric' | 'pipeline' | 'confirmed' | null
  readonly share: { readonly percent: number; readonly at: string } | null
  readonly soak: Soak | null
  readonly doneSteps: readonly { readonly index: number; readonly liveAt: string; readonly soakedAt: string; readonly requests: number; readonly restarts: number }[]
  readonly standingDown: { readonly at: string; readonly by: string; readonly reason: FreeText } | null
}

export interface RollBack {
  readonly at: string
  readonly by: string
  readonly reason: FreeText
  readonly to: VersionRef | null
  readonly way: RollbackPlan['way']
  readonly confirmed: { readonly at: string; readonly by: string; readonly how: 'metric' | 'pipeline' | 'confirmed'; readonly note: FreeText | null } | null
}
