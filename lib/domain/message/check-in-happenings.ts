/** Says what a check-in tells outside: its minutes when it ends, and that answers are due. */
import type { DomainEvent } from '@/lib/domain/aggregate'
import { applyCheckIn } from '@/lib/domain/check-in/apply'
import { summaryOf } from '@/lib/domain/check-in/minutes'
import { isLeft, remindAt, unanswered, type CheckInState } from '@/lib/domain/check-in/state'
import { formatClock } from '@/lib/domain/format'
import { listOf } from '@/lib/domain/policy'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import type { Happening, Subject } from './compose'
import { pastCommands, type LoggedEvent } from './past'

export interface CheckInWords {
  readonly reveal: (hash: string) => string | null | undefined
  readonly personName: (id: string) => string
  readonly teamName: (id: string) => string
}

/** What is told, and what it is about. */
export interface CheckInTelling {
  readonly happening: Happening
  readonly subject: Subject
}

/** Events of any aggregate, folded as those of a check-in; only its own are given to it. */
interface Fold {
  apply(state: CheckInState | null, event: DomainEvent): CheckInState
}
const fold: Fold = { apply: applyCheckIn }

/** The minutes. In: the check-in before the command, its events, who gave it (null: the clock). Out: null unless it ended by being closed. */
export function minutesTold(before: CheckInState, events: readonly DomainEvent[], actorName: string | null, { reveal, personName }: CheckInWords): CheckInTelling | null {
  if (!events.some((event) => event.type === 'check-in-closed')) return null
  const after = events.reduce<CheckInState>((state, event) => fold.apply(state, event), before)
  const by = actorName === null ? 'The check-in closed at its deadline.' : `${actorName} closed the minutes.`
  const say = (text: FreeText): string => wordsOf(text, reveal)
  const taken = [
    ...after.taken.map((one) => (one.kind === 'decision' ? `${one.reference} ${one.code}: ${say(one.title)}` : one.kind === 'sign-off' ? `${one.code} ${one.word} signed by ${personName(one.by)}` : one.kind === 'hold' ? `${one.code} on hold: ${say(one.title)}` : `Action, ${one.code}: ${say(one.title)}`)),
    ...after.actions.map((one) => `Action: ${say(one.title)}${one.ownerId ? ` (${personName(one.ownerId)})` : ''}`),
  ]
  const open = after.topics.filter(isLeft).map((topic) => `${topic.code ?? ''} ${say(topic.title)}`.trim())
  return {
    happening: { kind: 'minutes', headline: 'minutes', line: [by, ...taken].join('\n'), teams: after.teams, path: `/check-ins/${after.id}`, linkLabel: 'Open the minutes' },
    subject: { name: say(after.title), sentence: `${summaryOf(after)}.`, whoActsNext: open.length === 0 ? 'Nobody; nothing was left open.' : `Carried over: ${open.slice(0, 5).join('; ')}${open.length > 5 ? ` and ${open.length - 5} more` : ''}.` },
  }
}

/** That answers of some teams are due. Null when no team is missing, or it is too early. */
export function answersDueTold(state: CheckInState, now: Date, { reveal, teamName }: Pick<CheckInWords, 'reveal' | 'teamName'>): CheckInTelling | null {
  const due = remindAt(state)
  const teams = unanswered(state)
  if (!state.answerBy || due === null || due > now.toISOString() || teams.length === 0) return null
  const names = listOf(teams.map(teamName), 'and')
  const until = `${state.answerBy.slice(0, 10)} ${formatClock(state.answerBy, 'UTC')} UTC`
  return {
    happening: { kind: 'minutes', headline: 'answers are due', line: `${names} ${teams.length === 1 ? 'has' : 'have'} not answered yet.`, teams, path: `/check-ins/${state.id}`, linkLabel: 'Answer' },
    subject: { name: wordsOf(state.title, reveal), sentence: `Answers are taken until ${until}; then the check-in closes by itself.`, whoActsNext: names },
  }
}

/** The fact that answers of one deadline were asked for. */
export function answersDueKey({ id, answerBy }: Pick<CheckInState, 'id' | 'answerBy'>): string {
  return `answers-due ${id} ${answerBy ?? ''}`
}

/**
 * What a check-in told, read back from its log. In: all its entries, oldest first; the instant from which it is wanted; when answers were asked for, by
 * `answersDueKey`; the words, with people and teams as they are called now.
 */
export function pastCheckIn(entries: readonly LoggedEvent[], since: Date, asked: ReadonlyMap<string, Date>, words: CheckInWords): readonly (CheckInTelling & { readonly at: Date })[] {
  const commands = pastCommands<CheckInState>(entries, (state, event) => fold.apply(state, event))
  return commands.flatMap(({ first, events, before, after }, index) => {
    const minutes = before === null || !first.isOwn || first.at < since ? null : minutesTold(before, events, first.isSystem ? null : first.actorName, words)
    const askedAt = asked.get(answersDueKey(after))
    const next = commands[index + 1]
    // Asked for while this was how it stood.
    const due = askedAt && askedAt >= since && askedAt >= first.at && (next === undefined || askedAt < next.first.at) ? answersDueTold(after, askedAt, words) : null
    return [...(minutes ? [{ ...minutes, at: first.at }] : []), ...(due && askedAt ? [{ ...due, at: askedAt }] : [])]
  })
}
