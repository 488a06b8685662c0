/** Writes the minutes of a check-in as Markdown, from its record alone: topics that were spoken of with their notes, what was taken, what stays open. Pure. */
import type { TeamId } from '@/lib/domain/actor'
import { formatClock, formatDuration, formatPlural } from '@/lib/domain/format'
import { wordsOf, type Reveal } from '@/lib/domain/text'
import { isLeft, type CheckInAction, type CheckInState, type Taken, type Topic } from './state'

export interface MinutesWords {
  readonly reveal: Reveal
  readonly teamName: (team: TeamId) => string
  readonly personName: (id: string) => string
}

/** Whoever only passes a topic does not speak of it. */
const SPOKEN_MS = 60_000

/** What a check-in came to, in one line: "6 topics, 2 decisions, 1 action; 1 carried over". */
export function summaryOf(state: CheckInState): string {
  const count = (kind: Taken['kind']) => state.taken.filter((one) => one.kind === kind).length
  const actions = count('action') + state.actions.length
  const parts = [
    formatPlural(state.topics.length, 'topic'), ...(count('decision') > 0 ? [formatPlural(count('decision'), 'decision')] : []), ...(actions > 0 ? [formatPlural(actions, 'action')] : []),
    ...(count('sign-off') > 0 ? [formatPlural(count('sign-off'), 'sign-off')] : []), ...(count('hold') > 0 ? [formatPlural(count('hold'), 'hold')] : []),
  ]
  const left = state.topics.filter(isLeft).length
  return `${parts.join(', ')}; ${left === 0 ? 'nothing carried over' : `${left} carried over`}`
}

/** In: the check-in as it is when it ends, and its words. Out: Markdown; what people wrote stands in quotes, so that it cannot pass for a heading. */
export function minutesOf(state: CheckInState, words: MinutesWords): string {
  const { reveal, teamName } = words
  const begun = state.startedAt ?? state.startsAt
  const ended = state.closedAt ?? begun
  const told = state.topics.filter((topic) => isTold(topic, state, words))
  const topics = told.flatMap((topic, index) => topicLines(topic, index, state, words))
  const loose = [...state.taken.filter((one) => !isOnTopic(state, one.topicId)).map((one) => takenLine(one, words)), ...state.actions.filter((one) => !isOnTopic(state, one.topicId)).map((one) => actionLine(one, words))]
  const left = state.topics.filter(isLeft)
  return [
    `# ${flat(wordsOf(state.title, reveal))}`, '',
    `${begun.slice(0, 10)}, ${formatClock(begun, 'UTC')} to ${formatClock(ended, 'UTC')} UTC (${formatDuration(Date.parse(ended) - Date.parse(begun))}). Teams: ${state.teams.map(teamName).join(', ')}.`, '',
    `${summaryOf(state)}.`, '', ...answerLines(state, words), ...topics,
    ...(loose.length > 0 ? ['## Also taken', '', ...loose, ''] : []),
    '## Carried over', '', ...(left.length > 0 ? left.map((topic) => `- ${[`${nameOf(topic, reveal)}${topic.status === 'parked' ? ' (parked)' : ''}`, ...(told.includes(topic) ? [] : factsOf(topic, words))].join(' · ')}`) : ['Nothing.']), '',
  ].join('\n')
}

/** What each team said in writing, and who did not. */
function answerLines(state: CheckInState, { reveal, teamName, personName }: MinutesWords): readonly string[] {
  if (!state.answerBy) return []
  const quoted = (title: string, text: string) => (text.trim() === '' ? [] : [`**${title}**`, '', ...text.trim().split('\n').map((line) => `> ${line}`.trimEnd()), ''])
  const teams = state.teams.flatMap((team) => {
    const answer = state.answers?.find((one) => one.team === team)
    if (!answer) return [`### ${teamName(team)}`, '', 'Did not answer.', '']
    const parts = [...quoted('Conditions', wordsOf(answer.conditions, reveal)), ...quoted('Actions', wordsOf(answer.actions, reveal)), ...quoted('Needs', wordsOf(answer.needs, reveal))]
    return [`### ${teamName(team)}`, '', `${personName(answer.by)}, ${answer.at.slice(0, 10)} ${formatClock(answer.at, 'UTC')} UTC`, '', ...(parts.length > 0 ? parts : ['Nothing to report.', ''])]
  })
  return ['## Answers', '', `In writing, until ${state.answerBy.slice(0, 10)} ${formatClock(state.answerBy, 'UTC')} UTC.`, '', ...teams]
}

