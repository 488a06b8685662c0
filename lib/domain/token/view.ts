/** What screens and the API show of API tokens; never anything of their secrets. */

import type { TokenScope } from '@/lib/domain/actor'
import type { Allowed, NamedPerson } from '@/lib/domain/person/view'

export interface TokenView {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly scopes: readonly TokenScope[]
  readonly modelIds: readonly string[]
  readonly createdBy: NamedPerson
  readonly createdAt: string
  readonly expiresAt: string
  readonly revokedAt: string | null
  /** Whether it ended because its maker was archived. */
  readonly isMakerGone: boolean
  readonly lastUsedAt: string | null
  readonly standing: 'live' | 'expired' | 'revoked'
  readonly allowed: { readonly revoke: Allowed }
}

export interface TokensView {
  readonly tokens: readonly TokenView[]
  readonly models: readonly { readonly id: string; readonly slug: string }[]
  readonly allowed: { readonly create: Allowed }
}
