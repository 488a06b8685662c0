/** A release as one person may see it: everything revealed, derived and allowed, ready for the screen, the API and Slack. Zod-free. */
import type { Alerting } from '@/lib/domain/alert/alert'
import type { AlertView } from '@/lib/domain/alert/view'
import type { ProposalView } from '@/lib/domain/live/view'
import type { Blocker, Refusal } from '@/lib/domain/aggregate'
import type { MarkState, RailModel, TeamShape } from '@/lib/domain/rail'
import type { ActionState } from '@/lib/domain/work/action-rule'
import type { ActionChanged } from '@/lib/domain/work/view'
import type { Unit } from '@/lib/domain/preset/unit'
import type { Limit } from '@/lib/domain/verdict/limit'
import type { ComputedSource, ItemKind, MetricAsk, Part, RubricCode, ValueAsk } from '@/lib/domain/template/template'
import type { ConfirmationStanding } from './confirmation'
import type { PartDifference } from './fingerprint'
import type { GateStatus } from './gate-standing'
import type { ItemStatus } from './item-standing'
import type { Panel } from './panel'
import type { Phase } from './phase'
import type { SentencePart } from './sentence'
import type { SoakReading } from './soak'
import type { DecisionKind, FeedbackLoop, FrozenVerdict, ItemVerdict, ResourceClaim, RiskTier, RollbackPlan, RolloutStep, Seen, Separation, Serving, VersionRef } from './state'

export interface PersonRef {
  readonly id: string
  readonly name: string
}

export interface EvidenceView {
  readonly id: string
  readonly kind: 'link' | 'document' | 'file' | 'result' | 'decision'
  readonly title: string
  /** Where a click leads: the link, the document's address, or the download of the stored file. */
  readonly href: string | null
  readonly provider: string | null
  readonly decisionNumber: number | null
  readonly file: { readonly hash: string; readonly size: number; readonly mediaType: string } | null
  readonly counts: { readonly format: string; readonly passed: number; readonly failed: number; readonly skipped: number } | null
  readonly by: PersonRef
  readonly at: string
}

export interface CommentView {
  readonly id: string
  readonly text: string
  readonly mentions: readonly PersonRef[]
  readonly by: PersonRef
  readonly at: string
}

export interface ItemView {
  readonly id: string
  readonly gateId: string
  readonly title: string
  readonly hint: string
  readonly kind: ItemKind
  readonly status: ItemStatus
  readonly mark: MarkState
  readonly isSettled: boolean
  readonly isRequired: boolean
  readonly reason: string
  readonly rubric: readonly RubricCode[]
  readonly ownerTeam: string | null
  readonly assignee: PersonRef | null
  readonly check: { readonly isDone: boolean; readonly by: PersonRef; readonly at: string } | null
  readonly note: { readonly text: string; readonly version: number; readonly by: PersonRef; readonly at: string } | null
  readonly evidence: readonly EvidenceView[]
  readonly value: { readonly value: number; readonly by: PersonRef; readonly at: string } | null
  readonly ask: ValueAsk | null
  readonly metric: MetricAsk | null
  /** What is held against what, in words, and the number that it is held to now; null for items that are not measured or have no limit yet. */
  readonly terms: { readonly rule: string; readonly plan: string; readonly limit: Limit | null; readonly unit: Unit; readonly windowSeconds: number } | null
  readonly query: string | null
  readonly computed: ComputedSource | null
  /** The verdict at its last turn; the live reading comes from the metrics view. */
  readonly verdict: ItemVerdict | null
  readonly notApplicable: { readonly reason: string; readonly by: PersonRef; readonly at: string; readonly counterSignedBy: PersonRef | null } | null
  readonly waiver: { readonly state: 'requested' | 'approved'; readonly reason: string; readonly until: string; readonly isOver: boolean; readonly requestedBy: PersonRef; readonly approvedBy: PersonRef | null; readonly approvedAt: string | null; readonly frozen: FrozenVerdict | null } | null
  readonly allowsNotApplicable: boolean
  readonly comments: readonly CommentView[]
  /** A loosening of this item that waits for a second team. */
  readonly proposalId: string | null
}

export interface SignOffView {
  readonly id: string
  readonly by: PersonRef
  readonly teams: readonly string[]
  readonly at: string
  readonly comment: string | null
  readonly onBehalfOf: PersonRef | null
  readonly isBreakGlass: boolean
  readonly isCounter: boolean
  readonly state: 'valid' | 'stale' | 'withdrawn'
  readonly withdrawn: { readonly by: PersonRef; readonly at: string; readonly reason: string } | null
  /** What changed since, for a stale one. */
  readonly differences: readonly PartDifference[]
  readonly changedItems: readonly string[]
  /** Metric verdicts as they were when it was given: "then", beside "now". */
  readonly snapshot: readonly { readonly itemId: string; readonly verdict: FrozenVerdict }[]
}

