/** The state of a release, as its events make it: everything a rule needs, instants as ISO strings, free text sealed, nothing derived. */
import type { TeamId } from '@/lib/domain/actor'
import type { Alert, Alerting } from '@/lib/domain/alert/alert'
import type { FreeText } from '@/lib/domain/text'
import type { ActionChange, ActionEnd, Snooze } from '@/lib/domain/work/action-rule'
import type { ComputedSource, DeferredCondition, GateTemplate, ItemKind, MetricAsk, Part, Tier, ValueAsk } from '@/lib/domain/template/template'
import type { Panel } from '@/lib/domain/release/panel'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { Course } from './course-state'
import type { Decision } from './decision-state'
import type { FrozenVerdict, ItemVerdict, Seen } from './evidence-state'
import type { RollBack, RollBackProposal, RollbackPlan, Rollout, VersionRef } from './rollout-state'

export type { Part } from '@/lib/domain/template/template'
export type { RollBack, RollbackPlan, Rollout, Soak, VersionRef } from './rollout-state'
export type { Decision, DecisionCheck, DecisionKind, DecisionOption } from './decision-state'
export { DECISION_KINDS } from './decision-state'
export type { FrozenTerms, FrozenVerdict, ItemVerdict, Parts, Seen } from './evidence-state'
export type RiskTier = Tier

/** How strictly authors and approvers are kept apart (PRODUCT rule 3). */
export type Separation = 'strict' | 'small-team'

export interface ResourceClaim {
  readonly memoryGiB: number
  readonly cpuCores: number
  readonly gpuCount: number
  readonly gpuType: string
  readonly gpuMemoryGiB: number
  readonly storageGiB: number
  readonly peakPerSecond: number
  readonly growthPercent: number
}

export interface Serving {
  readonly image: string
  readonly runtime: string
  readonly precision: string
  readonly batching: string
}

/** One step of the rollout: share of traffic in percent, soak in minutes, and the requests that the soak must have seen. The last step has share 100. */
export interface RolloutStep {
  readonly share: number
  readonly soakMinutes: number
  readonly minimumRequests: number
}

export interface FeedbackLoop {
  readonly description: FreeText
  readonly labelDelayDays: number
}

/** The candidate as it was chosen: its label for people, who registered it, and the four parts that come from the version. */
export interface Candidate {
  readonly versionId: string
  readonly label: string
  readonly registeredBy: string
  readonly artefact: string
  readonly code: string
  readonly data: string
  readonly behaviour: string
}

export interface Evidence {
  readonly id: string
  readonly kind: 'link' | 'document' | 'file' | 'result' | 'decision'
  readonly title: FreeText
  readonly url: FreeText | null
  readonly documentId: string | null
  readonly decisionNumber: number | null
  /** Stored files: content hash, size in bytes. */
  readonly file: { readonly hash: string; readonly size: number; readonly mediaType: string } | null
  /** Imported validation results: counts as the report states them. */
  readonly counts: { readonly format: string; readonly passed: number; readonly failed: number; readonly skipped: number } | null
  readonly by: string
  readonly at: string
}

export interface Waiver {
  readonly state: 'requested' | 'approved'
  readonly reason: FreeText
  readonly until: string
  readonly requestedBy: string
  readonly requestedAt: string
  readonly approvedBy: string | null
  readonly approvedAt: string | null
  /** The gate's parts when it was approved; another value voids it (rule 10). */
  readonly parts: Readonly<Partial<Record<Part, string>>>
  /** What the metric said when it was approved; absent on items that are not measured, and on waivers from before it was kept. */
  readonly frozen?: FrozenVerdict
}

export interface NotApplicable {
  readonly reason: FreeText
  readonly by: string
  readonly byTeam: TeamId
  readonly at: string
  readonly counterSignedBy: string | null
  readonly counterSignedAt: string | null
}

