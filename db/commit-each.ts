/** Hides how plans that rest on states of some versions are committed together, beside a server that works. */
import type { Store } from '@/db/store'
import { AggregateConflict, type Write } from '@/db/write'

/**
 * Commits all plans in one transaction, or, where somebody else moved one of the aggregates meanwhile, each by itself. A plan whose aggregate has
 * moved is left out: what was written in the meantime was written by the rules of today. Thrown: whatever else the store throws.
 */
export async function commitEach(store: Store, plans: readonly (readonly Write[])[]): Promise<void> {
  try {
    await store.commit({ writes: plans.flat() })
  } catch (error) {
    if (!(error instanceof AggregateConflict)) throw error
    if (plans.length > 1) for (const plan of plans) await commitEach(store, [plan])
  }
}
