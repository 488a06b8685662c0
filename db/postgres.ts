/** Hides postgres.js: the connection's safety settings, and how a plan runs in one awaited transaction. */
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type Committed, type Plan, steps } from '@/db/commit'
import type { Driver, Relay } from '@/db/driver'
import { migratePostgres } from '@/db/migrate-postgres'
import { schemaFor } from '@/db/schema'
import { asDb } from '@/db/write'

export interface PostgresOptions {
  readonly url: string
  readonly migrations: string
  readonly migrate: boolean
}

/** Opens the pool. Thrown: when the server would acknowledge a commit before it is on disk. */
export async function openPostgres(options: PostgresOptions): Promise<Driver> {
  const pool = postgres(options.url, { max: 10, onnotice: () => undefined, connection: { synchronous_commit: 'on' } })
  try {
    await refuseUnsafe(pool)
    const reserved = await pool.reserve()
    try {
      const runner = {
        query: async (sql: string) => [...(await reserved.unsafe(sql))],
        exec: async (sql: string) => void (await reserved.unsafe(sql)),
      }
      await migratePostgres(runner, options.migrations, options.migrate)
    } finally {
      reserved.release()
    }
  } catch (error) {
    await pool.end()
    throw error
  }
  const t = schemaFor.postgres()
  const connection = drizzle(pool)
  return {
    dialect: 'postgres',
    db: asDb(connection),
    t,
    sqlite: null,
    relay: relayOver(pool),
    run: (plan) => connection.transaction((tx) => play(plan, tx, t)),
    close: () => pool.end(),
  }
}

const CHANNEL = 'gatehouse'

/** LISTEN and NOTIFY; a payload may have 8,000 bytes, ours are ids and numbers. postgres.js listens again by itself after a broken connection. */
function relayOver(pool: postgres.Sql): Relay {
  return {
    say: async (words) => void (await pool.notify(CHANNEL, words)),
    hear: async (listener) => void (await pool.listen(CHANNEL, listener)),
  }
}

/** Runs a plan's statements one after the other inside an open transaction. */
export async function play(plan: Plan, tx: object, t: Driver['t']): Promise<Committed> {
  const script = steps(plan, asDb(tx), t)
  let step = script.next()
  while (!step.done) step = script.next(await step.value)
  return step.value
}

async function refuseUnsafe(pool: postgres.Sql): Promise<void> {
  const [row] = await pool`select current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync`
  if (row?.['commit'] === 'off') throw new Error('Postgres runs with synchronous_commit=off, which loses acknowledged decisions at a crash. Set it to on.')
  if (row?.['fsync'] === 'off') process.emitWarning('Postgres runs with fsync=off: a power cut can destroy the database.')
}
