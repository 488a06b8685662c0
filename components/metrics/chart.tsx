'use client'
/** A chart that is a still picture first and comes alive when it is wanted; the box keeps its size all the while. */
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { classes } from '@/components/ui/class-names'
import type { PanelMark, PanelView } from '@/lib/domain/preset/panel-view'
import { makeCursor, valueAt, type Cursor, type Hovered } from './cursor'
import { ChartPicture } from './picture'
import type { makePlot, Plot, Size } from './plot'
import { watchTheme } from './theme-watch'

export interface ChartProps {
  panel: Pick<PanelView, 'candidate' | 'stable' | 'threshold'>
  /** Unix seconds. */
  from: number
  to: number
  stepSeconds: number
  marks: readonly PanelMark[]
  /** Shared with the other charts of the screen: all point at one instant. */
  cursor?: Cursor
  /** Told the values under the pointer, where no cursor is shared. */
  onHover?: (hovered: Hovered) => void
  /** Told what was drawn over with the pointer, unix seconds. */
  onZoom?: (from: number, to: number) => void
  onZoomOut?: () => void
  /** `true`: as soon as it is seen. `false`: the picture is enough until somebody comes near. */
  isAwake?: boolean
  /** Its height; 64 px when absent. */
  className?: string
}

/** The part that draws, once it has arrived: from then on a new chart needs no picture first. */
let arrived: typeof makePlot | null = null
const never = () => () => {}

async function plotter(): Promise<typeof makePlot> {
  arrived ??= (await import('./plot')).makePlot
  return arrived
}

/** Decoration for screen readers: the numbers stand beside it as text. */
export function Chart({ panel, from, to, stepSeconds, marks, cursor: shared, onHover, onZoom, onZoomOut, isAwake = true, className = 'h-16' }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot | null>(null)
  const size = useRef<Size | undefined>(undefined)
  const input = useRef({ panel, from, to, stepSeconds, marks })
  const [isDrawn, setDrawn] = useState(false)
  const [own] = useState(makeCursor)
  const cursor = shared ?? own
  // While hydrating the server's picture is repeated; a chart that is made later begins alive.
  const needsPicture = !useSyncExternalStore(never, () => arrived !== null && isAwake, () => false)
  const zoom = useEffectEvent((start: number, end: number) => onZoom?.(start, end))
  const zoomOut = useEffectEvent(() => onZoomOut?.())
  const hover = useEffectEvent((at: number | null) => onHover?.(at === null ? null : { at, candidate: valueAt(panel.candidate, at, stepSeconds), stable: valueAt(panel.stable, at, stepSeconds) }))
  const canZoom = onZoom !== undefined

  // Measured before any chart puts something into the document, so that all of them cost one layout.
  useLayoutEffect(() => {
    if (box.current) size.current = { width: box.current.clientWidth, height: box.current.clientHeight }
  }, [])

  useEffect(() => {
    input.current = { panel, from, to, stepSeconds, marks }
    plot.current?.update(input.current)
  }, [panel, from, to, stepSeconds, marks])

  useEffect(() => cursor.subscribe(() => hover(cursor.at())), [cursor])

  useEffect(() => {
    const element = box.current
    if (!element || !isAwake) return
    let isGone = false
    const draw = (make: typeof makePlot) => {
      if (isGone || plot.current) return
      plot.current = make(element, input.current, { size: size.current, cursor, ...(canZoom ? { onZoom: (start, end) => zoom(start, end), onZoomOut: () => zoomOut() } : {}) })
      setDrawn(true)
    }
    const seen = new IntersectionObserver((entries) => {
      const entry = entries.find((one) => one.isIntersecting)
      if (!entry) return
      if (entry.boundingClientRect) size.current = { width: Math.round(entry.boundingClientRect.width), height: Math.round(entry.boundingClientRect.height) }
      seen.disconnect()
      if (arrived) draw(arrived)
      // A part that does not arrive leaves the picture, which goes on being drawn anew.
      else plotter().then(draw, () => undefined)
    }, { rootMargin: '200px' })
    seen.observe(element)
    const endTheme = watchTheme(() => plot.current?.repaint())
    return () => {
      isGone = true
      seen.disconnect()
      endTheme()
      plot.current?.destroy()
      plot.current = null
    }
  }, [cursor, canZoom, isAwake])

  return (
    <div className={classes('relative w-full overflow-hidden', className)} data-chart={isDrawn ? 'alive' : 'picture'}>
      {!isDrawn && needsPicture && <ChartPicture panel={panel} from={from} to={to} stepSeconds={stepSeconds} marks={marks} />}
      <div ref={box} className={classes('absolute inset-0', canZoom && 'cursor-crosshair')} aria-hidden="true" />
    </div>
  )
}
