'use client'
/** A chart with its axes: values on the left, times below, in the zone of who looks; the same on the server's picture and the drawn chart. */
import { useZone } from '@/components/ui/clock'
import { classes } from '@/components/ui/class-names'
import { unitOf } from '@/lib/domain/preset/unit'
import type { PanelView, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { Chart } from './chart'
import { timeTicks, valueTicks } from './chart-axis'
import { valueSpan } from './chart-shape'
import type { Cursor } from './cursor'

interface AxisChartProps {
  panel: PanelView
  view: Pick<ReleaseMetricsView, 'from' | 'to' | 'stepSeconds' | 'marks'>
  cursor?: Cursor
  onZoom?: (from: number, to: number) => void
  onZoomOut?: () => void
  /** What stands where there is nothing to draw. */
  empty?: string
  /** The height of the plot. */
  className?: string
}

export function AxisChart({ panel, view, cursor, onZoom, onZoomOut, empty = 'Nothing to draw in this time.', className = 'h-48' }: AxisChartProps) {
  const zone = useZone()
  const { from, to, stepSeconds, marks } = view
  const [low, high] = valueSpan(panel)
  const hasPoints = panel.candidate.length > 0 || panel.stable.length > 0
  const values = hasPoints || panel.threshold !== null ? valueTicks(low, high, unitOf(panel.unit)) : []
  const bottom = (at: number) => `${((at - low) / (high - low || 1)) * 100}%`
  const left = (at: number) => `${((at - from) / (to - from || 1)) * 100}%`
  return (
    <div className="@container">
      <div className={classes('relative ml-16 border-b border-line-strong', className)}>
        {values.map((tick) => (
          <div key={tick.at} aria-hidden="true" className="absolute inset-x-0 border-t border-line" style={{ bottom: bottom(tick.at) }}>
            <span className="absolute right-full -top-2 pr-2 text-11 whitespace-nowrap text-ink-3">{tick.text}</span>
          </div>
        ))}
        <Chart className="absolute! inset-0 h-full" panel={panel} from={from} to={to} stepSeconds={stepSeconds} marks={marks} {...(cursor ? { cursor } : {})} {...(onZoom ? { onZoom } : {})} {...(onZoomOut ? { onZoomOut } : {})} />
        {!hasPoints && <p className="pointer-events-none absolute inset-0 flex items-center justify-center px-4 text-center text-12 text-balance text-ink-3">{empty}</p>}
      </div>
      <div aria-hidden="true" className="relative ml-16 h-5">
        {timeTicks(from, to, zone).map((tick, at) => (
          <span key={tick.at} className={classes('absolute top-0 -translate-x-1/2 pt-1 text-11 whitespace-nowrap text-ink-3', at % 2 === 1 && '@max-md:hidden')} style={{ left: left(tick.at) }}>{tick.text}</span>
        ))}
      </div>
    </div>
  )
}
