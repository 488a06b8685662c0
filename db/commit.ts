/** Hides the one transaction of the product: what a plan holds and in which order its statements run. */
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { bodyOf, type Entry, type Head, link } from '@/db/chain'
import type { Schema } from '@/db/schema'
import type { TextRow } from '@/db/seal'
import { AggregateConflict, type Db, IdempotencyConflict, type Statement, type Write } from '@/db/write'

/** Something to send, as the area that tells it drafts it. `id` (UUID v7) is the stable delivery id. */
export interface OutboxDraft {
  readonly id: string
  readonly dedupeKey: string
  readonly topic: string
  /** Deliveries of one key go out in the order of their ids. */
  readonly orderingKey: string
  readonly destinationId: string | null
  readonly payload: unknown
  readonly nextAt: Date
  /** When it was written; `nextAt` when absent. */
  readonly createdAt?: Date
}

export interface Plan {
  /** Guarded writes: version guards first, then projections. A missed guard is an `AggregateConflict`. */
  readonly writes: readonly Write[]
  readonly entries?: readonly Entry[]
  readonly texts?: readonly TextRow[]
  readonly outbox?: readonly OutboxDraft[]
  readonly idempotency?: { readonly actorId: string; readonly key: string; readonly answer: unknown; readonly at: Date }
}

export interface Committed {
  /** Sequence of the last log entry of this commit; 0 when it wrote none. */
  readonly seq: number
}

/**
 * A generator that hands out statements and takes back their rows, so that one body drives the synchronous and the
 * asynchronous driver. Order: idempotency key, guards, words, deliveries, and the chain last, because its head is a lock.
 */
export function* steps(plan: Plan, tx: Db, t: Schema): Generator<Statement, Committed, readonly unknown[]> {
  const { idempotency, entries = [], texts = [], outbox = [] } = plan
  if (idempotency) {
    const kept = yield tx.insert(t.idempotency).values(idempotency).onConflictDoNothing().returning({ key: t.idempotency.key })
    if (kept.length === 0) throw new IdempotencyConflict('the key was used before')
  }
  for (const { run, rows } of plan.writes) {
    const touched = yield run(tx, t)
    if (rows !== 'any' && touched.length !== rows) throw new AggregateConflict(`${rows} rows expected, ${touched.length} touched`)
  }
  if (texts.length > 0) yield tx.insert(t.freeText).values([...texts]).returning({ hash: t.freeText.hash })
  if (outbox.length > 0) {
    const rows = outbox.map((draft) => ({ ...draft, state: 'pending' as const, attempts: 0, createdAt: draft.createdAt ?? draft.nextAt }))
    yield* hasten(rows, tx, t)
    yield tx.insert(t.outbox).values(rows).onConflictDoNothing().returning({ id: t.outbox.id })
  }
  if (entries.length === 0) return { seq: 0 }
  return yield* append(entries, tx, t)
}

/** What is due at once takes along what still waits in front of it and was never tried, so that the order within its key costs it no time. */
function* hasten(rows: readonly { readonly orderingKey: string; readonly nextAt: Date; readonly createdAt: Date }[], tx: Db, { outbox }: Schema): Generator<Statement, void, readonly unknown[]> {
  const urgent = rows.filter((row) => row.nextAt <= row.createdAt)
  const [first] = urgent
  if (!first) return
  yield tx.update(outbox).set({ nextAt: first.nextAt })
    .where(and(inArray(outbox.orderingKey, [...new Set(urgent.map((row) => row.orderingKey))]), eq(outbox.state, 'pending'), eq(outbox.attempts, 0), gt(outbox.nextAt, first.nextAt)))
    .returning({ id: outbox.id })
}

function* append(entries: readonly Entry[], tx: Db, t: Schema): Generator<Statement, Committed, readonly unknown[]> {
  const bodies = entries.map(bodyOf)
  const advanced = yield tx
    .update(t.logHead)
    .set({ seq: sql`${t.logHead.seq} + ${entries.length}` })
    .where(eq(t.logHead.id, 1))
    .returning({ seq: t.logHead.seq, hash: t.logHead.hash })
  const linked = link(headBefore(advanced[0], entries.length), entries, bodies)
  yield tx.insert(t.logEntry).values(linked.rows).returning({ seq: t.logEntry.seq })
  yield tx.update(t.logHead).set({ hash: linked.head.hash }).where(eq(t.logHead.id, 1)).returning({ id: t.logHead.id })
  return { seq: linked.head.seq }
}

function headBefore(row: unknown, added: number): Head {
  if (typeof row !== 'object' || row === null || !('seq' in row) || !('hash' in row)) throw new Error('the log has no head row')
  if (typeof row.seq !== 'number' || typeof row.hash !== 'string') throw new Error('the log head is damaged')
  return { seq: row.seq - added, hash: row.hash }
}
