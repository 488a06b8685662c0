/** Hides whether the rows of releases are still those that were read: in an embedded database nothing writes them unseen. */
import { preparedOnce } from '@/db/prepared'
import type { Schema } from '@/db/schema'
import type { Store } from '@/db/store'

const written = new WeakMap<Schema, number>()

/** Says that a row of a release is about to be written. In: the tables of its store. Called by every write of such rows. */
export function noteCardWrite(t: Schema): void {
  written.set(t, (written.get(t) ?? 0) + 1)
}

/** SQLite's own count of what other connections wrote, which are not this store: a copy that is read beside a running server. */
const askVersion = preparedOnce(({ sqlite }) => sqlite?.prepare('pragma data_version').pluck() ?? null)

/**
 * A word that stays the same as long as no row of a release was written, or null where that cannot be known: on Postgres other
 * processes write too. A transaction runs in one go on SQLite, so nobody reads between the word and the row.
 */
export function cardStanding(store: Store): string | null {
  const version = askVersion(store)?.get()
  return version === undefined ? null : `${written.get(store.t) ?? 0} ${String(version)}`
}
