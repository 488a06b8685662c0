/** The history of the status page by calendar months of the reader's zone. */

import type { PublicIncident } from './status'

export interface Month {
  /** 2026-11. */
  readonly key: string
  /** November 2026. */
  readonly name: string
}

/** So many months can be looked at: the one that has begun, and a year before it. */
export const MONTHS = 13

const NAMES = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** The month of an instant in a zone. */
export function monthOf(at: string, zone: string): Month {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(new Date(at))
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return { key: `${of('year')}-${of('month')}`, name: `${NAMES[Number(of('month')) - 1] ?? ''} ${of('year')}` }
}

/** The months that can be looked at, the newest first. */
export function monthsBefore(now: string, zone: string): readonly Month[] {
  const [year = 0, month = 1] = monthOf(now, zone).key.split('-').map(Number)
  return Array.from({ length: MONTHS }, (_, back) => {
    const index = year * 12 + (month - 1) - back
    const [y, m] = [Math.floor(index / 12), index % 12]
    return { key: `${y}-${String(m + 1).padStart(2, '0')}`, name: `${NAMES[m] ?? ''} ${y}` }
  })
}

/** What was going on in a month: what began in it, and what reached into it. */
export function incidentsIn(incidents: readonly PublicIncident[], month: string, zone: string): readonly PublicIncident[] {
  return incidents.filter((one) => monthOf(one.startedAt, zone).key <= month && (one.resolvedAt === null || monthOf(one.resolvedAt, zone).key >= month))
}
