/** Reads of templates beyond the newest revision, from the browser: single revisions, checklists as Markdown, and what an adoption would do. */
import { queryOptions } from '@tanstack/react-query'
import { post, read } from '@/lib/client/api'
import type { AdoptionPreview } from '@/lib/domain/release/adoption-preview'
import type { ImportedChecklist } from '@/lib/domain/template/imported'
import type { TemplateRevision } from '@/lib/domain/template/template'

/** One revision, which never changes. */
export const revisionQuery = (id: string, revision: number) =>
  queryOptions({ queryKey: ['template-revision', id, revision], queryFn: ({ signal }) => read<TemplateRevision>(`/templates/${encodeURIComponent(id)}/revisions/${revision}`, signal), staleTime: Infinity })

/** What the newest revision would make of a release, read anew each time. In: its code or id, the revision that it has and the newest. */
export const adoptionQuery = (release: string, from: number, to: number) =>
  queryOptions({ queryKey: ['release', release, 'adoption', from, to], queryFn: ({ signal }) => read<AdoptionPreview>(`/releases/${encodeURIComponent(release)}/adoption`, signal), staleTime: 0, gcTime: 0, retry: false })

/** Reads a Markdown file as a template; nothing is saved. Throws ApiError. */
export const importChecklist = (markdown: string, name: string) => post<ImportedChecklist>('/templates/import', { markdown, name })

/** Where a revision is downloaded as Markdown. */
export const markdownAddress = (id: string, revision: number) => `/api/v1/templates/${encodeURIComponent(id)}/markdown?revision=${revision}`
