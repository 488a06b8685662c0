'use client'
/** One thing in the calendar: in a cell of the month, or as a line of the agenda. Its kind is told by its words and its edge, its state by a word. */
import { Pill, type PillState } from '@/components/ui/pill'
import { Mark } from '@/components/gate/mark'
import { AppLink } from '@/components/ui/app-link'
import { classes } from '@/components/ui/class-names'
import { timeWords } from '@/components/calendar/days'
import type { CalendarEvent, EventStatus } from '@/lib/domain/calendar/view'

const EDGES: Readonly<Record<CalendarEvent['kind'], string>> = {
  'check-in': 'border-ink-2', target: 'border-waiting', release: 'border-open', freeze: 'border-stale bg-stale-bg', holiday: 'border-line-strong bg-idle-bg',
}
const PILLS: Readonly<Record<Exclude<EventStatus, 'scheduled'>, readonly [PillState, string]>> = {
  running: ['open', 'Running'], closed: ['passed', 'Held'], cancelled: ['idle', 'Cancelled'], missed: ['waiting', 'Missed'], skipped: ['idle', 'Skipped'], conditional: ['later', 'If rolling out'],
}

export interface EventProps {
  event: CalendarEvent
  date: string
  zone: string
  /** Opens what an occurrence of a series offers. */
  onOpen: (event: CalendarEvent) => void
}

const isOff = (status: EventStatus | null) => status === 'cancelled' || status === 'skipped'

/** A series' occurrence opens its dialog, everything else its page. */
function Place({ event, onOpen, className, children }: Pick<EventProps, 'event' | 'onOpen'> & { className: string; children: React.ReactNode }) {
  if (event.occurrence !== null) return <button type="button" aria-haspopup="dialog" className={classes(className, 'cursor-pointer')} onClick={() => onOpen(event)}>{children}</button>
  if (event.href === null) return <span className={className}>{children}</span>
  return <AppLink href={event.href} className={className}>{children}</AppLink>
}

/** In a cell: its time and its name on one line. */
export function EventChip({ event, date, zone, onOpen }: EventProps) {
  const time = timeWords(event, date, zone)
  const [state, status] = event.status === null || event.status === 'scheduled' ? ['idle', null] as const : PILLS[event.status]
  return (
    <Place event={event} onOpen={onOpen} className={classes('flex w-full items-center gap-1 rounded-r-control border-l-2 px-1 text-left text-12 leading-5 hover:bg-sunken', EDGES[event.kind], isOff(event.status) && 'text-ink-3')}>
      <span className="min-w-0 flex-1 truncate" title={status === null ? event.title : `${event.title}, ${status.toLowerCase()}`}>
        {time !== 'all day' && <span className="tabular-nums text-ink-2">{time} </span>}
        <span className={isOff(event.status) ? 'line-through' : undefined}>{event.title}</span>
      </span>
      {/* a word would be cut off with the name: the mark says it, and readers hear it */}
      {status !== null && state !== 'idle' && <Mark state={state} size={12} />}
      {status !== null && <span className="sr-only">, {status.toLowerCase()}</span>}
    </Place>
  )
}

/** In the agenda: time, name, what it is about, what is out of the ordinary. */
export function EventLine({ event, date, zone, onOpen }: EventProps) {
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <span className="w-16 shrink-0 tabular-nums text-ink-2 md:w-24">{timeWords(event, date, zone)}</span>
      <span className={classes('min-w-0 flex-1 border-l-2 pl-3', EDGES[event.kind].split(' ')[0])}>
        <Place event={event} onOpen={onOpen} className={classes('text-left font-medium break-words', (event.href !== null || event.occurrence !== null) && 'underline decoration-line-strong underline-offset-2 hover:decoration-current', isOff(event.status) && 'text-ink-3')}>{event.title}</Place>
        <span className="block text-12 break-words text-ink-2">{event.detail}{event.note !== null && <> · <span className="text-waiting">{event.note}</span></>}</span>
      </span>
      {event.status !== null && event.status !== 'scheduled' && <Pill state={PILLS[event.status][0]} hasMark>{PILLS[event.status][1]}</Pill>}
    </li>
  )
}
