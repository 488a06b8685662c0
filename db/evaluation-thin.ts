/** Hides how old evaluations are made short: after a day a pass keeps what it said and from what value, but not the answers that it rested on. */
import { and, eq, gte, lt, min, sql } from 'drizzle-orm'
import { keepMark, readMark } from '@/db/mark'
import type { Store } from '@/db/store'

/** How long the answers of every measurement are kept whole. What did not pass keeps them as long as it is kept at all. */
export const KEEP_ANSWERS_MS = 86_400_000

const MARK = 'evaluations-thinned'
/** Measurements of so long are made short in one statement: some hundreds, so that nobody waits. */
const SLICE_MS = 120_000

async function oldestAt(store: Store): Promise<Date | null> {
  const { evaluation } = store.t
  const [row] = await store.db.select({ at: min(evaluation.at) }).from(evaluation)
  return row?.at ?? null
}

/**
 * Makes the passes before an instant short. In: the instant; called between slices, to let others work. Out: how many were made short.
 * What was done is remembered, so that each row is visited once, also over restarts.
 */
export async function thinEvaluations(store: Store, before: Date, between: () => Promise<void> = () => Promise.resolve()): Promise<number> {
  const { evaluation } = store.t
  const done = await readMark(store, MARK)
  const oldest = await oldestAt(store)
  if (oldest === null) return 0
  const short = store.dialect === 'sqlite' ? sql`json_remove(${evaluation.body}, '$.exchanges', '$.advice')` : sql`${evaluation.body} - 'exchanges' - 'advice'`
  let count = 0
  let from = Math.max(oldest.getTime(), done === null ? 0 : Date.parse(done))
  while (from < before.getTime()) {
    const to = Math.min(from + SLICE_MS, before.getTime())
    const rows = await store.db.update(evaluation).set({ body: short })
      .where(and(gte(evaluation.at, new Date(from)), lt(evaluation.at, new Date(to)), eq(evaluation.verdict, 'pass'))).returning({ id: evaluation.id })
    count += rows.length
    from = to
    await between()
  }
  await keepMark(store, MARK, before.toISOString())
  return count
}
