import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import captures from './captures.json'
import { parseAnswer, parseFloatText } from './answer'
import { judge, type Asked, type Evidence } from './judge'
import type { Rule } from './rule'

const atMost = (limit: number, more: Partial<Rule> = {}): Rule => ({ test: { kind: 'threshold', comparator: '<=', limit }, direction: 'lower-is-better', unit: 'score', ...more })

/** The answer of a capture, at the instant that it was asked. */
function asked(name: keyof typeof captures): Asked {
  const answer = parseAnswer(JSON.parse(captures[name].body))
  return answer ? { ok: true, answer } : { ok: false, reason: 'error document' }
}

function at(name: keyof typeof captures): Evidence {
  const candidate = asked(name)
  const stamp = candidate.ok ? candidate.answer.series[0]?.samples.at(-1)?.at : undefined
  return { candidate, now: stamp ?? 1_795_357_513 }
}

function number(value: string, age = 0): Asked {
  return { ok: true, answer: { type: 'vector', warnings: [], infos: [], series: [{ labels: {}, histograms: 0, samples: [{ at: 1000 - age, value: parseFloatText(value) ?? NaN, raw: value }] }] } }
}

const TABLE: readonly [keyof typeof captures, Rule, string, RegExp][] = [
  ['query_scalar', atMost(5), 'pass', /2; within its limit, ≤ 5/],
  ['query_scalar', atMost(1), 'fail', /2; outside its limit, ≤ 1/],
  ['query_hist_p95', atMost(0.5, { unit: 's' }), 'pass', /500 ms/],
  ['query_hist_p95', { ...atMost(0.5), test: { kind: 'threshold', comparator: '<', limit: 0.5 } }, 'fail', /outside its limit, < 0.5/],
  ['query_vector', atMost(5), 'inconclusive', /4 series match/],
  ['query_vector', atMost(5, { reducer: 'max' }), 'pass', /1; within/],
  ['query_multi_series_gate', atMost(5), 'inconclusive', /3 series match/],
  ['query_multi_series_gate', atMost(5, { reducer: 'sum' }), 'fail', /20/],
  ['query_empty', atMost(5), 'no-data', /No series/],
  ['query_hist_empty_rate', atMost(5), 'no-data', /No series/],
  ['query_filter_false_is_empty', atMost(5), 'no-data', /No series/],
  ['query_offset_future', atMost(5), 'no-data', /No series/],
  ['query_p95_single_sample', atMost(5), 'no-data', /No series/],
  ['query_ratio_nodata', atMost(5), 'no-data', /No series/],
  ['query_scalar_nan', atMost(5), 'idle', /no traffic/],
  ['query_div0', atMost(5), 'idle', /no traffic/],
  ['query_ratio_ornodata', atMost(5), 'idle', /no traffic/],
  ['query_p95_idle_nan', atMost(5), 'idle', /no traffic/],
  ['query_special_floats', atMost(5, { reducer: 'max' }), 'inconclusive', /not a number/],
  ['query_string', atMost(5), 'error', /text/],
  ['query_matrix', atMost(5), 'inconclusive', /range of values/],
  ['range_empty', atMost(5), 'no-data', /No series/],
  ['native_hist_instant', atMost(5), 'inconclusive', /histogram/],
  ['native_hist_quantile', atMost(5), 'pass', /4/],
  ['query_or_zero', atMost(0), 'pass', /0; within/],
  ['query_unicode_label', atMost(5), 'pass', /1/],
  ['query_stats', atMost(5), 'pass', /1/],
  ['query_burn_rate', atMost(14.4), 'fail', /52.6/],
  ['stale_marker', atMost(7), 'pass', /7/],
  ['err_parse', atMost(5), 'error', /error document/],
  ['err_max_samples', atMost(5), 'error', /error document/],
]

