import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest'
import type { Panel } from '@/lib/domain/release/panel'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { Verdict } from '@/lib/domain/verdict/verdict'
import { answering, FAULTS, startDouble, valued, type Double } from '@/lib/server/prometheus/double'
import { makeAsker } from './asker'
import { Breaker } from './breaker'
import { makeEvaluator, type EvaluationRow } from './evaluator'
import { measure } from './measure'
import { observeRollout } from './observe'
import { readPanels, type PanelsAsk } from './panels'
import { makePoller } from './poller'
import type { ItemVerdict } from '@/lib/domain/release/evidence-state'
import type { MetricTarget, RolloutTarget } from './target'

let double: Double
let dead: Double
beforeAll(async () => { double = await startDouble(); dead = await startDouble(FAULTS['reset']) })
afterAll(async () => { await double.close(); await dead.close() })
beforeEach(() => { double.asked.length = 0; double.behave(valued('0.1')) })

const findSource = async (id: string) => {
  if (id === 'gone') return null
  return { name: id, connection: { url: id === 'dead' ? dead.url : double.url, auth: { kind: 'none' as const }, headers: {} }, scrapeIntervalSeconds: 1 }
}
const asker = (now = () => Date.now()) => makeAsker({ findSource, now, deadlineMs: 2000 })

const panel = (id: string, presetId: string | null, query: string | null = null): Panel => ({ id, title: id, presetId, query, unit: 's', threshold: { comparator: '<=', value: 0.2 } })
const ask = (panels: readonly Panel[], more: Partial<PanelsAsk> = {}): PanelsAsk => ({
  releaseId: 'r1', panels, candidate: { model_name: 'm', model_version: '2' }, stable: { model_name: 'm', model_version: '1' }, shareQuery: null, candidateLabel: '2', stableLabel: '1',
  candidateSourceId: 's', stableSourceId: 's', range: '1h', marks: [], ...more,
})

describe('panels', () => {
  it('show candidate beside stable with the age, the query as sent and the threshold', async () => {
    double.behave(valued((query) => (query.includes('model_version="1"') ? '0.1' : '0.3')))
    const now = Date.now()
    const view = await readPanels(asker(), ask([panel('a', 'model.latency-p95')]), now)
    expect(view).toMatchObject({ pollSeconds: 1, stepSeconds: 30, sourceName: 's', trouble: null })
    expect(view.panels[0]).toMatchObject({ state: 'ok', value: 0.3, stableValue: 0.1, isBreached: true, words: 'p95 by histogram', unit: 's', query: expect.stringContaining('model_version="2"') })
    expect(view.panels[0]?.candidate.length).toBeGreaterThan(100)
    expect(view.panels[0]?.candidate.map(([at]) => at).every((at, i, all) => i === 0 || at > (all[i - 1] ?? 0))).toBe(true)
    expect(now - Date.parse(view.panels[0]?.measuredAt ?? '')).toBeLessThan(2000)
  })

  it('say in words why there is no value', async () => {
    const one = async (behaviour: keyof typeof FAULTS | 'NaN', more: Partial<PanelsAsk> = {}, preset = 'model.latency-p95') => {
      double.behave(behaviour === 'NaN' ? valued('NaN') : (FAULTS[behaviour] ?? valued('1')))
      return (await readPanels(asker(), ask([panel('a', preset)], more), Date.now())).panels[0]
    }
    expect(await one('NaN')).toMatchObject({ state: 'idle', value: null, reason: expect.stringContaining('no traffic') })
    expect(await one('empty')).toMatchObject({ state: 'no-data', value: null })
    expect(await one('html')).toMatchObject({ state: 'error', reason: expect.stringContaining('web page') })
    expect(await one('empty', { candidateSourceId: null })).toMatchObject({ state: 'no-data', reason: 'The environment has no metrics source.' })
    expect(await one('empty', { candidateSourceId: 'gone' })).toMatchObject({ state: 'error', reason: expect.stringContaining('never set up') })
    expect(await one('empty', {}, 'kubernetes.memory')).toMatchObject({ state: 'no-data', reason: expect.stringContaining('namespace, pod') })
  })

  it('begin where there is something to show, in finer steps', async () => {
    const now = Date.now()
    double.behave((asked, response) => {
      const since = now / 1000 - 120
      const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(asked.params.get(name)))
      const values = Array.from({ length: Math.floor(((end ?? 0) - (start ?? 0)) / (step ?? 1)) + 1 }, (_, k) => [(start ?? 0) + k * (step ?? 1), '0.1']).filter(([at]) => Number(at) >= since)
      const data = asked.path.endsWith('query_range') ? { resultType: 'matrix', result: values.length > 0 ? [{ metric: {}, values }] : [] } : { resultType: 'vector', result: [{ metric: {}, value: [now / 1000, '0.1'] }] }
      answering(200, 'application/json', JSON.stringify({ status: 'success', data }))(asked, response)
    })
    const view = await readPanels(asker(), ask([panel('a', 'model.latency-p95')], { range: '6h' }), now)
    expect(view).toMatchObject({ range: '6h', stepSeconds: 3 })
    expect(view.to - view.from).toBeLessThan(320)
    expect(view.panels[0]?.candidate.length).toBeGreaterThan(30)
  })

  it('do not compare a version with itself where the stack does not tell them apart', async () => {
    const view = await readPanels(asker(), ask([panel('a', null, 'sum(up)')]), Date.now())
    expect(view.panels[0]).toMatchObject({ stableValue: null, stable: [] })
  })

  it('say what is wrong with the source and since when', async () => {
    const shared = asker()
    for (let round = 0; round < 2; round += 1) await readPanels(shared, ask([panel('a', 'model.latency-p95')], { candidateSourceId: 'dead' }), Date.now() + round * 2000)
    expect((await readPanels(shared, ask([panel('a', 'model.latency-p95')], { candidateSourceId: 'dead' }), Date.now() + 9000)).trouble).toContain('broke')
  })
})

