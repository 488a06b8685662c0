'use client'
/** Keeps the window of the charts in the address, so that a look can be sent to somebody and the way back is the browser's too. */
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo } from 'react'
import { DEFAULT_RANGE, widened, windowOf, windowWords, type MetricsWindow, type RangeName } from '@/lib/domain/preset/metrics-window'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'

export interface ShownWindow {
  readonly window: MetricsWindow
  readonly isZoomed: boolean
  /** The range that the way back leads to. */
  readonly range: RangeName
  readonly show: (next: MetricsWindow) => void
  readonly zoom: (from: number, to: number) => void
  readonly back: () => void
}

/** The window that a view was read for. */
export function windowRead(view: ReleaseMetricsView): MetricsWindow {
  return view.range === 'custom' ? { from: view.from, to: view.to } : view.range
}

/** The window that the address says, and the ways to another one. What else stands in the address stays. */
export function useWindow(): ShownWindow {
  const params = useSearchParams()
  const path = usePathname()
  const words = `${params.get('range') ?? ''} ${params.get('from') ?? ''} ${params.get('to') ?? ''}`
  const asked = useMemo(() => {
    const [range, from, to] = words.split(' ')
    return windowOf({ range, from, to }) ?? DEFAULT_RANGE
  }, [words])
  const kept = windowOf({ range: params.get('range') })
  const range = typeof asked === 'string' ? asked : typeof kept === 'string' ? kept : DEFAULT_RANGE

  const show = useCallback((next: MetricsWindow) => {
    const search = new URLSearchParams(window.location.search)
    search.delete('from')
    search.delete('to')
    for (const [name, value] of new URLSearchParams(windowWords(next))) search.set(name, value)
    // Colons are at home in a query; left as they are, the address can be read.
    window.history.pushState(null, '', `${path}?${search.toString().replaceAll('%3A', ':')}${window.location.hash}`)
  }, [path])
  const zoom = useCallback((from: number, to: number) => show(widened(from, to)), [show])
  const isZoomed = typeof asked !== 'string'
  const back = useCallback(() => { if (isZoomed) show(range) }, [show, range, isZoomed])
  useEffect(() => {
    if (!isZoomed) return
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) back()
    }
    window.addEventListener('keydown', escape)
    return () => window.removeEventListener('keydown', escape)
  }, [isZoomed, back])
  return { window: asked, isZoomed, range, show, zoom, back }
}
