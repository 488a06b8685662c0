'use client'
/** A month as a grid of days: arrows go from day to day and on into the next month, Enter opens what stands there first. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { EventChip, type EventProps } from '@/components/calendar/event-line'
import { dayWords, type Day } from '@/components/calendar/days'
import { AppLink } from '@/components/ui/app-link'
import { classes } from '@/components/ui/class-names'
import { addDays, weekdayOf } from '@/lib/domain/series/wall-clock'

const HEADS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MOST = 4

interface MonthGridProps extends Pick<EventProps, 'zone' | 'onOpen'> {
  weeks: readonly (readonly Day[])[]
  today: string
  month: string
  /** Leaves the month for one that has the date. */
  onLeave: (date: string) => void
}

/** Where a key leads from a day; null where it leads nowhere. */
function target(key: string, date: string): string | null {
  switch (key) {
    case 'ArrowLeft': return addDays(date, -1)
    case 'ArrowRight': return addDays(date, 1)
    case 'ArrowUp': return addDays(date, -7)
    case 'ArrowDown': return addDays(date, 7)
    case 'Home': return addDays(date, 1 - weekdayOf(date))
    case 'End': return addDays(date, 7 - weekdayOf(date))
    default: return null
  }
}

export function MonthGrid({ weeks, zone, today, month, onOpen, onLeave }: MonthGridProps) {
  const first = today.startsWith(month) ? today : `${month}-01`
  const [chosen, setChosen] = useState(first)
  const table = useRef<HTMLTableElement>(null)
  const shown = weeks.flat()
  const current = shown.some((day) => day.date === chosen) ? chosen : first
  // Who walks on into another month arrives on the day that the address names.
  useEffect(() => {
    const named = /^#(\d{4}-\d\d-\d\d)$/.exec(window.location.hash)?.[1]
    if (named !== undefined) table.current?.querySelector<HTMLElement>(`[data-date="${named}"]`)?.focus()
  }, [])
  const onKey = (event: KeyboardEvent<HTMLTableCellElement>, day: Day) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    const next = target(event.key, day.date)
    if (next !== null) {
      event.preventDefault()
      if (!shown.some((one) => one.date === next)) return onLeave(next)
      setChosen(next)
      table.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus()
    } else if (event.key === 'Enter') event.currentTarget.querySelector<HTMLElement>('a, button')?.click()
  }
  return (
    <table ref={table} role="grid" aria-label="Days of the month" className="w-full table-fixed border-collapse overflow-hidden rounded-surface border border-line bg-surface">
      <thead>
        <tr role="row">{HEADS.map((head) => <th key={head} role="columnheader" scope="col" className="border-b border-line px-2 py-1 text-left text-12 font-medium text-ink-3">{head}</th>)}</tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.date} role="row">
            {week.map((day) => (
              <td
                key={day.date} role="gridcell" data-date={day.date} tabIndex={day.date === current ? 0 : -1} aria-label={`${dayWords(day.date)}${day.date === today ? ', today' : ''}, ${day.events.length === 0 ? 'nothing' : day.events.length}`}
                aria-current={day.date === today ? 'date' : undefined} onFocus={() => setChosen(day.date)} onKeyDown={(event) => onKey(event, day)}
                className={classes('h-28 border border-line p-1 align-top', !day.isInMonth && 'bg-sunken', weekdayOf(day.date) > 5 && day.isInMonth && 'bg-paper')}
              >
                <span className={classes('mb-1 inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1 text-12 tabular-nums', day.date === today ? 'bg-ink font-medium text-paper' : day.isInMonth ? 'text-ink' : 'text-ink-3')}>{Number(day.date.slice(8))}</span>
                <div className="flex flex-col gap-px">
                  {day.events.slice(0, day.events.length > MOST ? MOST - 1 : MOST).map((event) => <EventChip key={event.id} event={event} date={day.date} zone={zone} onOpen={onOpen} />)}
                  {day.events.length > MOST && <AppLink href={`/calendar?month=${day.date.slice(0, 7)}&view=agenda#day-${day.date}`} className="px-1 text-12 text-link">{day.events.length - MOST + 1} more</AppLink>}
                </div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
