/** An incident that somebody writes for the status page, or the public words about one that the product found itself. */

import type { FreeText } from '@/lib/domain/text'

export const INCIDENT_STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number]

export const IMPACTS = ['none', 'minor', 'major', 'critical'] as const
export type Impact = (typeof IMPACTS)[number]

/** Who reads it: everyone, or only whoever has the secret link of the internal page. */
export const AUDIENCES = ['public', 'internal'] as const
export type Audience = (typeof AUDIENCES)[number]

export interface IncidentPlace {
  readonly modelId: string
  readonly environmentId: string
}

export interface IncidentUpdate {
  /** Counts from 1 and stays. */
  readonly number: number
  readonly status: IncidentStatus
  readonly text: FreeText
  readonly at: string
  readonly by: string
  /** When the words were last corrected; the earlier ones stay in the record. */
  readonly correctedAt: string | null
}

export interface IncidentState {
  readonly id: string
  /** The key of the incident that the product derived and that these words are about; null for one of its own. */
  readonly about: string | null
  readonly audience: Audience
  readonly title: FreeText
  readonly impact: Impact
  readonly places: readonly IncidentPlace[]
  /** Oldest first; at least one. */
  readonly updates: readonly IncidentUpdate[]
  readonly postMortem: { readonly text: FreeText; readonly at: string; readonly by: string } | null
  readonly startedAt: string
  readonly openedAt: string
  readonly openedBy: string
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: FreeText } | null
}

/** How it stands: what its newest update says. */
export function incidentStatus(state: IncidentState): IncidentStatus {
  return state.updates.at(-1)?.status ?? 'investigating'
}

/** Since when it is over; null while it goes on. */
export function incidentResolvedAt(state: IncidentState): string | null {
  return incidentStatus(state) === 'resolved' ? (state.updates.at(-1)?.at ?? null) : null
}
