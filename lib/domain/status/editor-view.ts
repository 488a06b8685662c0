/** What the editor of the status page shows, and what its preview asks and gets. */

import type { StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { Publication } from '@/lib/domain/model/publication'
import type { PublicStatus } from '@/lib/domain/status/status'

export interface StatusEditorView {
  readonly settings: StatusPageSettings
  readonly models: readonly { readonly id: string; readonly name: string; readonly slug: string; readonly publication: Publication | null }[]
  readonly environments: readonly { readonly id: string; readonly name: string }[]
  /** Of the public addresses. */
  readonly origin: string
  /** What is published now, under the ids of its badges. */
  readonly components: readonly { readonly id: string; readonly name: string }[]
  /** Null: may change; else why not. */
  readonly refusal: string | null
}

export interface StatusPreview {
  readonly status: PublicStatus
  readonly asOf: string
}
