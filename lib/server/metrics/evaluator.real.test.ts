import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { v7 as newId } from 'uuid'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { findTool } from '@/bin/tools.mjs'
import { loadAggregate } from '@/db/aggregate'
import { evaluationsOf, keepEvaluations } from '@/db/evaluation'
import { projections } from '@/db/projections'
import { freshMemory } from '@/db/testing/stores'
import type { Actor, PersonActor } from '@/lib/domain/actor'
import { DEFAULT_TEAMS, INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { readRelease } from '@/lib/domain/release/phase'
import { metricItemsDue, stableSelectorsOf } from '@/lib/domain/release/measured'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { boundBody } from '@/lib/domain/verdict/exchange'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { MetricTest } from '@/lib/domain/verdict/rule'
import type { Unit } from '@/lib/domain/preset/unit'
import type { Verdict } from '@/lib/domain/verdict/verdict'
import { makeAsker } from './asker'
import { dryRun } from './dry-run'
import { makeEvaluator } from './evaluator'
import { readPanels } from './panels'
import { sourceBook } from './source-book'
import { measure } from './measure'
import { makeTargets, targetOf } from './targets'

const program = findTool('prometheus')
if (!program && process.env['CI'] === 'true') throw new Error('CI needs a Prometheus: install it or set PROMETHEUS_BIN')
if (!program) console.warn('NOT RUN: the evaluator against a real Prometheus. There is none on PATH or in PROMETHEUS_BIN.')

const uuid = (end: number) => `01980000-0000-7000-8000-${String(end).padStart(12, '0')}`
const [PERSON, MODEL, STABLE, CANDIDATE, SOURCE, STAGING, TARGET, RELEASE] = [900, 1, 11, 12, 51, 31, 32, 71].map(uuid)
const mara: PersonActor = { kind: 'person', personId: PERSON ?? '', name: 'Mara', isAdmin: true, delegatedBy: [], memberships: DEFAULT_TEAMS.map((team) => ({ team: team.id, role: 'lead' })) }
/** Whoever supplied the evidence cannot be the only one who signs. */
const pia: PersonActor = { ...mara, personId: uuid(901), name: 'Pia', isAdmin: false, memberships: [{ team: 'product', role: 'lead' }] }
const EVALUATOR: Actor = { kind: 'system', name: 'evaluator' }
const wait = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })

