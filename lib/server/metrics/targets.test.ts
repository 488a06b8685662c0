/** What is to be measured follows the record also where nobody announced the change, and the clock. */
import { afterAll, expect, it } from 'vitest'
import { advanceWrite } from '@/db/aggregate'
import { cardWrite } from '@/db/projections/release'
import { freshMemory } from '@/db/testing/stores'
import { Play, SIX } from '@/lib/domain/release/testing/play'
import { open, prepare, rollOut } from '@/lib/domain/release/testing/story'
import { makeTargets } from './targets'

const store = await freshMemory()
let now = new Date()
const targets = makeTargets(store, () => now)
afterAll(async () => {
  targets.stop()
  await store.close()
})

it('finds a release that changed unheard within a minute, and forgets one that is gone', async () => {
  const play = new Play()
  const id = open(play, 1, SIX.pia)
  const opened = play.release(id)
  prepare(play, id)
  rollOut(play, id)
  const rolling = play.release(id)
  await store.commit({ writes: [advanceWrite('release', id, 0, { version: 1, state: opened, at: now }), cardWrite(opened, now)] })
  expect((await targets.load()).rollouts).toEqual([])

  await store.commit({ writes: [advanceWrite('release', id, 1, { version: 2, state: rolling, at: now }), cardWrite(rolling, now)] })
  expect((await targets.load()).rollouts).toEqual([])
  now = new Date(now.getTime() + 61_000)
  expect((await targets.load()).rollouts.map((one) => one.releaseId)).toEqual([id])

  const ended = { ...rolling, end: { kind: 'cancelled', at: now.toISOString() } }
  await store.commit({ writes: [advanceWrite('release', id, 2, { version: 3, state: ended, at: now })] })
  now = new Date(now.getTime() + 61_000)
  expect(await targets.load()).toEqual({ items: [], rollouts: [] })
})
