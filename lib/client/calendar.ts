/** Reads of the calendar, series, addresses and holidays from the browser; keys as live messages name them. */
import { queryOptions } from '@tanstack/react-query'
import type { CalendarView, FeedView, HolidaysView, SeriesListView, SeriesView } from '@/lib/domain/calendar/view'
import { read } from './api'

/** Views stay fresh by the event stream; this only bounds what a missed event could leave. */
const FRESH_MS = 60_000

export function calendarQuery(month: string) {
  return queryOptions({ queryKey: ['calendar', month], queryFn: ({ signal }) => read<CalendarView>(`/calendar?month=${month}`, signal), staleTime: FRESH_MS })
}

export function seriesListQuery() {
  return queryOptions({ queryKey: ['series', 'list'], queryFn: ({ signal }) => read<SeriesListView>('/series', signal), staleTime: FRESH_MS })
}

export function seriesQuery(id: string) {
  return queryOptions({ queryKey: ['series', id], queryFn: ({ signal }) => read<SeriesView>(`/series/${encodeURIComponent(id)}`, signal), staleTime: FRESH_MS })
}

export function addressesQuery() {
  return queryOptions({ queryKey: ['calendar', 'addresses'], queryFn: ({ signal }) => read<{ readonly feeds: readonly FeedView[] }>('/calendar-addresses', signal) })
}

export function holidaysQuery() {
  return queryOptions({ queryKey: ['installation', 'installation', 'holidays'], queryFn: ({ signal }) => read<HolidaysView>('/holidays', signal), staleTime: FRESH_MS })
}
