import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '@/db/sqlite-driver.mjs'
import { afterAll, expect, it } from 'vitest'
import type { Entry } from '@/db/chain'
import { storageFaultOf } from '@/db/conflict'
import { logHead, verifyChain } from '@/db/log'
import { openStore } from '@/db/store'
import { migrationsFolder } from '@/db/testing/stores'
import { AggregateConflict } from '@/db/write'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-faults-'))
const path = join(folder, 'faults.db')
const store = await openStore(`file:${path}`, { migrate: true, migrations: migrationsFolder })
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function entry(version: number, weight = 1): Entry {
  const actor = { kind: 'system', id: 'clock', name: { sealed: 'f'.repeat(64) }, teams: [], roles: [] } as const
  return { kind: 'model', aggregateId: 'm', aggregateVersion: version, at: new Date(0), actor, event: Object.assign({ type: 'made', v: 1 }, { ballast: 'x'.repeat(weight) }) }
}

it('waits while another program holds the file, and then commits', async () => {
  const other = new Database(path)
  other.exec('begin immediate')
  const freed = setTimeout(() => other.exec('rollback'), 300)
  expect(await store.commit({ writes: [], entries: [entry(1)] })).toEqual({ seq: 1 })
  clearTimeout(freed)
  other.close()
})

it('keeps nothing of a commit for which there is no room, says so, and goes on when there is', async () => {
  const pages = Number(store.sqlite?.pragma('page_count', { simple: true }))
  store.sqlite?.pragma(`max_page_count = ${pages + 2}`)
  const refusal: unknown = await store.commit({ writes: [], entries: [entry(2, 100_000)] }).catch((error: unknown) => error)
  expect(storageFaultOf(refusal)).toBe('full')
  expect(refusal).not.toBeInstanceOf(AggregateConflict)
  expect(await logHead(store)).toMatchObject({ seq: 1 })
  store.sqlite?.pragma(`max_page_count = ${pages + 10_000}`)
  expect(await store.commit({ writes: [], entries: [entry(2, 100_000)] })).toEqual({ seq: 2 })
  expect((await verifyChain(store)).verdict).toBe('sound')
})

it('goes on after a plan that throws by itself', async () => {
  const broken = { run: () => { throw new Error('a bug in a projection') }, rows: 1 }
  await expect(store.commit({ writes: [broken], entries: [entry(3)] })).rejects.toThrow('a bug')
  expect(await store.commit({ writes: [], entries: [entry(3)] })).toEqual({ seq: 3 })
})
