/** An API token of a pipeline: what it may do and until when. Of its secret only the hash is known. */

import type { TokenScope } from '@/lib/domain/actor'

/** Whoever made a token has seen its secret; when they leave, it leaves with them. */
export type RevokedBecause = 'maker-archived'

export interface TokenState {
  readonly id: string
  readonly name: string
  readonly scopes: readonly TokenScope[]
  /** Models that it may speak for; empty means all. */
  readonly modelIds: readonly string[]
  /** SHA-256 of the secret in hex; the secret has full entropy, so a slow hash would add nothing. */
  readonly hash: string
  readonly createdBy: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly revokedAt: string | null
  readonly revokedBy: string | null
  /** Present where it was not revoked for itself. */
  readonly revokedBecause?: RevokedBecause
}

/** Lifetime in days: what is offered, and the longest. */
export const DEFAULT_TOKEN_DAYS = 90
export const MAX_TOKEN_DAYS = 365

/** Whether the token may be used at this time. */
export function isTokenLive(token: Pick<TokenState, 'expiresAt' | 'revokedAt'>, now: Date): boolean {
  return token.revokedAt === null && new Date(token.expiresAt) > now
}
