/** The settings of the public status page as a whole: whether there is one, its title, its zone, and whether search engines may list it. */

import { z } from 'zod'
import { label, timeZone } from '@/lib/domain/words'

export interface StatusPageSettings {
  readonly title: string
  readonly zone: string
  /** Whether search engines may list the page; off until somebody turns it on. */
  readonly isIndexed: boolean
}

export const DEFAULT_STATUS_PAGE: StatusPageSettings = { title: 'Model status', zone: 'UTC', isIndexed: false }

/** The command `configure-status`. */
export const configureStatus = z.strictObject({ type: z.literal('configure-status'), title: label(60), zone: timeZone, isIndexed: z.boolean() })
