import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadAggregate } from '@/db/aggregate'
import { verifyChain, verifyStates } from '@/db/log'
import { openStore } from '@/db/store'
import { migrationsFolder } from '@/db/testing/stores'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const url = `file:${join(folder, 'killed.db')}`

/** Lets a child commit for a while, kills it at some moment and returns the last count that it acknowledged. */
async function killedAfter(milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'testing/commit-child.ts'), url, migrationsFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', (code) => reject(new Error(`the child ended by itself with ${code}`)))
  })
  child.removeAllListeners('exit')
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGKILL')
  await ended
  // the last line may be cut by the kill
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1))
}

it('has every acknowledged commit after twenty kills, whole and in the chain', { timeout: 240_000 }, async () => {
  let acknowledged = 0
  for (let kill = 0; kill < 20; kill += 1) acknowledged = Math.max(acknowledged, await killedAfter((kill * 7) % 41))
  const store = await openStore(url, { migrate: true, migrations: migrationsFolder })
  const version = (await loadAggregate(store, 'model', 'm'))?.version ?? 0
  // at most the one commit that was on its way when the kill came was never acknowledged
  expect(version).toBeGreaterThanOrEqual(acknowledged)
  expect(await verifyChain(store)).toMatchObject({ verdict: 'sound', head: { seq: version } })
  expect(await verifyStates(store, { model: { apply: (state: { n: number } | null) => ({ n: (state?.n ?? 0) + 1 }) } })).toEqual([])
  for (const table of [store.t.outbox, store.t.idempotency, store.t.freeText]) expect(await store.db.select().from(table)).toHaveLength(version)
  await store.close()
})
