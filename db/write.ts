/** A guarded write: one statement of a plan, with the number of rows that it must touch. */
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { Schema } from '@/db/schema'

/** Both databases behind the one type; everything is awaited, also where the driver is synchronous. */
export type Db = BaseSQLiteDatabase<'async', unknown, Schema>

/** Second of the two casts of this folder: each driver's handle is used as the shared type, which the contract suite keeps true. */
export function asDb(connection: object): Db {
  return connection as unknown as Db
}

/** A statement that ends in `.returning()`. */
export interface Statement extends PromiseLike<readonly unknown[]> {
  all(): PromiseLike<readonly unknown[]>
}

export interface Write {
  readonly run: (tx: Db, t: Schema) => Statement
  /** How many rows it must touch; anything else is a conflict and rolls all back. `any` for upserts and clearances. */
  readonly rows: number | 'any'
}

/**
 * Makes a write for a plan. In: a statement ending in `.returning(…)` and the rows it must touch (1 unless said).
 * The transaction never awaits a read, so that the same plan runs on the synchronous and on the asynchronous driver.
 */
export function write(run: Write['run'], rows: Write['rows'] = 1): Write {
  return { run, rows }
}

/** Somebody else changed what the plan rests on; the caller loads and decides again. */
export class AggregateConflict extends Error {
  override readonly name = 'AggregateConflict'

  /** `isTaken`: a value that must be unique (a code, a number) was drawn by somebody else a moment earlier. */
  constructor(message?: string, options?: ErrorOptions, readonly isTaken = false) {
    super(message, options)
  }

  static override [Symbol.hasInstance](value: unknown): value is AggregateConflict {
    return isNamed(value, 'AggregateConflict')
  }
}

/** The same actor already used this idempotency key; the caller answers with the first result. */
export class IdempotencyConflict extends Error {
  override readonly name = 'IdempotencyConflict'

  static override [Symbol.hasInstance](value: unknown): value is IdempotencyConflict {
    return isNamed(value, 'IdempotencyConflict')
  }
}

// Pages, routes and the worker each have their own instance of this module and share one store: told apart by their classes, a conflict
// that the store throws would be a stranger to whoever has to decide again.
function isNamed(value: unknown, name: string): boolean {
  return value instanceof Error && value.name === name
}
