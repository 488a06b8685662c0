'use client'
/** The series among the check-ins: how each goes, what comes next and what holidays do to it, and what can be done. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/small'
import { Pill } from '@/components/ui/pill'
import { Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { seriesListQuery } from '@/lib/client/calendar'
import type { SeriesView } from '@/lib/domain/calendar/view'
import { formatDuration } from '@/lib/domain/format'

const SeriesDialog = lazy(() => import('@/components/calendar/series-dialog').then((m) => ({ default: m.SeriesDialog })))
const NewSeries = lazy(() => import('@/components/calendar/new-series').then((m) => ({ default: m.NewSeries })))
const EndSeries = lazy(() => import('@/components/calendar/end-series').then((m) => ({ default: m.EndSeries })))
const SubscribeDialog = lazy(() => import('@/components/calendar/subscribe-dialog').then((m) => ({ default: m.SubscribeDialog })))

type Open = { readonly kind: 'change' | 'end' | 'subscribe'; readonly id: string } | { readonly kind: 'new' } | null

function Next({ series }: { series: SeriesView }) {
  const [first, ...rest] = series.next
  if (series.ended) return <>Ended <Time at={series.ended.at} />: {series.ended.reason}</>
  if (!first) return <>Nothing comes any more.</>
  const odd = [first, ...rest].find((one) => one.note !== null)
  return (
    <>
      {first.status === 'planned' || first.status === 'conditional' ? 'Next:' : first.status === 'cancelled' ? 'The next one is cancelled:' : 'The next one is skipped:'} {first.href === null ? <Time at={first.startsAt} as="moment" releaseZone={series.plan.zone} /> : <AppLink href={first.href} className="text-link"><Time at={first.startsAt} as="moment" releaseZone={series.plan.zone} /></AppLink>}
      {odd !== undefined && <span className="text-waiting"> · <Time at={odd.startsAt} as="day" /> {odd.note}</span>}
    </>
  )
}

export function SeriesCard() {
  const { data } = useSuspenseQuery(seriesListQuery())
  const [open, setOpen] = useState<Open>(null)
  const chosen = open !== null && 'id' in open ? data.series.find((one) => one.id === open.id) : undefined
  const plan = <Button refusal={data.allowed.plan} aria-haspopup="dialog" onClick={() => setOpen({ kind: 'new' })}>Plan a series</Button>
  return (
    <Surface aria-label="Series">
      <SurfaceHead title="Series" note={data.series.length}><ButtonLink href="/calendar" look="quiet">Calendar</ButtonLink>{data.series.length > 0 && plan}</SurfaceHead>
      {data.series.length === 0 ? <EmptyState title="No check-in comes back by itself." action={plan}>A series opens each check-in shortly before its time, keeps the clock over daylight saving, and knows the holidays of its teams.</EmptyState> : (
        <Rows>
          {data.series.map((one) => (
            <Row key={one.id} title={one.title} detail={<>{one.rhythm} · {one.plan.answerHours ? `in writing within ${formatDuration(one.plan.answerHours * 3_600_000)}` : `${one.plan.durationMinutes}\u00a0min`} · {one.scope} · {one.teams.join(', ')}<br /><Next series={one} />{one.warnings.length > 0 && <><br /><span className="text-waiting">{one.warnings.join(' ')}</span></>}</>}
              aside={one.ended ? <Pill state="idle">Ended</Pill> : (
                <>
                  <Button size="s" look="quiet" aria-label={`Subscribe to ${one.title}`} onClick={() => setOpen({ kind: 'subscribe', id: one.id })}>Subscribe</Button>
                  <Button size="s" refusal={one.allowed.plan} aria-label={`Change ${one.title}`} onClick={() => setOpen({ kind: 'change', id: one.id })}>Change</Button>
                  <Button size="s" look="quiet" refusal={one.allowed.plan} aria-label={`End ${one.title}`} onClick={() => setOpen({ kind: 'end', id: one.id })}>End</Button>
                </>
              )} />
          ))}
        </Rows>
      )}
      <Suspense fallback={null}>
        {open?.kind === 'new' && <NewSeries onClose={() => setOpen(null)} />}
        {open?.kind === 'change' && chosen && <SeriesDialog series={chosen} start={chosen.plan} choices={data} onClose={() => setOpen(null)} />}
        {open?.kind === 'end' && chosen && <EndSeries series={chosen} onClose={() => setOpen(null)} />}
        {open?.kind === 'subscribe' && <SubscribeDialog about={open.id} onClose={() => setOpen(null)} />}
      </Suspense>
    </Surface>
  )
}
