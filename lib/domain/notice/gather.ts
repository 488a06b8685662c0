/** Makes one message out of several about the same release, without losing what happened. */
import { WEIGHT } from '@/lib/domain/message/compose'
import type { Message } from '@/lib/domain/message/message'

/** More lines than this are counted and not listed. */
const MOST_LINES = 12

const weightOf = (message: Message): number => (message.eventKind === 'test' ? 0 : WEIGHT[message.eventKind])

/**
 * How many of the messages behind the first go out with it. In: the first and those that wait behind it, in their order. A message that must stay
 * alone ends the row, so that nothing overtakes it; one that is sent at once comes along and takes the others with it.
 */
export function gatheredCount(first: Message, behind: readonly (Message | null)[]): number {
  if (first.pace !== 'gather') return 0
  const end = behind.findIndex((message) => message === null || (message.pace !== 'gather' && message.pace !== 'at-once'))
  return end === -1 ? behind.length : end
}

/**
 * One message out of several, oldest first; at least one. The most serious gives title and link (the latest of equals), the latest gives the sentence
 * and who acts next, because only it is still true; what changed is told in order, each line once.
 */
export function gather(messages: readonly [Message, ...Message[]]): Message {
  const [first, ...rest] = messages
  const last = rest.at(-1) ?? first
  if (rest.length === 0) return first
  const top = messages.reduce((best, one) => (weightOf(one) >= weightOf(best) ? one : best))
  const lines = [...new Set(messages.flatMap((message) => message.whatChanged.split('\n')).filter((line) => line.trim() !== ''))]
  const more = lines.length - MOST_LINES
  const kept = more > 1 ? [...lines.slice(0, MOST_LINES), `… and ${more} more changes, in the timeline of the release.`] : lines
  const others = messages.length - 1
  return {
    ...last,
    eventKind: top.eventKind,
    title: `${top.title}, and ${others} more ${others === 1 ? 'change' : 'changes'}`,
    whatChanged: kept.join('\n'),
    path: top.path,
    linkLabel: top.linkLabel,
    teams: messages.some((one) => one.teams.length === 0) ? [] : [...new Set(messages.flatMap((one) => one.teams))],
    ...(messages.some((one) => one.calls) ? { calls: [...new Set(messages.flatMap((one) => one.calls ?? []))] } : {}),
    pace: messages.some((one) => one.pace === 'at-once') ? 'at-once' : 'gather',
    ...(messages.some((one) => one.carriesCheckpoint) ? { carriesCheckpoint: true as const } : {}),
  }
}
