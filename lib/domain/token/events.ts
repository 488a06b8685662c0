/** What can have happened to an API token. Its use is no event: it is stamped beside the record. */

import type { TokenScope } from '@/lib/domain/actor'
import type { RevokedBecause } from '@/lib/domain/token/state'

type Event<T extends string, Body> = { readonly type: T; readonly v: 1 } & Readonly<Body>

export type TokenEvent =
  | Event<'token-created', {
      id: string
      name: string
      scopes: readonly TokenScope[]
      modelIds: readonly string[]
      hash: string
      by: string
      at: string
      expiresAt: string
    }>
  | Event<'token-revoked', { by: string; at: string; because?: RevokedBecause }>
