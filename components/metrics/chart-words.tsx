'use client'
/** The words around charts: whose line is whose, which range, how old, what is wrong with the source, how far back there is anything. */
import { useEffect, useState } from 'react'
import { Mark } from '@/components/gate/mark'
import { classes } from '@/components/ui/class-names'
import { Time } from '@/components/ui/time'
import { formatDuration } from '@/lib/domain/format'
import { RANGE_SECONDS, RANGES, type RangeName } from '@/lib/domain/preset/metrics-window'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'

/** The colour of a line beside its name. */
export function Key({ className, children }: { className: string; children: React.ReactNode }) {
  return <span className="inline-flex items-center gap-2 whitespace-nowrap"><i aria-hidden="true" className={classes('inline-block h-0.5 w-3', className)} />{children}</span>
}

/** In: the range that is shown, `null` while another window is. */
export function RangePicker({ range, onChange }: { range: RangeName | null; onChange: (range: RangeName) => void }) {
  return (
    <div role="group" aria-label="Range" className="inline-flex rounded-control border border-line">
      {RANGES.map((one) => (
        <button key={one} type="button" aria-pressed={one === range} onClick={() => onChange(one)} className={classes('h-6 min-w-6 px-1 text-12 first:rounded-l-control last:rounded-r-control', one === range ? 'bg-sunken font-medium text-ink' : 'text-ink-2 hover:bg-sunken')}>{one}</button>
      ))}
    </div>
  )
}

/** Why nothing can be measured, and since when. */
export function Trouble({ view }: { view: Pick<ReleaseMetricsView, 'trouble' | 'sourceName' | 'lastGoodAt'> }) {
  if (view.trouble === null) return null
  return (
    <p role="status" className="mb-2 flex items-start gap-2 rounded-control bg-idle-bg px-3 py-2 text-12 text-ink-2">
      <span className="pt-1"><Mark state="no-data" size={12} /></span>
      <span>{view.sourceName === null ? '' : `${view.sourceName}: `}{view.trouble}{view.lastGoodAt !== null && <> It last answered <Time at={view.lastGoodAt} />.</>}</span>
    </p>
  )
}

/** Said while there is less to show than was asked for. */
export function ShortHistory({ view }: { view: ReleaseMetricsView }) {
  if (view.panels.length === 0 || view.range === 'custom' || view.to - view.from >= RANGE_SECONDS[view.range] * 0.9) return null
  return <p className="mt-1 text-11 text-ink-3">There is nothing older than <Time at={new Date(view.from * 1000).toISOString()} as="moment" /> to show yet.</p>
}

/** How old what is shown is; ticks by the second, because here seconds count. */
export function Age({ asOf, pollSeconds }: { asOf: string; pollSeconds: number }) {
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
