import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFloatText, type Answer } from './answer'
import { judge, type Asked, type Evidence } from './judge'
import type { MetricTest, Rule } from './rule'
import { planWords, ruleWords } from './rule-words'
import type { MetricSpec } from './metric-spec'

const NOW = 1_000_000
function number(raw: string, age = 0): Asked {
  return { ok: true, answer: { type: 'vector', warnings: [], infos: [], series: [{ labels: {}, histograms: 0, samples: [{ at: NOW - age, value: parseFloatText(raw) ?? NaN, raw }] }] } }
}
const none: Asked = { ok: true, answer: { type: 'vector', warnings: [], infos: [], series: [] } }
const down: Asked = { ok: false, reason: 'It is down.' }
const rule = (test: MetricTest, more: Partial<Rule> = {}): Rule => ({ test, direction: 'lower-is-better', unit: 'score', ...more })
const seen = (more: Partial<Evidence>): Evidence => ({ candidate: none, now: NOW, ...more })

const fresh: MetricTest = { kind: 'freshness', of: 'age', maxAgeSeconds: 3600 }
const pushed: MetricTest = { kind: 'freshness', of: 'timestamp', maxAgeSeconds: 3600 }
const burn: MetricTest = { kind: 'burn-rate', objective: 0.999, factor: 14.4, longSeconds: 3600, shortSeconds: 300, minRequests: 100 }
const room = (capacity: Extract<MetricTest, { kind: 'headroom' }>['capacity']): MetricTest => ({ kind: 'headroom', capacity, leastFree: 0.2 })
const claim: MetricTest = { kind: 'declared', resource: 'memory', tolerance: 0.1 }
const GIB = 1024 ** 3

describe('freshness', () => {
  it.each([
    ['fresh', fresh, number('59'), 'pass', /The newest is 59 s old; within its limit, ≤ 60 min/],
    ['at its limit', fresh, number('3600'), 'pass', /60 min old/],
    ['old', fresh, number('7200'), 'fail', /2 h old; outside/],
    ['a little ahead', fresh, number('-20'), 'pass', /0 s old/],
    ['from the future', fresh, number('-4000'), 'inconclusive', /clocks disagree/],
    ['nothing ever', fresh, none, 'no-data', /No series/],
    ['pushed just now', pushed, number(String(NOW - 10)), 'pass', /10 s old/],
    ['pushed long ago', pushed, number(String(NOW - 90_000)), 'fail', /25 h old/],
    ['no time at all', pushed, number('1e12'), 'inconclusive', /no time/],
    ['source down', fresh, down, 'error', /down/],
  ] satisfies [string, MetricTest, Asked, string, RegExp][])('%s', (_name, test, candidate, verdict, reason) => {
    const judged = judge(seen({ candidate }), rule(test, { unit: 's' }))
    expect([judged.verdict, judged.reason]).toEqual([verdict, expect.stringMatching(reason)])
  })
})

describe('burn rate', () => {
  const samples = number('5000')
  it.each([
    ['calm', { candidate: number('0.0005'), short: number('0.0001'), samples }, 'pass', /0.5 × as fast as it may be over 60 min, 0.1 × over 5 min/],
    ['both over', { candidate: number('0.02'), short: number('0.03'), samples }, 'fail', /20 × .* 30 × .*outside its limit, ≤ 14.4/],
    ['long over, short recovered', { candidate: number('0.02'), short: number('0'), samples }, 'pass', /within/],
    ['short spike only', { candidate: number('0.001'), short: number('0.5'), samples }, 'pass', /within/],
    ['exactly the factor', { candidate: number('0.0144'), short: number('0.0144'), samples }, 'pass', /within/],
    ['too little traffic', { candidate: number('0.02'), short: number('0.03'), samples: number('99') }, 'idle', /99 requests in the long window; .* 100/],
    ['no traffic', { candidate: number('NaN'), short: number('NaN'), samples: number('0') }, 'idle', /no traffic/],
    ['none in the short window', { candidate: number('0.02'), short: number('NaN'), samples }, 'idle', /short window/],
    ['nobody counts', { candidate: number('0.02'), short: number('0.02') }, 'inconclusive', /Nothing counts/],
    ['short unknown', { candidate: number('0.02'), samples }, 'inconclusive', /not asked/],
    ['short down', { candidate: number('0.0001'), short: down, samples }, 'error', /down/],
    ['no ratio', { candidate: number('17'), short: number('3'), samples }, 'inconclusive', /no ratio of errors/],
  ] satisfies [string, Partial<Evidence>, string, RegExp][])('%s', (_name, evidence, verdict, reason) => {
    const judged = judge(seen(evidence), rule(burn, { unit: 'ratio' }))
    expect([judged.verdict, judged.reason]).toEqual([verdict, expect.stringMatching(reason)])
  })
})

