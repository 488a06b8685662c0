/** The tables of who is signed in where, and when a token was last used; no record, and nothing here outlives its use. */
import type { Vocabulary } from '@/db/columns'

export function defineAccess(c: Vocabulary) {
  /** One row per sign-in. It counts while it has not ended and its version is the one of the person's credential. */
  const session = c.table(
    'session',
    {
      id: c.id('id'),
      personId: c.text('person_id').notNull(),
      version: c.integer('version').notNull(),
      agent: c.text('agent').notNull(),
      createdAt: c.instant('created_at').notNull(),
      seenAt: c.instant('seen_at').notNull(),
      endsAt: c.instant('ends_at').notNull(),
      endedAt: c.instant('ended_at'),
    },
    (t) => [c.index('session_person').on(t.personId, t.endsAt), c.index('session_ends').on(t.endsAt)],
  )

  const tokenUse = c.table('token_use', { tokenId: c.id('token_id'), at: c.instant('at').notNull() })

  /** Secret addresses of calendars, by the hash of the secret. Each person makes their own; a row that is gone is an address that was revoked. */
  const calendarFeed = c.table(
    'calendar_feed',
    {
      id: c.id('id'),
      personId: c.text('person_id').notNull(),
      /** 'mine', or the id of a series. */
      about: c.text('about').notNull(),
      hash: c.text('hash').notNull(),
      createdAt: c.instant('created_at').notNull(),
      usedAt: c.instant('used_at'),
    },
    (t) => [c.uniqueIndex('calendar_feed_place').on(t.personId, t.about)],
  )

  return { session, tokenUse, calendarFeed }
}
