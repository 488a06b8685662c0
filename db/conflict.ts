/** Hides the drivers' error codes: which failures pass by themselves, and which mean that somebody else was first. */
import { AggregateConflict } from '@/db/write'

/** Busy file, serialisation failure, deadlock: the same plan may succeed at once. */
export function isTransient(error: unknown): boolean {
  return codesOf(error).some((code) => code.startsWith('SQLITE_BUSY') || code === '40001' || code === '40P01')
}

/** Turns a broken uniqueness into a conflict: the caller decides again and then sees who was first. Other errors stay. */
export function conflictOf(error: unknown): unknown {
  const isTaken = codesOf(error).some((code) => code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
  return isTaken ? new AggregateConflict('a unique value is taken', { cause: error }, true) : error
}

/** The codes of an error and of what it wraps (drizzle puts the driver's error in `cause`). */
function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let link = error; link instanceof Error; link = link.cause) if ('code' in link) codes.push(String(link.code))
  return codes
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

/**
 * What of an error may stand in the server's log. In: anything that was thrown. Out: the same, or for a failed query, also where it is only the
 * cause, its text with what the driver said, and none of its parameters: these are words of people, which could not be erased from a log, and hashes of what they sign in with.
 */
export function loggable(error: unknown): unknown {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (!('query' in link) || !('params' in link)) continue
    const said = link.cause instanceof Error ? [...codesOf(link.cause), link.cause.message].join(' ') : 'the driver gave no reason'
    return new Error(`A query failed, ${said}: ${String(link.query)}`)
  }
  return error
}