describe('headroom and claim', () => {
  it.each([
    ['a share that leaves room', room({ kind: 'share' }), 'ratio', { candidate: number('0.7') }, 'pass', /The peak is 70 %, 30 % free; within its limit, ≤ 80 % in use/],
    ['a share that does not', room({ kind: 'share' }), 'ratio', { candidate: number('0.81') }, 'fail', /19 % free/],
    ['over its limit', room({ kind: 'share' }), 'ratio', { candidate: number('1.2') }, 'fail', /0 % free/],
    ['of a number', room({ kind: 'value', value: 10 * GIB }), 'bytes', { candidate: number(String(8 * GIB)) }, 'pass', /8 GiB of 10 GiB/],
    ['of a query', room({ kind: 'query', promql: 'x' }), 'bytes', { candidate: number(String(9 * GIB)), capacity: number(String(10 * GIB)) }, 'fail', /9 GiB of 10 GiB/],
    ['of nothing', room({ kind: 'query', promql: 'x' }), 'bytes', { candidate: number('1'), capacity: none }, 'inconclusive', /capacity is unknown/],
    ['of zero', room({ kind: 'query', promql: 'x' }), 'bytes', { candidate: number('1'), capacity: number('0') }, 'inconclusive', /nothing can be a share/],
    ['of a source that is down', room({ kind: 'query', promql: 'x' }), 'bytes', { candidate: number('1'), capacity: down }, 'error', /down/],
    ['below zero', room({ kind: 'share' }), 'ratio', { candidate: number('-1') }, 'inconclusive', /below zero/],
    ['as declared', claim, 'bytes', { candidate: number(String(10 * GIB)), declared: 10 * GIB }, 'pass', /100 % of the declared 10 GiB; within its limit, ≤ 110 %/],
    ['within tolerance', claim, 'bytes', { candidate: number(String(10.9 * GIB)), declared: 10 * GIB }, 'pass', /109 %/],
    ['more than declared', claim, 'bytes', { candidate: number(String(12 * GIB)), declared: 10 * GIB }, 'fail', /120 % of the declared/],
    ['nothing declared', claim, 'bytes', { candidate: number('1'), declared: 0 }, 'inconclusive', /declares nothing/],
    ['not told', claim, 'bytes', { candidate: number('1') }, 'inconclusive', /declares nothing/],
  ] satisfies [string, MetricTest, Rule['unit'], Partial<Evidence>, string, RegExp][])('%s', (_name, test, unit, evidence, verdict, reason) => {
    const judged = judge(seen(evidence), rule(test, { unit }))
    expect([judged.verdict, judged.reason]).toEqual([verdict, expect.stringMatching(reason)])
  })

  it('counts points, and wants enough of them', () => {
    const judged = judge(seen({ candidate: number('0.1'), samples: number('4') }), rule(room({ kind: 'share' }), { unit: 'ratio', minSamples: 30 }))
    expect(judged).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('rests on 4 points; 30 are needed') })
  })
})

