/** Reads the panels of a release: an instant value per poll and a chart per step, candidate and stable by the same query at the same times. */
import 'server-only'
import { presetById } from '@/lib/domain/preset/catalogue'
import { RANGE_SECONDS, type Detail, type MetricsWindow } from '@/lib/domain/preset/metrics-window'
import type { PanelMark, PanelState, PanelView, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { latencyWords } from '@/lib/domain/preset/preset'
import { missingLabels, resolveQuery, stacksOf } from '@/lib/domain/preset/resolve'
import type { Selectors } from '@/lib/domain/preset/selector'
import { unitOf } from '@/lib/domain/preset/unit'
import type { Panel } from '@/lib/domain/release/panel'
import { judge, type Asked } from '@/lib/domain/verdict/judge'
import { holds, type Rule } from '@/lib/domain/verdict/rule'
import type { KeptPoint } from '@/lib/domain/verdict/verdict'
import { alignedTo, type Asker } from './asker'

/** What a release has the metrics view read for it. */
export interface PanelsAsk {
  readonly releaseId: string
  readonly panels: readonly Panel[]
  readonly candidate: Selectors
  /** `null` without a stable version beside the candidate. */
  readonly stable: Selectors | null
  readonly shareQuery: string | null
  readonly candidateLabel: string
  readonly stableLabel: string | null
  /** Where the candidate runs now (staging before the rollout, then the target), and where the stable version does. */
  readonly candidateSourceId: string | null
  readonly stableSourceId: string | null
  readonly range: MetricsWindow
  readonly detail?: Detail
  readonly marks: readonly PanelMark[]
}

/** Points of a chart: enough for its width, few enough for the first HTML to hold eight of them. */
const POINTS: Readonly<Record<Detail, number>> = { small: 120, full: 360 }
/** A rate needs four scrapes in its window, or a single missed one makes a hole (Grafana's rule). */
const SCRAPES_IN_WINDOW = 4
const ANY: Rule = { test: { kind: 'presence' }, direction: 'neutral', unit: 'score' }

/** How often a view is worth reading again: twice per scrape, so that a change is seen within two scrapes. */
export function pollSecondsOf(scrapeIntervalSeconds: number): number {
  return Math.min(15, Math.max(1, Math.round(scrapeIntervalSeconds / 2)))
}

function pointsOf(asked: Asked): readonly KeptPoint[] {
  if (!asked.ok || asked.answer.series.length !== 1) return []
  return (asked.answer.series[0]?.samples ?? []).map(({ at, value }): KeptPoint => [at, drawn(value)])
}

/** A value as a chart needs it: five digits say more than a pixel shows. */
function drawn(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : null
}

interface Frame {
  readonly now: number
  readonly at: number
  readonly from: number
  readonly to: number
  readonly stepSeconds: number
  readonly windowSeconds: number
}

/** One version's value now and its chart. */
async function readVersion(asker: Asker, sourceId: string, queries: { readonly now: string; readonly chart: string }, frame: Frame): Promise<{ readonly instant: Asked; readonly points: readonly KeptPoint[] }> {
  const [instant, range] = await Promise.all([
    asker.instant(sourceId, queries.now, frame.at),
    asker.range(sourceId, queries.chart, { start: frame.from, end: frame.to, stepSeconds: frame.stepSeconds }),
  ])
  const points = pointsOf(range)
  if (frame.to < alignedTo(frame.now * 1000, frame.stepSeconds)) return { instant, points }
  const sample = instant.ok && instant.answer.series.length === 1 ? instant.answer.series[0]?.samples[0] : undefined
  const last = points.at(-1)?.[0] ?? 0
  return { instant, points: sample && sample.at > last && Number.isFinite(sample.value) ? [...points, [sample.at, drawn(sample.value)]] : points }
}

function blank(panel: Panel, state: PanelState, reason: string): PanelView {
  const preset = panel.presetId === null ? null : presetById(panel.presetId)
  return {
    id: panel.id, title: panel.title, presetId: panel.presetId, unit: preset?.unit ?? panel.unit, words: preset ? latencyWords(preset) : '',
    query: '', state, reason, value: null, stableValue: null, measuredAt: null, threshold: panel.threshold, isBreached: false, candidate: [], stable: [],
  }
}

async function readPanel(asker: Asker, ask: PanelsAsk, panel: Panel, frame: Frame): Promise<PanelView> {
  const { candidateSourceId, stableSourceId } = ask
  if (candidateSourceId === null) return blank(panel, 'no-data', 'The environment has no metrics source.')
  const resolved = resolveQuery(panel.query === null ? { kind: 'preset', presetId: panel.presetId ?? '' } : { kind: 'promql', promql: panel.query }, stacksOf(ask.panels))
  if (!resolved.ok) return blank(panel, 'no-data', resolved.reason)
  const chartWindow = Math.max(frame.windowSeconds, frame.stepSeconds)
  const questions = (selectors: Selectors) => {
    const [now, chart] = [resolved.ask(selectors, frame.windowSeconds), resolved.ask(selectors, chartWindow)]
    return now && chart ? { now: now.value, chart: chart.value } : null
  }
  const own = questions(ask.candidate)
  if (!own) return blank(panel, 'no-data', missingLabels(resolved.preset))
  // Where a stack does not tell versions apart the "stable" query would be the candidate's again, which compares nothing.
  const beside = ask.stable === null || stableSourceId === null ? null : questions(ask.stable)
  const isApart = beside !== null && stableSourceId !== null && (beside.now !== own.now || stableSourceId !== candidateSourceId)
  const [candidate, stable] = await Promise.all([
    readVersion(asker, candidateSourceId, own, frame),
    isApart ? readVersion(asker, stableSourceId, beside, frame) : null,
  ])
  const rule = { ...ANY, unit: unitOf(resolved.preset?.unit ?? panel.unit) }
  const judged = judge({ candidate: candidate.instant, now: frame.now }, rule)
  const besideJudged = stable ? judge({ candidate: stable.instant, now: frame.now }, rule) : null
  const value = judged.verdict === 'pass' ? judged.value : null
  return {
    ...blank(panel, judged.verdict === 'pass' || judged.verdict === 'fail' ? 'ok' : judged.verdict, judged.verdict === 'pass' ? '' : judged.reason),
    words: [resolved.preset ? latencyWords(resolved.preset) : '', resolved.preset?.note ?? ''].filter(Boolean).join('. '),
    query: own.now,
    value,
    stableValue: besideJudged?.verdict === 'pass' ? besideJudged.value : null,
    measuredAt: candidate.instant.ok ? new Date(frame.at * 1000).toISOString() : null,
    isBreached: value !== null && panel.threshold !== null && !holds(value, panel.threshold.comparator, panel.threshold.value),
    candidate: candidate.points,
    stable: stable?.points ?? [],
  }
}

/** Spans that a chart falls back to while there is little to show yet. */
const SHORT_SPANS = [300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 259_200] as const

interface Rhythm {
  readonly scrape: number
  readonly pollSeconds: number
  readonly points: number
}

/** The frame that ends now. */
function frameOf(nowMs: number, span: number, { scrape, pollSeconds, points }: Rhythm): Frame {
  const stepSeconds = Math.max(scrape, Math.ceil(span / points))
  const to = alignedTo(nowMs, stepSeconds)
  return { now: nowMs / 1000, at: alignedTo(nowMs, pollSeconds), from: to - span, to, stepSeconds, windowSeconds: scrape * SCRAPES_IN_WINDOW }
}

/** The frame between two instants: aligned to its step so that equal looks meet, and never beyond now. */
function frameBetween(nowMs: number, from: number, to: number, rhythm: Rhythm): Frame {
  const stepSeconds = Math.max(rhythm.scrape, Math.ceil((to - from) / rhythm.points))
  const start = Math.floor(from / stepSeconds) * stepSeconds
  const end = Math.max(start, Math.min(Math.ceil(to / stepSeconds) * stepSeconds, alignedTo(nowMs, stepSeconds)))
  return { ...frameOf(nowMs, 0, rhythm), from: start, to: end, stepSeconds }
}

/** The span that fits what there is, when the first half of the asked one would be empty. `null`: the asked one is good. */
function fittingSpan(panels: readonly PanelView[], frame: Frame): number | null {
  const first = Math.min(...panels.flatMap((panel) => [panel.candidate[0]?.[0], panel.stable[0]?.[0]]).filter((at) => at !== undefined))
  const asked = frame.to - frame.from
  if (!Number.isFinite(first) || frame.now - first > asked / 2) return null
  return SHORT_SPANS.find((span) => span >= (frame.now - first) * 1.05 && span < asked) ?? null
}

/** Reads all panels of a release. In: the ask, now in unix ms. Out: the view; troubles of the source are said in it, nothing is thrown. */
export async function readPanels(asker: Asker, ask: PanelsAsk, nowMs: number): Promise<ReleaseMetricsView> {
  const source = ask.candidateSourceId === null ? null : await asker.source(ask.candidateSourceId)
  const scrape = source?.scrapeIntervalSeconds ?? 15
  const pollSeconds = pollSecondsOf(scrape)
  const rhythm = { scrape, pollSeconds, points: POINTS[ask.detail ?? 'small'] }
  const readIn = (frame: Frame) => Promise.all(ask.panels.map((panel) => readPanel(asker, ask, panel, frame)))
  let frame = typeof ask.range === 'string' ? frameOf(nowMs, RANGE_SECONDS[ask.range], rhythm) : frameBetween(nowMs, ask.range.from, ask.range.to, rhythm)
  let panels = await readIn(frame)
  const span = typeof ask.range === 'string' ? fittingSpan(panels, frame) : null
  if (span !== null) {
    frame = frameOf(nowMs, span, rhythm)
    panels = await readIn(frame)
  }
  const [from, to] = typeof ask.range === 'string' ? [frame.from, Math.max(frame.to, frame.at)] : [ask.range.from, ask.range.to]
  return {
    releaseId: ask.releaseId, range: typeof ask.range === 'string' ? ask.range : 'custom', from, to, stepSeconds: frame.stepSeconds, pollSeconds,
    asOf: new Date(nowMs).toISOString(), candidateLabel: ask.candidateLabel, stableLabel: ask.stableLabel,
    sourceName: source?.name ?? null, sourceId: ask.candidateSourceId, ...troubleOf(asker, ask), panels,
    labels: { candidate: ask.candidate, stable: ask.stable, shareQuery: ask.shareQuery }, marks: ask.marks.filter((mark) => mark.at >= from && mark.at <= to),
  }
}

/** Why nothing can be measured at all, and since when. */
function troubleOf(asker: Asker, { candidateSourceId }: PanelsAsk): Pick<ReleaseMetricsView, 'trouble' | 'lastGoodAt'> {
  if (candidateSourceId === null) return { trouble: 'The environment has no metrics source.', lastGoodAt: null }
  const health = asker.health(candidateSourceId)
  if (!health || health.isUp) return { trouble: null, lastGoodAt: health?.lastGoodAt ?? null }
  return { trouble: health.message ?? 'The source does not answer.', lastGoodAt: health.lastGoodAt }
}
