'use client'
/** A chart that is a still picture first and comes alive when it is seen; the box keeps its size all the while. */
import { useEffect, useRef, useState } from 'react'
import type { PanelMark, PanelView } from '@/lib/domain/preset/panel-view'
import { ChartPicture } from './picture'
import type { Hovered, Plot } from './plot'

interface ChartProps {
  panel: PanelView
  from: number
  to: number
  stepSeconds: number
  marks: readonly PanelMark[]
  onHover: (hovered: Hovered) => void
}

export function Chart({ panel, from, to, stepSeconds, marks, onHover }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot | null>(null)
  const input = useRef({ panel, from, to, stepSeconds, marks })
  const [isDrawn, setDrawn] = useState(false)

  useEffect(() => {
    input.current = { panel, from, to, stepSeconds, marks }
    plot.current?.update(input.current)
  }, [panel, from, to, stepSeconds, marks])

  useEffect(() => {
    const element = box.current
    if (!element) return
    let isGone = false
    const draw = async () => {
      const { makePlot } = await import('./plot')
      if (isGone || plot.current) return
      plot.current = makePlot(element, input.current, onHover)
      setDrawn(true)
    }
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      seen.disconnect()
      void draw()
    }, { rootMargin: '200px' })
    seen.observe(element)
    const repaint = () => plot.current?.repaint()
    const theme = new MutationObserver(repaint)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', repaint)
    return () => {
      isGone = true
      seen.disconnect()
      theme.disconnect()
      dark.removeEventListener('change', repaint)
      plot.current?.destroy()
      plot.current = null
    }
  }, [onHover])

  return (
    <div className="relative h-16 w-full overflow-hidden">
      {!isDrawn && <ChartPicture panel={panel} from={from} to={to} stepSeconds={stepSeconds} marks={marks} />}
      <div ref={box} className="absolute inset-0" aria-hidden="true" />
    </div>
  )
}
