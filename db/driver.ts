/** What an opened database is to the rest of the product, and what a driver gives for it. */
import type { Dialect } from '@/db/columns'
import type { Committed, Plan } from '@/db/commit'
import type { Schema } from '@/db/schema'
import type { Database } from '@/db/sqlite-driver.mjs'
import type { Db } from '@/db/write'

/** The embedded database as better-sqlite3 gives it. */
export type SqliteHandle = InstanceType<typeof Database>

export interface Store {
  readonly dialect: Dialect
  /** For reads. Writes go through `commit`, or through the few functions of `db/` that own a table outside of the record. */
  readonly db: Db
  readonly t: Schema
  /**
   * Runs a plan in one transaction, or not at all. Out: the last sequence it wrote.
   * Thrown: `AggregateConflict` (decide again), `IdempotencyConflict` (answer with the first result), or broken I/O.
   * A conflict on the head of the chain, a busy file and a deadlock are retried inside.
   */
  commit(plan: Plan): Promise<Committed>
  /** The handle of the embedded database, for backup and checks; null on Postgres. */
  readonly sqlite: SqliteHandle | null
  /** Carries words to the other replicas on the same database; null where there is only this process. */
  readonly relay: Relay | null
  close(): Promise<void>
}

/** A line between the replicas. What is said is heard by all of them, by the speaker too; nobody is told again after an interruption. */
export interface Relay {
  say(words: string): Promise<void>
  hear(listener: (words: string) => void): Promise<void>
}

/** One database, opened; `run` is one transaction without retries. */
export interface Driver extends Omit<Store, 'commit'> {
  run(plan: Plan): Promise<Committed>
}
