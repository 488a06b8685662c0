/** Reads of metrics and their sources from the browser; keys as live messages name them. */
import { queryOptions } from '@tanstack/react-query'
import { windowWords, type Detail, type MetricsWindow } from '@/lib/domain/preset/metrics-window'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import type { SourcesView } from '@/lib/domain/source/view'
import { read } from './api'

/** The panels of a release. In: its id (not its code: the event stream names ids) and the window. New values are announced; the interval is for streams that were lost. */
export function metricsQuery(releaseId: string, shown: MetricsWindow, detail: Detail = 'small') {
  const words = windowWords(shown)
  return queryOptions({
    queryKey: ['metrics', releaseId, words, detail],
    queryFn: ({ signal }) => read<ReleaseMetricsView>(`/releases/${encodeURIComponent(releaseId)}/metrics?${words}&detail=${detail}`, signal),
    // Also says to the server that somebody still looks, so that it goes on polling.
    refetchInterval: 20_000,
    staleTime: 5_000,
  })
}

/** Where the same numbers lie as a table, for a link; of one panel where it is named. */
export function csvHref(releaseId: string, shown: MetricsWindow, detail: Detail, panelId?: string): string {
  return `/api/v1/releases/${encodeURIComponent(releaseId)}/metrics.csv?${windowWords(shown)}&detail=${detail}${panelId === undefined ? '' : `&panel=${encodeURIComponent(panelId)}`}`
}

export function sourcesQuery() {
  return queryOptions({ queryKey: ['source', 'list'], queryFn: ({ signal }) => read<SourcesView>('/sources', signal) })
}
