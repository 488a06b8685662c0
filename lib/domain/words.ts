/** Hides what an acceptable word, label, zone or address is at the edge: the small schemas that several aggregates' commands share. */

import { z } from 'zod'

// Control characters and bidirectional overrides can make a label read as something else; new lines do not belong into one.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u

/** A label on one line: trimmed, without hidden characters. In: the most characters it may have. */
export function label(most: number) {
  return z.string().trim().min(1, 'must not be empty').max(most, `must have at most ${most} characters`)
    .refine((text) => !HIDDEN.test(text), 'must not contain control or hidden characters')
}

/** Words of a person: trimmed, new lines allowed. In: the most characters. */
export function note(most = 4000) {
  return z.string().trim().min(1, 'must not be empty').max(most, `must have at most ${most} characters`)
}

/** A short name for URLs and codes: lower case letters, digits and single dashes. */
export const slug = z.string().max(40, 'must have at most 40 characters')
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower case letters, digits and single dashes, beginning with a letter')

export const teamId = slug

/** A team and the role in it. */
export const membership = z.strictObject({ team: teamId, role: z.enum(['member', 'lead']) })

/** An e-mail address as it is compared: lower case. */
export const emailAddress = z.string().trim().toLowerCase().max(254, 'must have at most 254 characters').pipe(z.email('must be an e-mail address'))

/** A time zone that this runtime knows, such as Europe/Berlin. */
export const timeZone = z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Berlin')

/** Whether the runtime knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/**
 * A point in time, with whatever offset it came. Out: the same instant in UTC to the millisecond (PRODUCT rule 22), so that what is kept is ordered
 * as text; beyond four digits of the year that would not hold.
 */
export const instant = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-11-22T09:00:00Z' })
  .transform((text) => new Date(text).toISOString()).refine((text) => /^\d{4}-/.test(text), 'must be a time between the years 0 and 9999')
