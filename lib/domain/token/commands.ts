/** The words in which API tokens are created and revoked. */

import { z } from 'zod'
import { DEFAULT_TOKEN_DAYS, MAX_TOKEN_DAYS } from '@/lib/domain/token/state'
import { label } from '@/lib/domain/words'

export const tokenScope = z.enum(['evidence', 'ask', 'observe', 'read', 'alert'])

/** What a person says of a new token; the server adds the hash of the secret that it made. */
export const tokenWish = {
  name: label(60),
  scopes: z.array(tokenScope).min(1, 'must name at least one scope').max(5).refine((all) => new Set(all).size === all.length, 'must name each scope once'),
  modelIds: z.array(z.uuid()).max(100).default([]),
  days: z.int().min(1).max(MAX_TOKEN_DAYS, `must be at most ${MAX_TOKEN_DAYS} days`).default(DEFAULT_TOKEN_DAYS),
}

export const tokenCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('create'), ...tokenWish, hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex') }),
  z.strictObject({ type: z.literal('revoke') }),
])

export type TokenCommand = z.infer<typeof tokenCommand>
