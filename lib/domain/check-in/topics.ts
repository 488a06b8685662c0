/** Turns agenda lines, what was carried over and what people added into the topics of a check-in. Pure. */
import { freeText, wordsOf, type Reveal } from '@/lib/domain/text'
import type { AgendaLine } from './agenda'
import { isLeft, type CheckInState, type Topic } from './state'

/** A topic that an earlier check-in left open or parked, its words revealed. */
export interface Carried {
  readonly topic: Topic
  readonly title: string
  readonly detail: string | null
  readonly since: string
  readonly times: number
}

/** What a check-in leaves to the next one: everything that is not done. In: the earlier check-in and its words. */
export function carriedFrom(previous: CheckInState, reveal: Reveal): readonly Carried[] {
  return previous.topics.filter(isLeft).map((topic) => ({
    topic, title: wordsOf(topic.title, reveal), detail: topic.detail && wordsOf(topic.detail, reveal),
    since: topic.carried?.since ?? previous.startedAt ?? previous.startsAt, times: (topic.carried?.times ?? 0) + 1,
  }))
}

/** A line of the agenda as a topic. */
export function topicOf(line: AgendaLine, id: string, carried: Topic['carried']): Topic {
  const { key, kind, releaseId, code, gateId, gateNumber, itemId, who, ownerId, since, dueAt } = line
  return {
    id, key, kind, releaseId, code, gateId, gateNumber, itemId, who, ownerId, since, dueAt, carried, title: freeText(line.title), detail: line.detail === '' ? null : freeText(line.detail),
    addedBy: null, status: 'open', spentMs: 0, note: null,
  }
}

/** A topic in a person's words. */
export function ownTopic(id: string, title: string, addedBy: string, place: Pick<Topic, 'releaseId' | 'code' | 'gateId' | 'gateNumber'>): Topic {
  return {
    ...place, id, key: null, kind: 'own', title: freeText(title), detail: null, itemId: null, who: [], ownerId: null, since: null, dueAt: null, addedBy, carried: null,
    status: 'open', spentMs: 0, note: null,
  }
}

/**
 * The whole agenda at the start. A matter that was left open and is still there keeps its place and says how long it has been carried;
 * one that the releases have settled meanwhile is gone; what people had added themselves always comes back.
 * In: the ordered lines, what was left open, what people have added for this time. Out: topics with ids `line-n`.
 */
export function agendaTopics(lines: readonly AgendaLine[], carried: readonly Carried[], added: readonly Topic[]): readonly Topic[] {
  const before = (line: AgendaLine) => {
    const left = carried.find((one) => one.topic.key !== null && line.matters.includes(one.topic.key))
    return left ? { since: left.since, times: left.times } : null
  }
  const fromState = lines.map((line, index) => topicOf(line, `line-${index + 1}`, before(line)))
  const back = carried.filter((one) => one.topic.key === null).map((one, index): Topic => ({
    ...one.topic, id: `carried-${index + 1}`, title: freeText(one.title), detail: one.detail === null ? null : freeText(one.detail),
    carried: { since: one.since, times: one.times }, status: 'open', spentMs: 0, note: null,
  }))
  return [...fromState, ...back, ...added]
}