/** Random answers of every kind: several series, none, special floats, histograms, warnings, old and future stamps, errors. */
const raws = fc.oneof({ weight: 5, arbitrary: fc.double({ min: 0, max: 2, noNaN: true }).map(String) }, fc.constantFrom('NaN', '+Inf', '-Inf', '0', '-1', '1e300', String(NOW - 100)))
const answers: fc.Arbitrary<Answer> = fc.record({
  type: fc.oneof({ weight: 8, arbitrary: fc.constant('vector' as const) }, fc.constantFrom('scalar' as const, 'matrix' as const, 'string' as const)),
  warnings: fc.oneof({ weight: 6, arbitrary: fc.constant<readonly string[]>([]) }, fc.constant(['partial'])),
  infos: fc.constant<readonly string[]>([]),
  series: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 1 }) }, fc.integer({ min: 0, max: 3 })).chain((count) => fc.array(
    fc.record({ raw: raws, age: fc.oneof({ weight: 5, arbitrary: fc.constant(10) }, fc.integer({ min: -900, max: 900 })), histograms: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.constant(1)), isEmpty: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)) })
      .map(({ raw, age, histograms, isEmpty }) => ({ labels: {}, histograms, samples: isEmpty ? [] : [{ at: NOW - age, value: parseFloatText(raw) ?? NaN, raw }] })),
    { minLength: count, maxLength: count })),
})
const asked: fc.Arbitrary<Asked> = fc.oneof({ weight: 8, arbitrary: answers.map((answer): Asked => ({ ok: true, answer })) }, fc.constant(down))
const counts: fc.Arbitrary<Asked> = fc.oneof(fc.constantFrom(number('0'), number('99'), number('100'), number('5000'), none, down, number('NaN')), asked)
const tests: fc.Arbitrary<MetricTest> = fc.constantFrom<MetricTest>(
  { kind: 'threshold', comparator: '<=', limit: 1 }, { kind: 'threshold', comparator: '>=', limit: 1 },
  { kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2 }, { kind: 'stable', by: 'difference', comparator: '<=', limit: 0.2, withoutBaseline: { comparator: '<=', limit: 1 } },
  { kind: 'presence' }, fresh, pushed, burn, room({ kind: 'share' }), room({ kind: 'query', promql: 'x' }), claim,
)

/** The one finite number of a sound answer, told apart without the code under test. */
function sound(question: Asked | null | undefined, maxAge = Infinity): number | null {
  if (!question?.ok || question.answer.warnings.length > 0 || !['vector', 'scalar'].includes(question.answer.type)) return null
  const [only, ...more] = question.answer.series
  const sample = only?.samples[0]
  if (more.length > 0 || only === undefined || only.histograms > 0 || sample === undefined || !Number.isFinite(sample.value)) return null
  return Math.abs(NOW - sample.at) <= maxAge ? sample.value : null
}

function mayPass(evidence: Evidence, test: MetricTest, needed: number): boolean {
  const value = sound(evidence.candidate, 300)
  const counted = evidence.samples?.ok && evidence.samples.answer.warnings.length === 0 ? evidence.samples.answer.series.reduce((sum, one) => sum + (one.samples[0]?.value ?? 0), 0) : null
  if (value === null || counted === null || counted < needed) return false
  switch (test.kind) {
    case 'threshold': return test.comparator === '<=' ? value <= test.limit : value >= test.limit
    case 'presence': return true
    case 'stable': {
      if (evidence.stable === null) return test.withoutBaseline !== undefined && value <= test.withoutBaseline.limit
      const stable = sound(evidence.stable)
      if (stable === null) return false
      return test.by === 'difference' ? value - stable <= test.limit : stable === 0 ? value === 0 : value / stable <= test.limit
    }
    case 'freshness': return (test.of === 'timestamp' ? NOW - value : value) <= test.maxAgeSeconds
    case 'burn-rate': {
      const short = sound(evidence.short)
      return short !== null && counted >= test.minRequests && Math.min(value, short) / (1 - test.objective) <= test.factor
    }
    case 'headroom': {
      const capacity = test.capacity.kind === 'query' ? sound(evidence.capacity) : 1
      return capacity !== null && capacity > 0 && value / capacity <= 1 - test.leastFree
    }
    case 'declared': return typeof evidence.declared === 'number' && evidence.declared > 0 && value / evidence.declared <= 1 + test.tolerance
  }
}

