/** What one decision on a check-in rests on, and how it says what happened. */
import type { Actor, TeamId } from '@/lib/domain/actor'
import type { Outcome } from '@/lib/domain/aggregate'
import type { Reveal } from '@/lib/domain/text'
import type { AgendaLine } from './agenda'
import type { CheckInEvent } from './events'
import type { CheckInState, Taken } from './state'
import type { Carried, Owed } from './topics'

export interface CheckInContext {
  readonly actor: Actor
  readonly now: string
  /** The id of the check-in, also before it exists. */
  readonly id: string
  readonly teams: readonly { readonly id: TeamId; readonly name: string }[]
  readonly people: readonly { readonly id: string; readonly name: string }[]
  /** Releases that the command names and that exist: code, and number of each gate. */
  readonly releases: ReadonlyMap<string, { readonly code: string; readonly gates: ReadonlyMap<string, number> }>
  /** Whether the check-in that is named as the previous one exists. */
  readonly hasPrevious: boolean
  /** Only for `start` and `add-line`: the agenda as it is now, in order. */
  readonly lines: readonly AgendaLine[]
  /** Only for `start`: what was left open, and when the check-in before this one ended. */
  readonly carried: readonly Carried[]
  readonly previousEnd: string | null
  /** Only for what opens: actions that earlier check-ins keep and that are due. */
  readonly owed?: readonly Owed[]
  /** Only for `take`: what the release has under the reference, or null. */
  readonly record: Omit<Taken, 'id' | 'topicId' | 'kind' | 'releaseId' | 'reference' | 'title' | 'by' | 'at'> & { readonly title: string } | null
  /** Only for what ends the check-in or removes a topic: what people wrote together under the topics, outside the record. */
  readonly notes: ReadonlyMap<string, string>
  readonly reveal: Reveal
  /** SHA-256 of a text, hexadecimal. */
  readonly hashOf: (text: string) => string
}

export type Bare<T> = T extends CheckInEvent ? Omit<T, 'v' | 'at' | 'by'> : never

export interface Turn {
  readonly state: CheckInState
  readonly context: CheckInContext
  readonly by: string
  readonly happened: (...events: readonly Bare<CheckInEvent>[]) => Outcome
}
