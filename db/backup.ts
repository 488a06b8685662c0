/** Hides how the embedded database is copied while it is in use, and that a copy counts only once it was checked. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Database } from '@/db/sqlite-driver.mjs'
import { type ChainVerdict, verifyChain } from '@/db/log'
import { makePrivateFile } from '@/db/private-file'
import { openStore, type Store } from '@/db/store'

export interface BackupReport {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** The last log entry that the copy holds. */
  readonly seq: number
}

/**
 * Copies by SQLite's online backup, then checks the copy (its pages and its chain) and only then gives it its name.
 * Thrown: on Postgres (use pg_dump), when the target exists, when the copy does not verify.
 */
export async function backup(store: Store, target: string, migrations?: string): Promise<BackupReport> {
  if (!store.sqlite) throw new Error('Gatehouse backs up its embedded database; for Postgres use pg_dump.')
  if (existsSync(target)) throw new Error(`${target} exists already; a backup never overwrites.`)
  mkdirSync(dirname(resolve(target)), { recursive: true })
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  makePrivateFile(partial)
  await store.sqlite.backup(partial)
  makeSingleFile(partial)
  const verdict = await verifyCopy(partial, migrations)
  if (verdict.verdict !== 'sound') {
    rmSync(partial, { force: true })
    throw new Error(`the copy does not verify: ${JSON.stringify(verdict)}`)
  }
  renameSync(partial, target)
  return { path: target, bytes: statSync(target).size, sha256: await digestOf(target), seq: verdict.head.seq }
}

/** Checks a database file that nobody writes to: SQLite's own check, then the chain and the words. */
export async function verifyCopy(path: string, migrations?: string): Promise<ChainVerdict> {
  const copy = await openStore(`file:${path}`, { readOnly: true, ...(migrations === undefined ? {} : { migrations }) })
  try {
    const found = copy.sqlite?.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new Error(`SQLite found the copy damaged: ${String(found)}`)
    return await verifyChain(copy)
  } finally {
    await copy.close()
  }
}

/** A copied WAL database would grow side files wherever it is opened; a backup is one file. */
function makeSingleFile(path: string): void {
  const raw = new Database(path)
  raw.pragma('journal_mode = DELETE')
  raw.close()
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
