'use client'
/** When something in the calendar is, with its weekday however far away: "Mon 30 November, 10:00", and the time in its own zone where that differs. */
import { dayWords } from '@/components/calendar/days'
import { useZone } from '@/components/ui/clock'
import { formatClock, formatExact } from '@/lib/domain/format'
import { wallAt } from '@/lib/domain/series/wall-clock'

export function DayTime({ at, planZone }: { at: string; planZone?: string | undefined }) {
  const zone = useZone()
  const wall = wallAt(zone, at)
  const isElsewhere = planZone !== undefined && wallAt(planZone, at) !== wall
  return (
    <time dateTime={at} title={formatExact(at, zone)}>
      <span className="whitespace-nowrap">{dayWords(wall.slice(0, 10))}, {wall.slice(11)}</span>
      {isElsewhere && <span className="text-ink-3"> ({formatClock(at, planZone)} {planZone.split('/').at(-1)?.replaceAll('_', ' ')})</span>}
    </time>
  )
}
