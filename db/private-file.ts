/** Hides how a database file comes to be readable by its owner alone: it holds sign-ins and what people wrote. */
import { closeSync, openSync } from 'node:fs'

/** Makes an empty file where there is none; one that is there stays as it is. SQLite keeps the mode of a file, and gives it to the log and the index beside it. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}
