/** The daily record on a real store: counted on, never twice, after a restart, and kept when the evaluations are gone. */
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepEvaluations, sweepEvaluations } from '@/db/evaluation'
import { daysOf } from '@/db/live-day'
import type { Store } from '@/db/store'
import { projections } from '@/db/projections'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { id, EVALUATOR, SIX } from '@/lib/domain/release/testing/play'
import { contexts } from '@/lib/server/context'
import { executeIn } from '@/lib/server/execute'
import { countRecords } from '@/lib/server/live/record'

const [MODEL, TARGET, VERSION] = [id(100), id(200), id(301)]
const LIVE = `${MODEL}:${TARGET}`
const lead = { ...SIX.olga, isAdmin: true }
const START = Date.parse('2026-03-02T22:00:00Z')
const at = (minutes: number) => new Date(START + minutes * 60_000)

let store: Store
let count = 0
async function must(kind: 'installation' | 'model' | 'environment' | 'live', target: string, command: unknown, actor: Actor, minutes: number): Promise<void> {
  const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind, id: target, command, actor, key: `k${(count += 1)}`, now: at(minutes) })
  if (!result.ok) throw new Error(result.refusal.message)
}
const verdict = (value: 'pass' | 'fail', minutes: number) => must('live', LIVE, { type: 'record-verdict', itemId: 'q', title: 'Queue', verdict: value, value: 1, samples: 1, reason: 'x', query: 'q', at: at(minutes).toISOString(), series: [] }, EVALUATOR, minutes)
async function evaluated(from: number, to: number): Promise<void> {
  await keepEvaluations(store, Array.from({ length: to - from }, (_, index) => ({ id: uuid(), ownerId: LIVE, itemId: 'q', sourceId: null, at: at(from + index), verdict: 'pass' as const, value: 1, samples: 1, body: {} })))
}
const days = async () => [...(await daysOf(store, [LIVE], '2026-01-01')).get(LIVE) ?? []].toSorted((a, b) => a.day.localeCompare(b.day)).map((one) => [one.day, one.goodMinutes, one.badMinutes, one.unknownMinutes])

beforeAll(async () => {
  store = await freshMemory()
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: lead.personId, name: 'Olga', email: 'o@acme.example', memberships: lead.memberships } }, { kind: 'system', name: 'setup' }, -60)
  await must('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'Fraud', purpose: 'x', ownerTeam: 'ops', codePrefix: 'FRAUD' }, lead, -50)
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  await must('model', MODEL, { type: 'add-version', versionId: VERSION, label: '4.1.0', artefact: `registry.example.org/f@sha256:${'a'.repeat(64)}`, digest: null, codeCommit: 'c'.repeat(40), data: null, behaviour }, lead, -50)
  await must('environment', TARGET, { type: 'add-environment', slug: 'eu', name: 'EU', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' }, lead, -50)
  await must('live', LIVE, { type: 'adopt', versionId: VERSION, since: '2026-01-02T09:00:00Z', note: 'x' }, lead, -30)
  const spec = { source: 'environment', query: { kind: 'promql', promql: 'q' }, windowSeconds: 60, rule: { test: { kind: 'threshold', comparator: '<=', limit: 1 }, direction: 'lower-is-better', unit: 'count' }, kind: 'standing', validForDays: null }
  await must('live', LIVE, { type: 'set-watch', labels: { a: 'b' }, stack: null, items: [{ id: 'q', title: 'Queue', spec, proposes: false }], reviewAt: null }, lead, 0)
  await verdict('pass', 0)
})
afterAll(() => store.close())

it('counts on over midnight, without counting a minute twice, also by a second process', async () => {
  await evaluated(0, 150)
  await countRecords(store, at(62))
  expect(await days()).toEqual([['2026-03-02', 60, 0, 30]])
  await countRecords(store, at(62))
  await verdict('fail', 90)
  // Two processes, one of which knows nothing yet.
  await Promise.all([countRecords(store, at(152)), countRecords(store, at(152), new Map())])
  expect(await days()).toEqual([['2026-03-02', 90, 30, 30], ['2026-03-03', 0, 30, 0]])
})

it('takes the time in which the product was down for not known, and catches up once', async () => {
  await verdict('pass', 150)
  // Down from 22:00 + 150 min on; evaluated again from 400 min.
  await evaluated(400, 460)
  await countRecords(store, at(462), new Map())
  // The last evaluation before the outage speaks for one minute after it.
  expect(await days()).toEqual([['2026-03-02', 90, 30, 30], ['2026-03-03', 61, 30, 249]])
})

it('stays when the evaluations are swept', async () => {
  await sweepEvaluations(store, at(10_000))
  const before = await days()
  await countRecords(store, at(463), new Map())
  expect((await days())[0]).toEqual(before[0])
})
