/** Reads and tries how a metric item is measured, from the browser. */
import { queryOptions } from '@tanstack/react-query'
import type { DryRunSpan, DryRunView, MetricItemForm } from '@/lib/domain/verdict/dry-run'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import { post, read } from './api'

/** What the editor begins with. In: code or id of the release, the item. */
export function metricItemQuery(release: string, itemId: string) {
  return queryOptions({
    queryKey: ['metric-item', release, itemId], queryFn: ({ signal }) => read<MetricItemForm>(`/releases/${encodeURIComponent(release)}/items/${encodeURIComponent(itemId)}/metric`, signal),
    // Read anew each time that it is opened, and left alone while somebody writes.
    staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, retry: false,
  })
}

export interface PresetLine {
  readonly id: string
  readonly stack: string
  readonly title: string
  readonly unit: string
  readonly direction: string
}

/** All presets, which do not change while the page is open. */
export function presetsQuery() {
  return queryOptions({ queryKey: ['presets'], queryFn: ({ signal }) => read<readonly PresetLine[]>('/presets', signal), staleTime: Infinity })
}

/** Tries a specification. Throws ApiError with the refusal. */
export function tryMetric(release: string, itemId: string, spec: MetricSpec, span: DryRunSpan, signal?: AbortSignal): Promise<DryRunView> {
  return post<DryRunView>(`/releases/${encodeURIComponent(release)}/metrics/dry-run`, { itemId, spec, span }, signal)
}
