/** A template with all its revisions: a release stays with the one that it began with (PRODUCT rule 17). */
import type { FreeText } from '@/lib/domain/text'
import type { TemplateRevision } from './template'

export interface KeptRevision {
  readonly content: TemplateRevision
  readonly reason: FreeText | null
  readonly by: string
  /** The second person, where the sign-off rules changed. */
  readonly confirmedBy: string | null
  readonly at: string
}

export interface RevisionProposal {
  readonly content: TemplateRevision
  readonly reason: FreeText
  /** Gates whose sign-off rule it changes. */
  readonly changedRules: readonly string[]
  readonly by: string
  readonly at: string
}

export interface TemplateState {
  readonly id: string
  /** In order; the last one is what new releases begin with. */
  readonly revisions: readonly KeptRevision[]
  readonly proposal: RevisionProposal | null
  readonly archivedAt: string | null
}

/** The revision that new releases begin with. Throws when there is none, which no event leaves behind. */
export function currentRevision(state: TemplateState): TemplateRevision {
  const last = state.revisions.at(-1)
  if (!last) throw new Error(`template ${state.id} has no revision`)
  return last.content
}
