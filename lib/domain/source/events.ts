/** What can have happened to a metrics source. Its credentials are never in here. */

import type { FreeText } from '@/lib/domain/text'
import type { AuthKind, TlsPart } from './state'

type Event<T extends string, Body> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & Readonly<Body>

interface Wishes {
  name: FreeText
  url: FreeText
  auth: AuthKind
  headerNames: readonly string[]
  /** Left out where there is none, as in every entry from before it was known. */
  tls?: readonly TlsPart[]
  scrapeIntervalSeconds: number
  secretId: string | null
}

export type SourceEvent =
  | Event<'source-added', Wishes & { id: string }>
  | Event<'source-edited', Wishes>
  | Event<'source-archived', Record<never, never>>
  | Event<'source-restored', Record<never, never>>
