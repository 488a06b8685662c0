/** How a check-in opens and how it ends: the agenda that is fixed at the start, and the minutes that its record makes. Pure. */
import type { Actor, TeamId } from '@/lib/domain/actor'
import type { Outcome } from '@/lib/domain/aggregate'
import { freeText, wordsOf, type Reveal } from '@/lib/domain/text'
import type { AgendaLine } from './agenda'
import { applyCheckIn } from './apply'
import { arranged } from './arrange'
import type { CheckInEvent } from './events'
import { minutesOf, type MinutesWords } from './minutes'
import type { CheckInState, Taken } from './state'
import { agendaTopics, type Carried, type Owed } from './topics'

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

/** How far back changes are told when there was no check-in before. */
const FIRST_LOOK_BACK_MS = 7 * 86_400_000

export type Bare<T> = T extends CheckInEvent ? Omit<T, 'v' | 'at' | 'by'> : never

export interface Turn {
  readonly state: CheckInState
  readonly context: CheckInContext
  readonly by: string
  readonly happened: (...events: readonly Bare<CheckInEvent>[]) => Outcome
}

/** The agenda is fixed as it was laid, and where people meet they look at its first topic. */
export function started(state: CheckInState, context: CheckInContext): readonly Bare<CheckInEvent>[] {
  const since = context.previousEnd ?? new Date(Date.parse(context.now) - FIRST_LOOK_BACK_MS).toISOString()
  const topics = arranged(agendaTopics(context.lines, context.carried, state.topics, context.owed), state)
  const first = topics.find((topic) => topic.status === 'open')
  return [{ type: 'check-in-started', since, topics }, ...(first && !state.answerBy ? [{ type: 'topic-taken-up', topicId: first.id } as const] : [])]
}

/**
 * What ends a check-in: the notes enter the record, then the minutes, made here from the record alone, so that what enters the log is what everybody saw.
 */
export function closing(state: CheckInState, context: CheckInContext, by: string): readonly Bare<CheckInEvent>[] {
  const noted = state.topics.flatMap((topic) => {
    const text = context.notes.get(topic.id)
    const before = topic.note ? wordsOf(topic.note.text, context.reveal) : ''
    return text === undefined || text === before ? [] : [{ type: 'note-set' as const, topicId: topic.id, note: freeText(text), version: (topic.note?.version ?? 0) + 1 }]
  })
  const last: Bare<CheckInEvent> = { type: 'check-in-closed', minutes: freeText(''), hash: '' }
  const ended = [...noted, last].reduce<CheckInState>((before, event) => applyCheckIn(before, { v: 1, at: context.now, by, ...event }), state)
  const words: MinutesWords = {
    reveal: context.reveal, teamName: (team) => context.teams.find((one) => one.id === team)?.name ?? team,
    personName: (id) => context.people.find((one) => one.id === id)?.name ?? 'someone',
  }
  const minutes = minutesOf(ended, words)
  return [...noted, { type: 'check-in-closed', minutes: freeText(minutes), hash: context.hashOf(minutes) }]
}
