/** Hides which releases have something to measure: those in flight, and stable ones that are not closed. */
import { asc, eq, or } from 'drizzle-orm'
import type { Store } from '@/db/store'

/** Ids of releases whose metric items may be due, in the order in which they were opened. */
export async function measuredReleaseIds(store: Store): Promise<readonly string[]> {
  const { releaseCard } = store.t
  const rows = await store.db.select({ id: releaseCard.releaseId }).from(releaseCard)
    .where(or(eq(releaseCard.isInFlight, true), eq(releaseCard.phase, 'stable'))).orderBy(asc(releaseCard.openedAt))
  return rows.map((row) => row.id)
}
