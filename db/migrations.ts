/** Hides how generated migrations lie on disk, and decides which are to run: the full list of hashes is compared, not only the last. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface Migration {
  readonly tag: string
  readonly hash: string
  readonly statements: readonly string[]
}

export interface Applied {
  readonly tag: string
  readonly hash: string
}

/** Tables whose rows are the record: a migration that leaves fewer rows in one of them is rolled back. */
export const RECORD_TABLES = ['aggregate', 'log_entry', 'free_text', 'credential', 'stored_file', 'decision_row', 'checkpoint', 'checkpoint_key'] as const

const Journal = z.object({ entries: z.array(z.object({ idx: z.number(), tag: z.string() })) })

/** Reads a folder of drizzle-kit. Out: its migrations in order. `PRAGMA foreign_keys` is left out: the runner owns it. */
export function readMigrations(folder: string): readonly Migration[] {
  const journal = join(folder, 'meta', '_journal.json')
  if (!existsSync(journal)) throw new Error(`no migrations in ${folder}; start Gatehouse from its own folder`)
  const { entries } = Journal.parse(JSON.parse(readFileSync(journal, 'utf8')))
  return entries.map(({ tag }) => {
    const sql = readFileSync(join(folder, `${tag}.sql`), 'utf8')
    const statements = sql
      .split('--> statement-breakpoint')
      .map((statement) => statement.trim())
      .filter((statement) => statement !== '' && !/^pragma\s+foreign_keys/i.test(statement))
    return { tag, hash: createHash('sha256').update(sql).digest('hex'), statements }
  })
}

/**
 * Which migrations are still to run. Thrown, each with what to do: the database is newer than this program; an applied
 * migration was edited, removed or slipped in before others.
 */
export function pendingMigrations(known: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  applied.forEach((done, index) => {
    const here = known[index]
    if (!here) throw new Error(`The database has migration ${done.tag}, which this version of Gatehouse does not know. Start the newer version.`)
    if (here.tag !== done.tag) throw new Error(`The database has migration ${done.tag} where this version has ${here.tag}; their histories differ.`)
    if (here.hash !== done.hash) throw new Error(`Migration ${done.tag} was changed after it was applied. Restore the file as it was released.`)
  })
  return known.slice(applied.length)
}
