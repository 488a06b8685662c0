/** Hides uPlot: makes one small chart in an element, and afterwards only feeds it. Loaded when the first chart comes into view. */
import uPlot from 'uplot'
import type { PanelMark, PanelView } from '@/lib/domain/preset/panel-view'
import { chartData, valueSpan, type ChartData } from './chart-shape'
import './plot.css'

export interface PlotInput {
  readonly panel: Pick<PanelView, 'candidate' | 'stable' | 'threshold'>
  readonly from: number
  readonly to: number
  readonly stepSeconds: number
  readonly marks: readonly PanelMark[]
}

/** The values under the pointer at one instant; `null` when it is elsewhere. */
export type Hovered = { readonly at: number; readonly candidate: number | null; readonly stable: number | null } | null

export interface Plot {
  update(input: PlotInput): void
  /** Draws again with the colours of the theme. */
  repaint(): void
  destroy(): void
}

/** Values with a gap on either side: no line shows them, so they get a dot. */
function alone(values: ArrayLike<number | null | undefined>): number[] {
  const isThere = (at: number) => typeof values[at] === 'number'
  return Array.from(values, (_, at) => at).filter((at) => isThere(at) && !isThere(at - 1) && !isThere(at + 1))
}

/** Charts that share this key show the same instant. */
const SYNC = 'gatehouse-metrics'

function colour(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim()
}

function aligned(data: ChartData): uPlot.AlignedData {
  return [[...data.times], [...data.stable], [...data.candidate]]
}

/** Makes a chart. In: its element (whose size it takes and follows), the first data, and who wants to know what is under the pointer. */
export function makePlot(element: HTMLElement, first: PlotInput, onHover: (hovered: Hovered) => void): Plot {
  let input = first
  let data = chartData(first.panel.candidate, first.panel.stable, first.stepSeconds)

  const dashed = (chart: uPlot, from: readonly [number, number], to: readonly [number, number], name: string) => {
    const { ctx } = chart
    ctx.save()
    ctx.strokeStyle = colour(element, name)
    ctx.lineWidth = devicePixelRatio
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
    ctx.beginPath()
    ctx.moveTo(...from)
    ctx.lineTo(...to)
    ctx.stroke()
    ctx.restore()
  }
  const drawUnder = (chart: uPlot) => {
    const { left, top, width, height } = chart.bbox
    for (const mark of input.marks) {
      if (mark.at < input.from || mark.at > input.to) continue
      const x = chart.valToPos(mark.at, 'x', true)
      dashed(chart, [x, top], [x, top + height], '--line-strong')
    }
    const limit = input.panel.threshold?.value
    const [low, high] = valueSpan(input.panel)
    if (limit !== undefined && limit >= low && limit <= high) {
      const y = chart.valToPos(limit, 'y', true)
      dashed(chart, [left, y], [left + width, y], '--failed')
    }
  }
  const tell = (chart: uPlot) => {
    const index = chart.cursor.idx
    const at = index === null || index === undefined || (chart.cursor.left ?? -1) < 0 ? undefined : data.times[index]
    onHover(at === undefined || index === null || index === undefined ? null : { at, candidate: data.candidate[index] ?? null, stable: data.stable[index] ?? null })
  }
  const dots: uPlot.Series.Points = { show: true, size: 3, filter: (of, series) => alone(of.data[series] ?? []) }
  const chart = new uPlot({
    width: element.clientWidth, height: element.clientHeight, padding: [0, 0, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: SYNC, setSeries: false }, points: { size: 6 } },
    axes: [{ show: false }, { show: false }],
    scales: { x: { time: true, range: () => [input.from, input.to] }, y: { range: () => [...valueSpan(input.panel)] } },
    series: [
      {},
      { stroke: () => colour(element, '--stable'), width: 1.2, points: dots, spanGaps: false },
      { stroke: () => colour(element, '--candidate'), width: 1.6, points: dots, spanGaps: false },
    ],
    hooks: { drawClear: [drawUnder], setCursor: [tell] },
  }, aligned(data), element)

  const resize = new ResizeObserver(() => {
    if (element.clientWidth > 0) chart.setSize({ width: element.clientWidth, height: element.clientHeight })
  })
  resize.observe(element)
  return {
    update(next) {
      input = next
      data = chartData(next.panel.candidate, next.panel.stable, next.stepSeconds)
      chart.setData(aligned(data))
    },
    repaint: () => chart.redraw(false),
    destroy() {
      resize.disconnect()
      chart.destroy()
    },
  }
}
