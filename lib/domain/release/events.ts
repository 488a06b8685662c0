/** What has happened to a release, one shape per event; each carries who and when, so that folding needs nothing else. */
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { Alert, Alerting } from '@/lib/domain/alert/alert'
import type { FreeText } from '@/lib/domain/text'
import type { ActionMoved } from '@/lib/domain/work/action-rule'
import type { RollBackProposal } from './rollout-state'
import type { GateTemplate, DeferredCondition, MetricAsk, ValueAsk } from '@/lib/domain/template/template'
import type { Panel } from '@/lib/domain/release/panel'
import type {
  Action, Candidate, Comment, Decision, DecisionCheck, DocumentLink, Evidence, FeedbackLoop, FrozenVerdict, ItemVerdict, NotApplicable, Proposal, Rejection, ReleaseState,
  ResourceClaim, RiskTier, RollBack, RollbackPlan, RolloutStep, Separation, Serving, SignOff, Soak, VersionRef, Waiver,
} from '@/lib/domain/release/state'

type E<T extends string, D> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & D

/** Events that other aggregates know too, stamped like those of a release. */
type Stamped<T extends { readonly type: string }> = T extends { readonly type: infer N extends string } ? E<N, Omit<T, 'type'>> : never

/** What opening fixes: everything of the state that is not made by later events. */
export type Opening = Pick<ReleaseState,
  | 'id' | 'code' | 'modelId' | 'modelName' | 'environmentId' | 'environmentName' | 'orchestrator' | 'stagingEnvironmentId' | 'candidate'
  | 'baseline' | 'lastStable' | 'template' | 'risk' | 'separation' | 'targetAt' | 'claim' | 'serving' | 'evaluation' | 'steps'
  | 'rollbackPlan' | 'feedback' | 'owners' | 'onCallId' | 'panels' | 'selectors'> & {
  /** Targets and limits by item; absent in openings that were recorded before they could be given. */
  readonly limits?: Readonly<Record<string, number>> | undefined
}

export type ReleaseChange =
  | { readonly part: 'claim'; readonly value: ResourceClaim }
  | { readonly part: 'serving'; readonly value: Serving }
  | { readonly part: 'evaluation'; readonly value: string }
  | { readonly part: 'steps'; readonly value: readonly RolloutStep[] }
  | { readonly part: 'rollback-plan'; readonly value: RollbackPlan }
  | { readonly part: 'feedback'; readonly value: FeedbackLoop }
  | { readonly part: 'target'; readonly value: string | null }
  | { readonly part: 'owners'; readonly value: Readonly<Record<string, string>> }
  | { readonly part: 'on-call'; readonly value: string | null }
  | { readonly part: 'panels'; readonly value: readonly Panel[] }
  | { readonly part: 'selectors'; readonly value: ReleaseState['selectors'] }

