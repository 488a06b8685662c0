'use client'
/** The metrics on the screen of a release, with the way to change what is shown and the way to the large charts. */
import { useSearchParams } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import { useStage, why } from '@/components/release/stage'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { PanelGrid } from './panel-grid'

const PanelsDialog = lazy(() => import('./panels-dialog'))

/** The part of the address that says the window. */
function windowSearch(params: URLSearchParams): string {
  const kept = ['range', 'from', 'to'].flatMap((name) => { const value = params.get(name); return value === null ? [] : [`${name}=${value}`] })
  return kept.length > 0 ? `?${kept.join('&')}` : ''
}

export function ReleasePanels({ initial }: { initial?: ReleaseMetricsView }) {
  const { view } = useStage()
  const [isOpen, setOpen] = useState(false)
  const search = windowSearch(useSearchParams())
  const change = (
    <>
      <AppLink href={`/releases/${view.code}/metrics${search}`} className="inline-flex h-6 items-center px-1 hover:text-ink">Open charts</AppLink>
      {view.end === null && <Button size="s" look="quiet" className="-my-1" refusal={why(view, 'change')} onClick={() => setOpen(true)}>Panels</Button>}
    </>
  )
  return (
    <>
      <PanelGrid releaseId={view.id} titles={view.panels.map((panel) => panel.title)} actions={change} isOver={view.end !== null} {...(initial ? { initial } : {})} />
      {isOpen && <Suspense><PanelsDialog code={view.code} onClose={() => setOpen(false)} /></Suspense>}
    </>
  )
}
