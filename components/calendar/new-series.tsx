'use client'
/** Begins a new series with what fits most: the next Monday, all teams, all releases. */
import { useQuery } from '@tanstack/react-query'
import { SeriesDialog } from '@/components/calendar/series-dialog'
import { useNow, useZone } from '@/components/ui/clock'
import { seriesListQuery } from '@/lib/client/calendar'
import { addDays, wallAt, weekdayOf } from '@/lib/domain/series/wall-clock'

export function NewSeries({ onClose }: { onClose: () => void }) {
  const { data } = useQuery(seriesListQuery())
  const zone = useZone()
  const now = useNow()
  if (!data) return null
  const today = wallAt(zone, now).slice(0, 10)
  const firstDate = addDays(today, 8 - weekdayOf(today))
  return (
    <SeriesDialog choices={data} onClose={onClose} start={{
      title: '', rhythm: { kind: 'weekly', days: [1], everyWeeks: 1 }, firstDate, lastDate: null, time: '10:00', zone, durationMinutes: 25, scope: { kind: 'all' }, teams: data.teams.map((team) => team.id), onHoliday: 'next-day',
    }} />
  )
}
