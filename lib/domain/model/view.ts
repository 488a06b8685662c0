/** Models as screens and the API show them: words revealed, and for each action why the reader may not take it (null: may). */
import type { TeamId } from '@/lib/domain/actor'
import type { DocumentKind } from '@/lib/domain/document/document'
import type { TeamShape } from '@/lib/domain/installation/state'
import type { ArtefactReference, Behaviour } from './state'

export interface TeamChoice {
  readonly id: TeamId
  readonly name: string
  readonly shape: TeamShape
}

export interface ModelListItem {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly purpose: string
  readonly ownerTeam: TeamId
  readonly codePrefix: string
  readonly isArchived: boolean
  readonly versionCount: number
  readonly newestVersion: { readonly label: string; readonly registeredAt: string } | null
  readonly live: readonly { readonly environmentName: string; readonly label: string; readonly isAtRisk: boolean }[]
  readonly openReleases: readonly { readonly releaseId: string; readonly code: string }[]
}

export interface ModelsView {
  readonly models: readonly ModelListItem[]
  readonly teams: readonly TeamChoice[]
  readonly allowed: { readonly register: string | null }
}

export interface VersionView {
  readonly id: string
  readonly label: string
  readonly artefact: ArtefactReference
  /** What can move, when the reference itself is not pinned. */
  readonly warning: string | null
  /** Address that opens the artefact, where the reference is one. */
  readonly href: string | null
  readonly codeCommit: string | null
  readonly data: { readonly raw: string; readonly pinned: boolean } | null
  readonly behaviour: Behaviour
  readonly registeredByName: string
  readonly registeredAt: string
  readonly withdrawn: { readonly at: string; readonly byName: string; readonly reason: string } | null
  readonly liveIn: readonly string[]
  readonly heldIn: readonly string[]
  readonly allowed: { readonly withdraw: string | null }
}

export interface DocumentView {
  readonly id: string
  readonly title: string
  /** Null when the words were erased. */
  readonly href: string | null
  readonly kind: DocumentKind
  readonly kindName: string
  readonly providerName: string
  readonly ownerTeam: TeamId
  readonly pinnedRevision: string | null
  readonly reviewedBy: readonly { readonly team: TeamId; readonly byName: string; readonly at: string }[]
  readonly byName: string
  readonly at: string
  readonly allowed: { readonly remove: string | null; readonly pin: string | null; readonly reviewFor: readonly TeamId[] }
}

export interface LiveVersionView {
  readonly environmentId: string
  readonly environmentSlug: string
  readonly environmentName: string
  readonly lastStable: {
    readonly versionId: string
    readonly label: string
    readonly since: string
    readonly recordedAt: string
    readonly how: 'released' | 'adopted' | 'rolled-back-to'
    readonly releaseId: string | null
    readonly releaseCode: string | null
  } | null
  readonly held: readonly { readonly versionId: string; readonly label: string; readonly at: string; readonly reason: string; readonly isLifted: boolean }[]
  readonly rollingOut: { readonly releaseId: string; readonly code: string } | null
  readonly watch: { readonly isAtRisk: boolean; readonly startedAt: string; readonly reviewAt: string | null } | null
}

export interface ModelView {
  readonly id: string
  readonly version: number
  readonly slug: string
  readonly name: string
  readonly purpose: string
  readonly ownerTeam: TeamId
  readonly codePrefix: string
  readonly isArchived: boolean
  readonly registeredAt: string
  readonly registeredByName: string
  /** Newest first. */
  readonly versions: readonly VersionView[]
  readonly documents: readonly DocumentView[]
  readonly live: readonly LiveVersionView[]
  readonly environments: readonly { readonly id: string; readonly name: string }[]
  readonly releases: readonly { readonly releaseId: string; readonly code: string; readonly environmentName: string; readonly phase: string; readonly isInFlight: boolean; readonly openedAt: string }[]
  readonly teams: readonly TeamChoice[]
  readonly allowed: {
    readonly edit: string | null
    readonly addVersion: string | null
    readonly archive: string | null
    readonly restore: string | null
    readonly attach: string | null
    readonly adopt: string | null
    readonly liftHold: string | null
    readonly openRelease: string | null
  }
}
