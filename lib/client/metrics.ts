/** Reads of metrics and their sources from the browser; keys as live messages name them. */
import { queryOptions } from '@tanstack/react-query'
import { windowWords, type Detail, type MetricsWindow, type RangeName } from '@/lib/domain/preset/metrics-window'
import type { ReleaseMetricsView } from '@/lib/domain/preset/panel-view'
import type { Panel } from '@/lib/domain/release/panel'
import type { SourcesView } from '@/lib/domain/source/view'
import { post, read } from './api'

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

/** Why this person may not write a query of their own; `null` when they may. */
export function promqlRightsQuery() {
  return queryOptions({ queryKey: ['installation', 'promql-rights'], queryFn: ({ signal }) => read<{ readonly refusal: string | null }>('/promql', signal), staleTime: 60_000 })
}

/** What a panel would show, read once for whoever writes it; the same words give the same answer for half a minute. */
export function previewQuery(releaseId: string, panel: Panel, range: RangeName) {
  return queryOptions({
    queryKey: ['panel-preview', releaseId, range, panel.presetId, panel.query, panel.unit, panel.threshold],
    queryFn: ({ signal }) => post<ReleaseMetricsView>(`/releases/${encodeURIComponent(releaseId)}/metrics/preview`, { panel: { ...panel, title: panel.title || 'Preview' }, range }, signal),
    staleTime: 30_000,
    retry: false,
  })
}

export function sourcesQuery() {
  return queryOptions({ queryKey: ['source', 'list'], queryFn: ({ signal }) => read<SourcesView>('/sources', signal) })
}
