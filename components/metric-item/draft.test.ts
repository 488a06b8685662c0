import { describe, expect, it } from 'vitest'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import { metricSpecSchema } from '@/lib/domain/verdict/metric-spec-schema'
import { draftOf, specOf } from './draft'
import { secondsOf, spanText } from './span'

const plan = { intervalSeconds: 30, followsScrapes: true, count: 2, failureLimit: 1, inconclusiveLimit: 0, consecutiveErrorLimit: 4 } as const
const base: MetricSpec = {
  source: 'environment', query: { kind: 'signal', signal: 'latency-p95' }, windowSeconds: 600, kind: 'standing', validForDays: null, plan,
  rule: { test: { kind: 'threshold', comparator: '<=', limit: 0.25 }, minSamples: 200, direction: 'lower-is-better', unit: 's' },
}
const SPECS: readonly MetricSpec[] = [
  base,
  { ...base, source: 'staging', kind: 'snapshot', validForDays: 14, selectors: { slice: 'worst', region: 'eu' } },
  { ...base, source: { sourceId: '01980000-0000-7000-8000-000000000001' }, query: { kind: 'promql', promql: 'x{$sel}', samples: 'y{$sel}' } },
  { ...base, query: { kind: 'preset', presetId: 'model.drift' }, rule: { ...base.rule, test: { kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2, ignoreBelow: 0.1, withoutBaseline: { comparator: '<=', limit: 0.3 } }, reducer: 'max', maxAgeSeconds: 3600 } },
  { ...base, rule: { ...base.rule, test: { kind: 'stable', by: 'difference', comparator: '<', limit: -0.05 } } },
  { ...base, rule: { ...base.rule, test: { kind: 'presence' } } },
  { ...base, rule: { ...base.rule, test: { kind: 'freshness', of: 'timestamp', maxAgeSeconds: 5400 } } },
  { ...base, rule: { ...base.rule, test: { kind: 'burn-rate', objective: 0.999, factor: 14.4, longSeconds: 3600, shortSeconds: 300, minRequests: 1000 } } },
  { ...base, rule: { ...base.rule, test: { kind: 'headroom', capacity: { kind: 'query', promql: 'machine_memory_bytes' }, leastFree: 0.2 } } },
  { ...base, rule: { ...base.rule, test: { kind: 'headroom', capacity: { kind: 'value', value: 8e9 }, leastFree: 0.155 } } },
  { ...base, rule: { ...base.rule, test: { kind: 'declared', resource: 'memory', tolerance: 0.1 } } },
]

describe('the form of a metric item', () => {
  it.each(SPECS)('gives back what it shows: $rule.test.kind', (spec) => {
    const { spec: back, faults } = specOf(draftOf(spec), spec.kind)
    expect(faults).toEqual({})
    expect(back).toEqual(spec)
    expect(metricSpecSchema.safeParse(back).success).toBe(true)
  })

  it('names every fault at its field', () => {
    const draft = draftOf(base)
    const faultOf = (more: Partial<typeof draft>) => specOf({ ...draft, ...more }, 'standing').faults
    expect(faultOf({ limit: 'fast' })).toEqual({ limit: 'Write the limit as a number.' })
    expect(faultOf({ limit: '0,25' })).toEqual({})
    expect(faultOf({ window: 'soon' })).toEqual({ window: 'Write a length of time, such as 90s, 5m, 1h or 7d.' })
    expect(faultOf({ window: '200d' })).toEqual({ window: 'It is at most 90d.' })
    expect(faultOf({ interval: '1s', count: '0', failureLimit: '1.5' })).toEqual({ interval: 'It is at least 5s.', count: 'It is at least 1.', failureLimit: 'Write a whole number.' })
    expect(faultOf({ selectors: 'slice:worst' })).toEqual({ selectors: expect.any(String) })
    expect(faultOf({ queryKind: 'promql', promql: ' ' })).toEqual({ promql: 'Write the query.' })
    expect(faultOf({ testKind: 'burn-rate', objective: '100' })).toEqual({ objective: 'It is at most 99.9999.' })
  })

  it('reads and writes lengths of time', () => {
    expect(['90s', '5m', '1h', '7d', '10', '1.5 h', '2 min', 'x', '', '-5m'].map(secondsOf)).toEqual([90, 300, 3600, 604_800, 600, 5400, 120, null, null, null])
    expect([90, 300, 3600, 604_800, 5400, 61].map(spanText)).toEqual(['90s', '5m', '1h', '7d', '90m', '61s'])
  })
})
