/** Hides the bounded table of metric evaluations: written in batches, read per item, swept after thirty days. */
import { and, asc, desc, eq, gte, lt } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { type Write, write } from '@/db/write'

export type Evaluation = Store['t']['evaluation']['$inferSelect']

/** How long evaluations are kept (PRODUCT rule 26). */
export const KEEP_EVALUATIONS_MS = 30 * 86_400_000

/** The write that keeps evaluations, all those of one poll together. */
export function evaluationsWrite(rows: readonly Evaluation[]): Write {
  return write((tx, { evaluation }) => tx.insert(evaluation).values([...rows]).returning({ id: evaluation.id }), rows.length)
}

/** Keeps evaluations by themselves. */
export async function keepEvaluations(store: Store, rows: readonly Evaluation[]): Promise<void> {
  if (rows.length > 0) await store.commit({ writes: [evaluationsWrite(rows)] })
}

/** The evaluations of one item since an instant, oldest first. `ownerId`: a release or a live id. */
export async function evaluationsOf(store: Store, ownerId: string, itemId: string, since: Date): Promise<readonly Evaluation[]> {
  const { evaluation } = store.t
  return store.db
    .select()
    .from(evaluation)
    .where(and(eq(evaluation.ownerId, ownerId), eq(evaluation.itemId, itemId), gte(evaluation.at, since)))
    .orderBy(asc(evaluation.at), asc(evaluation.id))
}

/** The newest verdicts of one item since an instant, oldest first, without what they rested on. In: at most so many. */
export async function verdictsOf(store: Store, ownerId: string, itemId: string, since: Date, limit: number): Promise<readonly Pick<Evaluation, 'at' | 'verdict'>[]> {
  const { evaluation } = store.t
  const rows = await store.db
    .select({ at: evaluation.at, verdict: evaluation.verdict })
    .from(evaluation)
    .where(and(eq(evaluation.ownerId, ownerId), eq(evaluation.itemId, itemId), gte(evaluation.at, since)))
    .orderBy(desc(evaluation.at))
    .limit(limit)
  return rows.reverse()
}

/** The newest evaluation of each given item of an owner; at most one per item. */
export async function latestEvaluations(store: Store, ownerId: string, itemIds: readonly string[]): Promise<readonly Evaluation[]> {
  const { evaluation } = store.t
  const found = await Promise.all(
    itemIds.map((itemId) =>
      store.db.select().from(evaluation).where(and(eq(evaluation.ownerId, ownerId), eq(evaluation.itemId, itemId))).orderBy(desc(evaluation.at)).limit(1),
    ),
  )
  return found.flat()
}

/** Deletes what is older than an instant. Out: how many went. */
export async function sweepEvaluations(store: Store, before: Date): Promise<number> {
  const { evaluation } = store.t
  const rows = await store.db.delete(evaluation).where(lt(evaluation.at, before)).returning({ id: evaluation.id })
  return rows.length
}
