/** Stores for tests: each dialect of the contract, fresh and empty. Never imported by the product. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migratePostgres } from '@/db/migrate-postgres'
import { play } from '@/db/postgres'
import { schemaFor } from '@/db/schema'
import { hasPostgres, startPostgres } from '@/db/testing/postgres-server'
import { openStore, type Store, storeOver } from '@/db/store'
import { asDb } from '@/db/write'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** A store on a new SQLite file in a folder that goes away when the store is closed. */
export async function freshSqlite(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-store-'))
  const store = await openStore(`file:${join(folder, 'test.db')}`, { migrate: true, migrations: migrationsFolder })
  return {
    ...store,
    close: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A store in memory: the fastest, for tests of what lies above the store. */
export function freshMemory(): Promise<Store> {
  return openStore(':memory:', { migrate: true, migrations: migrationsFolder })
}

/** A store on PGlite: Postgres itself, compiled to run in this process. */
export async function freshPglite(): Promise<Store> {
  const client = new PGlite()
  const runner = {
    query: async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows,
    exec: async (sql: string) => void (await client.exec(sql)),
  }
  await migratePostgres(runner, join(migrationsFolder, 'postgres'), true)
  const t = schemaFor.postgres()
  const connection = drizzle(client)
  return storeOver({
    dialect: 'postgres',
    db: asDb(connection),
    t,
    sqlite: null,
    relay: null,
    run: (plan) => connection.transaction((tx) => play(plan, tx, t)),
    close: () => client.close(),
  })
}

/** A store on a new cluster of the Postgres that is installed here, through the driver that the product uses. */
export async function freshPostgres(): Promise<Store> {
  const server = await startPostgres()
  const store = await openStore(server.url, { migrate: true, migrations: migrationsFolder })
  return {
    ...store,
    close: async () => {
      await store.close()
      await server.stop()
    },
  }
}

type Opening = readonly [name: string, open: () => Promise<Store>]

const here: readonly Opening[] = hasPostgres() ? [['Postgres', freshPostgres]] : []

/** What the contract runs over; a real Postgres joins where one is installed. */
export const dialects: readonly Opening[] = [['better-sqlite3', freshSqlite], ['PGlite', freshPglite], ...here]
