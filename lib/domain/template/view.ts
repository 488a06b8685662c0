/** Templates as screens and the API show them. */
import type { TeamShape } from '@/lib/domain/installation/state'
import type { UnmetRule } from './attainable'
import type { TemplateDifference } from './difference'
import type { TemplateRevision, Tier } from './template'

export interface TemplateListItem {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly revision: number
  readonly changedAt: string
  readonly gateCount: number
  readonly itemCount: number
  readonly isArchived: boolean
  readonly isWaiting: boolean
  /** Gates that today's members cannot sign at some tier. */
  readonly unmetCount: number
}

export interface TemplatesView {
  readonly templates: readonly TemplateListItem[]
  readonly teams: TemplateView['teams']
  readonly separation: Readonly<Record<Tier, 'strict' | 'small-team'>>
  readonly allowed: { readonly create: string | null }
}

export interface RevisionView {
  readonly revision: number
  readonly at: string
  readonly byName: string
  readonly confirmedByName: string | null
  readonly reason: string | null
  /** Against the revision before it; null for the first. */
  readonly difference: TemplateDifference | null
}

export interface TemplateView {
  readonly id: string
  readonly version: number
  readonly content: TemplateRevision
  readonly revisions: readonly RevisionView[]
  readonly proposal: { readonly revision: number; readonly byName: string; readonly at: string; readonly reason: string; readonly difference: TemplateDifference; readonly changedRules: readonly string[] } | null
  readonly isArchived: boolean
  readonly teams: readonly { readonly id: string; readonly name: string; readonly shape: TeamShape }[]
  readonly separation: Readonly<Record<Tier, 'strict' | 'small-team'>>
  /** By tier: gates that today's members cannot sign, with the ways out. */
  readonly unmet: Readonly<Record<Tier, readonly UnmetRule[]>>
  readonly allowed: { readonly revise: string | null; readonly confirm: string | null; readonly archive: string | null; readonly copy: string | null }
}
