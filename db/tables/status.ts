/** The tables behind the status page: incidents to find, what the page once showed, and who wants to hear of it. Addresses lie encrypted. */
import type { Vocabulary } from '@/db/columns'

export function defineStatus(c: Vocabulary) {
  /** Written incidents by when they began; follows the aggregate `incident`. */
  const incidentRow = c.table(
    'incident_row',
    {
      id: c.id('id'),
      startedAt: c.instant('started_at').notNull(),
      resolvedAt: c.instant('resolved_at'),
      isWithdrawn: c.flag('is_withdrawn').notNull(),
    },
    (t) => [c.index('incident_row_started').on(t.startedAt)],
  )

  /** What the product itself found wrong while it was published, kept after it is over. No words: those are made from it. */
  const keptIncident = c.table(
    'kept_incident',
    {
      key: c.id('key'),
      kind: c.choice('kind', ['roll-back', 'hold', 'at-risk', 'watch']).notNull(),
      modelId: c.text('model_id').notNull(),
      environmentId: c.text('environment_id').notNull(),
      label: c.text('label'),
      toLabel: c.text('to_label'),
      share: c.real('share'),
      startedAt: c.instant('started_at').notNull(),
      resolvedAt: c.instant('resolved_at'),
    },
    (t) => [c.index('kept_incident_started').on(t.startedAt)],
  )

  /** Who asked to be told of incidents. `addressHash` is keyed, so that an address is found without being readable; the codes are hashes. */
  const statusSubscriber = c.table(
    'status_subscriber',
    {
      id: c.id('id'),
      channel: c.choice('channel', ['email', 'slack', 'webhook']).notNull(),
      addressHash: c.text('address_hash').notNull(),
      boxed: c.text('boxed').notNull(),
      isConfirmed: c.flag('is_confirmed').notNull(),
      /** Hash of the code that confirms; null once it was used. */
      confirmHash: c.text('confirm_hash'),
      /** Hash of the code that ends it. */
      endHash: c.text('end_hash').notNull(),
      createdAt: c.instant('created_at').notNull(),
      /** A wish that nobody confirmed by then is forgotten. */
      confirmBy: c.instant('confirm_by').notNull(),
      confirmedAt: c.instant('confirmed_at'),
    },
    (t) => [
      c.uniqueIndex('status_subscriber_address').on(t.channel, t.addressHash),
      c.uniqueIndex('status_subscriber_confirm').on(t.confirmHash),
      c.uniqueIndex('status_subscriber_end').on(t.endHash),
    ],
  )

  /** What one subscriber is to be told, once for each `subject`; delivered ones stay for a while so that nothing is told twice. */
  const statusNotice = c.table(
    'status_notice',
    {
      id: c.id('id'),
      subscriberId: c.text('subscriber_id').notNull(),
      subject: c.text('subject').notNull(),
      payload: c.json<unknown>('payload').notNull(),
      attempts: c.integer('attempts').notNull(),
      nextAt: c.instant('next_at'),
      createdAt: c.instant('created_at').notNull(),
    },
    (t) => [c.uniqueIndex('status_notice_subject').on(t.subscriberId, t.subject), c.index('status_notice_due').on(t.nextAt)],
  )

  return { incidentRow, keptIncident, statusSubscriber, statusNotice }
}
