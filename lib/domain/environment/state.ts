/** An environment that models run in, where its metrics come from, and the windows in which nothing may move. */
import type { FreeText } from '@/lib/domain/text'

export const ENVIRONMENT_KINDS = ['on-premises', 'cloud', 'hybrid', 'edge'] as const
export type EnvironmentKind = (typeof ENVIRONMENT_KINDS)[number]
export const ENVIRONMENT_KIND_NAMES: Readonly<Record<EnvironmentKind, string>> = { 'on-premises': 'On-premises', cloud: 'Cloud', hybrid: 'Hybrid', edge: 'Edge' }

export const ORCHESTRATORS = ['kubernetes', 'virtual-machines', 'serverless', 'bare-metal'] as const
export type Orchestrator = (typeof ORCHESTRATORS)[number]
export const ORCHESTRATOR_NAMES: Readonly<Record<Orchestrator, string>> = {
  kubernetes: 'Kubernetes', 'virtual-machines': 'Virtual machines', serverless: 'Serverless', 'bare-metal': 'Bare metal',
}

/** Refuses the start and the next step of a rollout between two instants; never a sign-off, a go or a roll-back (PRODUCT rule 22). */
export interface Freeze {
  readonly id: string
  readonly from: string
  readonly to: string
  /** The zone in which it was stated, for display. */
  readonly zone: string
  readonly reason: FreeText
  readonly by: string
  readonly at: string
  readonly ended: { readonly by: string; readonly at: string } | null
}

export interface EnvironmentState {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: EnvironmentKind
  readonly orchestrator: Orchestrator
  /** The metrics source that scrapes it; null: metric items cannot be measured here. */
  readonly sourceId: string | null
  readonly zone: string
  readonly freezes: readonly Freeze[]
  readonly registeredAt: string
  readonly registeredBy: string
  readonly archivedAt: string | null
}
