/** Hides the drivers' error codes: which failures pass by themselves, and which mean that somebody else was first. */
import { AggregateConflict } from '@/db/write'

/** Busy file, serialisation failure, deadlock: the same plan may succeed at once. */
export function isTransient(error: unknown): boolean {
  return codesOf(error).some((code) => code.startsWith('SQLITE_BUSY') || code === '40001' || code === '40P01')
}

/** Turns a broken uniqueness into a conflict: the caller decides again and then sees who was first. Other errors stay. */
export function conflictOf(error: unknown): unknown {
  const isTaken = codesOf(error).some((code) => code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
  return isTaken ? new AggregateConflict('a unique value is taken', { cause: error }) : error
}

/** The codes of an error and of what it wraps (drizzle puts the driver's error in `cause`). */
function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let link = error; link instanceof Error; link = link.cause) if ('code' in link) codes.push(String(link.code))
  return codes
}
