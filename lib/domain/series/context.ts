/** What a decision on a series rests on beside its state. */
import type { Actor, TeamId } from '@/lib/domain/actor'
import type { CheckInState } from '@/lib/domain/check-in/state'
import type { Reveal } from '@/lib/domain/text'
import type { Ground } from './lay-out'
import type { Scope } from './state'

export interface SeriesContext {
  readonly actor: Actor
  readonly now: string
  readonly id: string
  readonly ground: Ground
  readonly teams: readonly { readonly id: TeamId; readonly name: string }[]
  /** Whether everything that a scope names exists. */
  readonly isScopeKnown: (scope: Scope) => boolean
  /** The releases that a scope means at this moment. */
  readonly releaseIdsOf: (scope: Scope) => 'all' | readonly string[]
  /** Whether a release of the scope is rolling out or soaking at this moment. */
  readonly isRollingOut: (scope: Scope) => boolean
  /** The id of the check-in that an occurrence is: always the same one, whoever asks and wherever. */
  readonly checkInIdOf: (key: string) => string
  /** Check-ins that occurrences have become, by key: those of the last weeks, those to come, and the one that the command names. */
  readonly checkIns: ReadonlyMap<string, CheckInState>
  readonly reveal: Reveal
}