function isOnTopic(state: CheckInState, topicId: string | null): boolean {
  return state.topics.some((topic) => topic.id === topicId)
}

function nameOf(topic: Topic, reveal: Reveal): string {
  const title = flat(wordsOf(topic.title, reveal))
  return topic.code === null ? title : `${topic.code} ${title}`
}

/** What nobody spoke of has no part of its own: it stands among what is carried over, or the minutes would be as long as the agenda. */
function isTold(topic: Topic, state: CheckInState, { reveal }: MinutesWords): boolean {
  const hasTaken = state.taken.some((one) => one.topicId === topic.id) || state.actions.some((one) => one.topicId === topic.id)
  return topic.status === 'done' || hasTaken || topic.spentMs >= SPOKEN_MS || (topic.note !== null && wordsOf(topic.note.text, reveal).trim() !== '')
}

/** The gate, what was said of it by the state of its release, and whom it waits for. */
function factsOf(topic: Topic, words: MinutesWords): readonly string[] {
  return [
    ...(topic.gateNumber === null ? [] : [`gate ${topic.gateNumber}`]), ...(topic.detail ? [flat(wordsOf(topic.detail, words.reveal))] : []), ...topic.who.map(words.teamName),
    ...(topic.ownerId ? [words.personName(topic.ownerId)] : []),
  ]
}

function topicLines(topic: Topic, index: number, state: CheckInState, words: MinutesWords): readonly string[] {
  const { reveal } = words
  const facts = [...factsOf(topic, words), ...(topic.spentMs >= SPOKEN_MS ? [`spoken of for ${formatDuration(topic.spentMs)}`] : []), ...(topic.status === 'parked' ? ['parked'] : [])]
  const note = topic.note ? wordsOf(topic.note.text, reveal).trim() : ''
  const taken = [...state.taken.filter((one) => one.topicId === topic.id).map((one) => takenLine(one, words)), ...state.actions.filter((one) => one.topicId === topic.id).map((one) => actionLine(one, words))]
  return [
    `## ${index + 1}. ${nameOf(topic, reveal)}`, '', ...(facts.length > 0 ? [facts.join(' · '), ''] : []),
    ...(note === '' ? [] : [...note.split('\n').map((line) => `> ${line}`.trimEnd()), '']), ...(taken.length > 0 ? [...taken, ''] : []),
  ]
}

function takenLine(one: Taken, words: MinutesWords): string {
  const title = flat(wordsOf(one.title, words.reveal))
  const people = one.people.map(words.personName).join(', ')
  switch (one.kind) {
    case 'decision': return `- Decision ${one.reference} (${one.word.replaceAll('-', ' ')}): ${title}${people ? `; decided by ${people}` : ''}`
    case 'action': return `- Action: ${title}${whoAndWhen(people, one, words)}`
    case 'sign-off': return `- Sign-off: ${one.code} ${one.word}, by ${words.personName(one.by)}`
    case 'hold': return `- Hold of ${one.code} (${one.reference}): ${title}`
  }
}

function actionLine(action: CheckInAction, words: MinutesWords): string {
  return `- Action: ${flat(wordsOf(action.title, words.reveal))}${whoAndWhen(action.ownerId ? words.personName(action.ownerId) : '', action, words)}`
}

function whoAndWhen(people: string, one: Pick<CheckInAction, 'team' | 'dueAt'>, words: MinutesWords): string {
  const who = people || (one.team ? words.teamName(one.team) : '')
  return `${who ? ` · ${who}` : ''}${one.dueAt ? ` · due ${one.dueAt.slice(0, 10)}` : ''}`
}

/** One line out of what people wrote. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
