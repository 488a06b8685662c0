/** What has happened to the live version of one model in one environment. */
import type { Alert, Alerting } from '@/lib/domain/alert/alert'
import type { RollBackProposal } from '@/lib/domain/release/rollout-state'
import type { Action, ItemVerdict, VersionRef } from '@/lib/domain/release/state'
import type { FreeText } from '@/lib/domain/text'
import type { ActionMoved } from '@/lib/domain/work/action-rule'
import type { Feedback, HeldVersion, OwnWatch, StableVersion, Watch } from './state'

type E<T extends string, D> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & D

type Stamped<T extends { readonly type: string }> = T extends { readonly type: infer N extends string } ? E<N, Omit<T, 'type'>> : never

export type LiveEvent =
  | E<'live-began', { readonly id: string; readonly modelId: string; readonly environmentId: string }>
  | E<'adopted', { readonly stable: StableVersion; readonly note: FreeText }>
  | E<'stable-set', { readonly stable: StableVersion; readonly watch: Watch }>
  | E<'version-held', { readonly held: HeldVersion }>
  | E<'hold-lifted', { readonly versionId: string; readonly cause: FreeText }>
  | E<'rollout-taken', { readonly releaseId: string; readonly code: string }>
  | E<'rollout-freed', { readonly releaseId: string }>
  | E<'returned', { readonly to: VersionRef | null; readonly releaseId: string; readonly code: string }>
  | E<'watch-turned', { readonly itemId: string; readonly title: string; readonly verdict: ItemVerdict; readonly isAtRisk: boolean }>
  | E<'watch-set', { readonly own: OwnWatch; readonly reviewAt: string | null }>
  | E<'watch-ended', Record<never, never>>
  | E<'review-set', { readonly reviewAt: string | null }>
  | E<'reviewed', { readonly label: string; readonly note: FreeText; readonly nextAt: string | null }>
  | E<'roll-back-proposed', { readonly proposal: RollBackProposal }>
  | E<'roll-back-proposal-ended', { readonly proposalId: string; readonly how: 'dismissed' | 'recovered' | 'rolled-back'; readonly reason: FreeText | null }>
  | E<'alert-fired', { readonly alert: Alert }>
  | E<'alert-resolved', { readonly fingerprint: string; readonly startsAt: string; readonly endsAt: string }>
  | E<'alerting-set', { readonly alerting: Alerting | null }>
  | E<'action-added', { readonly action: Action }>
  | E<'action-completed', { readonly actionId: string; readonly note: FreeText }>
  | Stamped<ActionMoved>
  | E<'feedback-posted', { readonly feedback: Feedback }>
