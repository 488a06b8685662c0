/** Makes, from what was just decided on a release, the step that messages are composed of: before, after, and the words between. */
import type { Change, DomainEvent } from '@/lib/domain/aggregate'
import { applyRelease } from '@/lib/domain/release/apply'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import { readRelease } from '@/lib/domain/release/phase'
import { agesAt } from '@/lib/domain/release/sentence'
import type { RollBackProposal } from '@/lib/domain/release/rollout-state'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { ReleaseWorld } from '@/lib/domain/release/world'
import { pastCommands, type LoggedEvent } from './past'
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

/** The roll-backs that a command on something else proposed on a release, by that command; those who gave it tell of them. */
export type Proposed = ReadonlyMap<string, readonly RollBackProposal[]>

/**
 * The steps of a release as they were told, read back from its log. In: all entries of one release, oldest first; the instant from which steps are
 * wanted; the freezes of its environment; the words. Out: the steps of its own commands, oldest first, and what commands on others proposed on it.
 */
export function pastSteps(entries: readonly LoggedEvent[], since: Date, freezes: Parameters<typeof readRelease>[1], words: Pick<ReleaseStep['words'], 'teamName' | 'reveal'>): { readonly steps: readonly ReleaseStep[]; readonly proposed: Proposed } {
  const recent = pastCommands<ReleaseState>(entries, (state, event) => fold.apply(state, event)).filter(({ first }) => first.at >= since)
  const steps = recent.filter(({ first }) => first.isOwn).map(({ first: { at, actorName }, events, before, after }): ReleaseStep => ({
    before: before && { state: before, reading: readRelease(before, freezes, at) }, after: { state: after, reading: readRelease(after, freezes, at) },
    events: fold.list(events), actorName, now: at, words: { ...words, age: agesAt(at) },
  }))
  const others = recent.filter(({ first }) => !first.isOwn)
  return { steps, proposed: new Map(others.map(({ first, events }) => [first.command, fold.list(events).flatMap((event) => (event.type === 'roll-back-proposed' ? [event.proposal] : []))])) }
}
