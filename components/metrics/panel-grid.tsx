'use client'
/** The metrics of a release: legend, range, age and the panels; new values come in place, as they are announced. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Mark } from '@/components/gate/mark'
import { classes } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/small'
import { Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { metricsQuery } from '@/lib/client/metrics'
import { formatDuration } from '@/lib/domain/format'
import { RANGE_SECONDS, RANGES, type RangeName } from '@/lib/domain/preset/metrics-window'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import { MetricPanel } from './panel'

interface PanelGridProps {
  /** The release's id, not its code. */
  releaseId: string
  /** Read on the server for the first picture; fetched by the browser when absent. */
  initial?: ReleaseMetricsView
  /** What to do when there is no panel yet. */
  empty?: React.ReactNode
  /** Stands beside the range, such as the way to change the panels. */
  actions?: React.ReactNode
  /** Classes of the grid, by the room that it has. */
  className?: string
}

export function PanelGrid({ releaseId, initial, empty, actions, className = 'grid-cols-1 sm:grid-cols-2' }: PanelGridProps) {
  const [range, setRange] = useState<RangeName>(initial && initial.range !== 'custom' ? initial.range : '6h')
  const isFirst = initial !== undefined && initial.range === range
  const { data, isError } = useQuery({ ...metricsQuery(releaseId, range), placeholderData: keepPreviousData, ...(isFirst ? { initialData: initial } : {}) })
  if (!data) return <Surface className="px-4 py-6 text-ink-2" aria-busy={!isError}>{isError ? 'The metrics could not be read. They are tried again in a moment.' : 'Reading the metrics…'}</Surface>
  return (
    <section aria-label="Metrics" className="@container">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-2">
        <Key className="bg-candidate">candidate {data.candidateLabel}</Key>
        {data.stableLabel !== null && <Key className="bg-stable">stable {data.stableLabel}</Key>}
        <div className="ml-auto flex items-center gap-2">
          <RangePicker range={range} onChange={setRange} />
          {actions}
          <Age asOf={data.asOf} pollSeconds={data.pollSeconds} />
        </div>
      </div>
      {data.trouble !== null && <p role="status" className="mb-2 flex items-start gap-2 rounded-control bg-idle-bg px-3 py-2 text-12 text-ink-2"><span className="pt-1"><Mark state="no-data" size={12} /></span><span>{data.sourceName === null ? '' : `${data.sourceName}: `}{data.trouble}</span></p>}
      {data.panels.length === 0 ? (
        <Surface>{empty ?? <EmptyState title="No panel yet">Choose a preset of the stack that serves this model, or write a query.</EmptyState>}</Surface>
      ) : (
        <div className={classes('grid gap-3', className)}>
          {data.panels.map((panel) => (
            <MetricPanel key={panel.id} panel={panel} from={data.from} to={data.to} stepSeconds={data.stepSeconds} marks={data.marks} candidateLabel={data.candidateLabel} stableLabel={data.stableLabel} />
          ))}
        </div>
      )}
      {data.panels.length > 0 && data.range !== 'custom' && data.to - data.from < RANGE_SECONDS[data.range] * 0.9 && <p className="mt-1 text-11 text-ink-3">There is nothing older than <Time at={new Date(data.from * 1000).toISOString()} as="moment" /> to show yet.</p>}
    </section>
  )
}

function Key({ className, children }: { className: string; children: React.ReactNode }) {
  return <span className="inline-flex items-center gap-2 whitespace-nowrap"><i aria-hidden="true" className={classes('inline-block h-0.5 w-3', className)} />{children}</span>
}

function RangePicker({ range, onChange }: { range: RangeName; onChange: (range: RangeName) => void }) {
  return (
    <div role="group" aria-label="Range" className="inline-flex rounded-control border border-line">
      {RANGES.map((one) => (
        <button key={one} type="button" aria-pressed={one === range} onClick={() => onChange(one)} className={classes('h-6 px-1 text-12 first:rounded-l-control last:rounded-r-control', one === range ? 'bg-sunken font-medium text-ink' : 'text-ink-2 hover:bg-sunken')}>{one}</button>
      ))}
    </div>
  )
}

/** How old what is shown is; ticks by the second, because here seconds count. */
function Age({ asOf, pollSeconds }: { asOf: string; pollSeconds: number }) {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const tick = () => setNow(Date.now())
    const first = setTimeout(tick, 0)
    const timer = setInterval(tick, 1000)
    return () => { clearTimeout(first); clearInterval(timer) }
  }, [])
  const age = now === null ? null : Math.max(0, now - Date.parse(asOf))
  const isOld = age !== null && age > Math.max(30_000, pollSeconds * 4000)
  return <time dateTime={asOf} className={classes('min-w-12 text-right whitespace-nowrap tabular-nums', isOld && 'text-waiting')}>{age === null ? 'now' : age < 2000 ? 'now' : `${formatDuration(age)} ago`}</time>
}
