/** The page of a verdict from a store: what it says of old and new evaluations, who may see it, and that judgements keep what was measured last. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { v7 as newId } from 'uuid'
import { keepEvaluations, type Evaluation } from '@/db/evaluation'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor, PersonActor } from '@/lib/domain/actor'
import { DEFAULT_TEAMS, INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'

const held = vi.hoisted((): { store: unknown } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
const { subjectOf, verdictFirst, verdictPage } = await import('./verdict')
const { evaluationDetail, evaluationLines, placeOf, verdictChart } = await import('./verdict-evaluations')

const uuid = (end: number) => `01980000-0000-7000-8000-${String(end).padStart(12, '0')}`
const [PERSON, MODEL, STABLE, CANDIDATE, SOURCE, TARGET, RELEASE] = [uuid(900), uuid(1), uuid(11), uuid(12), uuid(51), uuid(32), uuid(71)]
const lead: PersonActor = { kind: 'person', personId: PERSON, name: 'Mara', isAdmin: true, delegatedBy: [], memberships: DEFAULT_TEAMS.map((team) => ({ team: team.id, role: 'lead' })) }
const viewer: PersonActor = { ...lead, personId: uuid(901), name: 'Vera', isAdmin: false, memberships: [] }
const EVALUATOR: Actor = { kind: 'system', name: 'evaluator' }
const address = { kind: 'release', id: RELEASE, itemId: '5.6' } as const
const NOW = new Date()

let store: Store
async function order(kind: Call['kind'], id: string, command: unknown, actor: Actor = lead): Promise<void> {
  const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind, id, command, actor, key: newId() })
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
}

/** One evaluation; `isOld`: as it was kept before questions and answers were. */
function row(minutesAgo: number, verdict: Evaluation['verdict'], value: number | null, standing: string, isOld = false): Evaluation {
  const at = new Date(NOW.getTime() - minutesAgo * 60_000)
  const exchange = { role: 'candidate', query: 'p95(x)', at: at.getTime() / 1000, ok: true, series: [{ labels: { le: '1' }, value: String(value) }], totalSeries: 1, warnings: [], infos: [], error: null, tookMs: 4 }
  const more = isOld ? {} : { rule: 'Passes while …', exchanges: [exchange], advice: null }
  return {
    id: newId({ msecs: at.getTime() }), ownerId: RELEASE, itemId: '5.6', sourceId: SOURCE, at, verdict, value, samples: 900,
    body: { reason: `${value} s`, query: 'p95(x)', raw: String(value), stable: null, compared: value, series: 1, warnings: [], infos: [], standing, evaluatedAt: at.getTime() / 1000, ...more },
  }
}

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  await order('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: PERSON, name: 'Mara', email: 'mara@acme.example', memberships: lead.memberships } }, { kind: 'system', name: 'setup' })
  await seedTemplates(new Date(), (call) => executeIn({ store, contexts, foldings: registry, projections }, call))
  await order('source', SOURCE, { type: 'add-source', name: 'Production', url: 'http://prometheus.inner:9090/', auth: 'none', headerNames: [], scrapeIntervalSeconds: 15, secretId: null })
  await order('environment', TARGET, { type: 'add-environment', slug: 'production', name: 'production', kind: 'cloud', orchestrator: 'kubernetes', sourceId: SOURCE, zone: 'UTC' })
  await order('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'Fraud', purpose: '', ownerTeam: 'data-science', codePrefix: 'FRAUD' })
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  for (const [id, label] of [[STABLE, '4.1.3'], [CANDIDATE, '4.2.0']] as const) await order('model', MODEL, { type: 'add-version', versionId: id, label, artefact: `models:/fraud/${label === '4.1.3' ? 41 : 42}`, digest: null, codeCommit: null, data: null, behaviour })
  await order('live', `${MODEL}:${TARGET}`, { type: 'adopt', versionId: STABLE, since: '2026-01-01T00:00:00Z', note: 'live' })
  await order('release', RELEASE, {
    type: 'open-release', modelId: MODEL, versionId: CANDIDATE, environmentId: TARGET, stagingEnvironmentId: null, templateId: ML_RELEASE_ID, risk: 'low', targetAt: null,
    claim: { memoryGiB: 8, cpuCores: 4, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 100, growthPercent: 10 },
    serving: { image: 'serve:1', runtime: 'triton', precision: 'fp16', batching: '8' }, evaluation: 'sha256:eval', steps: [{ share: 50, soakMinutes: 1, minimumRequests: 10 }, { share: 100, soakMinutes: 1, minimumRequests: 10 }],
    rollbackPlan: { way: 'last-stable', triggers: '', deciderId: null, rehearsedAt: null, restoreMinutes: null }, feedback: { description: '', labelDelayDays: 14 }, owners: {}, onCallId: null, panels: [],
    selectors: { candidate: { model_version: '4.2.0' }, stable: {}, shareQuery: null },
  })
})
afterAll(() => store.close())

