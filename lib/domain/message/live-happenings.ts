/** Reads out of the events of a live version what people should hear of: the standing watch that turned (PRODUCT rule 23). */

import type { Change, DomainEvent } from '@/lib/domain/aggregate'
import type { LiveEvent } from '@/lib/domain/live/events'
import type { LiveState } from '@/lib/domain/live/state'
import type { Happening, Subject } from './compose'

export interface LiveStep {
  /** The live version before the command. */
  readonly live: LiveState
  readonly modelName: string
  readonly modelSlug: string
  readonly environmentName: string
  readonly events: readonly LiveEvent[]
}

/** Changes of a live version hold its events and no others; a method, so that the narrower list fits without a cast. */
interface Read {
  list(events: readonly DomainEvent[]): readonly LiveEvent[]
}
const read: Read = { list: (events: readonly LiveEvent[]) => events }

/** The events of one live version among what was decided. */
export function liveEventsOf(changes: readonly Change[], liveId: string): readonly LiveEvent[] {
  return read.list(changes.filter((change) => change.kind === 'live' && change.id === liveId).flatMap((change) => change.events))
}

/** What a message about a live version is about, and what stands under its title. */
export function liveSubject({ live, modelName, environmentName, events }: LiveStep): Subject {
  const turn = events.findLast((event) => event.type === 'watch-turned')
  const label = live.lastStable?.label ?? ''
  const sentence = turn?.isAtRisk ? `At risk: ${turn.title}, ${turn.verdict.reason}.` : `${label} is live in ${environmentName}; its standing watch is quiet.`
  return {
    name: `${modelName} ${label} in ${environmentName}`,
    sentence,
    whoActsNext: turn?.isAtRisk ? 'Ops: a release or an action answers it; rolling back is one step away.' : 'Nobody right now.',
  }
}

/** Turns to and from a failing verdict; a watch that is merely unmeasured is shown, not told. */
export function liveHappenings({ live, modelSlug, events }: LiveStep): readonly Happening[] {
  return events.flatMap((event): readonly Happening[] => {
    if (event.type !== 'watch-turned') return []
    const wasFailing = live.watch?.items[event.itemId]?.verdict === 'fail'
    const isFailing = event.verdict.verdict === 'fail'
    if (!isFailing && !(wasFailing && event.verdict.verdict === 'pass')) return []
    const headline = isFailing ? `${event.title} is past its limit` : `${event.title} is within its limit again`
    const line = isFailing ? `${event.title}: ${event.verdict.reason}.` : `${event.title} passes again.`
    return [{ kind: 'live-turned', headline, line, teams: [], path: `/models/${encodeURIComponent(modelSlug)}`, linkLabel: 'Open the live version' }]
  })
}
