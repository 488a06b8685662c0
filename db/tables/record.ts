/** The tables of record: aggregates, the hash chain, the words beside it, and the keys that make commands exactly-once. */
import type { Vocabulary } from '@/db/columns'

export function defineRecord(c: Vocabulary) {
  /** One snapshot per aggregate. `state` is JSON text that `apply` over the log must reproduce. */
  const aggregate = c.table(
    'aggregate',
    {
      kind: c.text('kind').notNull(),
      id: c.text('id').notNull(),
      version: c.integer('version').notNull(),
      state: c.text('state').notNull(),
      updatedAt: c.instant('updated_at').notNull(),
    },
    (t) => [c.primaryKey({ name: 'aggregate_pk', columns: [t.kind, t.id] })],
  )

  /** The append-only chain; UPDATE and DELETE abort by trigger (see `db/guards.ts`). `body` is RFC 8785 text. */
  const logEntry = c.table(
    'log_entry',
    {
      seq: c.integer('seq').primaryKey(),
      kind: c.text('kind').notNull(),
      aggregateId: c.text('aggregate_id').notNull(),
      aggregateVersion: c.integer('aggregate_version').notNull(),
      type: c.text('type').notNull(),
      v: c.integer('v').notNull(),
      at: c.instant('at').notNull(),
      actorId: c.text('actor_id').notNull(),
      body: c.text('body').notNull(),
      prevHash: c.text('prev_hash').notNull(),
      hash: c.text('hash').notNull(),
    },
    (t) => [
      c.uniqueIndex('log_entry_aggregate').on(t.kind, t.aggregateId, t.aggregateVersion),
      c.index('log_entry_actor').on(t.actorId, t.seq),
    ],
  )

  /** One row: the end of the chain, and on Postgres the lock that keeps it from forking. */
  const logHead = c.table('log_head', {
    id: c.integer('id').primaryKey(),
    seq: c.integer('seq').notNull(),
    hash: c.text('hash').notNull(),
  })

  /** Words and names beside the chain. `hash` = sha256(salt, text) stands in the chain; erasing empties `text` and `salt`. */
  const freeText = c.table(
    'free_text',
    {
      hash: c.id('hash'),
      salt: c.text('salt'),
      text: c.text('text'),
      ownerKind: c.text('owner_kind').notNull(),
      ownerId: c.text('owner_id').notNull(),
      /** The person whom the words are about (their own name); erased with that person. */
      subjectId: c.text('subject_id'),
      authorId: c.text('author_id').notNull(),
      erasedAt: c.instant('erased_at'),
    },
    (t) => [
      c.index('free_text_owner').on(t.ownerId),
      c.index('free_text_subject').on(t.subjectId),
      c.index('free_text_author').on(t.authorId),
    ],
  )

  /** The first answer to a command, for whoever repeats it. */
  const idempotency = c.table(
    'idempotency',
    {
      actorId: c.text('actor_id').notNull(),
      key: c.text('key').notNull(),
      answer: c.json<unknown>('answer').notNull(),
      at: c.instant('at').notNull(),
    },
    (t) => [c.primaryKey({ name: 'idempotency_pk', columns: [t.actorId, t.key] }), c.index('idempotency_at').on(t.at)],
  )

  /** Facts that the clock makes true (overdue, expired, soaked) and that were announced once. */
  const turnNotice = c.table(
    'turn_notice',
    { key: c.id('key'), releaseId: c.text('release_id'), at: c.instant('at').notNull() },
    (t) => [c.index('turn_notice_release').on(t.releaseId)],
  )

  /** The public halves of the keys that sign checkpoints; the private ones lie encrypted among the secrets. `endorsement`: the older key's signature over this one. */
  const checkpointKey = c.table('checkpoint_key', {
    id: c.id('id'),
    publicKey: c.text('public_key').notNull(),
    createdAt: c.instant('created_at').notNull(),
    /** Until then it signs beside its successor; null while it has none. */
    retiresAt: c.instant('retires_at'),
    endorsement: c.json<unknown>('endorsement'),
  })

  /** What the installation has signed about its log, one row per key. `statement` is the canonical text that `signature` is over. */
  const checkpoint = c.table(
    'checkpoint',
    {
      id: c.id('id'),
      seq: c.integer('seq').notNull(),
      hash: c.text('hash').notNull(),
      at: c.instant('at').notNull(),
      keyId: c.text('key_id').notNull(),
      reason: c.choice('reason', ['go', 'daily', 'asked', 'pack', 'key']).notNull(),
      statement: c.text('statement').notNull(),
      signature: c.text('signature').notNull(),
    },
    (t) => [c.index('checkpoint_seq').on(t.seq), c.index('checkpoint_at').on(t.at)],
  )

  return { aggregate, logEntry, logHead, freeText, idempotency, turnNotice, checkpointKey, checkpoint }
}
