/** Expands recurrence rules by a kept library, within bounds: no rule can run away, and what a month gives is asked once. */
import 'server-only'
import 'temporal-polyfill/global'
import { RRuleTemporal } from 'rrule-temporal'

/** Steps of the library from one day to the next; a rule that gives none (the 30th of February) ends here after a tenth of a second. */
const MOST_STEPS = 5_000
/** The longest stretch of days that is laid out at once. */
const MOST_MS = 6 * 366 * 86_400_000
const MOST_KEPT = 500

const kept = new Map<string, readonly string[]>()

/**
 * Days of a rule between two days, both included and at most six years apart. In: a rule that `ruleProblem` let through, the day from
 * which it counts. Out: the days in order; empty where it gives none, or none within bounds.
 */
export function datesOf(rule: string, firstDate: string, from: string, to: string): readonly string[] {
  const key = `${rule} ${firstDate} ${from} ${to}`
  const known = kept.get(key)
  if (known) return known
  const dates = expand(rule, firstDate, from, to)
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, dates)
  return dates
}

function expand(rule: string, firstDate: string, from: string, to: string): readonly string[] {
  const [start, end] = [Date.parse(`${from}T00:00Z`), Date.parse(`${to}T00:00Z`)]
  if (!(end >= start)) return []
  try {
    // Days only: midnight of a clock without zone, which the library calls UTC; the zone comes in when a day gets its time.
    const recurrence = new RRuleTemporal({ rruleString: `DTSTART:${firstDate.replaceAll('-', '')}T000000Z\nRRULE:${rule}`, maxIterations: MOST_STEPS, cache: false })
    return recurrence.between(new Date(start), new Date(Math.min(end, start + MOST_MS)), true).map((at) => new Date(at.epochMilliseconds).toISOString().slice(0, 10))
  } catch {
    return [] // no day within its bounds, or no rule at all
  }
}
