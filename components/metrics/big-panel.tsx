'use client'
/** One panel with its axes: the readings of both versions now or at the instant that is pointed at, the chart, and how the number came about. */
import { Mark } from '@/components/gate/mark'
import { classes } from '@/components/ui/class-names'
import { useZone } from '@/components/ui/clock'
import { Surface } from '@/components/ui/surface'
import { csvHref } from '@/lib/client/metrics'
import type { MetricsWindow } from '@/lib/domain/preset/metrics-window'
import type { PanelView, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { AxisChart } from './axis-chart'
import { valueAt, type Cursor } from './cursor'
import { clockText, marksNear, useInstant } from './pointed'
import { apartText, emptyText, limitText, spoken, stateWords, written, writtenText } from './written'

interface BigPanelProps {
  panel: PanelView
  view: ReleaseMetricsView
  shown: MetricsWindow
  cursor: Cursor
  onZoom: (from: number, to: number) => void
  onZoomOut: () => void
}

export function BigPanel({ panel, view, shown, cursor, onZoom, onZoomOut }: BigPanelProps) {
  const limit = limitText(panel)
  const notes = [panel.words, panel.state === 'ok' ? '' : panel.reason].filter(Boolean).join('. ')
  return (
    <Surface id={`panel-${panel.id}`} role="group" aria-label={spoken(panel, view.candidateLabel, view.stableLabel)} className="flex scroll-mt-24 flex-col px-4 pt-3 pb-2">
      <div className="flex min-h-6 items-baseline justify-between gap-3">
        <h2 className="line-clamp-2 min-w-0 text-13 break-words" title={panel.title}>{panel.title}</h2>
        {limit !== null && (
          <span className={classes('flex shrink-0 items-center gap-1 text-12 whitespace-nowrap', panel.isBreached ? 'text-failed' : 'text-ink-3')}>
            {panel.isBreached && <Mark state="failed" size={12} />}{panel.isBreached ? `outside ${limit}` : `limit ${limit}`}
          </span>
        )}
      </div>
      <Readings panel={panel} view={view} cursor={cursor} />
      <AxisChart panel={panel} view={view} cursor={cursor} onZoom={onZoom} onZoomOut={onZoomOut} empty={emptyText(panel)} className="h-44" />
      <div className="mt-1 flex min-h-6 items-start justify-between gap-3 text-12 text-ink-3">
        <details className="min-w-0 flex-1">
          <summary className="truncate">{notes === '' ? 'Query' : notes}</summary>
          <p className="py-1 text-ink-2">{notes}</p>
          <code className="block max-h-32 overflow-auto rounded-control bg-sunken p-2 text-12 break-all whitespace-pre-wrap text-ink-2">{panel.query === '' ? 'Nothing was asked.' : panel.query}</code>
        </details>
        <a href={csvHref(view.releaseId, shown, 'full', panel.id)} download aria-label={`Export ${panel.title} as CSV`} className="shrink-0 py-0.5 hover:text-ink">CSV</a>
      </div>
    </Surface>
  )
}

/** Both values, and how far they are apart: now, or where somebody points. The line keeps its height. */
function Readings({ panel, view, cursor }: Pick<BigPanelProps, 'panel' | 'view' | 'cursor'>) {
  const zone = useZone()
  const at = useInstant(cursor)
  const isNow = at === null
  const own = isNow ? panel.value : valueAt(panel.candidate, at, view.stepSeconds)
  const beside = isNow ? panel.stableValue : valueAt(panel.stable, at, view.stepSeconds)
  const value = own === null ? null : written(own, panel.unit)
  const apart = apartText(own, beside)
  const events = isNow ? [] : marksNear(view.marks, at, view.from, view.to)
  return (
    <p aria-hidden="true" className="mb-3 flex h-7 items-baseline gap-x-4 overflow-hidden text-12 whitespace-nowrap text-ink-2">
      <span className="flex items-baseline gap-2">
        <i className="h-0.5 w-3 self-center bg-candidate" />
        {value ? <span className={classes('text-20 font-semibold', isNow && panel.isBreached ? 'text-failed' : 'text-ink')}>{value.number}<span className="text-12 font-normal text-ink-2"> {value.unit}</span></span>
          : <span className="text-13">{isNow ? stateWords(panel) : 'no value'}</span>}
      </span>
      {(panel.stableValue !== null || panel.stable.length > 0) && <span className="flex items-baseline gap-2"><i className="h-0.5 w-3 self-center bg-stable" />{writtenText(beside, panel.unit)}</span>}
      {apart !== null && <span className="text-ink-3">{apart}</span>}
      <span className="ml-auto truncate text-ink-3">{isNow ? '' : [clockText(at, zone), ...events.slice(0, 1).map((mark) => mark.label), ...(events.length > 1 ? [`+${events.length - 1}`] : [])].join(' · ')}</span>
    </p>
  )
}
