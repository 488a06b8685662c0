/** Hides how rows of the release list are made anew when an upgrade changed their shape, a batch at a time, beside a server that works. */
import { and, asc, eq, gt, isNull, ne, or } from 'drizzle-orm'
import { holdWrite, loadAggregates } from '@/db/aggregate'
import { commitEach } from '@/db/commit-each'
import { cardWrite } from '@/db/projections/release'
import type { Store } from '@/db/store'
import { CARD_SHAPE } from '@/lib/domain/release/card'

const AT_ONCE = 50

/**
 * Makes rows of another shape anew from the states of their releases. In: whether those in flight (which the board shows) or those
 * of the past; called between batches, to let others work. Out: how many rows were old.
 */
export async function reprojectReleases(store: Store, isInFlight: boolean, now: Date, between: () => Promise<boolean> = () => Promise.resolve(true)): Promise<number> {
  const { releaseCard: t } = store.t
  let after = ''
  let count = 0
  for (;;) {
    const rows = await store.db.select({ id: t.releaseId }).from(t)
      .where(and(eq(t.isInFlight, isInFlight), gt(t.releaseId, after), or(isNull(t.shape), ne(t.shape, CARD_SHAPE)))).orderBy(asc(t.releaseId)).limit(AT_ONCE)
    const last = rows.at(-1)
    if (!last) return count
    const loaded = await loadAggregates(store, 'release', rows.map(({ id }) => id))
    await commitEach(store, [...loaded].map(([id, { version, state }]) => [holdWrite('release', id, version), cardWrite(state, now)]))
    after = last.id
    count += rows.length
    if (!(await between())) return count
  }
}
