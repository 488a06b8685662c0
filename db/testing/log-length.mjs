// Reads how long the log of an embedded database is while its server runs; for scripts that wait until nothing is written any more.
import { Database } from '../sqlite-driver.mjs'

/** In: the database file. Out: a reader of the last sequence, and what closes it. */
export function openLogLength(file) {
  const db = new Database(file, { readonly: true })
  const statement = db.prepare('select max(seq) from log_entry').pluck()
  return { length: () => statement.get(), close: () => db.close() }
}