describe('the shared poller', () => {
  it('asks once per step and query for ten viewers', async () => {
    let now = 1_800_000_000_000
    const shared = asker(() => now)
    const told: string[] = []
    const poller = makePoller({ tell: (id) => told.push(id), now: () => now }, 0)
    const panels = [panel('a', 'model.latency-p95'), panel('b', 'model.traffic')]
    const read = () => poller.read('r1 1h', 'r1', () => readPanels(shared, ask(panels), now))
    const countOf = () => ({ instant: double.asked.filter((one) => one.path.endsWith('/query')).length, range: double.asked.filter((one) => one.path.endsWith('/query_range')).length })
    for (let second = 0; second < 30; second += 1) {
      await Promise.all(Array.from({ length: 10 }, read))
      await poller.tick()
      now += 1000
    }
    // Two panels of two versions: one instant query each per second, one range query each per 30 s step.
    expect(countOf()).toEqual({ instant: 4 * 30, range: 4 })
    expect(told).toEqual([])
    double.behave(valued('0.9'))
    await poller.tick()
    expect(told).toEqual(['r1'])
    expect((await read()).panels[0]?.value).toBe(0.9)
    now += 120_000
    await poller.tick()
    double.asked.length = 0
    now += 5000
    await poller.tick()
    expect(double.asked).toHaveLength(0)
  })

  it('keeps the lines that were drawn when the source goes, and says when it last answered', async () => {
    let now = Date.now()
    const shared = asker(() => now)
    const poller = makePoller({ tell: () => undefined, now: () => now }, 0)
    const read = () => poller.read('k', 'r1', () => readPanels(shared, ask([panel('a', 'model.latency-p95')]), now))
    const before = await read()
    double.behave(FAULTS['reset'] ?? valued('1'))
    for (let round = 0; round < 4; round += 1) { now += 31_000; await poller.tick(); await read() }
    const view = await read()
    expect(view.panels[0]).toMatchObject({ state: 'error', value: null })
    expect(view.trouble).not.toBeNull()
    expect(Date.parse(view.lastGoodAt ?? '')).toBeLessThan(now - 60_000)
    const kept = before.panels[0]?.candidate.filter(([at]) => at >= view.from) ?? []
    expect(kept.length).toBeGreaterThan(50)
    expect(view.panels[0]?.candidate).toEqual(kept)
  })

  it('reads between two instants only what lies there, and never beyond now', async () => {
    const now = 1_800_000_000_000
    const past = await readPanels(asker(() => now), ask([panel('a', 'model.latency-p95')], { range: { from: 1_799_990_001, to: 1_799_990_601 }, detail: 'full' }), now)
    expect(past).toMatchObject({ range: 'custom', from: 1_799_990_001, to: 1_799_990_601, stepSeconds: 2 })
    const times = past.panels[0]?.candidate.map(([at]) => at) ?? []
    expect([times[0], times.at(-1)]).toEqual([1_799_990_000, 1_799_990_602])
    const ahead = await readPanels(asker(() => now), ask([panel('a', 'model.latency-p95')], { range: { from: 1_799_999_900, to: 1_800_003_600 } }), now)
    expect(Math.max(...(ahead.panels[0]?.candidate.map(([at]) => at) ?? []))).toBeLessThanOrEqual(1_800_000_000)
    expect(ahead.to).toBe(1_800_003_600)
  })

  it('lets two releases that ask the same share one call', async () => {
    const shared = asker()
    const at = 1_800_000_000
    await Promise.all([shared.instant('s', 'up', at), shared.instant('s', 'up', at), shared.instant('s', 'up', at + 1)])
    expect(double.asked).toHaveLength(2)
  })

  it('keeps a failure shortly, an answer for its time', async () => {
    let now = Date.now()
    const shared = asker(() => now)
    double.behave(FAULTS['html'] ?? valued('1'))
    expect((await shared.instant('s', 'up', 1)).ok).toBe(false)
    double.behave(valued('1'))
    expect((await shared.instant('s', 'up', 1)).ok).toBe(false)
    now += 1100
    expect((await shared.instant('s', 'up', 1)).ok).toBe(true)
  })
})

