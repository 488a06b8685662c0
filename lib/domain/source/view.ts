/** What screens and the API show of metrics sources; credentials appear nowhere. */

import type { HealthSlot } from './health'
import type { AuthKind, TlsPart } from './state'

export interface SourceView {
  readonly id: string
  readonly version: number
  readonly name: string
  /** `null` for readers who may not test sources: it tells of the inner network. */
  readonly url: string | null
  readonly auth: AuthKind
  readonly headerNames: readonly string[]
  readonly tls: readonly TlsPart[]
  readonly hasSecret: boolean
  readonly scrapeIntervalSeconds: number
  readonly isArchived: boolean
  /** Slugs of the environments that use it. */
  readonly environments: readonly string[]
  /** How the last evaluations went; `null` while nothing was asked since the start. */
  readonly health: SourceHealth | null
  /** How it answered over the last day, by half hours, oldest first; empty when it was not asked at all. */
  readonly day: readonly HealthSlot[]
}

/** Sources, and for each action `null` when the reader may take it, else the sentence that says why not. */
export interface SourcesView {
  readonly sources: readonly SourceView[]
  readonly allowed: Readonly<Record<'add' | 'edit' | 'archive' | 'restore' | 'test', string | null>>
}

export interface SourceHealth {
  readonly isUp: boolean
  readonly checkedAt: string
  /** The failure in words when it is down. */
  readonly message: string | null
  /** When it last answered, if it did since the start of the process. */
  readonly lastGoodAt: string | null
}

export type SourceFlavour = 'prometheus' | 'mimir' | 'thanos' | 'victoriametrics' | 'unknown'

/** A part of the API that cannot be used: the credentials may not, the relative has none, or it answers with a fault. */
export interface LackingPart {
  readonly part: 'series' | 'labels' | 'metadata' | 'targets' | 'rules'
  readonly why: 'not-permitted' | 'absent' | 'broken'
}

/** What a test of a connection finds when the source answers. */
export interface ConnectionFindings {
  readonly flavour: SourceFlavour
  /** As the source writes it, such as "2.42.0+ds"; `null` when it does not say. */
  readonly version: string | null
  /** Scrape intervals that were seen, the most frequent first. */
  readonly intervals: readonly { readonly seconds: number; readonly targets: number }[]
  /** The most frequent of them. */
  readonly scrapeIntervalSeconds: number | null
  readonly targetsUp: number | null
  readonly targets: number | null
  /** Jobs with targets that are down, at most five. */
  readonly downJobs: readonly string[]
  readonly lacking: readonly LackingPart[]
  /** Source minus this server, seconds; a Date header is exact to one second. */
  readonly clockDifferenceSeconds: number | null
  readonly tookMs: number
}

/** What "test connection" answers. */
export type ConnectionTest =
  | { readonly reachable: false; readonly kind: string; readonly message: string }
  | ({ readonly reachable: true } & ConnectionFindings)
