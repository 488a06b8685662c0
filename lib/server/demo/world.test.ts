import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAggregates } from '@/db/aggregate'
import { verifyChain, verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import { freshMemory } from '@/db/testing/stores'
import { registry } from '@/lib/domain/registry'
import { cardOf } from '@/lib/domain/release/card'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { makeWorld } from './start'
import { Stage } from './stage'

describe('the world of the demo', async () => {
  const store = await freshMemory()
  afterAll(() => store.close())
  const start = new Date('2026-11-22T15:00:00.000Z')
  beforeAll(async () => {
    const run = (call: Call) => executeIn({ store, contexts, foldings: registry, projections }, call)
    await makeWorld(new Stage(store, start, run), { prometheusUrl: 'http://127.0.0.1:19090', scrapeSeconds: 2, slackUrl: null }, run)
  }, 240_000)

  it('has a release in every state that the board knows, made by commands alone', async () => {
    const releases = await loadAggregates(store, 'release', 'all')
    const cards = [...releases.values()].map(({ state }) => cardOf(state, start))
    expect(cards.map((card) => card.pill.label).toSorted()).toEqual([
      'Approved', 'At risk', 'Closed', 'Failed', 'On hold', 'Overdue', 'Preparing', 'Ready', 'Rolled back', 'Soaking', 'Stable', 'Stale', 'Superseded',
    ])
  })

  it('leaves a record whose chain verifies and whose replay equals its states', async () => {
    expect(await verifyChain(store)).toMatchObject({ verdict: 'sound' })
    expect(await verifyStates(store)).toEqual([])
  })
})
