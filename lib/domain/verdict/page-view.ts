/** What the page of one metric's verdict shows: what stands and why, how it is measured, every kept evaluation, and where it was frozen. Zod-free. */

import type { PanelMark } from '@/lib/domain/preset/panel-view'
import type { Unit } from '@/lib/domain/preset/unit'
import type { Advice } from './advice'
import type { Exchange } from './exchange'
import type { MeasurePlan } from './fold'
import type { Rung } from './ladder'
import type { Limit } from './limit'
import type { KeptPoint, Verdict } from './verdict'

export const CHART_SPANS = ['15m', '1h', '6h', '24h', '7d'] as const
export type ChartSpan = (typeof CHART_SPANS)[number]
export const CHART_SECONDS: Readonly<Record<ChartSpan, number>> = { '15m': 900, '1h': 3600, '6h': 21_600, '24h': 86_400, '7d': 604_800 }

/** The span that a page opens with: the shortest that holds what is kept, at most six hours. In: ISO instants. */
export function firstSpan(keptSince: string | null, asOf: string): ChartSpan {
  const seconds = keptSince === null ? 0 : (Date.parse(asOf) - Date.parse(keptSince)) / 1000
  return CHART_SPANS.find((one) => one === '6h' || CHART_SECONDS[one] >= seconds) ?? '6h'
}

/** Whose item it is: a release in flight, or what is live. */
export interface VerdictOwner {
  readonly kind: 'release' | 'live'
  readonly id: string
  /** `FRAUD-12`, or "fraud-scorer in production-eu". */
  readonly name: string
  readonly href: string
  readonly modelName: string
  readonly modelHref: string
  readonly versionLabel: string
  readonly stableLabel: string | null
}

/** The rule as it is today. */
export interface RuleView {
  /** What is held against what, one sentence. */
  readonly words: string
  /** How often, and what is tolerated, one sentence. */
  readonly plan: string
  readonly measures: MeasurePlan
  readonly mode: 'snapshot' | 'standing'
  readonly unit: Unit
  readonly limit: Limit | null
  readonly minSamples: number
}

/** Something that ends by itself, and when. */
export interface Ending {
  readonly words: string
  readonly at: string
}

/** A turn of the verdict; the log keeps it for ever. */
export interface TurnView {
  readonly seq: number
  readonly at: string
  readonly verdict: Verdict
  readonly value: number | null
  readonly samples: number
  readonly reason: string
  readonly query: string
  readonly series: readonly KeptPoint[]
}

/** A sign-off, decision or waiver into which this metric was frozen. */
export interface JudgementView {
  readonly kind: 'sign-off' | 'decision' | 'waiver'
  readonly title: string
  readonly by: string
  readonly at: string
  readonly href: string
  readonly state: string
  readonly verdict: Verdict
  readonly value: number | null
  readonly samples: number
  readonly measuredAt: string
  readonly query: string
  readonly series: readonly KeptPoint[]
  /** The rule as it was then; `null`: not kept then. */
  readonly rule: string | null
  readonly limit: Limit | null
}

export interface VerdictPageView {
  readonly owner: VerdictOwner
  readonly item: { readonly id: string; readonly title: string; readonly gate: { readonly id: string; readonly number: number; readonly name: string } | null; readonly href: string }
  /** The address of the page, and of its reads below /api/v1. */
  readonly path: string
  readonly api: string
  readonly asOf: string
  /** What stands, since when; `null`: never measured, or its rule changed since. */
  readonly verdict: { readonly verdict: Verdict; readonly since: string; readonly value: number | null; readonly samples: number; readonly reason: string } | null
  /** `null`: no limit is set yet, so nothing can be judged. */
  readonly rule: RuleView | null
  readonly source: { readonly name: string; readonly isUp: boolean | null; readonly trouble: string | null; readonly lastGoodAt: string | null } | null
  readonly measuring: { readonly isDue: boolean; readonly words: string; readonly everySeconds: number | null; readonly lastAt: string | null; readonly nextAt: string | null }
  readonly endings: readonly Ending[]
  /** What is kept of single evaluations: 30 days; nothing is known from before `since`. */
  readonly kept: { readonly days: number; readonly since: string | null; readonly counts: Readonly<Partial<Record<Verdict, number>>>; readonly total: number }
  /** The value and the verdict of the newest evaluation, which may differ from what stands. */
  readonly newest: EvaluationLine | null
  readonly turns: readonly TurnView[]
  readonly judgements: readonly JudgementView[]
}

/** What the first HTML of the page holds. */
export interface VerdictFirst {
  readonly page: VerdictPageView
  readonly verdicts: readonly Verdict[]
  readonly lines: EvaluationPage
  readonly chart: VerdictChart | null
  readonly detail: EvaluationDetail | null
}

/** One evaluation in the list. */
export interface EvaluationLine {
  readonly id: string
  readonly at: string
  readonly verdict: Verdict
  readonly value: number | null
  readonly samples: number
  readonly reason: string
  /** What the item as a whole said after it. */
  readonly standing: string
}

export interface EvaluationPage {
  readonly lines: readonly EvaluationLine[]
  /** Where the next page begins; `null`: nothing older is kept. */
  readonly next: string | null
}

/** How the verdict that stood came out of single measurements. */
export interface FoldView {
  /** What stood before this measurement; `null`: nothing. */
  readonly before: Verdict | null
  readonly after: Verdict
  readonly reason: string
  /** The measurements that were looked at, oldest first, this one last. */
  readonly looked: readonly { readonly id: string; readonly at: string; readonly verdict: Verdict }[]
}

/** One evaluation with everything that was kept of it. */
export interface EvaluationDetail extends EvaluationLine {
  /** The instant that Prometheus was asked for. */
  readonly evaluatedAt: string | null
  readonly query: string
  readonly raw: string | null
  readonly stable: number | null
  readonly compared: number | null
  readonly series: number
  readonly warnings: readonly string[]
  readonly infos: readonly string[]
  readonly sourceName: string | null
  /** Where the source draws a query itself, up to the query; `null` for readers who may not see where sources are. */
  readonly graphUrl: string | null
  /** The rule in words as it was then; `null`: not kept then. */
  readonly rule: string | null
  /** `null`: not kept then. */
  readonly exchanges: readonly Exchange[] | null
  readonly advice: Advice | null
  readonly ladder: readonly Rung[]
  readonly fold: FoldView | null
  /** Its neighbours in time, for going from one to the next. */
  readonly older: string | null
  readonly newer: string | null
}

/** A stretch of one verdict on the time axis, unix seconds. */
export interface VerdictBand {
  readonly from: number
  readonly to: number
  readonly verdict: Verdict
  readonly count: number
}

export interface VerdictChart {
  readonly span: ChartSpan
  readonly from: number
  readonly to: number
  /** Seconds that one point stands for. */
  readonly stepSeconds: number
  /** Which number is drawn, and what it is. */
  readonly of: 'value' | 'compared'
  readonly points: readonly KeptPoint[]
  readonly stable: readonly KeptPoint[]
  readonly limit: Limit | null
  readonly bands: readonly VerdictBand[]
  readonly marks: readonly PanelMark[]
  /** Evaluations in the range, and whether older ones of the range were too many to draw. */
  readonly count: number
  readonly isCut: boolean
}
