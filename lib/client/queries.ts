/** All reads of the screens: their keys and how they are fetched. Importable by the server, which fills the same keys itself. */
import { queryOptions } from '@tanstack/react-query'
import type { CheckInsView, CheckInView, PresenceView } from '@/lib/domain/check-in/view'
import type { DecisionLine } from '@/lib/domain/release/work'
import type { WorkView } from '@/lib/domain/work/view'
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

/** A word or name that is filtered by may have so many characters; the API refuses more. */
const MOST_FILTER = 200

export interface DecisionFilters {
  readonly q: string
  readonly kind: string
  readonly model: string
  readonly person: string
  readonly confirmation: string
  readonly standing: string
  /** The page: decisions with smaller numbers; empty: the newest. */
  readonly before: string
}

/** The filters that an address asks for; a name that it does not say is empty. */
export function filtersOf(text: (name: keyof DecisionFilters) => string | null): DecisionFilters {
  // Cut here, so that the server and the browser ask for the same, whatever an address holds.
  const of = (name: keyof DecisionFilters) => (text(name) ?? '').slice(0, MOST_FILTER)
  return { q: of('q'), kind: of('kind'), model: of('model'), person: of('person'), confirmation: of('confirmation'), standing: of('standing'), before: /^[1-9]\d{0,8}$/.test(of('before')) ? of('before') : '' }
}

export interface DecisionPage {
  readonly lines: readonly DecisionLine[]
  /** Where the next page begins, and the one before this: what `before` is there; null: there is none, 0: the newest. */
  readonly next: number | null
  readonly previous: number | null
  /** Which of how many these are. */
  readonly place: { readonly from: number; readonly to: number; readonly total: number }
  readonly dueCount: number
}

/** Decisions that one page of the list shows. */
export const DECISIONS_SHOWN = 25

export function decisionsQuery(filters: DecisionFilters) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()
  return queryOptions({ queryKey: ['release', 'decisions', query], queryFn: ({ signal }) => read<DecisionPage>(`/decisions?${query ? `${query}&` : ''}limit=${DECISIONS_SHOWN}`, signal), staleTime: FRESH_MS })
}

export function checkInsQuery() {
  return queryOptions({ queryKey: ['check-in', 'list'], queryFn: ({ signal }) => read<CheckInsView>('/check-ins', signal), staleTime: FRESH_MS })
}

export function checkInQuery(id: string) {
  return queryOptions({ queryKey: ['check-in', id], queryFn: ({ signal }) => read<CheckInView>(`/check-ins/${encodeURIComponent(id)}`, signal), staleTime: FRESH_MS })
}

/** Who has the check-in open; asked again now and then, because nobody announces that a browser has gone silent. */
export function presenceQuery(id: string) {
  return queryOptions({ queryKey: ['check-in', id, 'presence'], queryFn: ({ signal }) => read<PresenceView>(`/check-ins/${encodeURIComponent(id)}/presence`, signal), refetchInterval: 15_000 })
}