export interface ItemState {
  readonly id: string
  readonly gateId: string
  readonly kind: ItemKind
  readonly title: string
  readonly isRequired: boolean
  readonly computed: ComputedSource | null
  readonly metric: MetricAsk | null
  readonly ask: ValueAsk | null
  /** Own query that stands in for the preset, written by a lead or admin. */
  readonly query: string | null
  /** The whole measurement, where people wrote one in place of the line's; it wins over the line and the own query. */
  readonly spec?: MetricSpec | null
  readonly check: { readonly isDone: boolean; readonly by: string; readonly at: string } | null
  readonly note: { readonly text: FreeText; readonly version: number; readonly by: string; readonly at: string } | null
  readonly evidence: readonly Evidence[]
  readonly value: { readonly value: number; readonly by: string; readonly at: string } | null
  readonly verdict: ItemVerdict | null
  readonly notApplicable: NotApplicable | null
  readonly waiver: Waiver | null
  readonly assigneeId: string | null
  /** Rises with every change of the rule of the item, so that sign-offs that saw the old one go stale (rule 11). */
  readonly revision: number
}

export interface SignOff {
  readonly id: string
  readonly by: string
  readonly name: FreeText
  /** The teams it stands for; empty for a counter-signature by somebody of no asked team. */
  readonly teams: readonly TeamId[]
  readonly at: string
  readonly comment: FreeText | null
  readonly onBehalfOf: string | null
  readonly isBreakGlass: boolean
  /** Fixed at signing time (rule 3): the signer had registered the version or written evidence of this gate. */
  readonly isAuthor: boolean
  readonly seen: Seen
  readonly snapshot: readonly { readonly itemId: string; readonly verdict: FrozenVerdict }[]
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: FreeText } | null
}

export interface Rejection {
  readonly id: string
  readonly by: string
  readonly name: FreeText
  readonly team: TeamId
  readonly reason: FreeText
  readonly at: string
  readonly lifted: { readonly at: string; readonly by: readonly string[]; readonly kind: 'withdrawn' | 'overridden'; readonly reason: FreeText } | null
  /** Leads who asked to override it together (rule 4). */
  readonly overrideAsked: readonly { readonly by: string; readonly team: TeamId; readonly at: string }[]
}

export interface GateState {
  readonly id: string
  readonly dueAt: string | null
  readonly signOffs: readonly SignOff[]
  readonly rejections: readonly Rejection[]
  readonly reopened: readonly { readonly at: string; readonly by: string; readonly reason: FreeText }[]
  readonly inherited: { readonly releaseId: string; readonly code: string; readonly at: string; readonly by: string } | null
}

export interface Action {
  readonly id: string
  readonly source: 'condition' | 'decision' | 'roll-back' | 'rejection' | 'waiver' | 'check-in' | 'break-glass' | 'watch' | 'manual'
  readonly sourceId: string | null
  readonly title: FreeText
  readonly ownerId: string | null
  readonly team: TeamId | null
  readonly dueAt: string | null
  readonly by: string
  readonly at: string
  readonly done: ActionEnd | null
  readonly snoozed?: Snooze | null
  readonly changes?: readonly ActionChange[]
  /** The watched line that says whether a condition is met; absent where people say so. */
  readonly itemId?: string
}

export interface Comment {
  readonly id: string
  readonly gateId: string | null
  readonly itemId: string | null
  readonly text: FreeText
  readonly mentions: readonly string[]
  readonly by: string
  readonly name: FreeText
  readonly at: string
}

export interface DocumentLink {
  readonly id: string
  readonly title: FreeText
  readonly url: FreeText
  readonly kind: string
  readonly provider: string
  readonly ownerTeam: TeamId
  readonly pinnedRevision: string | null
  readonly gateId: string | null
  readonly itemId: string | null
  readonly reviewedBy: readonly { readonly team: TeamId; readonly by: string; readonly at: string }[]
  readonly by: string
  readonly at: string
}

