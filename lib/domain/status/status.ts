/** Everything that the public may see, and nothing else: the one shape from which the status page and its JSON are made. */

import type { Impact, IncidentStatus } from '@/lib/domain/incident/state'
import type { LiveRecord } from '@/lib/domain/live/day'
import type { MarkState, RailModel } from '@/lib/domain/rail'

/** How a live version does. `unmeasured` is neither good nor bad: it runs, and nothing says how. */
export type PublicState = 'stable' | 'at-risk' | 'rolling-back' | 'unmeasured' | 'nothing-live'

export interface PublicComponent {
  /** Not an id of the product; stays the same over rebuilds. */
  readonly id: string
  readonly name: string
  readonly environment: string | null
  readonly version: string | null
  /** Null where the state is not published. */
  readonly state: PublicState | null
  readonly since: string
  /** The last ninety days; absent where they are not published. */
  readonly record?: LiveRecord
}

export interface PublicRelease {
  readonly id: string
  readonly name: string
  readonly environment: string | null
  /** "rolling out, 20 % of traffic", "preparing, waits for Ops"; "on its way" where the phase is not published. */
  readonly progress: string
  readonly targetAt: string | null
  /** Whether traffic moves already; null where the phase is not published. */
  readonly isRollingOut: boolean | null
  readonly componentId: string
  readonly rail: RailModel | null
  /** On the internal page, where they are chosen: the code of the release, and the sentence that says what blocks it. */
  readonly code?: string
  readonly sentence?: string
}

export interface PublicIncident {
  readonly id: string
  readonly name: string
  readonly kind: 'at-risk' | 'hold' | 'roll-back' | 'written'
  readonly impact: Impact
  readonly status: IncidentStatus
  /** What is affected, as far as it is shown. */
  readonly componentIds: readonly string[]
  readonly startedAt: string
  readonly resolvedAt: string | null
  /** Newest first. */
  readonly updates: readonly { readonly status: IncidentStatus; readonly at: string; readonly text: string; readonly correctedAt?: string }[]
  /** Written in Markdown, shown as text. */
  readonly postMortem?: { readonly at: string; readonly text: string }
}

export interface PublicStatus {
  readonly title: string
  readonly zone: string
  readonly isIndexed: boolean
  readonly indicator: Impact
  readonly headline: string
  readonly detail: string
  readonly components: readonly PublicComponent[]
  readonly moving: readonly PublicRelease[]
  readonly incidents: readonly PublicIncident[]
}

export const PUBLIC_STATE_TEXT: Readonly<Record<PublicState, { readonly label: string; readonly mark: MarkState }>> = {
  'stable': { label: 'Stable', mark: 'passed' },
  'at-risk': { label: 'At risk', mark: 'risk' },
  'rolling-back': { label: 'Rolling back', mark: 'failed' },
  'unmeasured': { label: 'Not measured', mark: 'no-data' },
  'nothing-live': { label: 'Nothing live yet', mark: 'later' },
}

export const INCIDENT_TEXT: Readonly<Record<IncidentStatus, { readonly label: string; readonly mark: MarkState }>> = {
  investigating: { label: 'Investigating', mark: 'risk' },
  identified: { label: 'Identified', mark: 'risk' },
  monitoring: { label: 'Monitoring', mark: 'waiting' },
  resolved: { label: 'Resolved', mark: 'passed' },
}
