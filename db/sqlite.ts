/** Hides better-sqlite3: how a file is opened so that it keeps its promises, and how a plan runs in one synchronous transaction. */
import { mkdirSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Database } from '@/db/sqlite-driver.mjs'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { steps } from '@/db/commit'
import type { Driver, SqliteHandle } from '@/db/driver'
import { migrateSqlite } from '@/db/migrate-sqlite'
import { makePrivateFile } from '@/db/private-file'
import { schemaFor } from '@/db/schema'
import { asDb } from '@/db/write'

/** 3.7.0 to 3.51.2 can corrupt a WAL file when one connection checkpoints while another resets (fixed in 3.51.3). */
const OLDEST_SAFE = [3, 51, 3] as const

/** statfs types of file systems that only pretend to lock: NFS, SMB, CIFS, SMB2, AFS, Ceph, Lustre, Coda. */
const NETWORK_TYPES = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x0bd00bd0, 0x73757245])

export interface SqliteOptions {
  /** Path, or `:memory:`. */
  readonly path: string
  /** Folder with the generated migrations. */
  readonly migrations: string
  readonly migrate: boolean
  readonly readOnly: boolean
}

/** Opens the file. Thrown: one plain sentence when the file system, the library or another process makes it unsafe. */
export async function openSqlite(options: SqliteOptions): Promise<Driver> {
  const { path } = options
  const inMemory = path === ':memory:'
  if (!inMemory) {
    mkdirSync(dirname(resolve(path)), { recursive: true })
    refuseNetworkFileSystem(dirname(resolve(path)))
  }
  const lock = inMemory || options.readOnly ? null : takeWriterLock(path)
  let raw: SqliteHandle | null = null
  try {
    if (!inMemory && !options.readOnly) makePrivateFile(path)
    raw = new Database(path, { readonly: options.readOnly, timeout: 250 })
    harden(raw, inMemory, options.readOnly)
    await migrateSqlite(raw, { path, folder: options.migrations, migrate: options.migrate && !options.readOnly })
  } catch (error) {
    raw?.close()
    lock?.close()
    throw error
  }
  return driverOf(raw, lock)
}

function driverOf(raw: SqliteHandle, lock: SqliteHandle | null): Driver {
  const t = schemaFor.sqlite()
  const db = asDb(drizzle(remembering(raw), { schema: t }))
  return {
    dialect: 'sqlite',
    db,
    t,
    sqlite: raw,
    relay: null,
    // The callback must stay synchronous: better-sqlite3 commits nothing when it returns a promise.
    run: async (plan) =>
      raw
        .transaction(() => {
          const script = steps(plan, db, t)
          let step = script.next()
          while (!step.done) step = script.next(rowsOf(step.value.all()))
          return step.value
        })
        .immediate(),
    close: async () => {
      raw.close()
      lock?.close()
    },
  }
}

/** Statements that are kept compiled. Those with long lists of parameters come in many lengths; the ones used longest ago make room. */
const MOST_KEPT = 150

/** The connection, but that a statement which was asked before is not compiled again: a page asks the same twenty each time. */
function remembering(raw: SqliteHandle): SqliteHandle {
  const kept = new Map<string, ReturnType<SqliteHandle['prepare']>>()
  const prepare = (source: string) => {
    const known = kept.get(source) ?? raw.prepare(source)
    kept.delete(source)
    kept.set(source, known)
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    // Whoever asked before may have wanted rows as lists.
    return known.reader ? known.raw(false) : known
  }
  return new Proxy(raw, {
    get(target, name) {
      if (name === 'prepare') return prepare
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function rowsOf(answer: unknown): readonly unknown[] {
  if (!Array.isArray(answer)) throw new Error('the SQLite driver answered later than at once')
  return answer
}

function harden(raw: SqliteHandle, inMemory: boolean, readOnly: boolean): void {
  const version = String(raw.prepare('select sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  const difference = OLDEST_SAFE.map((floor, index) => (parts[index] ?? 0) - floor).find((d) => d !== 0) ?? 0
  if (difference < 0) throw new Error(`SQLite ${version} can corrupt WAL files; ${OLDEST_SAFE.join('.')} or newer is needed`)
  raw.pragma('foreign_keys = ON')
  if (inMemory || readOnly) return
  const mode = raw.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal') throw new Error(`the database cannot use write-ahead logging (it stays in "${String(mode)}" mode)`)
  // better-sqlite3 reopens a WAL file with NORMAL, which may lose acknowledged commits at a power cut: set it and look.
  raw.pragma('synchronous = FULL')
  if (raw.pragma('synchronous', { simple: true }) !== 2) throw new Error('SQLite did not accept synchronous=FULL')
}

/** Holds an exclusive lock on a file beside the database for the life of the process; the kernel frees it when the process dies. */
function takeWriterLock(path: string): SqliteHandle {
  const lock = new Database(`${path}.lock`, { timeout: 0 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
      throw new Error(`Another Gatehouse process is writing to ${path}. Stop it first, or use Postgres for several processes.`)
    }
    throw error
  }
}

function refuseNetworkFileSystem(folder: string): void {
  if (NETWORK_TYPES.has(statfsSync(folder).type)) {
    throw new Error(`${folder} lies on a network file system, where SQLite loses data. Use a local disk, or Postgres.`)
  }
}
