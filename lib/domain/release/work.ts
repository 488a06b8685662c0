/** What waits on one person and their teams: gates, sign-offs, waivers, actions and mentions, ordered by what waits longest. Zod-free. */
import type { SentencePart } from './sentence'

export interface WorkLine {
  readonly id: string
  readonly kind: 'gate' | 'sign-off' | 'item' | 'action' | 'mention' | 'approval'
  /** What to do, as a verb phrase: "Sign off 5 Environment and resources". */
  readonly title: string
  readonly href: string
  readonly code: string
  readonly modelName: string
  readonly team: string | null
  readonly since: string | null
  readonly dueAt: string | null
  readonly isOverdue: boolean
  readonly detail: string
  /** Where the action of this line is kept, so that it can be closed in place; null for lines that are no actions. */
  readonly action: { readonly kind: 'release' | 'check-in' | 'live'; readonly ownerId: string; readonly actionId: string; readonly needsNote: boolean } | null
}

export interface WorkView {
  readonly sentence: readonly SentencePart[]
  readonly mine: readonly WorkLine[]
  readonly teams: readonly { readonly team: string; readonly name: string; readonly lines: readonly WorkLine[] }[]
  readonly asOf: string
}

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
}
