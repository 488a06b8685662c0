/** Hides how a Postgres schema is migrated: under an advisory lock, one transaction per migration, with a row floor on the record. */
import { GENESIS } from '@/db/chain'
import { firstHead, POSTGRES_GUARDS } from '@/db/guards'
import { type Applied, type Migration, pendingMigrations, readMigrations, RECORD_TABLES } from '@/db/migrations'

/** One connection that runs plain SQL; postgres.js and PGlite both fit. `query` takes one statement, `exec` several. */
export interface PostgresRunner {
  query(sql: string): Promise<readonly Record<string, unknown>[]>
  exec(sql: string): Promise<void>
}

const LEDGER = 'create table if not exists schema_migration (idx integer primary key, tag text not null, hash text not null, applied_at timestamptz not null)'
/** Any number that is the product's own; two starting replicas wait for each other on it. */
const LOCK = 7_483_311

/** Brings the database to this version's schema. Thrown as in `migrateSqlite`. Backups of Postgres are its operator's. */
export async function migratePostgres(runner: PostgresRunner, folder: string, migrate: boolean): Promise<void> {
  const known = readMigrations(folder)
  await runner.query(`select pg_advisory_lock(${LOCK})`)
  try {
    const pending = pendingMigrations(known, await appliedIn(runner))
    if (pending.length > 0 && !migrate) {
      throw new Error(`The database is older than this version of Gatehouse (${pending.length} migrations are missing). Start Gatehouse once.`)
    }
    if (!migrate) return
    if (pending.length > 0) await runner.query(LEDGER)
    for (const [index, migration] of pending.entries()) await applyOne(runner, migration, known.length - pending.length + index)
    await runner.exec(POSTGRES_GUARDS)
    await runner.query(firstHead(GENESIS.hash))
  } finally {
    await runner.query(`select pg_advisory_unlock(${LOCK})`)
  }
}

async function applyOne(runner: PostgresRunner, migration: Migration, idx: number): Promise<void> {
  await runner.query('begin')
  try {
    const before = await recordCounts(runner)
    for (const statement of migration.statements) await runner.exec(statement)
    const after = await recordCounts(runner)
    for (const [table, count] of before) {
      const left = after.get(table) ?? 0
      if (left < count) throw new Error(`Migration ${migration.tag} would leave ${left} of ${count} rows in ${table}; nothing was changed.`)
    }
    const at = new Date().toISOString()
    await runner.query(`insert into schema_migration (idx, tag, hash, applied_at) values (${idx}, '${migration.tag}', '${migration.hash}', '${at}')`)
    await runner.query('commit')
  } catch (error) {
    await runner.query('rollback')
    throw error
  }
}

async function hasTable(runner: PostgresRunner, table: string): Promise<boolean> {
  const [row] = await runner.query(`select to_regclass('${table}') is not null as found`)
  return row?.['found'] === true
}

async function appliedIn(runner: PostgresRunner): Promise<Applied[]> {
  if (!(await hasTable(runner, 'schema_migration'))) return []
  const rows = await runner.query('select tag, hash from schema_migration order by idx')
  return rows.map((row) => ({ tag: String(row['tag']), hash: String(row['hash']) }))
}

async function recordCounts(runner: PostgresRunner): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const table of RECORD_TABLES) {
    if (!(await hasTable(runner, table))) continue
    const [row] = await runner.query(`select count(*)::int as n from ${table}`)
    counts.set(table, Number(row?.['n']))
  }
  return counts
}
