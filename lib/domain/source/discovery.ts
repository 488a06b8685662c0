/** What discovery answers: which serving stacks a selector reaches, and the panels that have data. */

import type { Signal, StackId } from '@/lib/domain/preset/preset'
import type { Unit } from '@/lib/domain/preset/unit'

export interface ProposedPanel {
  readonly presetId: string
  readonly stack: StackId
  readonly signal: Signal
  readonly title: string
  readonly unit: Unit
  /** How a latency came about ("p95 by histogram"); empty for everything else. */
  readonly words: string
  readonly note: string
  /** As sent. */
  readonly query: string
  /** In the base unit; `null` while there is no traffic. */
  readonly value: number | null
  readonly state: 'ok' | 'idle'
  /** The metric names behind it that exist here. */
  readonly metrics: readonly string[]
  /** Whether it lives from a name of another build than the usual one. */
  readonly isAlternate: boolean
}

/** One stack that was looked for, and how far it got. */
export interface TriedStack {
  readonly stack: StackId
  readonly name: string
  /** `absent`: none of its own names exists; `silent`: names exist, but no panel has data; `panels`: it has. */
  readonly outcome: 'absent' | 'silent' | 'panels'
  /** Its own names that exist. */
  readonly found: readonly string[]
  /** The names that were looked for. */
  readonly wanted: readonly string[]
  /** Why presets of it could not be asked, in words. */
  readonly reasons: readonly string[]
}

export interface Discovery {
  /** What was found, in one or two sentences. */
  readonly sentence: string
  /** Metric names that the selector reaches. */
  readonly matched: number
  /** The stacks with data, the best first: model servers before what lies under them. */
  readonly stacks: readonly { readonly stack: StackId; readonly name: string; readonly panels: number }[]
  /** Ranked: the best stack first, within it latency, errors, traffic, quality, resources. */
  readonly panels: readonly ProposedPanel[]
  readonly tried: readonly TriedStack[]
  /** Names that no preset reads, for own PromQL; for those only who may write it. */
  readonly unknown: readonly string[]
}
