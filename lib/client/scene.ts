/** Reads of the scene from the browser: models, environments, templates, and what opening a release needs; keys as live messages name them. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/client/api'
import type { EnvironmentsView } from '@/lib/domain/environment/view'
import type { ModelsView, ModelView } from '@/lib/domain/model/view'
import type { OpeningView } from '@/lib/domain/opening/view'
import type { TemplatesView, TemplateView } from '@/lib/domain/template/view'
import type { ScoreHistoryPage, TestScoreView } from '@/lib/domain/test-score/view'

export const modelsQuery = () => queryOptions({ queryKey: ['model', 'list'], queryFn: () => read<ModelsView>('/models') })
export const modelQuery = (id: string) => queryOptions({ queryKey: ['model', id], queryFn: () => read<ModelView>(`/models/${id}`) })
export const environmentsQuery = () => queryOptions({ queryKey: ['environment', 'list'], queryFn: () => read<EnvironmentsView>('/environments') })
export const templatesQuery = () => queryOptions({ queryKey: ['template', 'list'], queryFn: () => read<TemplatesView>('/templates') })
export const templateQuery = (id: string) => queryOptions({ queryKey: ['template', id], queryFn: () => read<TemplateView>(`/templates/${id}`) })
/** Under the list of models, since a new version or a changed model must be offered at once. */
export const openingQuery = () => queryOptions({ queryKey: ['model', 'list', 'opening'], queryFn: () => read<OpeningView>('/opening') })
/** Pages of the score's history before those that came with the score; asked for only when somebody wants them. */
export const scoreHistoryQuery = (id: string, earlier: string | null) => infiniteQueryOptions({
  queryKey: ['model', id, 'test-score', 'before', earlier], initialPageParam: earlier, enabled: false, staleTime: Infinity,
  queryFn: ({ pageParam }) => read<ScoreHistoryPage>(`/models/${id}/test-score/history?${new URLSearchParams(pageParam === null ? {} : { before: pageParam }).toString()}`),
  getNextPageParam: (page: ScoreHistoryPage) => page.earlier,
})
export const testScoreQuery = (id: string) => queryOptions({ queryKey: ['model', id, 'test-score'], queryFn: () => read<TestScoreView>(`/models/${id}/test-score`) })
