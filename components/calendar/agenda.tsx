'use client'
/** A month as a list, day by day; the only form on a phone. It begins with today: what has passed is folded away above. */
import { useEffect, useRef, useState } from 'react'
import { EventLine, type EventProps } from '@/components/calendar/event-line'
import { dayWords, type Day } from '@/components/calendar/days'
import { EmptyState } from '@/components/ui/small'
import { Surface } from '@/components/ui/surface'
import { formatPlural } from '@/lib/domain/format'

interface AgendaProps extends Pick<EventProps, 'zone' | 'onOpen'> {
  weeks: readonly (readonly Day[])[]
  today: string
}

export function Agenda({ weeks, zone, today, onOpen }: AgendaProps) {
  const days = weeks.flat().filter((day) => day.isInMonth && day.events.length > 0)
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDetailsElement>(null)
  // an address that names a day which has passed leads to it
  useEffect(() => {
    const named = /^#(day-\d{4}-\d\d-\d\d)$/.exec(window.location.hash)?.[1]
    const place = named === undefined ? null : box.current?.querySelector(`#${named}`)
    if (!place || !box.current) return
    box.current.open = true
    place.scrollIntoView()
  }, [])
  if (days.length === 0) return <Surface><EmptyState title="Nothing stands in this month.">Check-ins, target dates, planned releases, freezes and holidays appear here by themselves. A series of check-ins fills the weeks to come.</EmptyState></Surface>
  const coming = days.filter((day) => day.date >= today)
  const passed = coming.length > 0 ? days.filter((day) => day.date < today) : []
  const shown = (day: Day) => (
    <section key={day.date} aria-labelledby={`day-${day.date}`} className="border-b border-line last:border-b-0">
      <h2 id={`day-${day.date}`} className="bg-sunken px-4 py-2 text-12 font-medium text-ink-2">{dayWords(day.date)}{day.date === today && <span className="text-ink"> · today</span>}</h2>
      <ul role="list" className="divide-y divide-line">{day.events.map((event) => <EventLine key={event.id} event={event} date={day.date} zone={zone} onOpen={onOpen} />)}</ul>
    </section>
  )
  return (
    <Surface aria-label="Agenda">
      {passed.length > 0 && (
        <details ref={box} className="border-b border-line" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="px-4 py-3 text-ink-2">{isOpen ? 'Hide what has passed' : `Earlier this month: ${formatPlural(passed.length, 'day')}`}</summary>
          {passed.map(shown)}
        </details>
      )}
      {(passed.length > 0 ? coming : days).map(shown)}
    </Surface>
  )
}