export type ReleaseEvent =
  | E<'release-opened', { readonly opening: Opening }>
  | E<'release-changed', { readonly change: ReleaseChange; readonly reason: FreeText | null }>
  | E<'candidate-replaced', { readonly candidate: Candidate; readonly reason: FreeText }>
  | E<'risk-changed', { readonly risk: RiskTier; readonly separation: Separation; readonly reason: FreeText }>
  | E<'separation-adopted', { readonly separation: Separation }>
  | E<'change-proposed', { readonly proposal: Proposal }>
  | E<'proposal-closed', { readonly proposalId: string; readonly isConfirmed: boolean; readonly reason: FreeText | null }>
  | E<'item-changed', { readonly itemId: string; readonly isRequired: boolean; readonly metric: MetricAsk | null; readonly ask: ValueAsk | null; readonly query: string | null; readonly spec?: MetricSpec | null; readonly reason: FreeText }>
  | E<'template-adopted', { readonly revision: number; readonly name: string; readonly gates: readonly GateTemplate[]; readonly deferred: readonly DeferredCondition[] }>
  | E<'item-ticked', { readonly itemId: string; readonly isDone: boolean }>
  | E<'note-set', { readonly itemId: string; readonly text: FreeText; readonly version: number }>
  | E<'evidence-added', { readonly itemId: string; readonly evidence: Evidence }>
  | E<'evidence-removed', { readonly itemId: string; readonly evidenceId: string; readonly reason: FreeText }>
  | E<'value-recorded', { readonly itemId: string; readonly value: number }>
  | E<'item-assigned', { readonly itemId: string; readonly personId: string | null }>
  | E<'due-set', { readonly gateId: string; readonly dueAt: string | null }>
  | E<'not-applicable-marked', { readonly itemId: string; readonly mark: NotApplicable }>
  | E<'not-applicable-counter-signed', { readonly itemId: string }>
  | E<'not-applicable-withdrawn', { readonly itemId: string }>
  | E<'waiver-requested', { readonly itemId: string; readonly waiver: Waiver }>
  | E<'waiver-approved', { readonly itemId: string; readonly parts: Waiver['parts']; readonly frozen?: FrozenVerdict }>
  | E<'waiver-ended', { readonly itemId: string; readonly reason: FreeText }>
  | E<'signed-off', { readonly gateId: string; readonly signOff: SignOff }>
  | E<'sign-off-withdrawn', { readonly gateId: string; readonly signOffId: string; readonly reason: FreeText }>
  | E<'rejected', { readonly gateId: string; readonly rejection: Rejection }>
  | E<'rejection-lifted', { readonly gateId: string; readonly rejectionId: string; readonly kind: 'withdrawn' | 'overridden'; readonly leads: readonly string[]; readonly reason: FreeText }>
  | E<'override-asked', { readonly gateId: string; readonly rejectionId: string; readonly team: string }>
  | E<'gate-reopened', { readonly gateId: string; readonly reason: FreeText }>
  | E<'gate-inherited', { readonly gateId: string; readonly releaseId: string; readonly code: string }>
  | E<'commented', { readonly comment: Comment }>
  | E<'document-attached', { readonly document: DocumentLink }>
  | E<'document-removed', { readonly documentId: string }>
  | E<'document-pinned', { readonly documentId: string; readonly pinnedRevision: string | null }>
  | E<'document-reviewed', { readonly documentId: string; readonly team: string }>
  | E<'decided', { readonly decision: Decision }>
  | E<'held', { readonly decision: number; readonly reason: FreeText }>
  | E<'resumed', { readonly decision: number }>
  | E<'cancelled', { readonly decision: number; readonly as: 'cancelled' | 'superseded' }>
  | E<'freeze-exception-granted', { readonly freezeId: string; readonly until: string; readonly decision: number }>
  | E<'action-added', { readonly action: Action }>
  | E<'action-completed', { readonly actionId: string; readonly note: FreeText }>
  | Stamped<ActionMoved>
  | E<'decision-confirmed', { readonly number: number; readonly check: DecisionCheck }>
  | E<'fix-stated', { readonly releaseId: string; readonly note: FreeText }>
  | E<'last-stable-moved', { readonly lastStable: VersionRef | null; readonly releaseId: string | null; readonly code: string; readonly label: string; readonly isOvertaken: boolean }>
  | E<'rollout-started', Record<never, never>>
  | E<'step-asked', { readonly stepIndex: number }>
  | E<'share-seen', { readonly percent: number; readonly how: 'metric' | 'pipeline' | 'confirmed'; readonly note: FreeText | null }>
  | E<'step-live', { readonly how: 'metric' | 'pipeline' | 'confirmed'; readonly soak: Soak }>
  | E<'soak-turned', { readonly condition: Soak['condition'] }>
  | E<'requests-reached', { readonly requests: number }>
  | E<'soak-ended-early', { readonly decision: number }>
  | E<'stand-down-asked', { readonly reason: FreeText }>
  | E<'stood-down', Record<never, never>>
  | E<'roll-back-started', { readonly rollBack: RollBack }>
  | E<'rolled-back', { readonly how: 'metric' | 'pipeline' | 'confirmed'; readonly note: FreeText | null }>
  | E<'became-stable', Record<never, never>>
  | E<'closed', Record<never, never>>
  | E<'verdict-turned', { readonly itemId: string; readonly verdict: ItemVerdict }>
  | E<'trigger-turned', { readonly triggerId: string; readonly verdict: ItemVerdict }>
  | E<'roll-back-proposed', { readonly proposal: RollBackProposal }>
  | E<'roll-back-proposal-ended', { readonly proposalId: string; readonly how: 'dismissed' | 'recovered' | 'rolled-back'; readonly reason: FreeText | null }>
  | E<'alert-fired', { readonly alert: Alert }>
  | E<'alert-resolved', { readonly fingerprint: string; readonly startsAt: string; readonly endsAt: string }>
  | E<'alerting-set', { readonly alerting: Alerting | null }>

export type ReleaseEventType = ReleaseEvent['type']
export type EventOf<T extends ReleaseEventType> = Extract<ReleaseEvent, { type: T }>
