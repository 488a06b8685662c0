'use client'
/** The metrics beside a release: legend, range, age and the small panels; pictures until somebody comes near, values in place as they are announced. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { classes } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/small'
import { Surface } from '@/components/ui/surface'
import { metricsQuery } from '@/lib/client/metrics'
import { formatPlural } from '@/lib/domain/format'
import { windowWords } from '@/lib/domain/preset/metrics-window'
import type { PanelView, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { Age, Key, RangePicker, ShortHistory, Trouble } from './chart-words'
import { makeCursor } from './cursor'
import { MetricPanel } from './panel'
import { useWindow, windowRead } from './use-window'
import { Waiting } from './waiting'

interface PanelGridProps {
  /** The release's id, not its code. */
  releaseId: string
  /** Read on the server for the first picture; fetched by the browser when absent. */
  initial?: ReleaseMetricsView
  /** Titles of the panels, for the shape of what is on its way. */
  titles?: readonly string[]
  /** What to do when there is no panel yet. */
  empty?: React.ReactNode
  /** Stands beside the range, such as the way to change the panels. */
  actions?: React.ReactNode
  /** Leaves out panels with nothing to show, with a line that says so: a release that has ended is not measured any more. */
  isOver?: boolean
  /** Classes of the grid, by the room that it has. */
  className?: string
}

export function PanelGrid({ releaseId, initial, titles = [], empty, actions, isOver = false, className = 'grid-cols-1 sm:grid-cols-2' }: PanelGridProps) {
  const { window: shown, isZoomed, range, show, zoom, back } = useWindow()
  const [cursor] = useState(makeCursor)
  const [isAwake, setAwake] = useState(false)
  const isFirst = initial !== undefined && windowWords(windowRead(initial)) === windowWords(shown)
  const { data, isError } = useQuery({ ...metricsQuery(releaseId, shown), placeholderData: keepPreviousData, ...(isFirst ? { initialData: initial } : {}) })
  useEffect(() => () => cursor.set(null), [cursor])
  // What was drawn over is shown at once, with what is there; finer points follow.
  const view = data && typeof shown !== 'string' ? { ...data, ...shown } : data
  const wake = () => setAwake(true)
  return (
    <section aria-label="Metrics" className="@container" onPointerEnter={wake} onFocus={wake} onPointerLeave={() => cursor.set(null)}>
      <div className="mb-1 flex min-h-5 items-center gap-x-3 overflow-hidden text-12 text-ink-2">
        {data && <Key className="bg-candidate">candidate {data.candidateLabel}</Key>}
        {data && data.stableLabel !== null && <Key className="bg-stable">stable {data.stableLabel}</Key>}
        {data && <span className="ml-auto"><Age asOf={data.asOf} pollSeconds={data.pollSeconds} /></span>}
      </div>
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-2 text-12 text-ink-2">
        <RangePicker range={isZoomed ? null : range} onChange={show} />
        {isZoomed && <button type="button" onClick={back} className="h-6 rounded-control border border-line px-2 text-12 text-ink hover:bg-sunken">Back to {range}</button>}
        <div className="ml-auto flex items-center gap-2">{actions}</div>
      </div>
      {data && view ? <Body data={data} view={view} empty={empty} isOver={isOver} className={className}>{(panel) => <MetricPanel key={panel.id} panel={panel} view={view} cursor={cursor} isAwake={isAwake} onZoom={zoom} onZoomOut={back} />}</Body> : <Waiting titles={titles} isError={isError} className={className} />}
    </section>
  )
}

interface BodyProps {
  data: ReleaseMetricsView
  view: ReleaseMetricsView
  empty: React.ReactNode
  isOver: boolean
  className: string
  children: (panel: PanelView) => React.ReactNode
}

function Body({ data, view, empty, isOver, className, children }: BodyProps) {
  const panels = isOver ? view.panels.filter(hasSomething) : view.panels
  const silent = view.panels.length - panels.length
  return (
    <>
      <Trouble view={data} />
      {view.panels.length === 0 ? (
        <Surface>{empty ?? <EmptyState title="No panel yet">Choose a preset of the stack that serves this model, or write a query.</EmptyState>}</Surface>
      ) : <div className={classes('grid gap-3', className)}>{panels.map(children)}</div>}
      {silent > 0 && <p className="mt-2 text-12 text-ink-2">{formatPlural(silent, 'panel has', 'panels have')} nothing in this time, as the release has ended. What was measured then stands with its sign-offs and decisions.</p>}
      <ShortHistory view={data} />
    </>
  )
}

function hasSomething({ value, stableValue, candidate, stable }: PanelView): boolean {
  return value !== null || stableValue !== null || candidate.length > 0 || stable.length > 0
}
