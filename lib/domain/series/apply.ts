/** Folds what happened into the state of a series. */
import type { SeriesEvent } from './events'
import type { SeriesPlan, SeriesState, Stretch } from './state'

/** Older ones are over, and found by their ids all the same. */
const MOST_OPENED = 500

/** In: the state before (null before it was started) and one event that `decideSeries` made. Out: the state after. Throws on an event that cannot follow. */
export function applySeries(state: SeriesState | null, event: SeriesEvent): SeriesState {
  if (event.type === 'series-started') {
    const first: Stretch = { number: 1, from: event.plan.firstDate, to: null, plan: event.plan, sequence: 0, changedAt: event.at }
    return { id: event.id, stretches: [first], revision: 1, opened: [], startedBy: event.by, startedAt: event.at, changedBy: event.by, ended: null }
  }
  if (state === null) throw new Error(`${event.type} before the series was started`)
  switch (event.type) {
    case 'series-changed': return { ...state, stretches: changedFrom(state.stretches, event.from, event.plan, event.at), revision: state.revision + 1, changedBy: event.by }
    case 'series-ended': {
      const stretches = cutAt(state.stretches, event.from, event.at)
      return { ...state, stretches, revision: state.revision + 1, changedBy: event.by, ended: { reason: event.reason, by: event.by, at: event.at } }
    }
    case 'occurrence-opened': return { ...state, opened: [...state.opened, event.key].slice(-MOST_OPENED) }
    default: return unknown(event)
  }
}

/** Ends what lies after a date: stretches that reach over it are cut, later ones keep their place as empty, so that calendars hear of it. */
function cutAt(stretches: readonly Stretch[], from: string, at: string): readonly Stretch[] {
  return stretches.map((one) => (one.to !== null && one.to <= from ? one : { ...one, to: one.from > from ? one.from : from, sequence: one.sequence + 1, changedAt: at }))
}

/** A plan from a date on: it takes the place of the stretch that begins on that very day, else it cuts the one before and begins its own. */
function changedFrom(stretches: readonly Stretch[], from: string, plan: SeriesPlan, at: string): readonly Stretch[] {
  const same = stretches.findIndex((one) => one.from >= from && (one.to === null || one.to > one.from))
  if (same !== -1) {
    return cutAt(stretches, from, at).map((one, index) => (index === same ? { ...one, from, to: null, plan } : one))
  }
  return [...cutAt(stretches, from, at), { number: stretches.length + 1, from, to: null, plan, sequence: 0, changedAt: at }]
}

function unknown(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
