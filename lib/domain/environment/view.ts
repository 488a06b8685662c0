/** Environments as screens and the API show them. */
import type { EnvironmentKind, Orchestrator } from './state'

export interface FreezeView {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly zone: string
  readonly reason: string
  readonly byName: string
  readonly standing: 'coming' | 'active' | 'over' | 'ended'
}

export interface EnvironmentView {
  readonly id: string
  readonly version: number
  readonly slug: string
  readonly name: string
  readonly kind: EnvironmentKind
  readonly orchestrator: Orchestrator
  readonly sourceId: string | null
  readonly sourceName: string | null
  readonly zone: string
  /** Active ones first, then coming, then those that are over. */
  readonly freezes: readonly FreezeView[]
  readonly isArchived: boolean
  readonly live: readonly { readonly modelSlug: string; readonly modelName: string; readonly label: string; readonly isAtRisk: boolean }[]
  readonly openReleases: readonly { readonly releaseId: string; readonly code: string }[]
  readonly allowed: {
    readonly edit: string | null
    readonly archive: string | null
    readonly restore: string | null
    readonly addFreeze: string | null
    readonly endFreeze: string | null
  }
}

export interface EnvironmentsView {
  readonly environments: readonly EnvironmentView[]
  readonly sources: readonly { readonly id: string; readonly name: string }[]
  readonly allowed: { readonly add: string | null }
}
