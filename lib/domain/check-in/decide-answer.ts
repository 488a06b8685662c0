/** The rules of a check-in in writing: each team answers before a deadline; it opens and closes by the clock, or when everybody has answered. */
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { freeText } from '@/lib/domain/text'
import { applyCheckIn } from './apply'
import type { CheckInCommandOf } from './commands'
import { closing, started } from './course'
import type { Bare, Turn } from './turn'
import type { CheckInEvent } from './events'
import { unanswered, type Answer, type CheckInState } from './state'

/** Takes a team's answer, or its change; the last one that was waited for closes the check-in, and a late one stands below the minutes. */
export function decideAnswer(turn: Turn, command: CheckInCommandOf<'answer'>): Outcome {
  const { state, context, by, happened } = turn
  if (!state.answerBy) return refuse('blocked', 'At this check-in people meet. Write under its topics instead.')
  if (!state.teams.includes(command.team)) return refuse('not-found', 'This team is not asked here.')
  if (state.status === 'cancelled' || state.status === 'missed') return refuse('closed', 'This check-in was not held. Plan another one.')
  if (state.status === 'scheduled' && state.startsAt > context.now) return refuse('blocked', 'It does not take answers yet; it has not opened.')
  if (state.status === 'closed') {
    if (state.addenda.some((one) => one.id === command.answerId)) return refuse('exists', 'This answer is there already.')
    return happened({ type: 'addendum-added', addendumId: command.answerId, words: freeText(lateWords(turn, command)), name: freeText(context.actor.name) })
  }
  const answer: Answer = { id: command.answerId, team: command.team, conditions: freeText(command.conditions), actions: freeText(command.actions), needs: freeText(command.needs), by, at: context.now }
  const opened = state.status === 'scheduled' ? started(state, context) : []
  const events: readonly Bare<CheckInEvent>[] = [...opened, { type: 'answered', answer }]
  const after = events.reduce<CheckInState>((before, event) => applyCheckIn(before, { v: 1, at: context.now, by, ...event }), state)
  return unanswered(after).length === 0 ? happened(...events, ...closing(after, context, by)) : happened(...events)
}

/** What the clock alone makes of it: it opens at its time and closes at its deadline; otherwise nothing happens. */
export function decideTurn({ state, context, by, happened }: Turn): Outcome {
  if (!state.answerBy) return happened()
  const isDue = state.answerBy <= context.now
  if (state.status === 'scheduled' && state.startsAt <= context.now) {
    const opened = started(state, context)
    const after = opened.reduce<CheckInState>((before, event) => applyCheckIn(before, { v: 1, at: context.now, by, ...event }), state)
    return isDue ? happened(...opened, ...closing(after, context, by)) : happened(...opened)
  }
  return state.status === 'running' && isDue ? happened(...closing(state, context, by)) : happened()
}

function lateWords({ context }: Turn, command: CheckInCommandOf<'answer'>): string {
  const team = context.teams.find((one) => one.id === command.team)?.name ?? command.team
  const parts = [['Conditions', command.conditions], ['Actions', command.actions], ['Needs', command.needs]].filter(([, text]) => text !== '').map(([title, text]) => `${title}: ${text}`)
  return [`Answer of ${team}, after the minutes were closed.`, ...(parts.length > 0 ? parts : ['Nothing to report.'])].join('\n')
}
