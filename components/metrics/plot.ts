/** Hides uPlot: makes one chart in an element, and afterwards only feeds it. Loaded when a chart is first wanted alive. */
import uPlot from 'uplot'
import type { PanelMark, PanelView } from '@/lib/domain/preset/panel-view'
import { chartData, markHeight, valueSpan, type ChartData } from './chart-shape'
import type { Cursor } from './cursor'
import { watchFingers } from './touch'
import './plot.css'

export interface PlotInput {
  readonly panel: Pick<PanelView, 'candidate' | 'stable' | 'threshold'>
  readonly from: number
  readonly to: number
  readonly stepSeconds: number
  readonly marks: readonly PanelMark[]
}

/** What a chart shares and tells; all is optional. */
export interface PlotTies {
  /** Its size in pixels where somebody has measured it; measured here, which costs a layout, when absent. */
  readonly size?: Size | undefined
  readonly cursor?: Cursor | undefined
  /** A span was drawn over, unix seconds; without it nothing can be drawn over. */
  readonly onZoom?: ((from: number, to: number) => void) | undefined
  readonly onZoomOut?: (() => void) | undefined
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Plot {
  update(input: PlotInput): void
  /** Draws again with the colours of the theme. */
  repaint(): void
  destroy(): void
}

type Colour = '--candidate' | '--stable' | '--failed' | '--line-strong'

/** Values with a gap on either side: no line shows them, so they get a dot. */
function alone(values: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = []
  for (let at = 0; at < values.length; at += 1) {
    if (typeof values[at] === 'number' && typeof values[at - 1] !== 'number' && typeof values[at + 1] !== 'number') found.push(at)
  }
  return found
}

/** Widths of the lines of stable and candidate. Where points stand closer than pixels a wide line would only be a smear, and hairlines are drawn many times faster. */
function widths({ times }: ChartData, pixels: number): readonly [number, number] {
  return times.length > pixels ? [1, 1] : [1.2, 1.6]
}

function aligned(data: ChartData): uPlot.AlignedData {
  return [data.times, data.stable, data.candidate]
}

/** Makes a chart. In: its element (whose size it takes and follows), the first data, what it shares with the others. */
export function makePlot(element: HTMLElement, first: PlotInput, { size = { width: element.clientWidth, height: element.clientHeight }, cursor, onZoom, onZoomOut }: PlotTies = {}): Plot {
  let input = first
  let data = chartData(first.panel.candidate, first.panel.stable, first.stepSeconds)
  let span = valueSpan(first.panel)
  let colours = coloursOf()
  let isFollowing = false

  const dashed = ({ ctx }: uPlot, name: Colour, ...[x1, y1, x2, y2]: [number, number, number, number]) => {
    ctx.save()
    ctx.strokeStyle = colours[name]
    ctx.lineWidth = devicePixelRatio
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
    ctx.beginPath()
    ctx.moveTo(x1, y1)
    ctx.lineTo(x2, y2)
    ctx.stroke()
    ctx.restore()
  }
  const drawUnder = (chart: uPlot) => {
    const { left, top, width, height } = chart.bbox
    const marks = input.marks.filter((mark) => mark.at >= input.from && mark.at <= input.to)
    const reach = height * markHeight(marks.length)
    for (const mark of marks) {
      const x = chart.valToPos(mark.at, 'x', true)
      dashed(chart, '--line-strong', x, top + height - reach, x, top + height)
    }
    const limit = input.panel.threshold?.value
    if (limit === undefined || limit < span[0] || limit > span[1]) return
    const y = chart.valToPos(limit, 'y', true)
    dashed(chart, '--failed', left, y, left + width, y)
  }
  // New data moves every chart's own cursor; only the one under the pointer speaks for all, or the others would take the instant from it.
  const isPointedAt = (chart: uPlot) => chart.root.matches(':hover')
  const tell = (chart: uPlot) => {
    if (isFollowing || !cursor || !isPointedAt(chart)) return
    const { idx, left = -1 } = chart.cursor
    cursor.set(left < 0 ? null : (data.times[idx ?? -1] ?? chart.posToVal(left, 'x')))
  }
  const select = (chart: uPlot) => {
    const { left, width } = chart.select
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
    if (width > 4) onZoom?.(chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x'))
  }
  const dots: uPlot.Series.Points = { show: true, size: 3, filter: (of, series) => alone(of.data[series] ?? []) }
  const chart = new uPlot({
    ...size, padding: [0, 0, 0, 0],
    legend: { show: false },
    cursor: {
      y: false, drag: { x: onZoom !== undefined, y: false, setScale: false, dist: 5 }, points: { size: 6 },
      bind: { dblclick: () => () => { onZoomOut?.(); return null } },
    },
    axes: [{ show: false }, { show: false }],
    scales: { x: { time: true, range: () => [input.from, input.to] }, y: { range: () => [span[0], span[1]] } },
    series: [
      {},
      { stroke: () => colours['--stable'], width: widths(data, size.width)[0], points: dots, spanGaps: false },
      { stroke: () => colours['--candidate'], width: widths(data, size.width)[1], points: dots, spanGaps: false },
    ],
    hooks: { drawClear: [drawUnder], setCursor: [tell], setSelect: [select] },
  }, aligned(data), element)

  const follow = () => {
    const at = cursor?.at() ?? null
    isFollowing = true
    const left = at === null ? -10 : chart.valToPos(at, 'x')
    if (Math.abs((chart.cursor.left ?? -10) - left) > 0.5 || at === null) chart.setCursor({ left, top: at === null ? -10 : 1 }, false)
    isFollowing = false
  }
  const ends = cursor?.subscribe(() => { if (!isPointedAt(chart)) follow() })
  chart.over.addEventListener('mouseleave', () => cursor?.set(null))
  const instant = (part: number) => input.from + part * (input.to - input.from)
  const endTouch = watchFingers(chart.over, {
    onPoint: (part) => { cursor?.set(part === null ? null : instant(part)); follow() },
    onSpan: ([from, to]) => onZoom?.(instant(from), instant(to)),
    onOut: () => onZoomOut?.(),
  })
  const resize = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = element
    if (width > 0 && (width !== chart.width || height !== chart.height)) chart.setSize({ width, height })
  })
  resize.observe(element)
  return {
    update(next) {
      input = next
      data = chartData(next.panel.candidate, next.panel.stable, next.stepSeconds)
      span = valueSpan(next.panel)
      chart.setData(aligned(data))
      if (cursor?.at() != null && !isPointedAt(chart)) follow()
    },
    repaint() {
      colours = coloursOf()
      chart.redraw(false)
    },
    destroy() {
      ends?.()
      endTouch()
      resize.disconnect()
      chart.destroy()
    },
  }
}

let dark: MediaQueryList | null = null
const known = new Map<string, Readonly<Record<Colour, string>>>()

/** The colours of the theme, read once for all charts and not at every stroke. */
function coloursOf(): Readonly<Record<Colour, string>> {
  dark ??= matchMedia('(prefers-color-scheme: dark)')
  const theme = `${document.documentElement.dataset['theme'] ?? ''} ${dark.matches}`
  const read = known.get(theme)
  if (read) return read
  const style = getComputedStyle(document.documentElement)
  const colour = (name: Colour) => style.getPropertyValue(name).trim()
  const colours = { '--candidate': colour('--candidate'), '--stable': colour('--stable'), '--failed': colour('--failed'), '--line-strong': colour('--line-strong') }
  known.set(theme, colours)
  return colours
}
