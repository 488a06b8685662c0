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

/** An action that an earlier check-in keeps itself and that is due, its words revealed. */
export interface Owed {
  readonly checkInId: string
  readonly actionId: string
  readonly title: string
  readonly ownerId: string | null
  readonly team: string | null
  readonly dueAt: string | null
  readonly at: string
}

const OWED_KEY = 'check-in '

/** Which action of which check-in a topic asks for; null for every other topic. In: the key of the topic. */
export function owedOf(key: string | null): { readonly checkInId: string; readonly actionId: string } | null {
  if (!key?.startsWith(OWED_KEY)) return null
  const [, checkInId = '', , actionId = ''] = key.split(' ')
  return { checkInId, actionId }
}

function owedTopic({ checkInId, actionId, title, ownerId, team, dueAt, at }: Owed, id: string, carried: Topic['carried']): Topic {
  return {
    id, key: `${OWED_KEY}${checkInId} action ${actionId}`, kind: 'action', title: freeText(title), detail: null, releaseId: null, code: null, gateId: null, gateNumber: null, itemId: null,
    who: team === null ? [] : [team], ownerId, since: at, dueAt, addedBy: null, carried, status: 'open', spentMs: 0, note: null,
  }
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
 * In: the ordered lines, what was left open, what people have added for this time, actions of earlier check-ins that are due. Out: topics with ids `line-n`.
 */
export function agendaTopics(lines: readonly AgendaLine[], carried: readonly Carried[], added: readonly Topic[], owed: readonly Owed[] = []): readonly Topic[] {
  const carriedAs = (matters: readonly string[]) => {
    const left = carried.find((one) => one.topic.key !== null && matters.includes(one.topic.key))
    return left ? { since: left.since, times: left.times } : null
  }
  const fromState = lines.map((line, index) => topicOf(line, `line-${index + 1}`, carriedAs(line.matters)))
  const due = owed.map((one, index) => owedTopic(one, `owed-${index + 1}`, carriedAs([`${OWED_KEY}${one.checkInId} action ${one.actionId}`])))
  const firstChanged = fromState.findIndex((topic) => topic.kind === 'changed')
  const place = firstChanged < 0 ? fromState.length : firstChanged
  const back = carried.filter((one) => one.topic.key === null).map((one, index): Topic => ({
    ...one.topic, id: `carried-${index + 1}`, title: freeText(one.title), detail: one.detail === null ? null : freeText(one.detail),
    carried: { since: one.since, times: one.times }, status: 'open', spentMs: 0, note: null,
  }))
  return [...fromState.slice(0, place), ...due, ...fromState.slice(place), ...back, ...added]
}
