/** Hides the drivers' error codes: which failures pass by themselves, and which mean that somebody else was first. */
import { AggregateConflict } from '@/db/write'
import { codesOf, loggable } from '@/lib/public/loggable'

// Whoever asks what an error means for the store has it told by the same file.
export { loggable }

/** Busy file, serialisation failure, deadlock: the same plan may succeed at once. */
export function isTransient(error: unknown): boolean {
  return codesOf(error).some((code) => code.startsWith('SQLITE_BUSY') || code === '40001' || code === '40P01')
}

/** Turns a broken uniqueness into a conflict: the caller decides again and then sees who was first. Other errors stay. */
export function conflictOf(error: unknown): unknown {
  const isTaken = codesOf(error).some((code) => code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
  return isTaken ? new AggregateConflict('a unique value is taken', { cause: error }, true) : error
}

/** For writes that only note that somebody was here: a storage that takes none must not keep people from reading. Throws everything else again. */
export function skipStorageFault(error: unknown): void {
  if (storageFaultOf(error) === null) throw error
}

/** What is wrong with the storage itself, for the answer to whoever sent the command; null when the error is something else. */
export type StorageFault = 'full' | 'busy' | 'read-only' | 'broken'

/** In: what `commit` threw. Out: the kind of storage fault behind it. Nothing of the command was kept. */
export function storageFaultOf(error: unknown): StorageFault | null {
  for (const code of codesOf(error)) {
    // SQLite; then Postgres: 53100 disk full, 53300 too many connections, 25006 read-only, class 57 and 58 operator and system
    if (code === 'SQLITE_FULL' || code === '53100') return 'full'
    if (code.startsWith('SQLITE_BUSY') || code === '40001' || code === '40P01' || code === '53300') return 'busy'
    if (code.startsWith('SQLITE_READONLY') || code === '25006') return 'read-only'
    if (/^SQLITE_(IOERR|CORRUPT|CANTOPEN|NOTADB)/.test(code) || /^5[78]/.test(code) || /^(ECONN|CONNECTION_|CONNECT_TIMEOUT)/.test(code)) return 'broken'
  }
  return null
}
