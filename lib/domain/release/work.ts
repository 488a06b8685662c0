/** A decision as lists show it. Zod-free. */

export interface DecisionLine {
  readonly number: number
  readonly kind: string
  readonly title: string
  readonly reason: string
  readonly code: string
  readonly releaseId: string
  readonly modelName: string
  readonly versionLabel: string
  readonly at: string
  readonly by: string
  readonly deciders: readonly string[]
  readonly supersedes: number | null
  readonly supersededBy: number | null
  readonly until: string | null
  /** When somebody has to say whether it held; null when nothing is due any more. */
  readonly confirmAt: string | null
  readonly isDue: boolean
  /** How it is confirmed; empty where nothing was planned. */
  readonly how: string
  /** What the last look at it said. */
  readonly outcome: 'held' | 'not-held' | null
}
