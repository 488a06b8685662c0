/** Makes, from what was just decided on a release, the step that messages are composed of: before, after, and the words between. */
import type { Change, DomainEvent } from '@/lib/domain/aggregate'
import { applyRelease } from '@/lib/domain/release/apply'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import { readRelease } from '@/lib/domain/release/phase'
import { agesAt } from '@/lib/domain/release/sentence'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { ReleaseWorld } from '@/lib/domain/release/world'
import type { ReleaseStep } from './release-happenings'

/** Events of any aggregate, folded as those of a release; only changes of kind `release` are given to it. */
interface Fold {
  apply(state: ReleaseState | null, event: DomainEvent): ReleaseState
  list(events: readonly DomainEvent[]): readonly ReleaseEvent[]
}
const fold: Fold = { apply: applyRelease, list: (events: readonly ReleaseEvent[]) => events }

/** In: the world before, the changes, who acted, the words of seals. Out: one step for the release itself; none when nothing changed. */
export function releaseSteps(world: ReleaseWorld, changes: readonly Change[], actorName: string, seals: ReadonlyMap<string, string | null>, now: Date): readonly ReleaseStep[] {
  const own = changes.filter((change) => change.kind === 'release' && change.id === world.id).flatMap((change) => change.events)
  if (own.length === 0) return []
  const freezes = world.environment?.freezes ?? []
  const after = own.reduce<ReleaseState | null>((state, event) => fold.apply(state, event), world.release)
  if (!after) return []
  return [{
    before: world.release && { state: world.release, reading: readRelease(world.release, freezes, now) },
    after: { state: after, reading: readRelease(after, freezes, now) },
    events: fold.list(own), actorName, now,
    words: { teamName: (team) => world.teams.find((t) => t.id === team)?.name ?? team, reveal: (hash) => seals.get(hash), age: agesAt(now) },
  }]
}

/** One entry of the log of a release, its texts sealed. */
export interface LoggedEvent {
  readonly at: Date
  readonly actorName: string
  readonly event: DomainEvent
}

/**
 * The steps of a release as they were told, read back from its log: what one command did shares its instant. In: all entries of one release, oldest
 * first; the instant from which steps are wanted; the freezes of its environment; the words. Out: the steps, oldest first.
 */
export function pastSteps(entries: readonly LoggedEvent[], since: Date, freezes: Parameters<typeof readRelease>[1], words: Pick<ReleaseStep['words'], 'teamName' | 'reveal'>): readonly ReleaseStep[] {
  const steps: ReleaseStep[] = []
  let state: ReleaseState | null = null
  for (let from = 0; from < entries.length;) {
    const first = entries[from]
    if (!first) break
    const ends = entries.findIndex((one, index) => index > from && one.at.getTime() !== first.at.getTime())
    const events = entries.slice(from, ends === -1 ? entries.length : ends).map((one) => one.event)
    const before: ReleaseState | null = state
    const after: ReleaseState | null = events.reduce<ReleaseState | null>((folded, event) => fold.apply(folded, event), before)
    if (after && first.at >= since) {
      steps.push({
        before: before && { state: before, reading: readRelease(before, freezes, first.at) }, after: { state: after, reading: readRelease(after, freezes, first.at) },
        events: fold.list(events), actorName: first.actorName, now: first.at, words: { ...words, age: agesAt(first.at) },
      })
    }
    state = after
    from += events.length
  }
  return steps
}
