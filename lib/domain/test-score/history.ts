/** The score as it was known at earlier moments: releases and live versions as the log gives them up to then, and nothing that came later. Pure. */
import { applyLive } from '@/lib/domain/live/apply'
import type { LiveEvent } from '@/lib/domain/live/events'
import type { LiveState } from '@/lib/domain/live/state'
import { applyPlainly } from '@/lib/domain/release/apply'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import type { ReleaseState } from '@/lib/domain/release/state'
import { feedsOf } from './feeds'
import { scoreAt, type Score } from './score'

/** What was recorded of one model: the events of each release and of each live version, in their order. */
export interface ModelLog {
  readonly releases: readonly (readonly ReleaseEvent[])[]
  readonly lives: readonly (readonly LiveEvent[])[]
}

/** The state at each of some instants, which rise; `null` before its first event. */
function statesAt<E extends { readonly at: string }, S>(events: readonly E[], apply: (state: S | null, event: E) => S, instants: readonly string[]): readonly (S | null)[] {
  let state: S | null = null
  let next = 0
  return instants.map((at) => {
    for (let event = events[next]; event && event.at <= at; event = events[next]) {
      state = apply(state, event)
      next += 1
    }
    return state
  })
}

/** In: the log, the instants from early to late, who is a person. Out: the score at each; one step for each log that is read. */
export function* scoresAt(log: ModelLog, instants: readonly string[], isPerson: (id: string) => boolean): Generator<void, readonly Score[]> {
  const releases: (readonly (ReleaseState | null)[])[] = []
  const lives: (readonly (LiveState | null)[])[] = []
  for (const events of log.releases) {
    releases.push(statesAt(events, applyPlainly, instants))
    yield
  }
  for (const events of log.lives) {
    lives.push(statesAt(events, applyLive, instants))
    yield
  }
  const scores: Score[] = []
  for (const [index, at] of instants.entries()) {
    const now = new Date(at)
    const then = <S>(all: readonly (readonly (S | null)[])[]) => all.flatMap((states) => states[index] ?? [])
    scores.push(scoreAt(feedsOf(then(releases), then(lives), isPerson, now), now))
    yield
  }
  return scores
}
