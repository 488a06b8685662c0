import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { backup, verifyCopy } from '@/db/backup'
import type { Entry } from '@/db/chain'
import { openStore } from '@/db/store'
import { migrationsFolder } from '@/db/testing/stores'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const url = `file:${join(folder, 'live.db')}`

function entry(version: number): Entry {
  const actor = { kind: 'system', id: 'clock', name: { sealed: 'f'.repeat(64) }, teams: [], roles: [] } as const
  return { kind: 'model', aggregateId: 'm', aggregateVersion: version, at: new Date(0), actor, event: { type: 'made', v: 1 } }
}

describe('the embedded database', () => {
  it('is copied whole while commits go on, and the copy verifies', async () => {
    const store = await openStore(url, { migrate: true, migrations: migrationsFolder })
    let version = 0
    let isWriting = true
    const writing = (async () => {
      while (isWriting) {
        await store.commit({ writes: [], entries: [entry((version += 1))] })
        // commits alone never let timers run
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const atLeast = version - 1
    const report = await backup(store, join(folder, 'copy.db'), migrationsFolder)
    isWriting = false
    await writing
    expect(report.seq).toBeGreaterThanOrEqual(atLeast)
    expect(report.sha256).toBe(createHash('sha256').update(readFileSync(report.path)).digest('hex'))
    expect(existsSync(`${report.path}-wal`) || existsSync(`${report.path}.partial`)).toBe(false)
    await expect(backup(store, report.path, migrationsFolder)).rejects.toThrow('never overwrites')
    // What lies on the disk, and its copy, is for the user that runs the product: it holds sign-ins and what people wrote.
    for (const file of ['live.db', 'live.db-wal', 'copy.db']) expect([file, statSync(join(folder, file)).mode & 0o077]).toEqual([file, 0])
    await store.close()
    // SQLite's own check cannot see this: the pages are whole, only the words inside are others
    const damaged = readFileSync(report.path, 'latin1').replaceAll('"type":"made"', '"type":"fake"')
    writeFileSync(join(folder, 'damaged.db'), damaged, 'latin1')
    expect((await verifyCopy(join(folder, 'damaged.db'), migrationsFolder)).verdict).toBe('altered')
  })

  it('keeps its promises on every open: WAL, FULL, foreign keys, one writer, and readers beside it', async () => {
    for (let open = 1; open <= 2; open += 1) {
      const store = await openStore(url, { migrate: true, migrations: migrationsFolder })
      expect(store.sqlite?.pragma('synchronous', { simple: true })).toBe(2)
      expect(store.sqlite?.pragma('journal_mode', { simple: true })).toBe('wal')
      expect(store.sqlite?.pragma('foreign_keys', { simple: true })).toBe(1)
      await expect(openStore(url, { migrate: true, migrations: migrationsFolder })).rejects.toThrow('Another Gatehouse process')
      const reader = await openStore(url, { readOnly: true, migrations: migrationsFolder })
      await expect(reader.commit({ writes: [], entries: [entry(1e6)] })).rejects.toThrow('readonly')
      await reader.close()
      await store.close()
    }
  })

  it('says what is wrong with an address or an old schema', async () => {
    await expect(openStore('mysql://x')).rejects.toThrow('DATABASE_URL')
    await expect(openStore(`file:${join(folder, 'empty.db')}`, { migrations: migrationsFolder })).rejects.toThrow('older than this version')
  })
})
