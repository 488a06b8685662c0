// The page on which the bench draws charts: eight of ours and eight bare ones with the same data, each run timed from nothing to drawn.
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import uPlot from 'uplot'
import { AxisChart } from '@/components/metrics/axis-chart'
import { makeCursor } from '@/components/metrics/cursor'
import { makePlot, type Plot } from '@/components/metrics/plot'
import type { PanelMark, PanelView } from '@/lib/domain/preset/panel-view'

const CHARTS = 8
const POINTS = 1000
const STEP = 15
const FROM = 1_795_374_000
const TO = FROM + (POINTS - 1) * STEP

const wave = (at: number, shift: number): [number, number] => [FROM + at * STEP, 0.16 + 0.03 * Math.sin(at / 40 + shift) + 0.01 * Math.sin(at * 1.7 + shift)]
const panels = Array.from({ length: CHARTS }, (_, k): PanelView => ({
  id: `p${k}`, title: `Panel ${k}`, presetId: null, unit: 's', words: '', query: 'up', state: 'ok', reason: '', value: 0.16, stableValue: 0.15, measuredAt: null,
  threshold: { comparator: '<=', value: 0.2 }, isBreached: false, candidate: Array.from({ length: POINTS }, (_unused, at) => wave(at, k)), stable: Array.from({ length: POINTS }, (_unused, at) => wave(at, k + 2)),
}))
const marks = Array.from({ length: 6 }, (_, k): PanelMark => ({ at: FROM + (k + 1) * 2000, kind: 'step', label: `${k}` }))

function boxes(): HTMLElement[] {
  document.body.replaceChildren()
  return panels.map(() => {
    const box = document.createElement('div')
    box.style.cssText = 'position:relative;width:560px;height:176px'
    document.body.append(box)
    return box
  })
}

/** The library draws in a microtask; reading a pixel of each canvas makes sure that the drawing is done and not only asked for. Frames of the screen are not waited for, by either. */
async function drawn(): Promise<void> {
  await Promise.resolve()
  for (const canvas of document.querySelectorAll('canvas')) canvas.getContext('2d')?.getImageData(0, 0, 1, 1)
}

/** Eight bare charts: the library with its defaults. */
async function bare(): Promise<number> {
  const places = boxes()
  const began = performance.now()
  const charts = places.map((place, k) => {
    const { candidate, stable } = panels[k] ?? { candidate: [], stable: [] }
    return new uPlot({ width: 560, height: 176, series: [{}, { stroke: '#2454d6' }, { stroke: '#827d74' }] }, [candidate.map(([at]) => at), candidate.map(([, value]) => value), stable.map(([, value]) => value)], place)
  })
  await drawn()
  const took = performance.now() - began
  for (const chart of charts) chart.destroy()
  return took
}

/** Eight of ours, as a screen has them: axes, picture, then the live chart with limit, events and the shared instant. */
async function whole(): Promise<number> {
  const [place] = boxes()
  const cursor = makeCursor()
  const began = performance.now()
  const root = createRoot(place ?? document.body)
  const view = { from: FROM, to: TO, stepSeconds: STEP, marks }
  flushSync(() => root.render(panels.map((panel) => (
    <div key={panel.id} style={{ position: 'relative', width: 560, height: 176 }}><AxisChart panel={panel} view={view} cursor={cursor} onZoom={() => undefined} className="bench" /></div>
  ))))
  // The first time the part that draws has to come; what follows is what is measured.
  while (document.querySelectorAll('canvas').length < CHARTS) await new Promise((resolve) => { setTimeout(resolve, 5) })
  flushSync(() => undefined)
  await drawn()
  const took = performance.now() - began
  if ([...document.querySelectorAll('canvas')].some((canvas) => canvas.width < 500)) throw new Error('a chart has no size')
  root.unmount()
  return took
}

/** Ten new points for each of eight charts that are there already; out: milliseconds, and whether the canvases are the same ones. */
async function append(): Promise<{ readonly took: number; readonly isSame: boolean }> {
  const places = boxes()
  const inputOf = (panel: PanelView) => ({ panel, from: FROM, to: TO, stepSeconds: STEP, marks })
  const plots = places.map((place, k): Plot | null => { const panel = panels[k]; return panel ? makePlot(place, inputOf(panel)) : null })
  await drawn()
  const before = [...document.querySelectorAll('canvas')]
  const began = performance.now()
  plots.forEach((plot, k) => { const panel = panels[k]; if (panel) plot?.update({ ...inputOf({ ...panel, candidate: [...panel.candidate.slice(10), ...Array.from({ length: 10 }, (_, at) => wave(POINTS + at, k))] }), from: FROM + 10 * STEP, to: TO + 10 * STEP }) })
  await drawn()
  const took = performance.now() - began
  const after = [...document.querySelectorAll('canvas')]
  for (const plot of plots) plot?.destroy()
  return { took, isSame: after.length === before.length && after.every((canvas, k) => canvas === before[k]) }
}

// All charts are in view; when the browser says so is its own affair and not part of the drawing.
Object.assign(window, {
  IntersectionObserver: class {
    constructor(private readonly tell: (entries: readonly { isIntersecting: boolean }[]) => void) {}
    observe() { this.tell([{ isIntersecting: true }]) }
    disconnect() {}
  },
  charts: { bare, whole, append },
})
