'use client'
/** The metrics on the screen of a release, with the way to change what is shown. */
import { lazy, Suspense, useState } from 'react'
import { useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { PanelGrid } from './panel-grid'

const PanelsDialog = lazy(() => import('./panels-dialog'))

export function ReleasePanels({ initial }: { initial?: ReleaseMetricsView }) {
  const { view } = useStage()
  const [isOpen, setOpen] = useState(false)
  const change = <Button size="s" look="quiet" className="-my-1" refusal={view.end ? 'The release has ended; its record stays as it is.' : why(view, 'change')} onClick={() => setOpen(true)}>Panels</Button>
  return (
    <>
      <PanelGrid releaseId={view.id} actions={change} {...(initial ? { initial } : {})} />
      {isOpen && <Suspense><PanelsDialog onClose={() => setOpen(false)} /></Suspense>}
    </>
  )
}