describe('the breaker', () => {
  it('opens after faults in a row, lets one try through, and closes on an answer', () => {
    let now = 1000
    const breaker = new Breaker(() => now, () => 0.5)
    const fault = { kind: 'refused', message: 'refused' } as const
    for (let i = 0; i < 3; i += 1) { expect(breaker.enter('s')).toBeNull(); breaker.report('s', fault) }
    expect(breaker.enter('s')).toEqual(fault)
    now += 2001
    expect(breaker.enter('s')).toBeNull()
    expect(breaker.enter('s')).toEqual(fault)
    breaker.report('s', fault)
    now += 2001
    expect(breaker.enter('s')).toEqual(fault)
    now += 2001
    expect(breaker.enter('s')).toBeNull()
    breaker.report('s', null)
    expect(breaker.enter('s')).toBeNull()
    expect(breaker.health('s')).toMatchObject({ isUp: true, message: null })
    for (let i = 0; i < 5; i += 1) breaker.report('s', { kind: 'bad-query', message: 'x' })
    expect(breaker.enter('s')).toBeNull()
  })
})

const spec = (more: Partial<MetricSpec> = {}): MetricSpec => ({
  source: 'environment', query: { kind: 'signal', signal: 'latency-p95' }, windowSeconds: 60, kind: 'standing', validForDays: null,
  rule: { test: { kind: 'threshold', comparator: '<=', limit: 0.2 }, direction: 'lower-is-better', unit: 's' },
  plan: { intervalSeconds: 30, followsScrapes: true, count: 1, failureLimit: 1, inconclusiveLimit: 0, consecutiveErrorLimit: 1 }, ...more,
})
const target = (more: Partial<MetricTarget> = {}): MetricTarget => ({
  kind: 'release', id: 'r1', itemId: '9.3', title: 'p95', spec: spec(), stacks: ['model'], selectors: { model_name: 'm', model_version: '2' },
  stableSelectors: { model_name: 'm', model_version: '1' }, sourceId: 's', stableSourceId: 's', current: null, ...more,
})

