/** Hides which releases have something to measure: those in flight, and stable ones that are not closed. */
import { and, asc, eq, or } from 'drizzle-orm'
import type { Store } from '@/db/store'

/** Ids of releases whose metric items may be due, in the order in which they were opened. */
export async function measuredReleaseIds(store: Store): Promise<readonly string[]> {
  const { releaseCard } = store.t
  const rows = await store.db.select({ id: releaseCard.releaseId }).from(releaseCard)
    .where(or(eq(releaseCard.isInFlight, true), eq(releaseCard.phase, 'stable'))).orderBy(asc(releaseCard.openedAt))
  return rows.map((row) => row.id)
}

/** The same releases with their versions, so that only those are read again that have changed. */
export async function measuredReleases(store: Store): Promise<readonly { readonly id: string; readonly version: number }[]> {
  const { aggregate, releaseCard } = store.t
  return store.db.select({ id: releaseCard.releaseId, version: aggregate.version }).from(releaseCard)
    .innerJoin(aggregate, and(eq(aggregate.kind, 'release'), eq(aggregate.id, releaseCard.releaseId)))
    .where(or(eq(releaseCard.isInFlight, true), eq(releaseCard.phase, 'stable'))).orderBy(asc(releaseCard.openedAt))
}
