/** What waits for one person and their teams, grouped by what there is to do. Zod-free. */
import type { SentencePart } from '@/lib/domain/release/sentence'

/** What a line asks: to sign, to agree to what somebody proposed, to say whether it held or is live, to answer, to do. */
export const TODOS = ['sign', 'agree', 'confirm', 'answer', 'act'] as const
export type Todo = (typeof TODOS)[number]

export interface WorkLine {
  readonly id: string
  readonly todo: Todo
  readonly kind: 'gate' | 'sign-off' | 'item' | 'action' | 'mention' | 'waiver' | 'not-applicable' | 'change' | 'decision' | 'rollout' | 'proposal'
  /** What to do, as a phrase: "Sign off 5 Environment and resources". */
  readonly title: string
  readonly href: string
  readonly code: string
  readonly modelName: string
  /** The team that it waits for; null where it waits for the person. */
  readonly team: string | null
  /** Whether it waits for this person alone, and not for whoever of the team comes first. */
  readonly isMine: boolean
  readonly since: string | null
  readonly dueAt: string | null
  /** When it is really late, where the due date is no working day; else as the due date. */
  readonly lateAt: string | null
  readonly isOverdue: boolean
  readonly detail: string
  readonly snoozedUntil: string | null
  readonly snoozeReason: string | null
  /** Where the action of this line is kept, so that it can be closed and moved in place; null for lines that are no actions. */
  readonly action: WorkAction | null
}

/** What an action said before it was given another day or other words. */
export interface ActionChanged {
  readonly at: string
  readonly by: string
  readonly reason: string
  readonly dueAt: string | null
  /** The words that were replaced; null where they stayed. */
  readonly title: string | null
}

export interface WorkAction {
  readonly kind: 'release' | 'check-in' | 'live'
  readonly ownerId: string
  readonly actionId: string
  readonly needsNote: boolean
  readonly source: string
  readonly ownerPersonId: string | null
  readonly team: string | null
  /** Newest first. */
  readonly changes: readonly ActionChanged[]
  /** The day that was agreed when it was made. */
  readonly agreedDueAt: string | null
  /** Whether what it was promised for has gone, so that it is free to be moved and dropped. */
  readonly isReleased: boolean
}

export type WorkGroupKey = 'overdue' | Todo | 'snoozed'

export interface WorkGroup {
  readonly key: WorkGroupKey
  readonly name: string
  /** What the group asks, in one sentence. */
  readonly hint: string
  readonly lines: readonly WorkLine[]
}

/** One thing that happened, as a digest tells it. */
export interface DigestChange {
  readonly at: string
  readonly code: string
  readonly href: string
  /** "Dana signed off gate 3 Model quality". */
  readonly words: string
}

export interface WorkView {
  readonly sentence: readonly SentencePart[]
  /** Every line but those that sleep; the sum of the groups. */
  readonly total: number
  /** Those that hold something, in the order in which to work them; what sleeps is last. */
  readonly groups: readonly WorkGroup[]
  readonly teams: readonly { readonly team: string; readonly name: string }[]
  readonly people: readonly { readonly id: string; readonly name: string }[]
  /** All teams, to hand actions on to. */
  readonly allTeams: readonly { readonly id: string; readonly name: string }[]
  readonly changes: readonly DigestChange[]
  readonly changesSince: string
  readonly asOf: string
}
