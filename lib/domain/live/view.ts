/** Live versions as screens and the API show them: words revealed, and for each action why the reader may not take it (null: may). Types only. */
import type { Alerting, Labels } from '@/lib/domain/alert/alert'
import type { AlertView } from '@/lib/domain/alert/view'
import type { StackId } from '@/lib/domain/preset/preset'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { Verdict } from '@/lib/domain/verdict/verdict'
import type { LiveRecord } from './day'
import type { LiveStanding } from './standing'

/** A proposed roll-back with its evidence, as a banner shows it. */
export interface ProposalView {
  readonly id: string
  readonly title: string
  readonly reason: string
  readonly since: string
  readonly at: string
  readonly query: string
  readonly value: number | null
  readonly series: readonly (readonly [number, number | null])[]
  readonly itemId: string | null
  readonly ended: { readonly at: string; readonly byName: string; readonly how: 'dismissed' | 'recovered' | 'rolled-back'; readonly reason: string } | null
}

export interface LiveRow {
  readonly id: string
  readonly href: string
  readonly modelName: string
  readonly modelSlug: string
  readonly environmentName: string
  readonly environmentSlug: string
  readonly label: string | null
  readonly since: string | null
  readonly how: 'released' | 'adopted' | 'rolled-back-to' | null
  readonly release: { readonly id: string; readonly code: string } | null
  readonly standing: LiveStanding
  /** What fails, or what is not measured: one clause. */
  readonly why: string
  readonly items: readonly { readonly itemId: string; readonly title: string; readonly verdict: Verdict }[]
  readonly reviewAt: string | null
  readonly isReviewOverdue: boolean
  readonly lastTurn: { readonly at: string; readonly words: string } | null
  readonly proposals: number
  readonly rollingOut: { readonly id: string; readonly code: string } | null
  readonly record: LiveRecord
}

export interface LiveListView {
  readonly rows: readonly LiveRow[]
  readonly asOf: string
}

export interface WatchLineView {
  readonly itemId: string
  readonly title: string
  /** The rule in one sentence. */
  readonly rule: string
  readonly verdict: Verdict | null
  readonly reason: string
  readonly at: string | null
  /** The last evaluations, oldest first, for a small line. */
  readonly points: readonly (number | null)[]
  readonly limit: number | null
  readonly verdictHref: string | null
  readonly isTrigger: boolean
}

export interface TurnView {
  readonly id: string
  readonly at: string
  readonly until: string | null
  readonly itemId: string
  readonly title: string
  readonly label: string
  readonly verdict: Verdict
  readonly reason: string
  readonly value: number | null
  readonly query: string
  readonly series: readonly (readonly [number, number | null])[]
}

/** One line that may be chosen for the watch of an adopted version. */
export interface WatchChoice {
  readonly id: string
  readonly title: string
  readonly from: string
  readonly spec: MetricSpec
  readonly rule: string
}

export interface FeedbackView {
  readonly at: string
  readonly byName: string
  readonly from: string
  readonly to: string
  readonly predictions: number
  readonly labelled: number
  readonly disagreement: number | null
  readonly delayDays: number | null
}

/** What the metrics of the version say of its labels; null where no series says it. */
export interface MeasuredFeedback {
  readonly labelledShare: number | null
  readonly delayDays: number | null
  readonly disagreement: number | null
  /** Why nothing is known, where that is so. */
  readonly trouble: string | null
}

export interface LiveView extends LiveRow {
  readonly version: number
  readonly asOf: string
  readonly modelId: string
  readonly environmentId: string
  readonly artefact: string | null
  readonly recordedAt: string | null
  readonly recordedByName: string
  readonly watch: { readonly startedAt: string; readonly isOwn: boolean; readonly labels: Labels } | null
  readonly sourceName: string | null
  readonly lines: readonly WatchLineView[]
  /** Newest first, at most a hundred. */
  readonly turns: readonly TurnView[]
  readonly alerts: readonly AlertView[]
  readonly alerting: Alerting & { readonly isDefault: boolean }
  readonly proposed: readonly ProposalView[]
  /** Open ones; those of a release stand on the release. */
  readonly actions: readonly { readonly id: string; readonly title: string; readonly dueAt: string | null; readonly ownerName: string | null }[]
  readonly reviews: readonly { readonly at: string; readonly byName: string; readonly label: string; readonly note: string; readonly nextAt: string | null }[]
  readonly declaredDelayDays: number | null
  readonly feedback: readonly FeedbackView[]
  readonly history: readonly { readonly label: string; readonly since: string; readonly how: string; readonly release: { readonly id: string; readonly code: string } | null }[]
  readonly held: readonly { readonly label: string; readonly at: string; readonly reason: string; readonly isLifted: boolean }[]
  readonly rollBackTo: string | null
  readonly choices: readonly WatchChoice[]
  readonly own: { readonly stack: StackId | null; readonly itemIds: readonly string[]; readonly proposing: readonly string[] } | null
  readonly allowed: { readonly setWatch: string | null; readonly review: string | null; readonly setAlerting: string | null; readonly answer: string | null; readonly dismiss: string | null; readonly rollBack: string | null }
}
