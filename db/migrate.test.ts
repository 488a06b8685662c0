import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '@/db/sqlite-driver.mjs'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { migrateSqlite } from '@/db/migrate-sqlite'
import { pendingMigrations, readMigrations } from '@/db/migrations'
import { migrationsFolder } from '@/db/testing/stores'

const root = mkdtempSync(join(tmpdir(), 'gatehouse-migrate-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folder = ''
let path = ''
let run = 0
beforeEach(() => {
  run += 1
  const place = join(root, String(run))
  folder = join(place, 'migrations')
  path = join(place, 'test.db')
  mkdirSync(place)
  cpSync(join(migrationsFolder, 'sqlite'), folder, { recursive: true })
})

function add(tag: string, sql: string): void {
  const journal = join(folder, 'meta', '_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'))
  writeFileSync(join(folder, `${tag}.sql`), sql)
  writeFileSync(journal, JSON.stringify({ ...rest, entries: [...entries, { idx: entries.length, version: '6', when: entries.length, tag, breakpoints: true }] }))
}

async function migrated(): Promise<InstanceType<typeof Database>> {
  const raw = new Database(path)
  raw.pragma('foreign_keys = ON')
  try {
    await migrateSqlite(raw, { path, folder, migrate: true })
    return raw
  } catch (error) {
    raw.close()
    throw error
  }
}

const PARENT_AND_CHILD = `create table parent (id text primary key, name text);
--> statement-breakpoint
create table child (id text primary key, parent_id text not null references parent(id) on delete cascade);`

// what drizzle-kit writes when a column's type changes; its own migrator lets the DROP cascade
const REBUILD = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
create table __new_parent (id text primary key, name text not null);--> statement-breakpoint
insert into __new_parent select id, name from parent;--> statement-breakpoint
drop table parent;--> statement-breakpoint
alter table __new_parent rename to parent;--> statement-breakpoint
PRAGMA foreign_keys=ON;`

const aText = `insert into free_text (hash, salt, text, owner_kind, owner_id, author_id) values ('h', 's', 't', 'k', 'o', 'a')`

describe('migrating SQLite', () => {
  it('rebuilds a table without deleting what points at it, after keeping a copy', async () => {
    add('9001_family', PARENT_AND_CHILD)
    const first = await migrated()
    first.exec(`insert into parent values ('p', 'x'); insert into child values ('a', 'p'), ('b', 'p'), ('c', 'p')`)
    first.close()
    add('9002_rebuild', REBUILD)
    const raw = await migrated()
    expect(raw.prepare('select count(*) from child').pluck().get()).toBe(3)
    expect(raw.pragma('foreign_keys', { simple: true })).toBe(1)
    raw.close()
    const copies = readdirSync(join(path, '..', 'backups'))
    expect(copies).toHaveLength(1)
    expect(copies[0]).toContain('9001_family')
  })

  it('sets the triggers again on a rebuilt log', async () => {
    ;(await migrated()).close()
    add('9001_log', 'alter table log_entry rename to old_entry;--> statement-breakpoint\ncreate table log_entry as select * from old_entry;--> statement-breakpoint\ndrop table old_entry;')
    const raw = await migrated()
    raw.exec(`insert into log_entry (seq, kind, aggregate_id, aggregate_version, type, v, at, actor_id, body, prev_hash, hash) values (1, 'k', 'i', 1, 't', 1, 0, 'a', '{}', 'p', 'h')`)
    expect(() => raw.exec('delete from log_entry')).toThrow('append-only')
    raw.close()
  })

  it('takes nothing from the record, and leaves the file as it was when a migration would', async () => {
    const first = await migrated()
    first.exec(aText)
    first.close()
    add('9001_forget', 'create table fresh (id text);--> statement-breakpoint\ndrop table free_text;')
    await expect(migrated()).rejects.toThrow('would leave 0 of 1 rows in free_text')
    const raw = new Database(path)
    expect(raw.prepare('select count(*) from free_text').pluck().get()).toBe(1)
    expect(raw.prepare(`select count(*) from sqlite_master where name = 'fresh'`).pluck().get()).toBe(0)
    raw.close()
  })

  it('refuses a migration that breaks references', async () => {
    add('9001_family', PARENT_AND_CHILD)
    const first = await migrated()
    first.exec(`insert into parent values ('p', 'x'); insert into child values ('a', 'p')`)
    first.close()
    add('9002_orphan', 'delete from parent')
    await expect(migrated()).rejects.toThrow('would break 1 references')
  })

  it('notices a migration that was edited, removed or slipped in, and a newer database', async () => {
    ;(await migrated()).close()
    const [first] = readMigrations(folder)
    if (!first) throw new Error('no migrations')
    const file = join(folder, `${first.tag}.sql`)
    const released = readFileSync(file, 'utf8')
    writeFileSync(file, `${released}\n-- harmless`)
    await expect(migrated()).rejects.toThrow('was changed after it was applied')
    writeFileSync(file, released)
    expect(() => pendingMigrations([], [first])).toThrow('Start the newer version')
    expect(() => pendingMigrations([{ ...first, tag: '0000_other' }], [first])).toThrow('histories differ')
    expect(() => pendingMigrations([{ ...first, hash: createHash('sha256').digest('hex') }], [first])).toThrow('was changed')
    expect(pendingMigrations([first], [])).toEqual([first])
  })

  it('finishes after it was killed in the middle', async () => {
    const first = await migrated()
    first.exec(aText)
    first.close()
    add('9001_slow', `create table half (id integer);--> statement-breakpoint
insert into half with recursive n(i) as (select 1 union all select i + 1 from n where i < 40000000) select i from n;`)
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'testing/migrate-child.ts'), path, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await new Promise((resolve) => setTimeout(resolve, 250))
    child.kill('SIGKILL')
    const [, signal] = await new Promise<[number | null, string | null]>((resolve) => child.once('exit', (code, by) => resolve([code, by])))
    expect(signal).toBe('SIGKILL')
    const killed = new Database(path)
    expect(killed.prepare(`select count(*) from sqlite_master where name = 'half'`).pluck().get()).toBe(0)
    killed.close()
    // the same tag and list, with fewer rows so that the second run is quick: it was never applied
    writeFileSync(join(folder, '9001_slow.sql'), 'create table half (id integer);')
    const raw = await migrated()
    expect(raw.prepare('select count(*) from schema_migration').pluck().get()).toBe(readMigrations(folder).length)
    expect(raw.prepare('select text from free_text').pluck().get()).toBe('t')
    raw.close()
  })
})
