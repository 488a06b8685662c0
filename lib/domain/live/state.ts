/** What is live of one model in one environment: last stable, held versions, who rolls out, and the standing watch (PRODUCT rules 13 to 15, 23). */
import type { Alert, Alerting, Labels } from '@/lib/domain/alert/alert'
import type { StackId } from '@/lib/domain/preset/preset'
import type { RollBackProposal } from '@/lib/domain/release/rollout-state'
import type { Action, ItemVerdict, VersionRef } from '@/lib/domain/release/state'
import type { FreeText } from '@/lib/domain/text'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'

export interface StableVersion extends VersionRef {
  /** When it became live, which may be before it was recorded (adopt). */
  readonly since: string
  readonly recordedAt: string
  readonly recordedBy: string
  readonly how: 'released' | 'adopted' | 'rolled-back-to'
  readonly releaseId: string | null
  readonly releaseCode: string | null
}

export interface HeldVersion {
  readonly versionId: string
  readonly label: string
  readonly at: string
  readonly releaseId: string
  readonly reason: FreeText
  /** Reopening needs the cause written down (rule 14). */
  readonly lifted: { readonly at: string; readonly by: string; readonly cause: FreeText } | null
}

/** One line of a watch that no release stands behind. */
export interface WatchItem {
  readonly id: string
  readonly title: string
  readonly spec: MetricSpec
  /** Whether a failure past its limit proposes a roll-back. */
  readonly proposes: boolean
}

/** What is watched when nobody released the version here: its lines, by which labels, on which stack. */
export interface OwnWatch {
  readonly labels: Labels
  readonly stack: StackId | null
  readonly items: readonly WatchItem[]
}

/** The standing watch of the version that is live: the standing items of its release watched on, or lines of its own. */
export interface Watch {
  readonly releaseId: string | null
  readonly startedAt: string
  readonly reviewAt: string | null
  readonly items: Readonly<Record<string, ItemVerdict>>
  readonly isAtRisk: boolean
  /** The newest ones; with value, series and end they are read from the log (see `history.ts`). */
  readonly turns: readonly { readonly at: string; readonly itemId: string; readonly title: string; readonly verdict: string; readonly reason: string }[]
  readonly own?: OwnWatch
}

/** What labels that came in say of predictions made in a window. */
export interface Feedback {
  readonly at: string
  readonly by: string
  readonly from: string
  readonly to: string
  readonly predictions: number
  readonly labelled: number
  /** Share of the labelled predictions that the label contradicts; null where it is not known. */
  readonly disagreement: number | null
  /** Median delay of the labels, in days. */
  readonly delayDays: number | null
}

export interface Review {
  readonly at: string
  readonly by: string
  readonly label: string
  readonly note: FreeText
  readonly nextAt: string | null
}

export interface LiveState {
  readonly id: string
  readonly modelId: string
  readonly environmentId: string
  readonly lastStable: StableVersion | null
  readonly history: readonly StableVersion[]
  readonly held: readonly HeldVersion[]
  /** The one release that may move traffic (rule 15). */
  readonly rollingOut: { readonly releaseId: string; readonly code: string; readonly since: string } | null
  readonly watch: Watch | null
  /** The following are absent until something happened, so that records from before they existed read as they are. */
  readonly rollBackProposals?: readonly RollBackProposal[]
  readonly alerts?: readonly Alert[]
  readonly alerting?: Alerting
  readonly reviews?: readonly Review[]
  /** What turns asked for where no release stands behind the version; else the release keeps them. */
  readonly actions?: readonly Action[]
  readonly feedback?: readonly Feedback[]
}
