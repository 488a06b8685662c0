/** The board as data: one sentence, a tile per team, and groups of releases in flight, each row complete in itself. */
import type { RailFrames, RowRail } from '@/lib/domain/board-rail'
import type { MarkState, TeamShape } from '@/lib/domain/rail'

/** A piece of a sentence. `strong` carries the subject, `bad` and `late` carry a state (and say it in words, too). */
export interface SentencePart {
  readonly text: string
  readonly tone?: 'strong' | 'bad' | 'late' | undefined
}

/** Filters of the board as they stand in the URL. Absent means any. */
export interface BoardFilters {
  readonly mine?: boolean | undefined
  readonly team?: string | undefined
  readonly model?: string | undefined
  readonly environment?: string | undefined
  readonly state?: string | undefined
  readonly overdue?: boolean | undefined
}

export interface BoardBall {
  readonly kind: 'team' | 'clock' | 'hold' | 'freeze' | 'outside' | 'nobody'
  /** Team ids, in lane order; empty unless `kind` is `team`. */
  readonly teams: readonly string[]
  /** Since when, as an ISO instant; null when it is nobody's. */
  readonly sinceAt: string | null
  readonly isLate: boolean
}

export interface BoardSpark {
  readonly points: readonly (number | null)[]
  readonly limit: number | null
  /** The newest value with its unit, as shown: "163 ms". */
  readonly label: string
  /** What is measured, read out: "p95 latency". */
  readonly name: string
}

export interface BoardRow {
  readonly id: string
  readonly code: string
  readonly modelName: string
  readonly versionLabel: string
  readonly environmentName: string
  /** As said: "Kubernetes", "Virtual machines". */
  readonly orchestrator: string
  /** How its marks stand in the frame that the board's `rails` hold. */
  readonly rail: RowRail
  readonly sentence: readonly SentencePart[]
  readonly ball: BoardBall
  readonly spark: BoardSpark | null
  readonly state: { readonly state: MarkState | 'idle'; readonly label: string }
  readonly targetAt: string | null
  /** "on time", "late by 2 d", "canary 20 %". */
  readonly targetNote: string
}

export interface BoardGroup {
  /** `attention`, `rolling-out`, `ready`, `preparing`, … */
  readonly key: string
  readonly title: string
  readonly rows: readonly BoardRow[]
  /** Rows of this group that did not come along yet; they stand after the others. */
  readonly hidden?: number | undefined
}

export interface TeamTile {
  readonly team: string
  readonly name: string
  readonly shape: TeamShape
  /** Open gates that wait for this team, in the releases that match the filters. */
  readonly count: number
  readonly oldestSinceAt: string | null
  readonly isLate: boolean
  /** Waiting of this team since Monday, in its working hours. */
  readonly waitedThisWeekMs: number
  /** One length per waiting gate, the longest twelve first, then what the others are together, in milliseconds. */
  readonly bars: readonly { readonly ms: number; readonly isLate: boolean }[]
}

export interface FilterOption {
  readonly value: string
  readonly label: string
  readonly count: number
}

export interface BoardView {
  readonly sentence: readonly SentencePart[]
  readonly tiles: readonly TeamTile[]
  readonly groups: readonly BoardGroup[]
  /** Teams and gates of all rails; rows name the frame that is theirs. */
  readonly rails: RailFrames
  readonly filters: {
    readonly teams: readonly FilterOption[]
    readonly models: readonly FilterOption[]
    readonly environments: readonly FilterOption[]
    readonly states: readonly FilterOption[]
    readonly mine: number
    readonly overdue: number
  }
  /** Releases in flight without any filter. */
  readonly total: number
  /** Releases that match the filters: the sum of the rows of all groups. */
  readonly shown: number
  readonly nextCheckIn: { readonly id: string; readonly name: string; readonly at: string; readonly isRunning: boolean; readonly lines: number } | null
  /** Why this viewer may not open a release; null when they may. */
  readonly openRefusal: string | null
  readonly asOf: string
}

/** Whether a cached value is a board; for readers of the client's cache that do not own its keys. */
export function isBoardView(value: unknown): value is BoardView {
  return typeof value === 'object' && value !== null && 'groups' in value && Array.isArray(value.groups) && 'tiles' in value
}

/** The rows of a group, whether they came along or not. */
export function rowsIn(group: BoardGroup): number {
  return group.rows.length + (group.hidden ?? 0)
}

const TEXT_FILTERS = ['team', 'model', 'environment', 'state'] as const

/** Reads the filters from the query of the URL; what is not known is left out. In: anything with `get`. */
export function boardFiltersOf(query: { get(name: string): string | null }): BoardFilters {
  const filters: Record<string, string | boolean> = {}
  for (const name of TEXT_FILTERS) {
    const value = query.get(name)
    if (value !== null && value !== '' && value.length <= 100) filters[name] = value
  }
  if (query.get('mine') === '1') filters['mine'] = true
  if (query.get('overdue') === '1') filters['overdue'] = true
  return filters
}

/** The address of the board under the filters; no filter gives `/`. Out: always the same order, so that equal filters share a key. */
export function boardHref(filters: BoardFilters): string {
  const query = boardQueryString(filters)
  return query === '' ? '/' : `/?${query}`
}

/** The filters as a query string without `?`. */
export function boardQueryString(filters: BoardFilters): string {
  const query = new URLSearchParams()
  for (const name of TEXT_FILTERS) {
    const value = filters[name]
    if (value !== undefined && value !== '') query.set(name, value)
  }
  if (filters.mine) query.set('mine', '1')
  if (filters.overdue) query.set('overdue', '1')
  return query.toString()
}

/** The sentence as plain text, for titles and readers. */
export function sentenceText(parts: readonly SentencePart[]): string {
  return parts.map((p) => p.text).join('')
}
