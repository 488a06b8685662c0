/** Hides whether the rows of releases are still those that were read: in an embedded database nothing writes them unseen. */
import { preparedOnce } from '@/db/prepared'
import type { Store } from '@/db/store'

// What this connection wrote, and what others did. Asked of the database and counted nowhere else: pages and routes share the
// connection, but each have their own instance of a module.
const askCounts = preparedOnce(({ sqlite }) => sqlite && [sqlite.prepare('select total_changes()').pluck(), sqlite.prepare('pragma data_version').pluck()])

/**
 * A word that stays the same as long as nothing was written, or null where that cannot be known: on Postgres other processes write
 * too. A transaction runs in one go on SQLite, so nobody reads between the word and the row.
 */
export function cardStanding(store: Store): string | null {
  return askCounts(store)?.map((count) => String(count.get())).join(' ') ?? null
}