export interface GateView {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly shortName: string
  readonly phase: string
  readonly ownerTeams: readonly string[]
  readonly status: GateStatus
  readonly mark: MarkState
  readonly isDecision: boolean
  readonly dueAt: string | null
  readonly isOverdue: boolean
  readonly parts: readonly Part[]
  readonly needs: readonly { readonly id: string; readonly number: number; readonly name: string; readonly isPassed: boolean }[]
  readonly items: readonly ItemView[]
  readonly missingCount: number
  readonly waivedCount: number
  /** The rule as who has signed and who is missing. */
  readonly rule: {
    readonly teams: readonly { readonly team: string; readonly needed: number; readonly by: readonly PersonRef[] }[]
    readonly missing: readonly string[]
    readonly isMet: boolean
  }
  readonly signOffs: readonly SignOffView[]
  readonly rejections: readonly { readonly id: string; readonly by: PersonRef; readonly team: string; readonly reason: string; readonly at: string; readonly lifted: { readonly kind: string; readonly at: string; readonly reason: string } | null; readonly overrideAskedBy: readonly string[] }[]
  readonly inherited: { readonly code: string; readonly releaseId: string; readonly at: string; readonly by: PersonRef } | null
  readonly reopened: readonly { readonly at: string; readonly by: PersonRef; readonly reason: string }[]
  readonly waitsOn: readonly { readonly on: string; readonly since: string }[]
  readonly comments: readonly CommentView[]
  /** Goes back with a sign-off (rule 2). */
  readonly seen: Seen
}

export interface DecisionView {
  readonly number: number
  readonly kind: DecisionKind
  readonly title: string
  readonly reason: string
  /** The question, where it was written down; null for older decisions. */
  readonly context: string | null
  readonly drivers: readonly string[]
  readonly options: readonly { readonly title: string; readonly pros: string; readonly cons: string; readonly isChosen: boolean }[]
  readonly deciders: readonly PersonRef[]
  readonly consulted: readonly PersonRef[]
  readonly informed: readonly PersonRef[]
  readonly consequences: string | null
  readonly confirmation: { readonly how: string; readonly dueAt: string | null } | null
  /** When somebody has to say whether it held; null when nothing is due any more. */
  readonly confirmAt: string | null
  readonly standing: ConfirmationStanding
  readonly checks: readonly { readonly by: PersonRef; readonly at: string; readonly outcome: 'held' | 'not-held'; readonly note: string; readonly nextAt: string | null }[]
  readonly gateId: string | null
  readonly itemId: string | null
  readonly until: string | null
  readonly by: PersonRef
  readonly at: string
  readonly parts: Readonly<Record<Part, string>>
  readonly gates: readonly { readonly gateId: string; readonly number: number; readonly name: string; readonly status: string }[]
  readonly metrics: readonly { readonly itemId: string; readonly title: string; readonly verdict: FrozenVerdict }[]
  readonly supersedes: number | null
  readonly supersededBy: number | null
  readonly releaseId: string
  readonly releaseCode: string
  readonly modelName: string
}

export interface ActionView {
  readonly id: string
  readonly source: string
  readonly sourceId: string | null
  readonly title: string
  readonly owner: PersonRef | null
  readonly team: string | null
  readonly dueAt: string | null
  readonly isOverdue: boolean
  readonly at: string
  readonly state: ActionState
  /** What it said before, newest first. */
  readonly changes: readonly ActionChanged[]
  readonly agreedDueAt: string | null
  /** Whether what it was promised for has gone. */
  readonly isReleased: boolean
  /** What the watched line of a condition says now; null where no line measures it. */
  readonly measured: { readonly itemId: string; readonly title: string; readonly stands: 'met' | 'not met' | 'not measured'; readonly at: string | null } | null
  /** Until when it sleeps, and why; null when it is awake. */
  readonly snoozed: { readonly until: string; readonly reason: string; readonly by: PersonRef } | null
  readonly done: { readonly by: PersonRef; readonly at: string; readonly note: string; readonly isDropped?: true | undefined } | null
}

export interface DocumentView {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly kind: string
  readonly provider: string
  readonly ownerTeam: string
  readonly pinnedRevision: string | null
  readonly gateId: string | null
  readonly itemId: string | null
  readonly reviewedBy: readonly { readonly team: string; readonly by: PersonRef; readonly at: string }[]
  readonly at: string
}

export interface StepView extends RolloutStep {
  readonly index: number
  readonly status: 'done' | 'live' | 'asked' | 'later'
  readonly askedAt: string | null
  readonly liveAt: string | null
  readonly liveBy: string | null
  readonly soakedAt: string | null
  readonly restarts: number
}

export interface AgainstView {
  readonly label: string
  /** The release that made it stable; `null` when it was adopted. */
  readonly releaseCode: string | null
  /** `then` is `null` where nothing is known of it; empty where nothing was given. */
  readonly rows: readonly { readonly group: 'version' | 'evaluation' | 'serving' | 'claim' | 'rollback'; readonly name: string; readonly then: string | null; readonly now: string; readonly isSame: boolean }[]
}