describe('whatever comes back', () => {
  it('passes nothing but a fresh, sufficient, single answer within its limit', () => {
    let passed = 0
    fc.assert(fc.property(fc.record({ candidate: asked, stable: fc.oneof(asked, fc.constant(null)), samples: counts, short: asked, capacity: asked, declared: fc.constantFrom(null, 0, 1, -1, NaN) }), tests, (evidence, test) => {
      const all = { ...evidence, now: NOW }
      const { verdict } = judge(all, rule(test, { minSamples: 100 }))
      if (verdict !== 'pass') return
      passed += 1
      expect(mayPass(all, test, 100)).toBe(true)
    }), { numRuns: 4000 })
    // The property would hold for a judge that passes nothing.
    expect(passed).toBeGreaterThan(50)
  })
})

describe('the rule in words', () => {
  const spec = (test: MetricTest, more: Partial<Rule> = {}): MetricSpec => ({ source: 'environment', query: { kind: 'signal', signal: 'latency-p95' }, windowSeconds: 600, kind: 'standing', validForDays: null, rule: rule(test, { unit: 's', ...more }) })
  it.each([
    [spec({ kind: 'threshold', comparator: '<=', limit: 0.25 }, { minSamples: 200, reducer: 'max' }), 'Passes while p95 latency (the highest of its series) over 10 min is at most 250 ms, from at least 200 requests.'],
    [spec({ kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2, withoutBaseline: { comparator: '<=', limit: 0.3 } }), "Passes while p95 latency over 10 min is at most 1.2 × the stable version's at the same time; without a stable version, at most 300 ms."],
    [spec({ kind: 'stable', by: 'difference', comparator: '<=', limit: 0.05, ignoreBelow: 0.1 }), "Passes while p95 latency over 10 min is at most 50 ms more than the stable version's at the same time, or at most 100 ms."],
    [{ ...spec({ kind: 'presence' }), query: { kind: 'signal', signal: 'series-exist' } }, 'Passes while the series of this version exist.'],
    [{ ...spec(pushed), query: { kind: 'promql', promql: 'push_time_seconds' } }, 'Passes while the time that the query gives is at most 60 min old.'],
    [spec(burn, { unit: 'ratio' }), 'Passes while the error budget of 99.9 % is spent at most 14.4 times as fast as it may be, over 60 min or over 5 min, from at least 100 requests.'],
    [{ ...spec(room({ kind: 'share' }), { unit: 'ratio', minSamples: 30 }), query: { kind: 'signal', signal: 'memory-use' }, windowSeconds: 86_400 }, 'Passes while the peak of memory of its limit over 24 h leaves at least 20 % of its limit free, from at least 30 points.'],
    [{ ...spec(claim, { unit: 'bytes' }), query: { kind: 'preset', presetId: 'kubernetes.memory-bytes' } }, 'Passes while the peak of memory bytes over 10 min is at most the declared memory and 10 % more.'],
  ] satisfies [MetricSpec, string][])('%#', (one, words) => { expect(ruleWords(one)).toBe(words) })

  it('says how often and what is tolerated', () => {
    expect(planWords({ kind: 'standing', validForDays: null, plan: { intervalSeconds: 30, count: 2, failureLimit: 2, inconclusiveLimit: 0, consecutiveErrorLimit: 4 } }))
      .toBe('Measured every 30 s; fails after 3 failures in a row, passes again after 2 passes in a row, it cannot be measured after 5 errors in a row.')
    expect(planWords({ kind: 'snapshot', validForDays: 14 })).toBe('Measured every 30 s or faster, once; fails after 1 failure, it cannot be measured after 5 errors in a row; a pass counts for 14 days.')
  })
})
