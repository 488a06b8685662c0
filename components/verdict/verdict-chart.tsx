'use client'
/** The measured values over time with their limit, and under them a strip of the verdicts: the way into a single evaluation, by pointer. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, type PointerEvent } from 'react'
import { ChartPicture } from '@/components/metrics/picture'
import { valueSpan } from '@/components/metrics/chart-shape'
import { Skeleton } from '@/components/ui/small'
import { useNow, useZone } from '@/components/ui/clock'
import { classes } from '@/components/ui/class-names'
import { comparedText, limitText, verdictNoun } from '@/components/verdict/words'
import { formatExact, formatMoment } from '@/lib/domain/format'
import { verdictChartQuery } from '@/lib/client/verdicts'
import { CHART_SPANS, type ChartSpan, type RuleView, type VerdictBand, type VerdictChart as Chart } from '@/lib/domain/verdict/page-view'
import type { Verdict } from '@/lib/domain/verdict/verdict'

const SPAN_WORDS: Readonly<Record<ChartSpan, string>> = { '15m': '15 min', '1h': '1 h', '6h': '6 h', '24h': '24 h', '7d': '7 d' }
const STRIP = 12

/** Colour and height together: what fails is full, what passes is half, what is not measured is a line. */
const BANDS: Readonly<Record<Verdict, { readonly colour: string; readonly height: number; readonly isDashed: boolean }>> = {
  fail: { colour: 'var(--failed)', height: STRIP, isDashed: false }, pass: { colour: 'var(--passed)', height: STRIP / 2, isDashed: false },
  inconclusive: { colour: 'var(--waiting)', height: STRIP * 0.75, isDashed: true }, 'no-data': { colour: 'var(--idle)', height: 3, isDashed: true },
  idle: { colour: 'var(--idle)', height: 3, isDashed: false }, error: { colour: 'var(--stale)', height: STRIP * 0.75, isDashed: true },
}

interface VerdictChartProps {
  api: string
  rule: RuleView
  span: ChartSpan
  everySeconds: number | null
  /** Unix seconds of the evaluation that is looked at. */
  selectedAt: number | null
  onSpan: (span: ChartSpan) => void
  /** Asks for the evaluation nearest to an instant (unix seconds). */
  onPick: (at: number) => void
}

export function VerdictChart({ api, rule, span, everySeconds, selectedAt, onSpan, onPick }: VerdictChartProps) {
  const { data } = useQuery({ ...verdictChartQuery(api, span, everySeconds), placeholderData: keepPreviousData })
  return (
    <div className="px-4 pt-3 pb-4">
      <div role="group" aria-label="Span" className="mb-2 flex flex-wrap items-center gap-1">
        {CHART_SPANS.map((one) => (
          <button key={one} type="button" aria-pressed={one === span} onClick={() => onSpan(one)}
            className={classes('h-7 rounded-control border px-2 text-12', one === span ? 'border-ink font-medium text-ink' : 'border-transparent text-ink-2 hover:bg-sunken')}>{SPAN_WORDS[one]}</button>
        ))}
        {data && <span className="ml-auto text-12 text-ink-3">{data.count.toLocaleString('en-GB')} {data.count === 1 ? 'measurement' : 'measurements'}{data.isCut ? ', the newest of them' : ''}{data.points.length < data.count ? '; the worst of each stretch' : ''}</span>}
      </div>
      {data ? <Drawing chart={data} rule={rule} selectedAt={selectedAt} onPick={onPick} /> : <Skeleton className="h-44 w-full" />}
    </div>
  )
}

function nearest(chart: Chart, at: number): readonly [number, number | null] | null {
  let best: readonly [number, number | null] | null = null
  for (const point of chart.points) if (best === null || Math.abs(point[0] - at) < Math.abs(best[0] - at)) best = point
  return best
}

function bandAt(bands: readonly VerdictBand[], at: number): VerdictBand | undefined {
  return bands.find((band) => at >= band.from && at <= band.to)
}

