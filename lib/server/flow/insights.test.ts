/** Where time goes over many releases: computed with pauses, kept, and made anew once a finished release was touched. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { DAY_MS, finishedRow } from '@/lib/domain/flow/testing/rows'
import { insightsCsv, insightsView } from '@/lib/server/flow/insights'

const ROWS = 450
const NOW = new Date('2027-12-01T00:00:00Z')
const ALL = { period: 'all', model: '', environment: '', risk: '' } as const

let store: Store

function row(number: number) {
  const { openedAt, goAt, stableAt, finishedAt, ...rest } = finishedRow(number, { days: 5 + (number % 9), body: { waits: [['scope', 'ops', DAY_MS, DAY_MS + 60_000]], gates: [{ id: 'scope', number: 1, name: 'Scope', stale: number % 2, reopened: 0, rejected: 0 }] } })
  const at = (ms: number | null) => (ms === null ? null : new Date(ms))
  return { ...rest, openedAt: new Date(openedAt), goAt: at(goAt), stableAt: at(stableAt), finishedAt: new Date(finishedAt) }
}
beforeAll(async () => {
  store = await freshMemory()
  await store.db.insert(store.t.finishedRow).values(Array.from({ length: ROWS }, (_, number) => row(number)))
})
afterAll(() => store.close())

/** As a command about a release would leave its mark. */
async function log(kind: 'release' | 'model', aggregateId: string, aggregateVersion: number): Promise<void> {
  const actor = { kind: 'system', id: 'clock', name: { sealed: 'f'.repeat(64) }, teams: [], roles: [] } as const
  await store.commit({ writes: [], texts: [], entries: [{ kind, aggregateId, aggregateVersion, at: NOW, actor, event: { type: 'made', v: 1 } }] })
}
const view = (behind: 'stale' | null = null) => insightsView(store, { ...ALL, behind }, NOW)

it('gives way to others while it computes, computes once for all who ask, and again when a finished release was touched', async () => {
  let turns = 0
  let isDone = false
  const count = () => { turns += 1; if (!isDone) setImmediate(count) }
  setImmediate(count)
  const [first, same] = await Promise.all([view(), view('stale')])
  isDone = true
  expect(turns).toBeGreaterThan(ROWS / 100)
  expect(same.report).toBe(first.report)
  expect([first.report.finished, first.report.rework.gates[0]?.stale, same.behind?.total]).toEqual([ROWS, ROWS / 2, ROWS / 2])
  expect(first.from).toBe(finishedRow(0, { days: 5 }).finishedAt)

  await log('model', 'm1', 1)
  await log('release', 'not-finished', 1)
  expect((await view()).report).toBe(first.report)

  await store.db.insert(store.t.finishedRow).values(row(3)).onConflictDoUpdate({ target: store.t.finishedRow.releaseId, set: { outcome: 'rolled-back' } })
  await log('release', 'r3', 1)
  const after = await view('stale')
  expect([after.report.outcomes.stable, after.report.outcomes.rolledBack, after.behind?.rows.some((row) => row.outcome === 'rolled-back')]).toEqual([ROWS - 1, 1, true])
  expect((await view()).report).toBe(after.report)
})

it('gives a period its own numbers, and each release one line', async () => {
  const from = NOW.getTime() - 90 * DAY_MS
  const { report } = await insightsView(store, { ...ALL, period: '90d', behind: null }, NOW)
  expect(report.finished).toBe(Array.from({ length: ROWS }, (_, number) => finishedRow(number, { days: 5 + (number % 9) }).finishedAt).filter((at) => at >= from).length)
  const lines = (await insightsCsv(store, ALL, NOW)).trim().split('\r\n')
  expect(lines).toHaveLength(ROWS + 1)
  expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(ROWS + 1)
})

it('counts a release no longer that moves again after a roll-back, in the report and in the forecast', async () => {
  const before = await view()
  store.sqlite?.prepare('delete from finished_row where release_id = ?').run('r4')
  await log('release', 'r4', 1)
  const after = await view()
  expect([before.forecast.finished, before.report.finished, after.forecast.finished, after.report.finished]).toEqual([ROWS, ROWS, ROWS - 1, ROWS - 1])
})
