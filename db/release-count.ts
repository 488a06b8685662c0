/** Counts releases without reading them, for the number beside the board in the navigation. */
import { count, eq } from 'drizzle-orm'
import { preparedOnce } from '@/db/prepared'
import type { Store } from '@/db/store'

const askCount = preparedOnce(({ db, t: { releaseCard } }) => db.select({ total: count() }).from(releaseCard).where(eq(releaseCard.isInFlight, true)).prepare())

/** Releases in flight: the number of rows that the unfiltered board has. */
export async function countInFlight(store: Store): Promise<number> {
  const [row] = await askCount(store).execute()
  return Number(row?.total ?? 0)
}
