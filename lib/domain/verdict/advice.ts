/** What a statistical comparison adds beside a verdict; it informs people and decides nothing. */

/** The result of a two-sided Mann-Whitney U of the candidate's points against the stable version's. */
export interface Advice {
  readonly kind: 'mann-whitney'
  /** `high` and `low`: the candidate is higher or lower than stable by more than tolerance and effect; `same`: no such difference; `too-few`: not enough points. */
  readonly finding: 'same' | 'high' | 'low' | 'too-few'
  /** Whether the finding is bad for this metric's direction. */
  readonly isWorse: boolean
  /** Confidence of the interval, e.g. 0.98. */
  readonly confidence: number
  /** Two-sided p-value; `null` with too few points. */
  readonly p: number | null
  /** Hodges-Lehmann estimate of candidate minus stable, in the unit of the rule, with its interval. */
  readonly shift: number | null
  readonly interval: readonly [number, number] | null
  /** Mean of the candidate ÷ mean of stable; `null` when stable's mean is zero. */
  readonly effect: number | null
  /** Points on each side after values that are not finite were left out. */
  readonly points: { readonly candidate: number; readonly stable: number }
  /** The finding in one sentence. */
  readonly words: string
  /** Why it is advice and no gate, in one sentence. */
  readonly caution: string
}