/** Loosening changes wait for a member of another team (rule 11). */
export interface Proposal {
  readonly id: string
  readonly change:
    | { readonly kind: 'item'; readonly itemId: string; readonly isRequired: boolean; readonly metric: MetricAsk | null; readonly ask: ValueAsk | null; readonly query: string | null; readonly spec?: MetricSpec | null }
    | { readonly kind: 'risk'; readonly risk: RiskTier; readonly separation: Separation }
    | { readonly kind: 'template'; readonly revision: number; readonly name: string; readonly gates: readonly GateTemplate[]; readonly deferred: readonly DeferredCondition[]; readonly eased: readonly string[] }
  readonly reason: FreeText
  readonly by: string
  readonly byTeams: readonly TeamId[]
  readonly at: string
}

/** How a team's time went: one interval per gate and waiter (rule 24). */
export interface Wait {
  readonly gateId: string
  readonly on: TeamId | 'clock' | 'hold' | 'freeze' | 'outside'
  readonly from: string
  readonly to: string | null
}

export interface ReleaseState {
  readonly id: string
  readonly code: string
  readonly modelId: string
  readonly modelName: string
  readonly environmentId: string
  readonly environmentName: string
  readonly orchestrator: string
  readonly stagingEnvironmentId: string | null
  readonly candidate: Candidate
  readonly previousCandidates: readonly { readonly candidate: Candidate; readonly replacedAt: string; readonly reason: FreeText; readonly by?: string }[]
  readonly baseline: VersionRef | null
  readonly lastStable: VersionRef | null
  readonly template: { readonly id: string; readonly name: string; readonly revision: number; readonly gates: readonly GateTemplate[]; readonly deferred: readonly DeferredCondition[] }
  readonly risk: RiskTier
  readonly separation: Separation
  readonly targetAt: string | null
  readonly claim: ResourceClaim
  readonly serving: Serving
  readonly evaluation: string
  readonly steps: readonly RolloutStep[]
  readonly rollbackPlan: RollbackPlan
  readonly feedback: FeedbackLoop
  readonly owners: Readonly<Record<TeamId, string>>
  readonly onCallId: string | null
  readonly panels: readonly Panel[]
  readonly selectors: { readonly candidate: Readonly<Record<string, string>>; readonly stable: Readonly<Record<string, string>>; readonly shareQuery: string | null }
  readonly gates: Readonly<Record<string, GateState>>
  readonly items: Readonly<Record<string, ItemState>>
  readonly decisions: readonly Decision[]
  readonly actions: readonly Action[]
  readonly comments: readonly Comment[]
  readonly documents: readonly DocumentLink[]
  readonly proposals: readonly Proposal[]
  readonly hold: { readonly at: string; readonly by: string; readonly decision: number; readonly reason: FreeText } | null
  readonly freezeExceptions: readonly { readonly freezeId: string; readonly until: string; readonly by: string; readonly decision: number }[]
  readonly containsFixOf: readonly { readonly releaseId: string; readonly by: string; readonly at: string; readonly note: FreeText }[]
  readonly mustContain: readonly { readonly releaseId: string; readonly code: string; readonly label: string; readonly at: string }[]
  readonly rollout: Rollout | null
  readonly rollBack: RollBack | null
  readonly stableAt: string | null
  readonly end: { readonly kind: 'rolled-back' | 'cancelled' | 'superseded' | 'closed'; readonly at: string } | null
  readonly openedAt: string
  readonly openedBy: string
  readonly changedAt: string
  readonly waits: readonly Wait[]
  /** How its gates turned; absent where it was folded before this was kept. */
  readonly course?: Course
  /** The last turn of each trigger with a metric of its own. These four are absent until something happened. */
  readonly triggerVerdicts?: Readonly<Record<string, ItemVerdict>>
  readonly rollBackProposals?: readonly RollBackProposal[]
  readonly alerts?: readonly Alert[]
  readonly alerting?: Alerting
}
