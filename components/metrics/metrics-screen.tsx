'use client'
/** The charts of a release on a page of their own: the sentence, the time line, every panel with axes, one instant for all, and the way to look closer and back. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { LiveCorner } from '@/components/release/live-corner'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Surface } from '@/components/ui/surface'
import { csvHref, metricsQuery } from '@/lib/client/metrics'
import { windowWords } from '@/lib/domain/preset/metrics-window'
import { panelSentence } from '@/lib/domain/preset/panel-sentence'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { BigPanel } from './big-panel'
import { Age, Key, RangePicker, ShortHistory, Trouble } from './chart-words'
import { makeCursor } from './cursor'
import { Lane } from './lane'
import { useWindow, windowRead } from './use-window'
import { Waiting } from './waiting'

const PanelsDialog = lazy(() => import('./panels-dialog'))
const BetweenDialog = lazy(() => import('./between-dialog'))

interface MetricsScreenProps {
  release: { readonly id: string; readonly code: string; readonly modelName: string; readonly candidate: string; readonly environment: string }
  titles: readonly string[]
  /** Why the panels may not be changed; `null` when they may. */
  refusal: string | null
  initial?: ReleaseMetricsView
}

export function MetricsScreen({ release, titles, refusal, initial }: MetricsScreenProps) {
  const { window: shown, isZoomed, range, show, zoom, back } = useWindow()
  const [cursor] = useState(makeCursor)
  const [open, setOpen] = useState<'panels' | 'between' | null>(null)
  const isFirst = initial !== undefined && windowWords(windowRead(initial)) === windowWords(shown)
  const { data, isError } = useQuery({ ...metricsQuery(release.id, shown, 'full'), placeholderData: keepPreviousData, ...(isFirst ? { initialData: initial } : {}) })
  const view = data && typeof shown !== 'string' ? { ...data, ...shown } : data
  const panelsButton = <Button refusal={refusal} onClick={() => setOpen('panels')}>Panels</Button>

  return (
    <>
      <div className="mb-3 flex min-h-5 items-center gap-2 text-12 text-ink-2">
        <nav aria-label="Where you are" className="flex gap-2"><AppLink href="/" className="hover:text-ink">Board</AppLink><span aria-hidden="true">/</span><AppLink href={`/releases/${release.code}`} className="mono hover:text-ink">{release.code}</AppLink><span aria-hidden="true">/</span><span>Metrics</span></nav>
        <span className="ml-auto flex items-center gap-3"><LiveCorner /></span>
      </div>
      <PageHead title={`${release.modelName} ${release.candidate} in ${release.environment}`} lead={data ? panelSentence(data) : ' '}>
        <a href={csvHref(release.id, shown, 'full')} download className="inline-flex h-8 items-center rounded-control border border-line-strong bg-surface px-3 font-medium hover:bg-sunken">Export CSV</a>
        {panelsButton}
      </PageHead>
      <div className="mb-3 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2 text-12 text-ink-2">
        {data && <Key className="bg-candidate">candidate {data.candidateLabel}</Key>}
        {data && data.stableLabel !== null && <Key className="bg-stable">stable {data.stableLabel}</Key>}
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <RangePicker range={isZoomed ? null : range} onChange={show} />
          <button type="button" aria-pressed={isZoomed} onClick={() => setOpen('between')} className="h-6 rounded-control border border-line px-2 text-ink-2 hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-medium aria-pressed:text-ink">From – to…</button>
          {isZoomed && <button type="button" onClick={back} title="Escape, or a double click on a chart, does the same" className="h-6 rounded-control border border-line px-2 text-ink hover:bg-sunken">Back to {range}</button>}
          {data && <Age asOf={data.asOf} pollSeconds={data.pollSeconds} />}
        </div>
      </div>
      {!view && <Waiting titles={titles} isError={isError} isLarge />}
      {view && (
        <section aria-label="Metrics">
          <Trouble view={view} />
          {view.panels.length === 0 ? (
            <Surface><EmptyState title="No panel yet" action={panelsButton}>Choose a preset of the stack that serves this model, or write a query. What a metric item asks is measured whether it has a panel or not.</EmptyState></Surface>
          ) : (
            <>
              <Lane view={view} cursor={cursor} isZoomed={isZoomed} onZoom={zoom} onZoomOut={back} />
              <div className={view.panels.length === 1 ? 'grid gap-3' : 'grid grid-cols-1 gap-3 lg:grid-cols-2'} onPointerLeave={() => cursor.set(null)}>
                {view.panels.map((panel) => <BigPanel key={panel.id} panel={panel} view={view} shown={shown} cursor={cursor} onZoom={zoom} onZoomOut={back} />)}
              </div>
            </>
          )}
          <ShortHistory view={view} />
        </section>
      )}
      {open === 'panels' && <Suspense><PanelsDialog code={release.code} onClose={() => setOpen(null)} /></Suspense>}
      {open === 'between' && view && <Suspense><BetweenDialog start={{ from: view.from, to: view.to }} onClose={() => setOpen(null)} onShow={show} /></Suspense>}
    </>
  )
}
