/** Hides how a SQLite file is migrated without losing a row: free space, backup, foreign keys off outside the transaction, row floor, check. */
import { existsSync, mkdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Database } from '@/db/sqlite-driver.mjs'
import { GENESIS } from '@/db/chain'
import { firstHead, SQLITE_GUARDS } from '@/db/guards'
import { SQLITE_SEARCH } from '@/db/search-index'
import { type Applied, type Migration, pendingMigrations, readMigrations, RECORD_TABLES } from '@/db/migrations'
import { makePrivateFile } from '@/db/private-file'

type Handle = InstanceType<typeof Database>

export interface MigrateOptions {
  readonly path: string
  /** Folder with the generated migrations. */
  readonly folder: string
  /** False: only check that nothing is pending. */
  readonly migrate: boolean
}

const LEDGER = 'create table if not exists schema_migration (idx integer primary key, tag text not null, hash text not null, applied_at integer not null)'

/**
 * Brings the file to this version's schema, one transaction per migration, so that a run that was killed is simply run again.
 * Thrown: what stands in the way (no space, newer schema, edited migration, lost rows), with the file as it was.
 */
export async function migrateSqlite(raw: Handle, options: MigrateOptions): Promise<void> {
  const known = readMigrations(options.folder)
  const pending = pendingMigrations(known, appliedIn(raw))
  if (pending.length > 0 && !options.migrate) {
    throw new Error(`The database is older than this version of Gatehouse (${pending.length} migrations are missing). Start Gatehouse once.`)
  }
  if (!options.migrate) return
  if (pending.length > 0) {
    raw.exec(LEDGER)
    const first = known.length - pending.length
    if (first > 0 && options.path !== ':memory:') await keepCopy(raw, options.path, known[first - 1]?.tag ?? 'empty')
    raw.pragma('foreign_keys = OFF')
    try {
      pending.forEach((migration, index) => applyOne(raw, migration, first + index))
    } finally {
      raw.pragma('foreign_keys = ON')
    }
  }
  raw.exec(SQLITE_GUARDS)
  raw.exec(SQLITE_SEARCH)
  raw.exec(firstHead(GENESIS.hash))
}

function applyOne(raw: Handle, migration: Migration, idx: number): void {
  raw
    .transaction(() => {
      const before = recordCounts(raw)
      for (const statement of migration.statements) raw.exec(statement)
      const after = recordCounts(raw)
      for (const [table, count] of before) {
        const left = after.get(table) ?? 0
        if (left < count) throw new Error(`Migration ${migration.tag} would leave ${left} of ${count} rows in ${table}; nothing was changed.`)
      }
      const broken = raw.pragma('foreign_key_check')
      if (Array.isArray(broken) && broken.length > 0) throw new Error(`Migration ${migration.tag} would break ${broken.length} references; nothing was changed.`)
      raw.prepare('insert into schema_migration (idx, tag, hash, applied_at) values (?, ?, ?, ?)').run(idx, migration.tag, migration.hash, Date.now())
    })
    .immediate()
}

function appliedIn(raw: Handle): Applied[] {
  const isThere = raw.prepare("select 1 from sqlite_master where type = 'table' and name = 'schema_migration'").get()
  if (!isThere) return []
  const tags = raw.prepare('select tag from schema_migration order by idx').pluck().all()
  const hashes = raw.prepare('select hash from schema_migration order by idx').pluck().all()
  return tags.map((tag, index) => ({ tag: String(tag), hash: String(hashes[index]) }))
}

function recordCounts(raw: Handle): Map<string, number> {
  const counts = new Map<string, number>()
  for (const table of RECORD_TABLES) {
    if (!raw.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table)) continue
    counts.set(table, Number(raw.prepare(`select count(*) from ${table}`).pluck().get()))
  }
  return counts
}

async function keepCopy(raw: Handle, path: string, tag: string): Promise<void> {
  const folder = join(dirname(resolve(path)), 'backups')
  mkdirSync(folder, { recursive: true })
  const size = statSync(path).size + (existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0)
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  // once for the copy and once for the rewriting itself
  if (free < size * 2) {
    throw new Error(`Upgrading needs ${Math.ceil((size * 2) / 1e6)} MB free beside the database, there are ${Math.floor(free / 1e6)} MB. Nothing was changed.`)
  }
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const copy = join(folder, `before-upgrade-after-${tag}-${stamp}.db`)
  makePrivateFile(copy)
  await raw.backup(copy)
}
