/** What screens and the API show of metrics sources; credentials appear nowhere. */

import type { AuthKind } from './state'

export interface SourceView {
  readonly id: string
  readonly version: number
  readonly name: string
  /** `null` for readers who may not test sources: it tells of the inner network. */
  readonly url: string | null
  readonly auth: AuthKind
  readonly headerNames: readonly string[]
  readonly hasSecret: boolean
  readonly scrapeIntervalSeconds: number
  readonly isArchived: boolean
  /** Slugs of the environments that use it. */
  readonly environments: readonly string[]
  /** How the last evaluations went; `null` while nothing was asked since the start. */
  readonly health: SourceHealth | null
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

/** What "test connection" answers. */
export type ConnectionTest =
  | { readonly reachable: false; readonly kind: string; readonly message: string }
  | {
      readonly reachable: true
      readonly flavour: string
      readonly version: string | null
      readonly scrapeIntervalSeconds: number | null
      readonly targetsUp: number | null
      readonly targets: number | null
      readonly clockDifferenceSeconds: number | null
      readonly tookMs: number
    }
