/** The tables that run the product and are no record: deliveries, credentials, links, secrets, files, evaluations. */
import type { Vocabulary } from '@/db/columns'

export const DELIVERY_STATES = ['pending', 'leased', 'delivered', 'dead', 'held'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

export function defineOperations(c: Vocabulary) {
  /** What is to be sent, written in the transaction of the change it tells of. */
  const outbox = c.table(
    'outbox',
    {
      id: c.id('id'),
      dedupeKey: c.text('dedupe_key').notNull(),
      topic: c.text('topic').notNull(),
      orderingKey: c.text('ordering_key').notNull(),
      destinationId: c.text('destination_id'),
      payload: c.json<unknown>('payload').notNull(),
      state: c.choice('state', ['pending', 'leased', 'delivered', 'dead', 'held']).notNull(),
      attempts: c.integer('attempts').notNull(),
      nextAt: c.instant('next_at').notNull(),
      leaseUntil: c.instant('lease_until'),
      leaseOwner: c.text('lease_owner'),
      lastError: c.text('last_error'),
      createdAt: c.instant('created_at').notNull(),
      deliveredAt: c.instant('delivered_at'),
    },
    (t) => [
      c.uniqueIndex('outbox_dedupe').on(t.dedupeKey),
      c.index('outbox_due').on(t.state, t.nextAt),
      // the next one of each destination, found without looking at the thousands that wait behind it
      c.index('outbox_lane').on(t.state, t.destinationId, t.nextAt, t.id),
      c.index('outbox_order').on(t.orderingKey, t.id),
      c.index('outbox_destination').on(t.destinationId, t.state),
    ],
  )

  const deliveryAttempt = c.table(
    'delivery_attempt',
    {
      id: c.id('id'),
      outboxId: c.text('outbox_id').notNull(),
      at: c.instant('at').notNull(),
      status: c.text('status').notNull(),
      durationMs: c.integer('duration_ms').notNull(),
      excerpt: c.text('excerpt'),
    },
    (t) => [c.index('delivery_attempt_outbox').on(t.outboxId, t.at)],
  )

  /** How a person signs in. `sessionVersion` is compared on each request, so that raising it ends all sessions. */
  const credential = c.table(
    'credential',
    {
      personId: c.id('person_id'),
      emailLower: c.text('email_lower').notNull(),
      passwordHash: c.text('password_hash'),
      sessionVersion: c.integer('session_version').notNull(),
      oidcIssuer: c.text('oidc_issuer'),
      oidcSubject: c.text('oidc_subject'),
    },
    (t) => [
      c.uniqueIndex('credential_email').on(t.emailLower),
      c.uniqueIndex('credential_oidc').on(t.oidcIssuer, t.oidcSubject),
    ],
  )

  /** Set-up codes, invitations and password resets; only the hash of the code is kept. */
  const oneTimeLink = c.table('one_time_link', {
    id: c.id('id'),
    purpose: c.choice('purpose', ['setup', 'invite', 'reset']).notNull(),
    personId: c.text('person_id'),
    payload: c.json<unknown>('payload').notNull(),
    expiresAt: c.instant('expires_at').notNull(),
    usedAt: c.instant('used_at'),
  })

  const loginAttempt = c.table(
    'login_attempt',
    { id: c.id('id'), key: c.text('key').notNull(), at: c.instant('at').notNull() },
    (t) => [c.index('login_attempt_key').on(t.key, t.at), c.index('login_attempt_at').on(t.at)],
  )

  /** Values encrypted by `db/secret.ts`: webhook URLs, credentials of metrics sources. */
  const secret = c.table('secret', { id: c.id('id'), boxed: c.text('boxed').notNull() })

  /** Evidence files by content hash; the bytes lie in DATA_DIR. */
  const storedFile = c.table('stored_file', {
    hash: c.id('hash'),
    size: c.integer('size').notNull(),
    name: c.text('name').notNull(),
    mediaType: c.text('media_type').notNull(),
    createdBy: c.text('created_by').notNull(),
    createdAt: c.instant('created_at').notNull(),
  })

  /** Each evaluation of a metric item for 30 days; only a turn of its verdict enters the log. `ownerId` is a release or a live id. */
  const evaluation = c.table(
    'evaluation',
    {
      id: c.id('id'),
      ownerId: c.text('owner_id').notNull(),
      itemId: c.text('item_id').notNull(),
      sourceId: c.text('source_id'),
      at: c.instant('at').notNull(),
      verdict: c.choice('verdict', ['pass', 'fail', 'inconclusive', 'no-data', 'idle', 'error']).notNull(),
      value: c.real('value'),
      samples: c.integer('samples').notNull(),
      body: c.json<unknown>('body').notNull(),
    },
    // Verdict and value lie in the index, so that counts, filters and charts read no body, which is long.
    (t) => [c.index('evaluation_item').on(t.ownerId, t.itemId, t.at, t.verdict, t.value), c.index('evaluation_at').on(t.at)],
  )

  /** How a metrics source answered, counted by half hours; kept for two days. */
  const sourceHealth = c.table(
    'source_health',
    {
      id: c.id('id'),
      sourceId: c.text('source_id').notNull(),
      /** When the half hour begins. */
      at: c.instant('at').notNull(),
      answered: c.integer('answered').notNull(),
      failed: c.integer('failed').notNull(),
      /** Kind of its last failure. */
      failure: c.text('failure'),
    },
    (t) => [c.index('source_health_at').on(t.at)],
  )

  /** Who does what only one process may do, and until when; see `db/lease.ts`. */
  const lease = c.table('lease', { name: c.id('name'), owner: c.text('owner').notNull(), until: c.instant('until').notNull() })

  /** What this database was last brought to, by name; see `db/mark.ts`. */
  const mark = c.table('mark', { name: c.id('name'), value: c.text('value').notNull() })

  /**
   * What people write together under a topic while a check-in runs: one row of merged updates per topic. No record: closing the minutes
   * takes its text into the log and clears it. Private.
   */
  const noteDraft = c.table(
    'note_draft',
    {
      /** `${checkInId} ${topicId}` */
      id: c.id('id'),
      checkInId: c.text('check_in_id').notNull(),
      topicId: c.text('topic_id').notNull(),
      /** Counts the stored updates, so that nobody writes over what they have not seen. */
      version: c.integer('version').notNull(),
      /** All updates merged into one, base64. */
      merged: c.text('merged').notNull(),
      /** The text that the updates make. */
      words: c.text('words').notNull(),
      /** Which person each writing browser belongs to, so that nobody writes in another's name. */
      writers: c.json<unknown>('writers').notNull(),
      changedBy: c.text('changed_by').notNull(),
      changedAt: c.instant('changed_at').notNull(),
    },
    (t) => [c.index('note_draft_check_in').on(t.checkInId)],
  )

  return { outbox, deliveryAttempt, credential, oneTimeLink, loginAttempt, secret, storedFile, evaluation, sourceHealth, lease, mark, noteDraft }
}
