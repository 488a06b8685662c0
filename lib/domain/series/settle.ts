/** What only time moves in a series: occurrences become check-ins shortly before they start, and those that nobody started are recorded as missed, once. */
import { accept, type Change, type Outcome } from '@/lib/domain/aggregate'
import type { CheckInState } from '@/lib/domain/check-in/state'
import { same } from '@/lib/domain/same'
import { layOut, type Occurrence } from './lay-out'
import { cancelled, opened, replanned, type Turn } from './occurrence'
import type { SeriesState } from './state'
import { addDays } from './wall-clock'

const HOUR_MS = 3_600_000
/** Every occurrence becomes a check-in so long before its start, and the next one of a series earlier, so that people can prepare it. */
export const LEAD_MS = 24 * HOUR_MS
export const NEXT_LEAD_DAYS = 8
/** A check-in that nobody started so long after its time was missed. */
export const MISSED_AFTER_MS = 4 * HOUR_MS
/** A server that was away for longer does not invent what happened. */
export const LOOK_BACK_DAYS = 31
/** One decision stays small; the next beat goes on. */
const MOST_AT_ONCE = 20

/** In: the state and the moment. Out: changes that the clock makes; none when nothing is due. Nothing from before the series was planned is opened or missed. */
export function decideSettle(state: SeriesState, turn: Turn): Outcome {
  const { context } = turn
  const now = Date.parse(context.now)
  const today = context.now.slice(0, 10)
  const laid = layOut(state, context.ground, addDays(today, -LOOK_BACK_DAYS), addDays(today, NEXT_LEAD_DAYS + 1)).filter((one) => one.startsAt > state.startedAt)
  const next = laid.find((one) => one.status === 'planned' && Date.parse(one.startsAt) > now)
  const changes: Change[] = []
  let grown = state
  for (const one of laid) {
    if (changes.length >= MOST_AT_ONCE) break
    const there = context.checkIns.get(one.key)
    if (there) {
      const change = settled(there, one, now, turn)
      if (change) changes.push(change)
    } else if (isDue(one, next, now, turn)) {
      changes.push(...opened(one, grown, turn))
      grown = { ...grown, opened: [...grown.opened, one.key] }
      if (Date.parse(one.startsAt) + MISSED_AFTER_MS <= now) changes.push(turn.checkIn(one.key, { type: 'check-in-missed' }))
    }
  }
  return accept(turn.own(), ...changes)
}

function isDue(one: Occurrence, next: Occurrence | undefined, now: number, { context }: Turn): boolean {
  if (one.status === 'skipped') return false
  const lead = Date.parse(one.startsAt) - now
  // Whether a release was rolling out then is not known any more.
  if (one.isConditional) return lead > 0 && lead <= LEAD_MS && context.isRollingOut(one.stretch.plan.scope)
  return lead <= LEAD_MS || (one === next && lead <= NEXT_LEAD_DAYS * 24 * HOUR_MS)
}

/** A check-in that has not begun follows holidays and releases that changed, unless somebody moved it by hand; after its time it is missed. */
function settled(there: CheckInState, one: Occurrence, now: number, turn: Turn): Change | null {
  if (there.status !== 'scheduled') return null
  const startsAt = Date.parse(there.startsAt)
  if (startsAt + MISSED_AFTER_MS <= now) return turn.checkIn(one.key, { type: 'check-in-missed' })
  if (startsAt <= now || there.series?.laidFor !== there.startsAt) return null
  if (one.status === 'skipped') return turn.checkIn(one.key, cancelled(one.note ?? 'skipped'))
  const isSame = one.startsAt === there.startsAt && same(turn.context.releaseIdsOf(one.stretch.plan.scope), there.releaseIds)
  return isSame || one.startsAt <= turn.context.now ? null : turn.checkIn(one.key, replanned(one, turn))
}
