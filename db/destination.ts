/** Hides how destinations are found: those that listen, for routing, and all, for settings. */
import { asc, eq } from 'drizzle-orm'
import { loadAggregates } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { DestinationState } from '@/lib/domain/destination/state'

/** Destinations that take messages now, in the order in which they were added. */
export async function listeningDestinations(store: Store): Promise<readonly DestinationState[]> {
  const { destinationRow } = store.t
  const rows = await store.db.select({ id: destinationRow.id }).from(destinationRow).where(eq(destinationRow.isEnabled, true)).orderBy(asc(destinationRow.id))
  if (rows.length === 0) return []
  const loaded = await loadAggregates(store, 'destination', rows.map((row) => row.id))
  return [...loaded.values()].map(({ state }) => state)
}

/** All destinations that were not removed, with their versions. */
export async function allDestinations(store: Store): Promise<readonly { readonly version: number; readonly state: DestinationState }[]> {
  const loaded = await loadAggregates(store, 'destination', 'all')
  return [...loaded.values()].filter(({ state }) => state.archivedAt === null)
}