describe.skipIf(!program)('metric items, from a real Prometheus into the record', async () => {
  const store = await freshMemory()
  const place = { store, contexts, foldings: registry, projections }
  const run = (call: Call) => executeIn(place, call)
  const order = async (kind: Call['kind'], id: string | undefined, command: unknown, actor: Actor = mara) => {
    const result = await run({ kind, id: id ?? '', command, actor, key: newId() })
    if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  }
  const asker = makeAsker({ findSource: sourceBook(store) })
  const targets = makeTargets(store)
  const evaluator = makeEvaluator({
    asker, loadTargets: targets.load,
    history: (target) => evaluationsOf(store, target.id, target.itemId, new Date(Date.now() - 3_600_000)),
    keep: (rows) => keepEvaluations(store, rows),
    record: (target, turn) => order(target.kind, target.id, { type: 'record-verdict', itemId: target.itemId, ...turn, ...(target.kind === 'live' ? { title: target.title } : {}) }, EVALUATOR),
    observe: (target, seen) => order('release', target.releaseId, { type: 'observe', ...seen }, EVALUATOR),
  })
  let models: Awaited<ReturnType<typeof startModelServer>>
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>

  const release = async () => {
    const loaded = await loadAggregate(store, 'release', RELEASE ?? '')
    if (!loaded) throw new Error('there is no release')
    return loaded.state
  }
  const verdictOf = async (itemId: string) => (await release()).items[itemId]?.verdict?.verdict ?? null
  /** Answers every line of the first gate and signs it, so that the gates behind it open. */
  async function passScope(): Promise<void> {
    for (const item of Object.values((await release()).items)) {
      if (item.gateId !== 'scope') continue
      if (item.kind === 'check') await order('release', RELEASE, { type: 'tick', itemId: item.id, isDone: true })
      if (item.kind === 'evidence') await order('release', RELEASE, { type: 'add-evidence', itemId: item.id, evidenceId: newId(), evidence: { kind: 'link', title: 'Report', url: 'https://ci.example.org/1' } })
      if (item.kind === 'value') await order('release', RELEASE, { type: 'record-value', itemId: item.id, value: 1 })
    }
    const scope = readRelease(await release(), [], new Date()).gates.find((one) => one.gate.id === 'scope')
    await order('release', RELEASE, { type: 'sign-off', gateId: 'scope', teams: ['product'], comment: '', onBehalfOf: null, seen: scope?.seen }, pia)
    const standing = readRelease(await release(), [], new Date()).gates.find((one) => one.gate.id === 'scope')
    expect([standing?.status, standing?.unsettled, standing?.reading.missing]).toEqual(['passed', [], []])
  }
  /** Lets the evaluator run as the process would, until something holds or the time is up. */
  async function until(holds: () => Promise<boolean>, seconds: number): Promise<void> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(500)) {
      await evaluator.tick()
      if (await holds()) return
    }
  }

  beforeAll(async () => {
    models = await startModelServer()
    models.control({ version: '4.2.0', share: 0.5 })
    prometheus = await startPrometheus({ targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }] })
    await order('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: PERSON, name: 'Mara', email: 'mara@acme.example', memberships: mara.memberships } }, { kind: 'system', name: 'setup' })
    await seedTemplates(new Date(), run)
    await order('source', SOURCE, { type: 'add-source', name: 'Prometheus', url: prometheus.url, auth: 'none', headerNames: [], scrapeIntervalSeconds: 1, secretId: null })
    for (const [id, slug] of [[STAGING, 'staging'], [TARGET, 'production']]) await order('environment', id, { type: 'add-environment', slug, name: slug, kind: 'cloud', orchestrator: 'kubernetes', sourceId: SOURCE, zone: 'UTC' })
    await order('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'Fraud', purpose: '', ownerTeam: 'data-science', codePrefix: 'FRAUD' })
    const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
    for (const [id, label] of [[STABLE, '4.1.3'], [CANDIDATE, '4.2.0']]) await order('model', MODEL, { type: 'add-version', versionId: id, label, artefact: `models:/fraud/${label === '4.1.3' ? 41 : 42}`, digest: null, codeCommit: null, data: null, behaviour })
    await order('live', `${MODEL}:${TARGET}`, { type: 'adopt', versionId: STABLE, since: '2026-01-01T00:00:00Z', note: 'live since January' })
    await order('release', RELEASE, {
      type: 'open-release', modelId: MODEL, versionId: CANDIDATE, environmentId: TARGET, stagingEnvironmentId: STAGING, templateId: ML_RELEASE_ID, risk: 'low', targetAt: null,
      claim: { memoryGiB: 8, cpuCores: 4, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 100, growthPercent: 10 },
      serving: { image: 'serve:1', runtime: 'triton', precision: 'fp16', batching: '8' }, evaluation: 'sha256:eval',
      steps: [{ share: 50, soakMinutes: 1, minimumRequests: 10 }, { share: 100, soakMinutes: 1, minimumRequests: 10 }],
      rollbackPlan: { way: 'last-stable', triggers: '', deciderId: null, rehearsedAt: null, restoreMinutes: null }, feedback: { description: '', labelDelayDays: 14 },
      owners: { product: PERSON, 'data-science': PERSON, ops: PERSON }, onCallId: PERSON,
      panels: [{ id: 'latency', title: 'p95 latency', presetId: 'model.latency-p95', query: null, unit: 's', threshold: { comparator: '<=', value: 0.25 } }],
      selectors: { candidate: { model_name: 'fraud-scorer', model_version: '4.2.0', namespace: 'ml', pod: 'fraud-scorer-4-2-0-*' }, stable: {}, shareQuery: null },
    })
  }, 60_000)
  afterAll(async () => {
    targets.stop()
    await prometheus?.stop()
    await models?.close()
    await store.close()
  })

  it('measures the snapshot items of staging once their gate is open, and none of the standing ones before the rollout', async () => {
    expect(metricItemsDue(await release(), new Date())).toEqual([])
    await passScope()
    const wanted = ['2.8', '5.6', '5.7', '5.8', '5.9', '5.10', '6.3', '6.4']
    await until(async () => (await Promise.all(wanted.map(verdictOf))).every((verdict) => verdict === 'pass'), 70)
    const { items } = await release()
    expect(Object.fromEntries(wanted.map((id) => [id, [items[id]?.verdict?.verdict, items[id]?.verdict?.reason]]))).toEqual(Object.fromEntries(wanted.map((id) => [id, ['pass', expect.any(String)]])))
    expect(items['9.3']?.verdict).toBeNull()
    expect(items['5.6']?.verdict).toMatchObject({ query: expect.stringContaining('model_version="4.2.0"'), samples: expect.toSatisfy((count: number) => count >= 100), series: expect.any(Array) })
    expect((await evaluationsOf(store, RELEASE ?? '', '5.6', new Date(0))).length).toBeGreaterThan(2)
  }, 100_000)

  it('shows the candidate beside the version that was adopted', async () => {
    const state = await release()
    expect(stableSelectorsOf(state)).toMatchObject({ model_version: '4.1.3' })
    const view = await readPanels(asker, {
      releaseId: state.id, panels: state.panels, candidate: state.selectors.candidate, stable: stableSelectorsOf(state), shareQuery: null, candidateLabel: '4.2.0', stableLabel: '4.1.3',
      candidateSourceId: SOURCE ?? null, stableSourceId: SOURCE ?? null, range: '1h', marks: [],
    }, Date.now())
    expect(view.panels[0]).toMatchObject({ state: 'ok', isBreached: false, value: expect.any(Number), stableValue: expect.any(Number) })
    expect(view.trouble).toBeNull()
  })

  it.each([
    ['freshness of a plain series', { query: { kind: 'promql', promql: 'up{job="models"}' }, test: { kind: 'freshness', of: 'sample', maxAgeSeconds: 60 }, unit: 's' }, 'pass', /The newest is [\d.]+ s old/, 'time() - max_over_time(timestamp(up{job="models"})'],
    ['freshness of what never was', { query: { kind: 'promql', promql: 'up{job="nobody"}' }, test: { kind: 'freshness', of: 'sample', maxAgeSeconds: 60 }, unit: 's' }, 'no-data', /No series/, 'timestamp('],
    ['freshness of a function', { query: { kind: 'promql', promql: 'max(up)' }, test: { kind: 'freshness', of: 'sample', maxAgeSeconds: 60 }, unit: 's' }, 'inconclusive', /always new/, ''],
    ['freshness by a time', { query: { kind: 'promql', promql: 'max(model_data_timestamp_seconds)' }, test: { kind: 'freshness', of: 'timestamp', maxAgeSeconds: 90 * 86_400 }, unit: 's' }, 'pass', /old; within/, 'model_data_timestamp_seconds'],
    ['a burn rate', { query: { kind: 'preset', presetId: 'model.error-ratio' }, test: { kind: 'burn-rate', objective: 0.9, factor: 2, longSeconds: 120, shortSeconds: 15, minRequests: 10 }, unit: 'ratio' }, 'pass', /budget is spent/, '[120s]'],
    ['a burn rate of too few', { query: { kind: 'preset', presetId: 'model.error-ratio' }, test: { kind: 'burn-rate', objective: 0.9, factor: 2, longSeconds: 120, shortSeconds: 15, minRequests: 1e9 }, unit: 'ratio' }, 'idle', /a burn rate is read from/, '[120s]'],
    ['headroom of a share', { query: { kind: 'preset', presetId: 'kubernetes.memory' }, test: { kind: 'headroom', capacity: { kind: 'share' }, leastFree: 0.05 }, unit: 'ratio' }, 'pass', /The peak is .* free; within/, 'max_over_time(('],
    ['headroom of a query', { query: { kind: 'preset', presetId: 'kubernetes.memory-bytes' }, test: { kind: 'headroom', capacity: { kind: 'query', promql: 'sum(kube_pod_container_resource_limits{resource="memory",pod=~"fraud-scorer-4-2-0.*"})' }, leastFree: 0.01 }, unit: 'bytes' }, 'pass', /GiB of .*GiB/, 'max_over_time(('],
    ['what was declared', { query: { kind: 'preset', presetId: 'kubernetes.memory-bytes' }, test: { kind: 'declared', resource: 'memory', tolerance: 0.1 }, unit: 'bytes' }, 'pass', /of the declared 8 GiB/, 'max_over_time(('],
  ] satisfies [string, { query: MetricSpec['query']; test: MetricTest; unit: Unit }, Verdict, RegExp, string][])('measures %s', async (_name, { query, test, unit }, verdict, reason, sent) => {
    const state = await release()
    const spec: MetricSpec = { source: 'environment', query, windowSeconds: 60, kind: 'standing', validForDays: null, rule: { test, direction: 'lower-is-better', unit } }
    const target = targetOf(state, { id: 'x', title: 'x', verdict: null }, spec, () => SOURCE ?? null)
    const measured = await measure(asker, target, Date.now())
    expect([measured.judgement.verdict, measured.judgement.reason]).toEqual([verdict, expect.stringMatching(reason)])
    expect(measured.query).toContain(sent)
    if (sent !== '') expect(measured.exchanges[0]).toMatchObject({ role: 'candidate', ok: true, error: null })
    expect(boundBody({ exchanges: measured.exchanges })).toEqual({ exchanges: measured.exchanges })
  })

  it('advises on the comparison with stable, and judges the past as it judges now', async () => {
    const spec: MetricSpec = { source: 'environment', query: { kind: 'signal', signal: 'latency-p95' }, windowSeconds: 60, kind: 'standing', validForDays: null, rule: { test: { kind: 'stable', by: 'ratio', comparator: '<=', limit: 5 }, direction: 'lower-is-better', unit: 's' } }
    const target = targetOf(await release(), { id: 'x', title: 'x', verdict: null }, spec, () => SOURCE ?? null)
    const measured = await measure(asker, target, Date.now(), true)
    expect(measured.advice).toMatchObject({ kind: 'mann-whitney', finding: 'too-few', caution: expect.stringContaining('autocorrelated') })
    expect(measured.exchanges.map((one) => one.role)).toEqual(['candidate', 'samples', 'stable', 'bounds', 'history', 'stable-history'])
    // Three of four steps of fifteen seconds pass; a standing item fails at once and needs two passes to recover.
    const clock: MetricSpec = { ...spec, query: { kind: 'promql', promql: '(time() % 60) / 60' }, rule: { ...spec.rule, test: { kind: 'threshold', comparator: '<=', limit: 0.5 } }, plan: { intervalSeconds: 30, count: 2, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4 } }
    const { history, now } = await dryRun(asker, { ...target, spec: clock }, '1h', Date.now())
    expect(now.verdict).toMatch(/pass|fail/)
    expect(history).toMatchObject({ trouble: null, stepSeconds: 15 })
    expect(history.steps).toHaveLength(241)
    const tally = (of: 'verdict' | 'standing') => history.steps.filter((step) => step[of] === 'pass').length
    expect([180, 181]).toContain(tally('verdict'))
    expect(tally('standing')).toBeGreaterThan(115)
    expect(tally('standing')).toBeLessThan(125)
  })

  it('turns when the model slows down, once, and when its source is gone', async () => {
    models.control({ version: '4.2.0', mode: 'slow' })
    await until(async () => (await verdictOf('5.6')) === 'fail', 70)
    expect(await verdictOf('5.6')).toBe('fail')
    expect((await release()).items['5.6']?.verdict?.reason).toMatch(/outside its limit, ≤ 250 ms/)
    const turnedAt = (await release()).items['5.6']?.verdict?.at
    await until(async () => false, 5)
    expect((await release()).items['5.6']?.verdict?.at).toBe(turnedAt)
    await prometheus.stop()
    await until(async () => (await verdictOf('5.6')) === 'error', 70)
    expect(await verdictOf('5.6')).toBe('error')
    expect((await release()).items['5.6']?.verdict?.reason).toMatch(/refuses the connection/)
  }, 180_000)
})
