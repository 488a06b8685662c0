/** A model with its versions, which never change once registered, and the documents that all teams share about it. */
import type { TeamId } from '@/lib/domain/actor'
import type { DocumentKind } from '@/lib/domain/document/document'
import type { InternalPublication, Publication } from './publication'
import type { ReferenceKind } from '@/lib/domain/reference/model-reference'
import type { FreeText } from '@/lib/domain/text'

export interface ArtefactReference {
  readonly raw: string
  readonly kind: ReferenceKind
  readonly label: string
  /** Whether the reference itself names the same bytes for ever. */
  readonly pinned: boolean
  /** What pins it: from the reference, or given beside one that can move. */
  readonly digest: string | null
}

/** What decides about answers beside the weights: references to prompt, tools, retrieval index and guard-rails; for hosted models the provider's clock. */
export interface Behaviour {
  readonly prompt: string | null
  readonly tools: string | null
  readonly index: string | null
  readonly guardRails: string | null
  readonly providerVersion: string | null
  /** Day on which the provider switches it off, `YYYY-MM-DD`. */
  readonly retiresOn: string | null
}

export interface ModelVersion {
  readonly id: string
  readonly label: string
  readonly artefact: ArtefactReference
  readonly codeCommit: string | null
  readonly data: { readonly raw: string; readonly kind: ReferenceKind; readonly pinned: boolean } | null
  readonly behaviour: Behaviour
  readonly registeredBy: string
  readonly registeredAt: string
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: FreeText } | null
}

export interface ModelDocument {
  readonly id: string
  readonly title: FreeText
  readonly url: FreeText
  readonly kind: DocumentKind
  readonly provider: string
  readonly ownerTeam: TeamId
  /** Null: shown as "unpinned". */
  readonly pinnedRevision: string | null
  readonly reviewedBy: readonly { readonly team: TeamId; readonly by: string; readonly at: string }[]
  readonly by: string
  readonly at: string
}

export interface ModelState {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly purpose: FreeText | null
  readonly ownerTeam: TeamId
  /** First half of the codes of its releases, such as FRAUD. */
  readonly codePrefix: string
  readonly versions: readonly ModelVersion[]
  readonly documents: readonly ModelDocument[]
  /** What the status page may show; null: nothing. */
  readonly publication: Publication | null
  /** What the internal page may show; absent as long as nobody chose anything. */
  readonly internalPublication?: InternalPublication | null
  readonly registeredAt: string
  readonly registeredBy: string
  readonly archivedAt: string | null
}
