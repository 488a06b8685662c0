/** Hides the few words that a database keeps about itself, such as which version of the rules its states were folded by. */
import { eq } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { write } from '@/db/write'

/** The value under a name; null when nothing was ever kept under it. */
export async function readMark(store: Store, name: string): Promise<string | null> {
  const { mark } = store.t
  const [row] = await store.db.select({ value: mark.value }).from(mark).where(eq(mark.name, name))
  return row?.value ?? null
}

/** Keeps a value under a name, in place of the one before. */
export async function keepMark(store: Store, name: string, value: string): Promise<void> {
  await store.commit({
    writes: [write((tx, { mark }) => tx.insert(mark).values({ name, value }).onConflictDoUpdate({ target: mark.name, set: { value } }).returning({ name: mark.name }))],
  })
}
