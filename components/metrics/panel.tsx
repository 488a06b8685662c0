'use client'
/** One small metric panel: the value and its unit, stable and limit beside it, the chart, and in words why there is no value when there is none. */
import { Mark } from '@/components/gate/mark'
import { classes } from '@/components/ui/class-names'
import { useZone } from '@/components/ui/clock'
import { Surface } from '@/components/ui/surface'
import type { PanelView, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { Chart } from './chart'
import { valueAt, type Cursor } from './cursor'
import { clockText, marksNear, useInstant } from './pointed'
import { limitText, spoken, stateWords, written, writtenText } from './written'

interface MetricPanelProps {
  panel: PanelView
  view: Pick<ReleaseMetricsView, 'from' | 'to' | 'stepSeconds' | 'marks' | 'candidateLabel' | 'stableLabel'>
  cursor: Cursor
  isAwake: boolean
  onZoom: (from: number, to: number) => void
  onZoomOut: () => void
}

export function MetricPanel({ panel, view, cursor, isAwake, onZoom, onZoomOut }: MetricPanelProps) {
  const value = panel.value === null ? null : written(panel.value, panel.unit)
  const limit = limitText(panel)
  const stable = panel.stableValue === null ? null : writtenText(panel.stableValue, panel.unit)
  return (
    <Surface className="flex flex-col px-3 pt-3 pb-2" aria-label={spoken(panel, view.candidateLabel, view.stableLabel)} role="group">
      <div className="flex min-h-5 items-baseline justify-between gap-2 text-12 text-ink-2">
        <h3 className="min-w-0 truncate text-12 font-normal" title={`${panel.title}\n${panel.query}`}>{panel.title}</h3>
        <span className="shrink-0 whitespace-nowrap">{stable !== null ? `stable ${stable}` : limit !== null ? `limit ${limit}` : ''}</span>
      </div>
      <div className="flex h-7 items-center justify-between gap-2">
        {value ? (
          <span className={classes('text-20 font-semibold', panel.isBreached && 'text-failed')}>
            {value.number}<span className="text-12 font-normal text-ink-2"> {value.unit}</span>
          </span>
        ) : (
          <span className="flex items-center gap-1 text-13 text-ink-2"><Mark state="no-data" size={14} />{stateWords(panel)}</span>
        )}
        {panel.isBreached && <span className="flex items-center gap-1 text-12 whitespace-nowrap text-failed"><Mark state="failed" size={12} />outside {limit}</span>}
        {!panel.isBreached && stable !== null && limit !== null && <span className="text-12 whitespace-nowrap text-ink-3">{limit}</span>}
      </div>
      <Chart panel={panel} from={view.from} to={view.to} stepSeconds={view.stepSeconds} marks={view.marks} cursor={cursor} isAwake={isAwake} onZoom={onZoom} onZoomOut={onZoomOut} />
      <Foot panel={panel} view={view} cursor={cursor} />
    </Surface>
  )
}

/** The words of the panel, or the values at the instant that is pointed at. */
function Foot({ panel, view, cursor }: Pick<MetricPanelProps, 'panel' | 'view' | 'cursor'>) {
  const zone = useZone()
  const at = useInstant(cursor)
  const rest = panel.state === 'ok' ? panel.words : panel.reason
  if (at === null) return <span title={rest} className="block h-5 truncate pt-1 text-11 text-ink-3">{rest}</span>
  const [own, beside] = [valueAt(panel.candidate, at, view.stepSeconds), valueAt(panel.stable, at, view.stepSeconds)]
  const parts = [clockText(at, zone), writtenText(own, panel.unit), ...(beside === null ? [] : [`stable ${writtenText(beside, panel.unit)}`]), ...marksNear(view.marks, at, view.from, view.to).slice(0, 1).map((mark) => mark.label)]
  return <span className="block h-5 truncate pt-1 text-11 text-ink-2">{parts.join(' · ')}</span>
}
