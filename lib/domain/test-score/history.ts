/** The score as it was known at earlier moments: releases and live versions as the log gives them up to then, and nothing that came later. Pure. */
import { applyLive } from '@/lib/domain/live/apply'
import type { LiveEvent } from '@/lib/domain/live/events'
import type { LiveState } from '@/lib/domain/live/state'
import { applyPlainly } from '@/lib/domain/release/apply'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import type { ReleaseState } from '@/lib/domain/release/state'
import { feedsOf, newestReleases } from './feeds'
import { scoreAt, type Score } from './score'

/** A moment at which the score is told back: when a release became stable. */
export interface Moment {
  readonly releaseId: string
  readonly at: string
  readonly code: string
  readonly label: string
}

/** The moments at which releases became stable, oldest first, whatever became of them since. In: what is live of the model, everywhere. */
export function momentsOf(lives: readonly LiveState[]): readonly Moment[] {
  return lives.flatMap((live) => live.history.flatMap(({ how, releaseId, since, releaseCode, label }): readonly Moment[] => (how === 'released' && releaseId !== null ? [{ releaseId, at: since, code: releaseCode ?? '', label }] : [])))
    .toSorted((a, b) => a.at.localeCompare(b.at) || a.releaseId.localeCompare(b.releaseId))
}

export interface MomentPage {
  readonly moments: readonly Moment[]
  /** What `before` is on the page of earlier moments; null: there are none. */
  readonly earlier: string | null
}

/** In: all moments, and the instant before which they are asked for (null: the newest). Out: the last of them; those of one instant stay together, so that pages leave none out. */
export function momentPage(moments: readonly Moment[], before: string | null, most: number): MomentPage {
  const older = before === null ? moments : moments.filter((one) => one.at < before)
  let from = Math.max(0, older.length - most)
  while (from > 0 && older[from - 1]?.at === older[from]?.at) from -= 1
  const page = older.slice(from)
  return { moments: page, earlier: from === 0 ? null : (page[0]?.at ?? null) }
}

/** The releases on which the score rested at some instants. In: when each was opened, the first instant and the last. Out: what was newest at the first, and what was opened until the last. */
export function releasesBetween<R extends Pick<ReleaseState, 'openedAt'>>(releases: readonly R[], first: string, last: string): readonly R[] {
  return [...newestReleases(releases.filter((one) => one.openedAt <= first)), ...releases.filter((one) => one.openedAt > first && one.openedAt <= last)]
}

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
    scores.push(scoreAt(feedsOf(newestReleases(then(releases)), then(lives), isPerson, now), now))
    yield
  }
  return scores
}
