/** Reads of verdict pages from the browser; their keys begin with the kind of thing that is measured, as live messages name it. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ChartSpan, EvaluationDetail, EvaluationPage, VerdictChart, VerdictPageView } from '@/lib/domain/verdict/page-view'
import type { Verdict } from '@/lib/domain/verdict/verdict'
import { read } from './api'

/** Measurements are not announced one by one; they are asked for as often as they are made, within these bounds. */
const SOONEST_MS = 2_000
const LATEST_MS = 15_000

function kindOf(api: string): 'release' | 'live' {
  return api.startsWith('/live') ? 'live' : 'release'
}

function often(everySeconds: number | null | undefined): number {
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, (everySeconds ?? 15) * 1000))
}

/** The page. In: the address of its reads below /api/v1. */
export function verdictQuery(api: string) {
  return queryOptions({
    queryKey: [kindOf(api), 'verdict', api], queryFn: ({ signal }) => read<VerdictPageView>(api, signal),
    refetchInterval: ({ state }) => often(state.data?.measuring.everySeconds), staleTime: SOONEST_MS,
  })
}

/** Its evaluations page by page, newest first. In: the verdicts to show; none: all. */
export function evaluationsQuery(api: string, verdicts: readonly Verdict[]) {
  const asked = verdicts.join(',')
  return infiniteQueryOptions({
    queryKey: [kindOf(api), 'verdict', api, 'evaluations', asked],
    queryFn: ({ pageParam, signal }) => read<EvaluationPage>(`${api}/evaluations?${new URLSearchParams({ verdict: asked, before: pageParam })}`, signal),
    initialPageParam: '', getNextPageParam: (last: EvaluationPage) => last.next, staleTime: Infinity,
  })
}

/** One evaluation. What was measured does not change; only what came next does. */
export function evaluationQuery(api: string, id: string) {
  return queryOptions({
    queryKey: [kindOf(api), 'verdict', api, 'evaluation', id], queryFn: ({ signal }) => read<EvaluationDetail>(`${api}/evaluations/${encodeURIComponent(id)}`, signal),
    staleTime: LATEST_MS, placeholderData: keepPreviousData, retry: false,
  })
}

export function verdictChartQuery(api: string, span: ChartSpan, everySeconds: number | null) {
  return queryOptions({
    queryKey: [kindOf(api), 'verdict', api, 'chart', span], queryFn: ({ signal }) => read<VerdictChart>(`${api}/chart?span=${span}`, signal),
    refetchInterval: everySeconds === null ? false : often(everySeconds), placeholderData: keepPreviousData, staleTime: SOONEST_MS,
  })
}
