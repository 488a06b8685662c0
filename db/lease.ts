/** Hides leases by name: which of several processes does what only one may do, taken over when its holder is gone. */
import { and, eq, lte, or } from 'drizzle-orm'
import type { Store } from '@/db/store'

/**
 * Takes or renews a lease. In: its name, who asks, the instant by this process' clock, how long it then lasts in ms.
 * Out: whether the caller holds it now. One guarded write decides, so that of several askers one gets it; another's lease is taken when it has ended.
 */
export async function claimLease(store: Store, name: string, owner: string, now: Date, lastsMs: number): Promise<boolean> {
  const { lease } = store.t
  const until = new Date(now.getTime() + lastsMs)
  const [renewed] = await store.db.update(lease).set({ owner, until })
    .where(and(eq(lease.name, name), or(eq(lease.owner, owner), lte(lease.until, now)))).returning({ name: lease.name })
  if (renewed) return true
  const [taken] = await store.db.insert(lease).values({ name, owner, until }).onConflictDoNothing().returning({ name: lease.name })
  return taken !== undefined
}

/** Gives a lease back, so that another process need not wait for its end. Nothing happens where it is not the caller's. */
export async function releaseLease(store: Store, name: string, owner: string): Promise<void> {
  const { lease } = store.t
  await store.db.delete(lease).where(and(eq(lease.name, name), eq(lease.owner, owner))).returning({ name: lease.name })
}

/** At the start of the only process on the embedded database: whoever held it is gone. Several replicas wait for its end. */
export async function freeLease(store: Store, name: string): Promise<void> {
  if (store.dialect !== 'sqlite') return
  const { lease } = store.t
  await store.db.delete(lease).where(eq(lease.name, name)).returning({ name: lease.name })
}
