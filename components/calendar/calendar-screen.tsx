'use client'
/** The calendar: a month of check-ins, target dates, planned releases, freezes and holidays in the viewer's zone; deep links, keyboard, and what can be done there. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Agenda } from '@/components/calendar/agenda'
import { monthWords, weeksOf } from '@/components/calendar/days'
import { MonthGrid } from '@/components/calendar/month-grid'
import { isRoute } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { useNow, useZone } from '@/components/ui/clock'
import { FilterChip, Kbd } from '@/components/ui/small'
import { PageHead } from '@/components/ui/surface'
import { calendarQuery } from '@/lib/client/calendar'
import { monthAfter, type CalendarEvent } from '@/lib/domain/calendar/view'
import { formatPlural } from '@/lib/domain/format'
import { wallAt } from '@/lib/domain/series/wall-clock'

const OccurrenceDialog = lazy(() => import('@/components/calendar/occurrence-dialog').then((m) => ({ default: m.OccurrenceDialog })))
const NewSeries = lazy(() => import('@/components/calendar/new-series').then((m) => ({ default: m.NewSeries })))
const SubscribeDialog = lazy(() => import('@/components/calendar/subscribe-dialog').then((m) => ({ default: m.SubscribeDialog })))

type Open = { readonly kind: 'event'; readonly event: CalendarEvent } | { readonly kind: 'new' } | { readonly kind: 'subscribe' } | null

const isWriting = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('input, textarea, select, dialog, [contenteditable="true"]') !== null

export function CalendarScreen({ month, view }: { month: string; view: 'month' | 'agenda' }) {
  const { data } = useSuspenseQuery(calendarQuery(month))
  const router = useRouter()
  const zone = useZone()
  const today = wallAt(zone, useNow()).slice(0, 10)
  const [open, setOpen] = useState<Open>(null)
  const weeks = weeksOf(month, data.events, zone)
  const suffix = view === 'agenda' ? '&view=agenda' : ''
  const [before, after] = [monthAfter(month, -1), monthAfter(month, 1)]
  const address = (to: string) => `/calendar?month=${to}${suffix}`
  useEffect(() => {
    const go = (to: string | null) => {
      const href = to === null ? null : `/calendar?month=${to}${suffix}`
      if (href !== null && isRoute(href)) router.push(href)
    }
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented || isWriting(event.target)) return
      const isInGrid = event.target instanceof HTMLElement && event.target.closest('[role="grid"]') !== null
      if (event.key === 't') go(today.slice(0, 7))
      else if (event.key === (isInGrid ? 'PageUp' : 'ArrowLeft')) go(before)
      else if (event.key === (isInGrid ? 'PageDown' : 'ArrowRight')) go(after)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [router, suffix, today, before, after])
  const inMonth = weeks.flat().filter((day) => day.isInMonth).flatMap((day) => day.events)
  const checkIns = new Set(inMonth.filter((event) => event.kind === 'check-in' && event.status !== 'skipped' && event.status !== 'cancelled').map((event) => event.id)).size
  const others = new Set(inMonth.filter((event) => event.kind !== 'check-in').map((event) => event.id)).size
  const show = (event: CalendarEvent) => setOpen({ kind: 'event', event })
  return (
    <>
      <PageHead title={monthWords(month)} lead={<><b>{formatPlural(checkIns, 'check-in')}</b>{others > 0 && <> and {formatPlural(others, 'other date')}</>}, in your zone, {zone.replaceAll('_', ' ')}.{data.isCut && ' More stands here than is shown.'}</>}>
        <Button onClick={() => setOpen({ kind: 'subscribe' })} aria-haspopup="dialog">Subscribe</Button>
        <Button look="primary" refusal={data.allowed.plan} onClick={() => setOpen({ kind: 'new' })} aria-haspopup="dialog">Plan a series</Button>
      </PageHead>
      <nav aria-label="Month" className="mb-3 flex flex-wrap items-center gap-2">
        <ButtonLink href={before === null ? '/calendar' : address(before)} refusal={before === null ? 'The calendar begins in 2000.' : null} aria-label="Earlier month">‹</ButtonLink>
        <ButtonLink href={address(today.slice(0, 7))} aria-current={today.startsWith(month) ? 'date' : undefined}>Today <span className="max-md:hidden"><Kbd>t</Kbd></span></ButtonLink>
        <ButtonLink href={after === null ? '/calendar' : address(after)} refusal={after === null ? 'The calendar ends in 2099.' : null} aria-label="Later month">›</ButtonLink>
        <span className="ml-auto flex gap-2 max-md:hidden">
          <FilterChip href={`/calendar?month=${month}`} isOn={view === 'month'}>Month</FilterChip>
          <FilterChip href={`/calendar?month=${month}&view=agenda`} isOn={view === 'agenda'}>Agenda</FilterChip>
        </span>
      </nav>
      {view === 'month' && (
        <div className="max-md:hidden">
          <MonthGrid weeks={weeks} zone={zone} today={today} month={month} onOpen={show} onLeave={(date) => { const href = `/calendar?month=${date.slice(0, 7)}#${date}`; if (isRoute(href)) router.push(href) }} />
        </div>
      )}
      <div className={view === 'month' ? 'md:hidden' : undefined}><Agenda weeks={weeks} zone={zone} today={today} onOpen={show} /></div>
      <Suspense fallback={null}>
        {open?.kind === 'event' && <OccurrenceDialog event={open.event} onClose={() => setOpen(null)} />}
        {open?.kind === 'new' && <NewSeries onClose={() => setOpen(null)} />}
        {open?.kind === 'subscribe' && <SubscribeDialog onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  )
}
