import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readMigrations } from '@/db/migrations'
import { schemaFor } from '@/db/schema'
import * as postgresTables from '@/db/schema.postgres'
import * as sqliteTables from '@/db/schema.sqlite'
import { migrationsFolder } from '@/db/testing/stores'

const root = join(import.meta.dirname, '..')

it.each(['sqlite', 'postgresql'] as const)('the migrations for %s are what the schema says', { timeout: 60_000 }, (dialect) => {
  const name = dialect === 'sqlite' ? 'sqlite' : 'postgres'
  // inside the tree, because drizzle-kit resolves its output folder against it
  const scratch = mkdtempSync(join(root, 'node_modules', '.drift-'))
  try {
    const out = join(scratch, 'out')
    cpSync(join(migrationsFolder, name), out, { recursive: true })
    const before = readdirSync(out).sort()
    const config = join(scratch, 'drift.config.json')
    writeFileSync(config, JSON.stringify({ dialect, schema: join(root, `db/schema.${name}.ts`), out: join('node_modules', scratch.slice(scratch.lastIndexOf('/') + 1), 'out') }))
    const said = execFileSync(process.execPath, [join(root, 'node_modules/drizzle-kit/bin.cjs'), 'generate', '--config', config], { cwd: root, encoding: 'utf8' })
    expect(said).toContain('No schema changes')
    expect(readdirSync(out).sort()).toEqual(before)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
})

it('the generator is shown every table', () => {
  expect(Object.keys(sqliteTables).sort()).toEqual(Object.keys(schemaFor.sqlite()).sort())
  expect(Object.keys(postgresTables).sort()).toEqual(Object.keys(schemaFor.postgres()).sort())
})

it('no migration drops a table of the record for good or fiddles with foreign keys by hand', () => {
  for (const dialect of ['sqlite', 'postgres']) {
    for (const { statements } of readMigrations(join(migrationsFolder, dialect))) {
      for (const statement of statements) expect(statement).not.toMatch(/truncate|pragma|on delete (cascade|set)/i)
    }
  }
})