describe('measuring an item', () => {
  it.each([
    ['html', 'error'], ['empty', 'no-data'], ['half', 'error'], ['five hundred megabytes', 'error'], ['gzip bomb', 'error'], ['redirect', 'error'], ['slow', 'error'],
    ['reset', 'error'], ['cut', 'error'], ['bad gateway', 'error'], ['rate limit', 'error'],
  ] satisfies [string, Verdict][])('gives %s the verdict %s', async (fault, verdict) => {
    double.behave(FAULTS[fault] ?? valued('1'))
    expect((await measure(asker(), target(), Date.now())).judgement.verdict).toBe(verdict)
  })

  it('never passes NaN, several series or warnings', async () => {
    const wire = (result: unknown, more: object = {}) => answering(200, 'application/json', JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, ...more }))
    const at = Date.now() / 1000
    double.behave(valued('NaN'))
    expect((await measure(asker(), target(), Date.now())).judgement.verdict).toBe('idle')
    double.behave(wire([{ metric: { a: '1' }, value: [at, '0.1'] }, { metric: { a: '2' }, value: [at, '0.1'] }]))
    expect((await measure(asker(), target(), Date.now())).judgement.verdict).toBe('inconclusive')
    double.behave(wire([{ metric: {}, value: [at, '0.1'] }], { warnings: ['partial'] }))
    expect((await measure(asker(), target(), Date.now())).judgement.verdict).toBe('inconclusive')
    double.behave(valued('0.1'))
    expect((await measure(asker(), target(), Date.now())).judgement.verdict).toBe('pass')
  })

  it('asks stable at the same instant, and only where it can be told apart', async () => {
    double.behave(valued((query) => (query.includes('model_version="1"') ? '0.1' : '0.13')))
    const versus = spec({ rule: { test: { kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2, withoutBaseline: { comparator: '<=', limit: 0.2 } }, direction: 'lower-is-better', unit: 's' } })
    expect((await measure(asker(), target({ spec: versus }), Date.now())).judgement).toMatchObject({ verdict: 'fail', stable: 0.1 })
    expect(new Set(double.asked.filter((one) => one.path.endsWith('/query')).map((one) => one.params.get('time'))).size).toBeLessThanOrEqual(2)
    expect((await measure(asker(), target({ spec: versus, stableSelectors: null }), Date.now())).judgement).toMatchObject({ verdict: 'pass', reason: expect.stringContaining('no stable version') })
  })

  it('says why nothing could be asked', async () => {
    expect((await measure(asker(), target({ sourceId: null }), Date.now())).judgement).toMatchObject({ verdict: 'no-data' })
    expect((await measure(asker(), target({ selectors: { other: 'x', pod: 'y' } }), Date.now())).judgement.verdict).not.toBe('error')
    expect((await measure(asker(), target({ spec: spec({ query: { kind: 'signal', signal: 'ttft-p95' } }) }), Date.now())).judgement).toMatchObject({ verdict: 'no-data', reason: expect.stringContaining('No stack') })
  })
})

