/** Reads of metrics and their sources from the browser; keys as live messages name them. */
import { queryOptions } from '@tanstack/react-query'
import type { RangeName, ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import type { SourcesView } from '@/lib/domain/source/view'
import { read } from './api'

/** The panels of a release. In: its id (not its code: the event stream names ids) and the range. New values are announced; the interval is for streams that were lost. */
export function metricsQuery(releaseId: string, range: RangeName) {
  return queryOptions({
    queryKey: ['metrics', releaseId, range],
    queryFn: ({ signal }) => read<ReleaseMetricsView>(`/releases/${encodeURIComponent(releaseId)}/metrics?range=${range}`, signal),
    // Also says to the server that somebody still looks, so that it goes on polling.
    refetchInterval: 20_000,
    staleTime: 5_000,
  })
}

export function sourcesQuery() {
  return queryOptions({ queryKey: ['source', 'list'], queryFn: ({ signal }) => read<SourcesView>('/sources', signal) })
}
