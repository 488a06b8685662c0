/** All reads of the screens: their keys and how they are fetched. Importable by the server, which fills the same keys itself. */
import { queryOptions } from '@tanstack/react-query'
import type { DecisionLine, WorkView } from '@/lib/domain/release/work'
import type { ReleaseView, TimelineEntry } from '@/lib/domain/release/view'
import { read } from './api'

/** Views stay fresh by the event stream; this only bounds what a missed event could leave. */
const FRESH_MS = 60_000

/** One release; the key is its id, or its code where the page knows no more. */
export function releaseQuery(codeOrId: string) {
  return queryOptions({ queryKey: ['release', codeOrId], queryFn: ({ signal }) => read<ReleaseView>(`/releases/${encodeURIComponent(codeOrId)}`, signal), staleTime: FRESH_MS })
}

export function timelineQuery(codeOrId: string) {
  return queryOptions({ queryKey: ['release', codeOrId, 'timeline'], queryFn: ({ signal }) => read<readonly TimelineEntry[]>(`/releases/${encodeURIComponent(codeOrId)}/timeline`, signal), staleTime: FRESH_MS })
}

export function workQuery() {
  return queryOptions({ queryKey: ['release', 'work'], queryFn: ({ signal }) => read<WorkView>('/my-work', signal), staleTime: FRESH_MS })
}

export interface DecisionFilters {
  readonly q: string
  readonly kind: string
  readonly model: string
}

export function decisionsQuery(filters: DecisionFilters) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()
  return queryOptions({ queryKey: ['release', 'decisions', query], queryFn: ({ signal }) => read<{ readonly lines: readonly DecisionLine[]; readonly next: number | null }>(`/decisions${query ? `?${query}` : ''}`, signal), staleTime: FRESH_MS })
}
