/** Hides how a running server's database is broken in a way that every read of words notices. */
import { Database } from '@/db/sqlite-driver.mjs'

/** Takes the words away from under everybody. In: the file of the embedded database. */
export function takeWordsAway(file: string): void {
  const driver = new Database(file)
  driver.exec('alter table free_text rename to free_text_away')
  driver.close()
}
