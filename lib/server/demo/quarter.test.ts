import { afterAll, expect, it } from 'vitest'
import { finishedPages } from '@/db/finished'
import { verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import { rebuild } from '@/db/rebuild'
import { freshMemory } from '@/db/testing/stores'
import { registry } from '@/lib/domain/registry'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { insightsCsv, insightsView } from '@/lib/server/flow/insights'
import { lanesSvg, lanesView } from '@/lib/server/flow/lanes'
import { gathered } from '@/lib/server/flow/unhurried'
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
  const rows = await gathered(finishedPages(store, EVERYTHING))
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
  expect(await gathered(finishedPages(store, EVERYTHING))).toEqual(rows)

  // What the page counts, what it lists behind a number and what the file has are the same releases.
  const filter = { period: 'all' as const, model: '', environment: '', risk: '' }
  const now = stage.start
  for (const key of ['finished', 'rolled-back', 'lead-time', 'wait:ops', 'rework:environment'] as const) {
    const { report, behind } = await insightsView(store, { ...filter, behind: key }, now)
    const shown = { finished: report.finished, 'rolled-back': report.outcomes.rolledBack, 'lead-time': report.leadTime.distribution.n, 'wait:ops': report.waiting.find((one) => one.id === 'ops')?.all.distribution.n, 'rework:environment': report.rework.gates.find((one) => one.id === 'environment')?.redone.distribution.n }
    expect([key, behind?.total, behind?.rows.length]).toEqual([key, shown[key], shown[key]])
  }
  const csv = (await insightsCsv(store, filter, now)).trimEnd().split('\r\n')
  expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(rows.map((row) => row.code))
  expect((await insightsView(store, { ...filter, model: 'no-such-model', behind: null }, now)).report.finished).toBe(0)
  // While a release prepares, its lanes say why there is no forecast.
  expect(await lanesView(store, rows[0]?.code ?? '', now)).toMatchObject({ forecast: null, noForecast: null, lanes: { isMoving: false } })
  expect((await lanesSvg(store, rows[0]?.code ?? '', 'dark', 'Europe/Berlin', now))?.svg).toContain('<svg ')
  expect(await lanesView(store, 'NONE-1', now)).toBeNull()
})
