/** What has happened to a model; every event says when and by whom. */
import type { TeamId } from '@/lib/domain/actor'
import type { FreeText } from '@/lib/domain/text'
import type { InternalPublication, Publication } from './publication'
import type { ModelDocument, ModelVersion } from './state'

type E<T extends string, D> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & D

export type ModelEvent =
  | E<'model-registered', { readonly id: string; readonly slug: string; readonly name: string; readonly purpose: FreeText | null; readonly ownerTeam: TeamId; readonly codePrefix: string }>
  | E<'model-edited', { readonly name: string; readonly purpose: FreeText | null; readonly ownerTeam: TeamId }>
  | E<'version-added', { readonly version: ModelVersion }>
  | E<'version-withdrawn', { readonly versionId: string; readonly reason: FreeText }>
  | E<'model-published', { readonly publication: Publication | null }>
  | E<'model-published-internally', { readonly publication: InternalPublication | null }>
  | E<'model-archived', unknown>
  | E<'model-restored', unknown>
  | E<'document-attached', { readonly document: ModelDocument }>
  | E<'document-removed', { readonly documentId: string }>
  | E<'document-reviewed', { readonly documentId: string; readonly team: TeamId }>
  | E<'document-pinned', { readonly documentId: string; readonly pinnedRevision: string | null }>