describe('the page of a verdict', () => {
  it('says before the first measurement that there is none, and why', async () => {
    const page = await verdictPage(lead, address, NOW)
    expect(page).toMatchObject({ verdict: null, newest: null, turns: [], judgements: [], kept: { total: 0, since: null, days: 30 }, path: '/releases/FRAUD-1/verdicts/5.6', api: `/releases/${RELEASE}/verdicts/5.6` })
    expect(page?.rule?.words).toMatch(/^Passes while p95 latency .+250 ms/)
    expect(page?.measuring.words).not.toBe('')
  })

  it('shows what was kept, the newest first, with turns out of the log', async () => {
    await keepEvaluations(store, [row(40, 'pass', 0.1, 'pass', true), row(30, 'pass', 0.2, 'pass'), row(20, 'fail', 0.9, 'fail'), row(10, 'pass', 0.15, 'pass')])
    for (const [verdict, value] of [['pass', 0.1], ['fail', 0.9], ['pass', 0.15]] as const) await order('release', RELEASE, { type: 'record-verdict', itemId: '5.6', verdict, value, samples: 900, reason: `${value}`, query: 'p95(x)', at: new Date(NOW.getTime() - 3_600_000).toISOString(), series: [[1, 0.1], [2, 0.2]] }, EVALUATOR)
    const first = await verdictFirst(lead, address, { at: '', verdicts: [] }, NOW)
    expect(first?.page).toMatchObject({ verdict: { verdict: 'pass' }, newest: { value: 0.15 }, kept: { total: 4, counts: { pass: 3, fail: 1 } } })
    expect(first?.page.turns.map((turn) => turn.verdict)).toEqual(['pass', 'fail', 'pass'])
    expect(first?.lines.lines.map((line) => line.value)).toEqual([0.15, 0.9, 0.2, 0.1])
    expect(first?.detail?.value).toBe(0.15)
    expect(first?.chart?.points).toHaveLength(4)
    expect(first?.chart).toMatchObject({ span: '1h', of: 'value', limit: { comparator: '<=', limit: 0.25 }, isCut: false })
  })

  it('pages and filters, and explains one of them: the ladder, the count, its neighbours', async () => {
    const subject = await subjectOf(store, lead, address, NOW) ?? expect.fail('no subject')
    const page = await evaluationLines(store, subject, { verdicts: ['pass'], before: null, most: 2 })
    expect(page.lines.map((line) => line.value)).toEqual([0.15, 0.2])
    const rest = await evaluationLines(store, subject, { verdicts: ['pass'], before: placeOf(page.next ?? ''), most: 2 })
    expect([rest.lines.map((line) => line.value), rest.next]).toEqual([[0.1], null])
    const all = await evaluationLines(store, subject, { verdicts: [], before: null, most: 9 })
    const failed = await evaluationDetail(store, lead, subject, all.lines[1]?.id ?? '')
    expect(failed).toMatchObject({ verdict: 'fail', older: all.lines[2]?.id, newer: all.lines[0]?.id, sourceName: 'Production', exchanges: [{ role: 'candidate' }], fold: { before: 'pass', after: 'fail' } })
    expect(failed?.ladder.filter((rung) => rung.state === 'fired').map((rung) => rung.id)).toEqual(['limit'])
    const old = await evaluationDetail(store, lead, subject, all.lines[3]?.id ?? '')
    expect(old).toMatchObject({ exchanges: null, advice: null, rule: null, older: null, verdict: 'pass' })
    expect(await evaluationDetail(store, lead, subject, 'nothing')).toBeNull()
    expect((await verdictChart(store, subject, '15m', NOW)).count).toBe(1)
  })

  it('tells only leads and admins where the source is, and a token of another model nothing', async () => {
    const seenBy = async (actor: Actor) => {
      const first = await verdictFirst(actor, address, { at: '', verdicts: [] }, NOW)
      return first && { graphUrl: first.detail?.graphUrl, isLeaked: JSON.stringify(first).includes('prometheus.inner') }
    }
    expect(await seenBy(lead)).toEqual({ graphUrl: 'http://prometheus.inner:9090/graph?g0.tab=0&g0.range_input=1h&g0.expr=', isLeaked: true })
    expect(await seenBy(viewer)).toEqual({ graphUrl: null, isLeaked: false })
    expect(await seenBy({ kind: 'token', tokenId: uuid(9), name: 'ci', scopes: ['read'], modelIds: [uuid(2)] })).toBeNull()
    for (const itemId of ['1.1', 'unknown', '__proto__', 'constructor']) expect(await verdictPage(lead, { ...address, itemId }, NOW)).toBeNull()
  })

  it('lists the judgements that froze it, with the measurement that was newest then', async () => {
    await order('release', RELEASE, { type: 'hold', reason: 'look at it', checkInId: null })
    const page = await verdictPage(viewer, address, NOW)
    expect(page?.judgements).toMatchObject([{ kind: 'decision', title: 'D-1 Hold', by: 'Mara', value: 0.15, query: 'p95(x)', verdict: 'pass', href: '/releases/FRAUD-1/decisions/1' }])
    expect(page?.judgements[0]?.rule).toMatch(/^Passes while/)
    expect(page?.judgements[0]?.series.map(([, value]) => value)).toEqual([0.1, 0.2, 0.9, 0.15])
  })

  it('is there for a line of a standing watch and for a trigger of the roll-back plan, each under its own address', async () => {
    const spec = { source: 'environment', query: { kind: 'promql', promql: 'p95(x)' }, windowSeconds: 60, rule: { test: { kind: 'threshold', comparator: '<=', limit: 0.3 }, direction: 'lower-is-better', unit: 's' }, kind: 'standing', validForDays: null }
    const liveId = `${MODEL}:${TARGET}`
    await order('live', liveId, { type: 'set-watch', labels: { model_version: '4.1.3' }, stack: null, items: [{ id: 'latency', title: 'p95 latency', spec, proposes: false }], reviewAt: null })
    const live = await verdictPage(viewer, { kind: 'live', id: liveId, itemId: 'latency' }, NOW)
    expect(live).toMatchObject({ path: '/live/fraud/production/verdicts/latency', owner: { kind: 'live', name: 'Fraud in production', href: '/live/fraud/production', versionLabel: '4.1.3' }, measuring: { isDue: true }, rule: { limit: { limit: 0.3 } } })
    const plan = { way: 'last-stable', triggers: '', deciderId: null, rehearsedAt: null, restoreMinutes: null, conditions: [{ id: 'slow', title: 'Too slow', itemId: null, spec }] }
    await order('release', RELEASE, { type: 'change', change: { part: 'rollback-plan', value: plan }, reason: '' })
    const trigger = await verdictPage(viewer, { ...address, itemId: 'trigger:slow' }, NOW)
    expect(trigger).toMatchObject({ item: { title: 'Too slow', gate: null }, verdict: null, measuring: { isDue: false, words: 'Measured while the release moves traffic.' } })
    expect(await verdictPage(viewer, { kind: 'live', id: 'nothing:there', itemId: 'latency' }, NOW)).toBeNull()
  })
})