export interface ReleaseView {
  readonly id: string
  readonly version: number
  readonly asOf: string
  readonly code: string
  readonly model: { readonly id: string; readonly name: string }
  readonly environment: { readonly id: string; readonly name: string; readonly orchestrator: string }
  readonly stagingEnvironmentId: string | null
  readonly teams: readonly { readonly id: string; readonly name: string; readonly shape: TeamShape }[]
  readonly people: readonly { readonly id: string; readonly name: string; readonly teams: readonly string[] }[]
  readonly candidate: { readonly versionId: string; readonly label: string; readonly artefact: string; readonly code: string; readonly data: string; readonly behaviour: string; readonly registeredBy: PersonRef }
  readonly previousCandidates: readonly { readonly label: string; readonly replacedAt: string; readonly reason: string }[]
  readonly baseline: VersionRef | null
  readonly lastStable: (VersionRef & { readonly since: string | null }) | null
  /** The candidate beside the last stable version, fact by fact; `null` without one. */
  readonly against: AgainstView | null
  readonly risk: RiskTier
  readonly separation: Separation
  readonly template: { readonly id: string; readonly name: string; readonly revision: number; readonly newestRevision: number | null }
  readonly targetAt: string | null
  readonly isOverdue: boolean
  readonly claim: ResourceClaim
  readonly claimWords: string
  readonly serving: Serving
  readonly evaluation: string
  readonly rollbackPlan: Omit<RollbackPlan, 'triggers'> & { readonly triggers: string }
  readonly feedback: Omit<FeedbackLoop, 'description'> & { readonly description: string }
  readonly owners: readonly { readonly team: string; readonly person: PersonRef }[]
  readonly onCall: PersonRef | null
  readonly phase: Phase
  readonly isInFlight: boolean
  readonly pill: { readonly state: MarkState | 'idle'; readonly label: string }
  readonly sentence: readonly SentencePart[]
  readonly balls: readonly { readonly on: string; readonly gateId: string; readonly since: string }[]
  readonly waited: readonly { readonly team: string; readonly ms: number }[]
  readonly rail: RailModel
  readonly gates: readonly GateView[]
  readonly steps: readonly StepView[]
  readonly soak: SoakReading | null
  readonly share: { readonly percent: number; readonly at: string } | null
  readonly standingDown: { readonly at: string; readonly by: PersonRef; readonly reason: string } | null
  readonly rollBack: { readonly at: string; readonly by: PersonRef; readonly reason: string; readonly to: string | null; readonly confirmed: { readonly at: string; readonly by: PersonRef; readonly how: string } | null } | null
  readonly stableAt: string | null
  readonly end: { readonly kind: string; readonly at: string } | null
  readonly hold: { readonly at: string; readonly by: PersonRef; readonly reason: string; readonly decision: number } | null
  readonly freeze: { readonly id: string; readonly to: string; readonly zone: string; readonly reason: string } | null
  readonly atRisk: readonly { readonly gateId: string; readonly itemId: string; readonly title: string; readonly reason: string; readonly since: string }[]
  readonly unmeasured: readonly { readonly gateId: string; readonly itemId: string; readonly title: string }[]
  readonly breakGlass: readonly { readonly gateId: string; readonly by: PersonRef; readonly at: string; readonly reason: string }[]
  readonly mustContain: readonly { readonly releaseId: string; readonly code: string; readonly label: string; readonly isStated: boolean }[]
  readonly siblings: readonly { readonly id: string; readonly code: string; readonly label: string; readonly phase: Phase }[]
  /** Roll-backs that a trigger or an alert proposed, newest first, with what became of each. */
  readonly rollBackProposals: readonly ProposalView[]
  /** Alerts of this version, newest first. */
  readonly alerts: readonly AlertView[]
  readonly alerting: Alerting & { readonly isDefault: boolean }
  readonly proposals: readonly { readonly id: string; readonly words: string; readonly reason: string; readonly by: PersonRef; readonly at: string; readonly itemId: string | null }[]
  readonly decisions: readonly DecisionView[]
  readonly actions: readonly ActionView[]
  readonly comments: readonly CommentView[]
  readonly documents: readonly DocumentView[]
  readonly panels: readonly Panel[]
  readonly nextStepBlockers: readonly Blocker[]
  /** For each command of the screen why it is refused now, by the same `decide`; `null`: allowed; absent: does not apply. Keys: see `probes.ts`. */
  readonly can: Readonly<Record<string, Refusal | null>>
  readonly viewer: {
    readonly personId: string | null
    readonly teams: readonly string[]
    readonly isAdmin: boolean
    /** Who has made the viewer their delegate, with the teams that they may be signed for. */
    readonly standsFor: readonly (PersonRef & { readonly teams: readonly string[] })[]
  }
}

/** One thing that happened, as the timeline shows it. */
export interface TimelineEntry {
  readonly seq: number
  readonly at: string
  readonly by: string
  readonly type: string
  readonly words: string
  readonly gateId: string | null
  readonly hash: string
}
