'use client'
/** A month as a list, day by day; the only form on a phone. */
import { EventLine, type EventProps } from '@/components/calendar/event-line'
import { dayWords, type Day } from '@/components/calendar/days'
import { EmptyState } from '@/components/ui/small'
import { Surface } from '@/components/ui/surface'

interface AgendaProps extends Pick<EventProps, 'zone' | 'onOpen'> {
  weeks: readonly (readonly Day[])[]
  today: string
}

export function Agenda({ weeks, zone, today, onOpen }: AgendaProps) {
  const days = weeks.flat().filter((day) => day.isInMonth && day.events.length > 0)
  if (days.length === 0) return <Surface><EmptyState title="Nothing stands in this month.">Check-ins, target dates, planned releases, freezes and holidays appear here by themselves. A series of check-ins fills the weeks to come.</EmptyState></Surface>
  return (
    <Surface aria-label="Agenda">
      {days.map((day) => (
        <section key={day.date} aria-labelledby={`day-${day.date}`} className="border-b border-line last:border-b-0">
          <h2 id={`day-${day.date}`} className="bg-sunken px-4 py-2 text-12 font-medium text-ink-2">{dayWords(day.date)}{day.date === today && <span className="text-ink"> · today</span>}</h2>
          <ul role="list" className="divide-y divide-line">{day.events.map((event) => <EventLine key={event.id} event={event} date={day.date} zone={zone} onOpen={onOpen} />)}</ul>
        </section>
      ))}
    </Surface>
  )
}
