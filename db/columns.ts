/** Hides which database a column is for: one small vocabulary in which every table is written once. */
import * as P from 'drizzle-orm/pg-core'
import * as S from 'drizzle-orm/sqlite-core'

const sqlite = {
  table: S.sqliteTable,
  index: S.index,
  uniqueIndex: S.uniqueIndex,
  primaryKey: S.primaryKey,
  /** A text primary key: a UUID v7, a slug or a hash, made by the application. */
  id: (name: string) => S.text(name).primaryKey(),
  text: (name: string) => S.text(name),
  /** Text out of a closed list. Plain text in the database: a Postgres enum could not be changed in a transaction. */
  choice: <const V extends [string, ...string[]]>(name: string, values: V) => S.text(name, { enum: values }),
  integer: (name: string) => S.integer(name),
  real: (name: string) => S.real(name),
  flag: (name: string) => S.integer(name, { mode: 'boolean' }),
  /** A point in time with milliseconds; a `Date` in code. */
  instant: (name: string) => S.integer(name, { mode: 'timestamp_ms' }),
  /** Structured data whose bytes do not matter. Where they do (the log), use `text`: Postgres rewrites jsonb. */
  json: <T>(name: string) => S.text(name, { mode: 'json' }).$type<T>(),
}

export type Vocabulary = typeof sqlite

const postgres = {
  table: P.pgTable,
  index: P.index,
  uniqueIndex: P.uniqueIndex,
  primaryKey: P.primaryKey,
  id: (name: string) => P.text(name).primaryKey(),
  text: (name: string) => P.text(name),
  choice: <const V extends [string, ...string[]]>(name: string, values: V) => P.text(name, { enum: values }),
  integer: (name: string) => P.integer(name),
  real: (name: string) => P.doublePrecision(name),
  flag: (name: string) => P.boolean(name),
  instant: (name: string) => P.timestamp(name, { mode: 'date', withTimezone: true, precision: 3 }),
  json: <T>(name: string) => P.jsonb(name).$type<T>(),
}

// First of the two casts of this folder: the words mean the same in both dialects, which the contract suite proves.
const asSqlite = postgres as unknown as Vocabulary

export const vocabularies = { sqlite, postgres: asSqlite } as const

export type Dialect = keyof typeof vocabularies
