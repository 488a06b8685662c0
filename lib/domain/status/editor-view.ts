/** What the editor of the status page shows, and what its preview asks and gets. */

import type { StatusPageSettings, SubscriptionChannel } from '@/lib/domain/installation/status-page'
import type { Audience, Impact, IncidentPlace, IncidentStatus } from '@/lib/domain/incident/state'
import type { InternalPublication, Publication } from '@/lib/domain/model/publication'
import type { PublicStatus } from '@/lib/domain/status/status'

export interface StatusEditorView {
  readonly settings: StatusPageSettings
  readonly models: readonly { readonly id: string; readonly name: string; readonly slug: string; readonly publication: Publication | null; readonly internal: InternalPublication | null }[]
  readonly environments: readonly { readonly id: string; readonly name: string }[]
  /** Of the public addresses. */
  readonly origin: string
  /** What is published now, under the ids of its badges. */
  readonly components: readonly { readonly id: string; readonly name: string }[]
  /** Since when the secret link of the internal page holds; null while there is none. */
  readonly linkSince: string | null
  /** Ways of subscribing that can be offered here; e-mail needs a mail server. */
  readonly channels: readonly SubscriptionChannel[]
  /** How many are told, by way. */
  readonly subscribers: Readonly<Record<SubscriptionChannel, number>>
  /** Null: may change; else why not. */
  readonly refusal: string | null
}

export interface StatusPreview {
  readonly status: PublicStatus
  readonly asOf: string
}

/** One written incident, with its words, for whoever may tell on it. */
export interface WrittenIncident {
  readonly id: string
  readonly about: string | null
  readonly audience: Audience
  readonly title: string
  readonly impact: Impact
  readonly status: IncidentStatus
  readonly places: readonly IncidentPlace[]
  readonly updates: readonly { readonly number: number; readonly status: IncidentStatus; readonly text: string; readonly at: string; readonly by: string; readonly correctedAt: string | null }[]
  readonly postMortem: string | null
  readonly startedAt: string
  readonly resolvedAt: string | null
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: string } | null
  /** Under which address the public finds it; null where it is not public. */
  readonly path: string | null
}

export interface IncidentsView {
  readonly written: readonly WrittenIncident[]
  /** What the product found and nobody has written about yet, the newest first. */
  readonly found: readonly { readonly key: string; readonly name: string; readonly status: IncidentStatus; readonly startedAt: string; readonly path: string | null; readonly impact: Impact; readonly audience: Audience }[]
  readonly models: readonly { readonly id: string; readonly name: string }[]
  readonly environments: readonly { readonly id: string; readonly name: string }[]
  readonly zone: string
  readonly asOf: string
  /** Null: may write; else why not. */
  readonly refusal: string | null
}
