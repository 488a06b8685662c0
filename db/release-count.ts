/** Counts releases without reading them, for the number beside the board in the navigation. */
import { count, eq } from 'drizzle-orm'
import type { Store } from '@/db/store'

/** Releases in flight: the number of rows that the unfiltered board has. */
export async function countInFlight(store: Store): Promise<number> {
  const { releaseCard } = store.t
  const [row] = await store.db.select({ total: count() }).from(releaseCard).where(eq(releaseCard.isInFlight, true))
  return Number(row?.total ?? 0)
}
