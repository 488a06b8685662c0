/** Hides how it is counted, by half hours, how metrics sources answered. */
import { gte, lt, sql } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { write } from '@/db/write'

export type HealthRow = Omit<Store['t']['sourceHealth']['$inferSelect'], 'id'>

/** Adds counts to the half hours that they belong to. */
export async function addHealth(store: Store, rows: readonly HealthRow[]): Promise<void> {
  if (rows.length === 0) return
  await store.commit({
    writes: rows.map((row) => write((tx, { sourceHealth }) => tx.insert(sourceHealth).values({ ...row, id: `${row.sourceId} ${row.at.getTime()}` }).onConflictDoUpdate({
      target: sourceHealth.id,
      set: {
        answered: sql`${sourceHealth.answered} + ${row.answered}`, failed: sql`${sourceHealth.failed} + ${row.failed}`,
        ...(row.failure === null ? {} : { failure: row.failure }),
      },
    }).returning({ id: sourceHealth.id }), 'any')),
  })
}

/** What was counted since an instant, for all sources. */
export async function healthSince(store: Store, since: Date): Promise<readonly HealthRow[]> {
  const { sourceHealth } = store.t
  return store.db.select().from(sourceHealth).where(gte(sourceHealth.at, since))
}

/** Deletes what is older than an instant. */
export async function sweepHealth(store: Store, before: Date): Promise<void> {
  const { sourceHealth } = store.t
  await store.db.delete(sourceHealth).where(lt(sourceHealth.at, before)).returning({ id: sourceHealth.id })
}
