/** Reads of live versions and alerts from the browser; keys as live messages name them. */
import { queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/client/api'
import type { InboundAlertsView } from '@/lib/domain/alert/view'
import type { LiveListView, LiveView, MeasuredFeedback } from '@/lib/domain/live/view'

const FRESH_MS = 60_000

/** Days go on without a change in the record, so the list is asked again every few minutes. */
export const liveListQuery = () => queryOptions({ queryKey: ['live', 'list'], queryFn: ({ signal }) => read<LiveListView>('/live-versions', signal), staleTime: FRESH_MS, refetchInterval: 5 * FRESH_MS })
export const liveQuery = (id: string) => queryOptions({ queryKey: ['live', id], queryFn: ({ signal }) => read<LiveView>(`/live/${encodeURIComponent(id)}`, signal), staleTime: FRESH_MS, refetchInterval: FRESH_MS })
export const measuredFeedbackQuery = (id: string) => queryOptions({ queryKey: ['live', id, 'feedback'], queryFn: ({ signal }) => read<MeasuredFeedback>(`/live/${encodeURIComponent(id)}/feedback`, signal), staleTime: FRESH_MS })
export const inboundAlertsQuery = () => queryOptions({ queryKey: ['alerts'], queryFn: ({ signal }) => read<InboundAlertsView>('/alerts', signal), refetchInterval: 15_000 })
