/** A decision as the record keeps it: what was decided and why, what it rested on, and what later looks at it said. */
import type { FreeText } from '@/lib/domain/text'
import type { FrozenVerdict, Parts } from './evidence-state'

export const DECISION_KINDS = ['go', 'go-with-conditions', 'no-go', 'defer', 'choice', 'hold', 'resume', 'roll-back', 'cancel', 'exception'] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]

export interface DecisionOption {
  readonly title: FreeText
  readonly pros: FreeText
  readonly cons: FreeText
  readonly isChosen: boolean
}

/** A later look at a decision: whether it held, and when to look again. */
export interface DecisionCheck {
  readonly by: string
  readonly at: string
  readonly outcome: 'held' | 'not-held'
  readonly note: FreeText
  readonly nextAt: string | null
}

export interface Decision {
  readonly number: number
  readonly kind: DecisionKind
  readonly title: FreeText
  readonly reason: FreeText
  /** The question, and what drove the answer; both, and the checks, are absent from decisions recorded before they could be written down. */
  readonly context?: FreeText | null
  readonly drivers?: readonly FreeText[]
  readonly checks?: readonly DecisionCheck[]
  readonly options: readonly DecisionOption[]
  readonly deciders: readonly { readonly personId: string; readonly name: FreeText }[]
  readonly consulted: readonly string[]
  readonly informed: readonly string[]
  readonly consequences: FreeText | null
  readonly confirmation: { readonly how: FreeText; readonly dueAt: string | null } | null
  readonly gateId: string | null
  readonly itemId: string | null
  readonly until: string | null
  readonly by: string
  readonly at: string
  readonly parts: Parts
  readonly gates: readonly { readonly gateId: string; readonly status: string }[]
  readonly metrics: readonly { readonly itemId: string; readonly verdict: FrozenVerdict }[]
  readonly supersedes: number | null
  readonly supersededBy: number | null
  readonly checkInId: string | null
}
