/** Leaves rows as an older version of the product left them, for tests of what a new version does at its first start. Never imported by the product. */
import { and, eq } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { write } from '@/db/write'

/** Writes a state over the kept one, as text of another shape. Thrown: there is no such aggregate. */
export async function leaveState(store: Store, kind: string, id: string, text: string): Promise<void> {
  await store.commit({ writes: [write((tx, { aggregate: t }) => tx.update(t).set({ state: text }).where(and(eq(t.kind, kind), eq(t.id, id))).returning({ id: t.id }))] })
}

/** Leaves a release's row of the list as a version before the shapes did: a card of nothing but its code, no brief. Thrown: there is no such row. */
export async function leaveCard(store: Store, releaseId: string, code: string, isInFlight: boolean): Promise<void> {
  await store.commit({ writes: [write((tx, { releaseCard: t }) => tx.update(t).set({ card: { code }, brief: null, shape: null, isInFlight }).where(eq(t.releaseId, releaseId)).returning({ id: t.releaseId }))] })
}