function Drawing({ chart, rule, selectedAt, onPick }: { chart: Chart; rule: RuleView; selectedAt: number | null; onPick: (at: number) => void }) {
  const [hovered, setHovered] = useState<number | null>(null)
  const [now, zone] = [useNow(), useZone()]
  const { from, to, limit, bands, points } = chart
  const panel = { candidate: points, stable: chart.stable, threshold: limit && { comparator: limit.comparator, value: limit.limit } }
  const [low, high] = valueSpan(panel)
  const place = (at: number) => `${(Math.min(1, Math.max(0, (at - from) / (to - from))) * 100).toFixed(3)}%`
  const timeAt = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return from + ((event.clientX - box.left) / Math.max(1, box.width)) * (to - from)
  }
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]))
  const hasValues = values.length > 0
  const at = hovered ?? selectedAt
  const point = at === null ? null : nearest(chart, at)
  const band = point === null ? undefined : bandAt(bands, point[0])
  const limitPlace = limit && limit.limit >= low && limit.limit <= high ? ((high - limit.limit) / (high - low)) * 100 : null
  return (
    <figure aria-label={`${points.length} values from ${formatMoment(from * 1000, now, zone)} to ${formatMoment(to * 1000, now, zone)}${limit ? `, limit ${limitText(limit, rule)}` : ''}`}>
      <div className="cursor-crosshair touch-pan-y" onPointerMove={(event) => setHovered(timeAt(event))} onPointerLeave={() => setHovered(null)} onClick={() => { if (point) onPick(point[0]) }}>
        <div className="relative h-36 overflow-hidden border-b border-line">
          {hasValues && <ChartPicture panel={panel} from={from} to={to} stepSeconds={chart.stepSeconds} marks={chart.marks} />}
          {!hasValues && <p className="flex h-full items-center justify-center text-ink-3">{points.length === 0 ? 'Nothing was measured in this span.' : 'No measurement in this span had a value.'}</p>}
          {hasValues && <><span className="absolute top-0 left-0 bg-surface pr-1 text-11 text-ink-3">{comparedText(Math.min(high, Math.max(...values, limit?.limit ?? -Infinity)), rule)}</span><span className="absolute bottom-0 left-0 bg-surface pr-1 text-11 text-ink-3">{comparedText(Math.max(low, Math.min(...values, limit?.limit ?? Infinity)), rule)}</span></>}
          {limit && limitPlace !== null && hasValues && <span className="absolute left-12 bg-surface px-1 text-11 text-failed" style={{ top: `clamp(0px, calc(${limitPlace.toFixed(2)}% - 18px), 126px)` }}>limit {limitText(limit, rule)}</span>}
          {selectedAt !== null && selectedAt >= from && <span aria-hidden="true" className="absolute inset-y-0 w-px bg-ink" style={{ left: place(selectedAt) }} />}
          {hovered !== null && point && <span aria-hidden="true" className="absolute inset-y-0 w-px bg-line-strong" style={{ left: place(point[0]) }} />}
        </div>
        <Strip chart={chart} />
      </div>
      <div className="mt-1 flex justify-between gap-3 text-11 text-ink-3">
        <span>{formatMoment(from * 1000, now, zone)}</span>
        <span>{formatMoment(to * 1000, now, zone)}</span>
      </div>
      <p className="min-h-5 text-12 sm:-mt-4 sm:text-center">{point && <>{formatExact(point[0] * 1000, zone)} · <b className="font-medium">{comparedText(point[1], rule)}</b>{band && <> · {verdictNoun(band.verdict)}</>}</>}</p>
    </figure>
  )
}

function Strip({ chart: { bands, from, to } }: { chart: Chart }) {
  const x = (at: number) => Math.min(1000, Math.max(0, ((at - from) / (to - from)) * 1000))
  return (
    <svg viewBox={`0 0 1000 ${STRIP}`} preserveAspectRatio="none" className="mt-1 block h-3 w-full" role="img" aria-label={stripWords(bands)}>
      {bands.map((band) => {
        const { colour, height, isDashed } = BANDS[band.verdict]
        return isDashed
          ? <line key={band.from} x1={x(band.from)} x2={x(band.to)} y1={STRIP - height / 2} y2={STRIP - height / 2} stroke={colour} strokeWidth={height} strokeDasharray="3 2" vectorEffect="non-scaling-stroke" />
          : <rect key={band.from} x={x(band.from)} width={Math.max(1, x(band.to) - x(band.from))} y={STRIP - height} height={height} fill={colour} />
      })}
    </svg>
  )
}

function stripWords(bands: readonly VerdictBand[]): string {
  if (bands.length === 0) return 'No verdicts in this span'
  const sums = new Map<Verdict, number>()
  for (const band of bands) sums.set(band.verdict, (sums.get(band.verdict) ?? 0) + band.count)
  return `Verdicts in this span: ${[...sums].map(([verdict, count]) => `${verdictNoun(verdict)} ${count}`).join(', ')}`
}
