/** The tables of what runs after the release: the daily record of live versions, and the alerts that came in. */
import type { Vocabulary } from '@/db/columns'

export function defineLive(c: Vocabulary) {
  /** One UTC day of one live version, in minutes; kept when the evaluations that it was counted from are gone. */
  const liveDay = c.table(
    'live_day',
    {
      /** `<live id> <day>` */
      id: c.id('id'),
      liveId: c.text('live_id').notNull(),
      /** YYYY-MM-DD, UTC. */
      day: c.text('day').notNull(),
      goodMinutes: c.integer('good_minutes').notNull(),
      badMinutes: c.integer('bad_minutes').notNull(),
      /** Live, and nobody knows how: not watched, not measured, or the product was down. */
      unknownMinutes: c.integer('unknown_minutes').notNull(),
      /** Up to where the day is counted. */
      upTo: c.instant('up_to').notNull(),
    },
    (t) => [c.uniqueIndex('live_day_day').on(t.liveId, t.day)],
  )

  /** Alerts as Alertmanager handed them in, the newest few hundred, with what became of each. */
  const inboundAlert = c.table(
    'inbound_alert',
    {
      /** `<fingerprint> <startsAt>` */
      id: c.id('id'),
      receivedAt: c.instant('received_at').notNull(),
      isMatched: c.flag('is_matched').notNull(),
      body: c.json<unknown>('body').notNull(),
    },
    (t) => [c.index('inbound_alert_received').on(t.receivedAt)],
  )

  return { liveDay, inboundAlert }
}