describe('judge', () => {
  it.each(TABLE)('%s', (name, rule, verdict, reason) => {
    const judged = judge(at(name), rule)
    expect([judged.verdict, judged.reason]).toEqual([verdict, expect.stringMatching(reason)])
  })

  it('says "at least" when a quantile lies in the last bucket, and passes it never', () => {
    expect(judge({ ...at('query_quantile_over_inf_bucket'), topBucket: 2.5 }, atMost(3, { unit: 's' }))).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('At least 2.5 s') })
    expect(judge({ ...at('query_quantile_over_inf_bucket'), topBucket: 2.5 }, atMost(2, { unit: 's' })).verdict).toBe('fail')
  })

  it.each([
    ['too few samples', { candidate: number('1'), samples: number('12.2'), now: 1000 }, atMost(5, { minSamples: 100 }), 'inconclusive', /12 requests; 100/],
    ['enough samples', { candidate: number('1'), samples: number('100'), now: 1000 }, atMost(5, { minSamples: 100 }), 'pass', /within/],
    ['zero samples are idle', { candidate: number('0'), samples: number('0'), now: 1000 }, atMost(5, { minSamples: 1 }), 'idle', /no request/],
    ['samples unknown', { candidate: number('1'), samples: { ok: false, reason: 'It timed out.' }, now: 1000 }, atMost(5, { minSamples: 5 }), 'inconclusive', /timed out/],
    ['nobody counts', { candidate: number('1'), now: 1000 }, atMost(5, { minSamples: 5 }), 'inconclusive', /nothing counts/],
    ['stale by its stamp', { candidate: number('1', 301), now: 1000 }, atMost(5), 'inconclusive', /5 min old/],
    ['from the future', { candidate: number('1', -400), now: 1000 }, atMost(5), 'inconclusive', /clocks/],
    ['stale by its push time', { candidate: number('1'), age: number('7200'), now: 1000 }, atMost(5, { maxAgeSeconds: 3600 }), 'inconclusive', /2 h old/],
    ['age unknown', { candidate: number('1'), age: { ok: true, answer: { type: 'vector', series: [], warnings: [], infos: [] } }, now: 1000 }, atMost(5), 'inconclusive', /age is unknown/],
    ['infinite', { candidate: number('+Inf'), now: 1000 }, { ...atMost(5), test: { kind: 'threshold', comparator: '>=', limit: 5 } }, 'inconclusive', /infinite/],
    ['no source', { candidate: { ok: false, reason: 'Connection refused.' }, now: 1000 }, atMost(5), 'error', /refused/],
    ['presence', { candidate: number('3'), now: 1000 }, { ...atMost(0), test: { kind: 'presence' } }, 'pass', /exists/],
    ['presence of NaN', { candidate: number('NaN'), now: 1000 }, { ...atMost(0), test: { kind: 'presence' } }, 'idle', /traffic/],
  ] satisfies [string, Evidence, Rule, string, RegExp][])('%s', (_name, evidence, rule, verdict, reason) => {
    const judged = judge(evidence, rule)
    expect([judged.verdict, judged.reason]).toEqual([verdict, expect.stringMatching(reason)])
  })

  const ratio: Rule = { test: { kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2, ignoreBelow: 0.002, withoutBaseline: { comparator: '<=', limit: 0.25 } }, direction: 'lower-is-better', unit: 's' }
  it.each([
    ['within', number('0.11'), number('0.1'), 'pass', /1.10 × stable/],
    ['outside', number('0.13'), number('0.1'), 'fail', /1.30 × stable/],
    ['no stable version, absolute', number('0.2'), null, 'pass', /no stable version/],
    ['no stable version, over', number('0.3'), null, 'fail', /no stable version/],
    ['stable idle', number('0.1'), number('NaN'), 'inconclusive', /cannot be compared/],
    ['stable not asked for lack of source', number('0.1'), { ok: false, reason: 'It is down.' }, 'error', /down/],
    ['both zero', number('0'), number('0'), 'pass', /below which/],
    ['stable zero', number('0.1'), number('0'), 'inconclusive', /no ratio/],
    ['below what matters', number('0.001'), number('0'), 'pass', /below which/],
  ] satisfies [string, Asked, Asked | null, string, RegExp][])('against stable: %s', (_name, candidate, stable, verdict, reason) => {
    const judged = judge({ candidate, stable, now: 1000 }, ratio)
    expect([judged.verdict, judged.reason]).toEqual([verdict, expect.stringMatching(reason)])
  })

  it('holds every warning against a pass, on either side', () => {
    const warned: Asked = { ok: true, answer: { type: 'vector', warnings: ['partial response'], infos: [], series: [{ labels: {}, histograms: 0, samples: [{ at: 1000, value: 1, raw: '1' }] }] } }
    expect(judge({ candidate: warned, now: 1000 }, atMost(5)).verdict).toBe('inconclusive')
    expect(judge({ candidate: number('0.1'), stable: warned, now: 1000 }, ratio).verdict).toBe('inconclusive')
  })

  it('passes nothing but a fresh, sufficient, single, finite value within its limit', () => {
    const text = fc.oneof(fc.constantFrom('NaN', '+Inf', '-Inf'), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(String))
    fc.assert(fc.property(fc.array(text, { maxLength: 3 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 200 }), fc.boolean(), (values, age, samples, hasWarning) => {
      const candidate: Asked = { ok: true, answer: { type: 'vector', infos: [], warnings: hasWarning ? ['w'] : [], series: values.map((raw) => ({ labels: {}, histograms: 0, samples: [{ at: 1000 - age, value: parseFloatText(raw) ?? NaN, raw }] })) } }
      const judged = judge({ candidate, samples: number(String(samples)), now: 1000 }, atMost(10, { minSamples: 50 }))
      const [only] = values
      const isGood = values.length === 1 && only !== undefined && Number.isFinite(Number(only)) && Number(only) <= 10 && age <= 300 && samples >= 50 && !hasWarning
      expect(judged.verdict === 'pass').toBe(isGood)
    }))
  })
})

describe('parseAnswer', () => {
  it('reads every success among the captures and nothing else', () => {
    for (const [name, capture] of Object.entries(captures)) {
      if (!capture.contentType.includes('json') || !/\/query(_range)? /.test(capture.request)) continue
      const answer = parseAnswer(JSON.parse(capture.body))
      expect([name, answer !== null]).toEqual([name, capture.status === 200])
    }
  })
  it('keeps special floats apart', () => {
    expect(['NaN', '+Inf', '-Inf', '1e+300', '', 'x'].map(parseFloatText)).toEqual([NaN, Infinity, -Infinity, 1e300, null, null])
  })
  it.each([null, [], {}, { status: 'success' }, { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [1] }] } }, { status: 'success', data: { resultType: 'vector', result: [{ metric: { a: 1 }, value: [1, '1'] }] } }, { status: 'success', data: { resultType: 'odd', result: [] } }])('refuses %j', (json) => {
    expect(parseAnswer(json)).toBeNull()
  })
})
