/** Hides the list of stored evidence files; their bytes lie in DATA_DIR under their hash. */
import { eq } from 'drizzle-orm'
import type { Store } from '@/db/store'
import { write } from '@/db/write'

export type StoredFile = Store['t']['storedFile']['$inferSelect']

/** Notes a file that was written to disk. The same bytes again keep their first name and uploader. */
export async function keepFile(store: Store, file: StoredFile): Promise<void> {
  await store.commit({
    writes: [write((tx, t) => tx.insert(t.storedFile).values(file).onConflictDoNothing().returning({ hash: t.storedFile.hash }), 'any')],
  })
}

/** What is known of a file, or null. */
export async function storedFile(store: Store, hash: string): Promise<StoredFile | null> {
  const [row] = await store.db.select().from(store.t.storedFile).where(eq(store.t.storedFile.hash, hash))
  return row ?? null
}
