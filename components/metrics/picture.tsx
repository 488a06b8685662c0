/** The still picture of a chart, drawn on the server: something is seen at once, and nothing moves when the chart takes its place. */
import type { PanelMark, PanelView } from '@/lib/domain/preset/panel-view'
import type { KeptPoint } from '@/lib/domain/verdict/verdict'
import { markHeight, valueSpan } from './chart-shape'

interface PictureProps {
  panel: Pick<PanelView, 'candidate' | 'stable' | 'threshold'>
  from: number
  to: number
  stepSeconds: number
  marks: readonly PanelMark[]
}

const WIDTH = 300
const HEIGHT = 64

/** Candidate, stable, limit and marks over the range, stretched to its box. Decoration: the numbers stand beside it as text. */
export function ChartPicture({ panel, from, to, stepSeconds, marks }: PictureProps) {
  const [low, high] = valueSpan(panel)
  const x = (at: number) => round(((at - from) / Math.max(1, to - from)) * WIDTH)
  const y = (value: number) => round(HEIGHT - ((value - low) / (high - low || 1)) * HEIGHT)
  const shown = marks.filter((mark) => mark.at >= from && mark.at <= to)
  const limit = panel.threshold && panel.threshold.value >= low && panel.threshold.value <= high ? y(panel.threshold.value) : null
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="absolute inset-0 size-full" aria-hidden="true">
      {shown.map((mark, k) => <line key={k} x1={x(mark.at)} x2={x(mark.at)} y1={round(HEIGHT * (1 - markHeight(shown.length)))} y2={HEIGHT} stroke="var(--line-strong)" strokeDasharray="2 2" vectorEffect="non-scaling-stroke" />)}
      {limit !== null && <line x1={0} x2={WIDTH} y1={limit} y2={limit} stroke="var(--failed)" strokeDasharray="3 3" vectorEffect="non-scaling-stroke" opacity={0.8} />}
      <path d={dots(panel.candidate, x, y, stepSeconds)} fill="none" stroke="var(--candidate)" strokeWidth={3.5} strokeLinecap="round" vectorEffect="non-scaling-stroke" />
      <path d={line(panel.stable, x, y, stepSeconds)} fill="none" stroke="var(--stable)" strokeWidth={1.2} strokeLinecap="round" vectorEffect="non-scaling-stroke" />
      <path d={line(panel.candidate, x, y, stepSeconds)} fill="none" stroke="var(--candidate)" strokeWidth={1.6} strokeLinecap="round" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

/** The values that stand alone, which a line as thin as the others would hide. */
function dots(points: readonly KeptPoint[], x: (at: number) => number, y: (value: number) => number, stepSeconds: number): string {
  const isNear = (one: KeptPoint | undefined, at: number) => one !== undefined && one[1] !== null && Math.abs(one[0] - at) <= 1.5 * stepSeconds
  return points.map(([at, value], i) => (value === null || isNear(points[i - 1], at) || isNear(points[i + 1], at) ? '' : `M${x(at)} ${y(value)}h.01`)).join('')
}

function line(points: readonly KeptPoint[], x: (at: number) => number, y: (value: number) => number, stepSeconds: number): string {
  let d = ''
  let last: number | null = null
  for (const [at, value] of points) {
    if (value === null) last = null
    else {
      // A dot of no length, so that a value with gaps around it is seen.
      d += last !== null && at - last <= 1.5 * stepSeconds ? `L${x(at)} ${y(value)}` : `M${x(at)} ${y(value)}h.01`
      last = at
    }
  }
  return d
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
