import { describe, expect, it } from 'vitest'
import { ML_RELEASE, LLM_RELEASE } from '@/lib/domain/template/shipped'
import type { MetricAsk } from '@/lib/domain/template/template'
import { templateContent } from '@/lib/domain/template/commands'
import { specOfAsk } from '@/lib/domain/verdict/ask-spec'
import type { MetricTest } from '@/lib/domain/verdict/rule'
import { askOfDraft, draftOfAsk } from './metric-draft'

const ASKS = [...ML_RELEASE.gates, ...LLM_RELEASE.gates].flatMap((gate) => gate.items).flatMap((item) => (item.kind === 'metric' ? [[item.id, item.metric] as const] : []))
const TESTS: readonly MetricTest[] = [
  { kind: 'threshold', comparator: '<', limit: 3 }, { kind: 'stable', by: 'difference', comparator: '<=', limit: 0.1 }, { kind: 'presence' }, { kind: 'freshness', of: 'age', maxAgeSeconds: 5400 },
  { kind: 'burn-rate', objective: 0.999, factor: 14.4, longSeconds: 3600, shortSeconds: 300, minRequests: 100 }, { kind: 'headroom', capacity: { kind: 'share' }, leastFree: 0.2 }, { kind: 'declared', resource: 'memory', tolerance: 0.1 },
]
const plain: MetricAsk = { presetRole: 'latency-p95', binding: 'staging', mode: 'snapshot', rule: { comparison: 'at-most', threshold: 0.25, unit: 's', windowMinutes: 10, minimumSamples: 100, failureLimit: 3, validDays: 30 } }

describe('a metric line of a template in the form', () => {
  it.each(ASKS)('%s is judged as before after it went through the form', (_id, ask) => {
    const { ask: back, faults } = askOfDraft(draftOfAsk(ask), ask)
    expect(faults).toEqual({})
    const meaning = (one: MetricAsk) => specOfAsk(one, null)
    expect(meaning(back)).toEqual(meaning(ask))
  })
  it.each(TESTS)('keeps a test of the kind $kind', (test) => {
    const { ask, faults } = askOfDraft(draftOfAsk({ ...plain, test }), plain)
    expect(faults).toEqual({})
    expect(ask.test).toEqual(test)
    const { templateId: _id, revision: _revision, ...content } = ML_RELEASE
    const whole = { ...content, gates: content.gates.map((gate) => ({ ...gate, items: gate.items.map((item) => (item.id === '5.6' && item.kind === 'metric' ? { ...item, metric: ask } : item)) })) }
    expect(templateContent.parse(whole)).toEqual(whole)
  })
  it('says a plain limit and a factor as the line does, and leaves an empty limit for the opening', () => {
    expect(askOfDraft({ ...draftOfAsk({ ...plain, test: { kind: 'presence' } }), testKind: 'threshold', limit: '0,3' }, plain).ask).toEqual({ ...plain, rule: { ...plain.rule, threshold: 0.3 } })
    expect(askOfDraft({ ...draftOfAsk(plain), testKind: 'stable', limit: '1.2', alone: '0.4', ignoreBelow: '0.1' }, plain).ask.rule).toEqual({ ...plain.rule, threshold: 0.4, timesStable: 1.2, ignoreBelow: 0.1 })
    const open = askOfDraft({ ...draftOfAsk(plain), limit: ' ' }, plain)
    expect([open.faults, open.ask.rule.threshold, open.ask.test]).toEqual([{}, null, undefined])
    expect(askOfDraft({ ...draftOfAsk(plain), limit: 'fast' }, plain).faults).toEqual({ limit: 'Write the limit as a number.' })
  })
})
