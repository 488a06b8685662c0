/** How a check-in opens and how it ends: the agenda that is fixed at the start, and the minutes that its record makes. Pure. */
import { freeText, wordsOf } from '@/lib/domain/text'
import { applyCheckIn } from './apply'
import { arranged } from './arrange'
import { minutesOf, type MinutesWords } from './minutes'
import type { CheckInEvent } from './events'
import type { CheckInState } from './state'
import { agendaTopics } from './topics'
import type { Bare, CheckInContext } from './turn'

/** How far back changes are told when there was no check-in before. */
const FIRST_LOOK_BACK_MS = 7 * 86_400_000

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
