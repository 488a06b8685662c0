import { afterAll, expect, it } from 'vitest'
import { finishedReleases } from '@/db/finished'
import { verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import { rebuild } from '@/db/rebuild'
import { freshMemory } from '@/db/testing/stores'
import { registry } from '@/lib/domain/registry'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { firstVersions, planQuarter, QUARTER } from './quarter'
import { planScene } from './scene'
import { Stage } from './stage'

const store = await freshMemory()
afterAll(() => store.close())
const EVERYTHING = { from: null, to: null, modelId: null, environmentId: null, risk: null }

it('leaves finished releases whose rows the log gives again', { timeout: 300_000 }, async () => {
  const run = (call: Call) => executeIn({ store, contexts, foldings: registry, projections }, call)
  const chains = QUARTER.filter((chain) => chain.releases.some((one) => one.ends === 'rolled-back')).slice(0, 1).map((chain) => ({ ...chain, releases: chain.releases.slice(1, 3) }))
  const stage = new Stage(store, new Date('2026-11-22T15:00:00.000Z'), run)
  planScene(stage, { prometheusUrl: 'http://127.0.0.1:19090', scrapeSeconds: 2, slackUrl: null }, (now) => seedTemplates(now, run), firstVersions(chains))
  planQuarter(stage, chains)
  await stage.play()
  const rows = await finishedReleases(store, EVERYTHING)
  expect(rows).toHaveLength(chains.reduce((sum, chain) => sum + chain.releases.length, 0))
  const rolledBack = rows.find((row) => row.outcome === 'rolled-back')
  expect(rolledBack).toMatchObject({ stableAt: null })
  expect(rolledBack?.restoreMs).toBeGreaterThan(60_000)
  // Its claim was changed after operations had signed: one gate went stale, and nothing else.
  const first = rows.find((row) => row.outcome === 'stable')
  expect(first?.body.gates.filter((gate) => gate.stale > 0).map((gate) => gate.id)).toEqual(['environment'])
  expect(first?.body.progress.map(([, share]) => share).at(-1)).toBe(1)
  expect(await verifyStates(store)).toEqual([])
  await rebuild(store)
  expect(await finishedReleases(store, EVERYTHING)).toEqual(rows)
})
