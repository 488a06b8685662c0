/** The one message that every notification is: what happened, what blocks, who acts next, and where to look. No renderer's words are in it. */
import { z } from 'zod'
import { PACES } from '@/lib/domain/notice/pace'
import { EVENT_KINDS } from './event-kind'

/**
 * What is stored in the outbox until it is delivered. All words are plain text as people wrote them; renderers escape and cut.
 * `path` is relative to the installation's public URL, so that a link never depends on a request's Host header.
 */
export const messageSchema = z.strictObject({
  eventKind: z.enum([...EVENT_KINDS, 'test']),
  /** The headline: release code, model and what happened. */
  title: z.string().min(1),
  /** The sentence that the board shows for the release (what blocks, who holds the ball, for how long). */
  sentence: z.string(),
  whatChanged: z.string(),
  whoActsNext: z.string(),
  path: z.string().regex(/^\/(?![/\\])/, 'a path starts with one slash'),
  linkLabel: z.string().min(1),
  /** Owner teams that the message concerns; a destination of a team hears only of its own. Empty: everybody. */
  teams: z.array(z.string()),
  happenedAt: z.iso.datetime(),
  /** A go: the delivery adds the signed checkpoint that was made for it, which does not exist yet while the go is being committed. */
  carriesCheckpoint: z.literal(true).optional(),
  /** Ids of people whom it calls by name; who they are is looked up when it is sent. */
  calls: z.array(z.string()).optional(),
  /** How it may wait and be put together with others; absent: it goes at once and by itself. */
  pace: z.enum(PACES).optional(),
})

export type Message = z.infer<typeof messageSchema>

/** Somebody whom a message calls. */
export interface Called {
  readonly name: string
  /** Calls them in Slack; null where nobody said it. */
  readonly slackMemberId: string | null
}

/** One attempt at delivering a message. The id stays the same over all attempts, so that a repeat can be recognised. */
export interface Delivery {
  readonly deliveryId: string
  /** An earlier attempt may have arrived: its answer was lost (crash, time-out, broken connection). */
  readonly mayBeRepeat: boolean
  /** Absolute URL of the message's path. */
  readonly link: string
  readonly called?: readonly Called[]
}

/**
 * The absolute link of a message. In: the installation's public URL and the message's path. Out: an http(s) URL on that origin.
 * Throws when the path leaves the origin; that would be a bug, since `messageSchema` refuses such paths.
 */
export function linkOf(publicUrl: string, path: string): string {
  const base = new URL(publicUrl)
  const url = new URL(path, base)
  if (url.origin !== base.origin) throw new Error('A message link must stay on the public URL')
  return url.toString()
}
