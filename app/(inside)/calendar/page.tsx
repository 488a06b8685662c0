/** The calendar: one month, as a grid or as an agenda. */
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { CalendarScreen } from '@/components/calendar/calendar-screen'
import { NoMonth } from '@/components/calendar/no-month'
import { calendarQuery } from '@/lib/client/calendar'
import { isMonth } from '@/lib/domain/calendar/view'
import { requireActor } from '@/lib/server/actor'
import { Hydrated } from '@/lib/server/hydrate'
import { calendarView, monthIn } from '@/lib/server/calendar/view'

export const metadata: Metadata = { title: 'Calendar' }

export default async function CalendarPage({ searchParams }: PageProps<'/calendar'>) {
  const { month, view } = await searchParams
  const chosen = typeof month === 'string' ? month : monthIn((await cookies()).get('gatehouse-zone')?.value ?? 'UTC')
  const actor = await requireActor(typeof month === 'string' ? `/calendar?month=${encodeURIComponent(month.slice(0, 20))}` : '/calendar')
  if (!isMonth(chosen)) return <NoMonth month={chosen.slice(0, 20)} />
  return (
    <Hydrated reads={[{ queryKey: calendarQuery(chosen).queryKey, queryFn: () => calendarView(actor, chosen) }]}>
      <CalendarScreen key={chosen} month={chosen} view={view === 'agenda' ? 'agenda' : 'month'} />
    </Hydrated>
  )
}
