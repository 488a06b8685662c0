/** What the status page is made from: the facts of the inside, and one model in one environment as its publication leaves it. */
import type { IncidentState } from '@/lib/domain/incident/state'
import type { StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { LiveRecord } from '@/lib/domain/live/day'
import type { LiveState } from '@/lib/domain/live/state'
import type { InternalField, InternalPublication, Publication } from '@/lib/domain/model/publication'
import type { ReleaseReading } from '@/lib/domain/release/phase'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { Reveal } from '@/lib/domain/text'

/** One finding without a word of it. Its key names it for good, and is never public. */
export interface DerivedFact {
  readonly key: string
  readonly kind: 'roll-back' | 'hold' | 'at-risk' | 'watch'
  readonly modelId: string
  readonly environmentId: string
  /** Of the version that it is about. */
  readonly label: string | null
  /** Of the version that traffic returns to. */
  readonly to: string | null
  /** Per cent of traffic, where it was not all. */
  readonly share: number | null
  readonly startedAt: string
  readonly resolvedAt: string | null
}

export interface StatusTeam {
  readonly id: string
  readonly name: string
  readonly shape: string
}

/** Facts of the inside, private words included; only this folder may read them on the way to the public. */
export interface StatusFacts {
  readonly settings: StatusPageSettings
  readonly teams: readonly StatusTeam[]
  readonly models: readonly { readonly id: string; readonly publication: Publication | null; readonly internal?: InternalPublication | null }[]
  readonly lives: readonly LiveState[]
  /** In flight, or rolled back not long ago. */
  readonly releases: readonly { readonly state: ReleaseState; readonly reading: ReleaseReading }[]
  /** Makes an id for the outside that says nothing about the inside. */
  readonly publicId: (key: string) => string
  /** The record of each live version, by its id. */
  readonly records?: ReadonlyMap<string, LiveRecord>
  /** Written incidents, and findings that were kept; of the last year. */
  readonly written?: readonly IncidentState[]
  readonly kept?: readonly DerivedFact[]
  /** Opens what people wrote: all of the written incidents, reasons only where the internal page shows them. */
  readonly reveal?: Reveal
  /** The instant of the facts; only the sentence of a release needs it. */
  readonly now?: Date
}

/** One model in one environment as the rules of its publication leave it. */
export interface Slot {
  readonly modelId: string
  readonly environmentId: string
  readonly publication: Publication | InternalPublication
  readonly environment: string | null
  readonly componentId: string
  readonly live: LiveState | null
  readonly record: LiveRecord | null
  readonly releases: StatusFacts['releases']
  readonly shows: (field: InternalField) => boolean
  readonly publicId: (key: string) => string
  readonly teams: readonly StatusTeam[]
  readonly reveal: Reveal
  readonly now: Date
}
