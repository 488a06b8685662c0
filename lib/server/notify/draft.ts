/** Turns what happened into rows of the outbox: one message per destination that wants to hear of it. */
import 'server-only'
import { v7 as uuid } from 'uuid'
import type { OutboxDraft } from '@/db/commit'
import { compose, heardBy, type Happening, type Listener, type Subject } from '@/lib/domain/message/compose'
import type { Message } from '@/lib/domain/message/message'
import { dueAt } from '@/lib/domain/notice/pace'
import { releaseHappenings, releaseSubject, type ReleaseStep } from '@/lib/domain/message/release-happenings'

export const SLACK_TOPIC = 'slack'

/** E-mail to a person of the installation: the person is named by the ordering key, the address is looked up when it is sent. */
export const PERSON_TOPIC = 'person'

/** The draft of an e-mail to a person about an aggregate. */
export function personDraft(message: Message, personId: string, aggregateId: string, now: Date): OutboxDraft {
  const id = uuid({ msecs: now.getTime() })
  return { id, dedupeKey: id, topic: PERSON_TOPIC, orderingKey: `${PERSON_TOPIC} ${personId} ${aggregateId}`, destinationId: null, payload: message, nextAt: now, createdAt: now }
}

/** Whose e-mail it is. In: the ordering key of a delivery of `PERSON_TOPIC`. */
export function personOf(orderingKey: string): string {
  return orderingKey.split(' ')[1] ?? ''
}

/**
 * The drafts for one command. In: what happened, what it is about, who listens, the id of the aggregate (messages about one keep their
 * order), the instant. Out: at most one draft per destination.
 */
export function draftsFor(happenings: readonly Happening[], subject: Subject, listeners: readonly Listener[], aggregateId: string, now: Date): readonly OutboxDraft[] {
  return listeners.flatMap((listener) => {
    const message = compose(heardBy(listener, happenings, subject.about ?? null), subject, now.toISOString())
    return message ? [{ ...draftOf(message, listener.id, aggregateId, now), nextAt: dueAt(message.pace ?? 'at-once', now, listener.hours ?? null) }] : []
  })
}

/** What a command on a release tells outside; for the `notify` of its registration. */
export function releaseDrafts(step: ReleaseStep, listeners: readonly Listener[]): readonly OutboxDraft[] {
  if (listeners.length === 0) return []
  return draftsFor(releaseHappenings(step), releaseSubject(step), listeners, step.after.state.id, step.now)
}

/** One message for one destination. Its id is the delivery id, which stays the same over all attempts. */
export function draftOf(message: Message, destinationId: string, aggregateId: string, now: Date): OutboxDraft {
  const id = uuid({ msecs: now.getTime() })
  return { id, dedupeKey: id, topic: SLACK_TOPIC, orderingKey: `${destinationId} ${aggregateId}`, destinationId, payload: message, nextAt: now, createdAt: now }
}
