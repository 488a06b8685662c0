/** The settings of the public status page as a whole: whether there is one, its title, its zone, and whether search engines may list it. */

import { z } from 'zod'
import { label, timeZone } from '@/lib/domain/words'

export interface StatusPageSettings {
  readonly title: string
  readonly zone: string
  /** Whether search engines may list the page; off until somebody turns it on. */
  readonly isIndexed: boolean
  /** Ways in which strangers may ask to be told of incidents; none until somebody allows them. */
  readonly subscriptions?: readonly SubscriptionChannel[] | undefined
}

export const SUBSCRIPTION_CHANNELS = ['email', 'slack', 'webhook'] as const
export type SubscriptionChannel = (typeof SUBSCRIPTION_CHANNELS)[number]

/** The secret link of the internal page: its hash, never the link. */
export interface StatusLink {
  readonly hash: string
  readonly since: string
  readonly by: string
}

export const DEFAULT_STATUS_PAGE: StatusPageSettings = { title: 'Model status', zone: 'UTC', isIndexed: false }

/** The command `configure-status`. */
export const configureStatus = z.strictObject({
  type: z.literal('configure-status'), title: label(60), zone: timeZone, isIndexed: z.boolean(),
  subscriptions: z.array(z.enum(SUBSCRIPTION_CHANNELS)).max(3).refine((list) => new Set(list).size === list.length, 'must name each way once').optional(),
})

/** The commands `set-status-link`, which replaces an earlier link, and `revoke-status-link`. */
export const setStatusLink = z.strictObject({ type: z.literal('set-status-link'), hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal') })
export const revokeStatusLink = z.strictObject({ type: z.literal('revoke-status-link') })