describe('the evaluator', () => {
  function world(items: () => readonly MetricTarget[], history: readonly { at: Date; verdict: Verdict }[] = []) {
    let now = 1_800_000_000_000
    const turns: [string, ItemVerdict][] = []
    const rows: EvaluationRow[] = []
    const standing = new Map<string, { verdict: Verdict; at: string }>()
    const evaluator = makeEvaluator({
      asker: asker(() => now), now: () => now, random: () => 0.5,
      loadTargets: async () => ({ items: items().map((one) => ({ ...one, current: standing.get(one.itemId) ?? one.current })), rollouts: [] }),
      history: async () => history,
      keep: async (all) => { rows.push(...all) },
      record: async (one, turn) => { turns.push([one.itemId, turn]); standing.set(one.itemId, { verdict: turn.verdict, at: turn.at }) },
      observe: async () => undefined,
    })
    return { evaluator, turns, rows, verdicts: () => turns.map(([, turn]) => turn.verdict), pass: (seconds: number) => { now += seconds * 1000 } }
  }

  it('records only turns, and keeps every measurement', async () => {
    const { evaluator, rows, verdicts, pass, turns } = world(() => [target()])
    const steps: [string, number][] = [['0.1', 3], ['0.9', 3], ['NaN', 2], ['0.1', 2]]
    for (const [value, times] of steps) {
      double.behave(valued(value))
      for (let i = 0; i < times; i += 1) { await evaluator.tick(); pass(2.2) }
    }
    expect(verdicts()).toEqual(['pass', 'fail', 'idle', 'pass'])
    expect(rows.map((row) => row.verdict)).toEqual(['pass', 'pass', 'pass', 'fail', 'fail', 'fail', 'idle', 'idle', 'pass', 'pass'])
    expect(turns[1]?.[1]).toMatchObject({ value: 0.9, reason: expect.stringContaining('outside'), query: expect.stringContaining('histogram_quantile'), series: expect.arrayContaining([[expect.any(Number), 0.9]]) })
    expect(turns[1]?.[1].series.length).toBeLessThanOrEqual(61)
  })

  it('measures no more often than its interval', async () => {
    const { evaluator, rows, pass } = world(() => [target()])
    for (let i = 0; i < 10; i += 1) { await evaluator.tick(); pass(0.5) }
    expect(rows).toHaveLength(3)
  })

  it('goes on after a restart where it stopped, catching up once', async () => {
    const before = { at: new Date(1_800_000_000_000 - 3_600_000), verdict: 'fail' as const }
    const failing = target({ current: { verdict: 'pass', at: before.at.toISOString() } })
    const { evaluator, verdicts, rows } = world(() => [failing], [before])
    double.behave(valued('0.9'))
    await evaluator.tick()
    await evaluator.tick()
    expect(rows).toHaveLength(1)
    expect(verdicts()).toEqual(['fail'])
  })

  it('turns the items of a dead source to error without holding up the others', async () => {
    const { evaluator, turns, pass } = world(() => [target({ itemId: 'a', sourceId: 'dead', stableSourceId: 'dead' }), target({ itemId: 'b' }), target({ itemId: 'c', sourceId: 'gone' })])
    for (let i = 0; i < 3; i += 1) { await evaluator.tick(); pass(2.2) }
    expect(turns.map(([item, turn]) => `${item} ${turn.verdict}`).sort()).toEqual(['a error', 'b pass', 'c error'])
    const asked = dead.asked.length
    for (let i = 0; i < 5; i += 1) { await evaluator.tick(); pass(0.3) }
    expect(dead.asked.length - asked).toBeLessThanOrEqual(2)
  })

  it('measures a frozen pass anew before it ends', async () => {
    const aged = target({ spec: spec({ kind: 'snapshot', validForDays: 2 }), current: { verdict: 'pass', at: new Date(1_800_000_000_000 - 86_500_000).toISOString() } })
    const { evaluator, verdicts } = world(() => [aged])
    await evaluator.tick()
    expect(verdicts()).toEqual(['pass'])
  })
})

describe('observing a rollout', () => {
  const rollout = (more: Partial<RolloutTarget> = {}): RolloutTarget => ({
    releaseId: 'r1', stacks: ['model'], selectors: { model_name: 'm', model_version: '2' }, sourceId: 's', shareQuery: null, share: null, awaitedShare: 25, isLeaving: false, soak: null, ...more,
  })
  const see = (share: string, requests: string, one: RolloutTarget) => {
    double.behave(valued((query) => (query.includes('/') ? share : requests)))
    return observeRollout(asker(), one, Date.now())
  }
  it('tells only what matters', async () => {
    expect(await see('0.1', '0', rollout())).toEqual({ share: 10, requests: null })
    expect(await see('0.104', '0', rollout({ share: 10 }))).toBeNull()
    expect(await see('0.245', '0', rollout({ share: 24.4 }))).toEqual({ share: 24.5, requests: null })
    expect(await see('0.004', '0', rollout({ share: 0.5, isLeaving: true, awaitedShare: null }))).toEqual({ share: 0.4, requests: null })
    expect(await see('NaN', '0', rollout())).toBeNull()
    expect(await see('0.25', '499.6', rollout({ share: 25, awaitedShare: null, soak: { since: new Date(Date.now() - 60_000).toISOString(), needed: 500 } }))).toBeNull()
    expect(await see('0.25', '500.2', rollout({ share: 25, awaitedShare: null, soak: { since: new Date(Date.now() - 60_000).toISOString(), needed: 500 } }))).toEqual({ share: null, requests: 500 })
    expect(await observeRollout(asker(), rollout({ sourceId: null }), Date.now())).toBeNull()
  })
})
