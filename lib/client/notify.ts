/** Reads of destinations, their deliveries and the status page's editor from the browser; keys as live messages name them. */
import { queryOptions } from '@tanstack/react-query'
import type { DeliveryView, DestinationsView, Trouble } from '@/lib/domain/destination/view'
import type { IncidentsView, StatusEditorView } from '@/lib/domain/status/editor-view'
import { read } from './api'

// Deliveries move without a command, so no live message tells of them: ask often while something is on its way.
const BUSY_MS = 1_500
const QUIET_MS = 15_000

export const destinationsQuery = () => queryOptions({
  queryKey: ['destination', 'list'], queryFn: ({ signal }) => read<DestinationsView>('/destinations', signal),
  refetchInterval: ({ state }) => (state.data?.destinations.some((one) => one.counts.waiting > 0) ? BUSY_MS : QUIET_MS),
})

export const troublesQuery = () => queryOptions({
  queryKey: ['destination', 'troubles'], queryFn: ({ signal }) => read<readonly Trouble[]>('/delivery-troubles', signal), refetchInterval: QUIET_MS,
})

export const deliveriesQuery = (id: string) => queryOptions({
  queryKey: ['destination', id, 'deliveries'], queryFn: ({ signal }) => read<readonly DeliveryView[]>(`/destinations/${id}/deliveries`, signal),
  refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'waiting') ? BUSY_MS : QUIET_MS),
})

export const statusEditorQuery = () => queryOptions({
  queryKey: ['installation', 'installation', 'status'], queryFn: ({ signal }) => read<StatusEditorView>('/status-page', signal),
})

export const incidentsQuery = () => queryOptions({
  queryKey: ['incident', 'list'], queryFn: ({ signal }) => read<IncidentsView>('/status-page/incidents', signal), refetchInterval: QUIET_MS,
})
