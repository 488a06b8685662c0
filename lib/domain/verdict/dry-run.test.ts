import { describe, expect, it } from 'vitest'
import { replay, replayWords, type ReplayedStep } from './dry-run'
import type { Asked } from './judge'
import type { MetricSpec } from './metric-spec'

const frame = { start: 1000, end: 1600, stepSeconds: 100 }
const spec = (more: Partial<MetricSpec> = {}): MetricSpec => ({
  source: 'environment', query: { kind: 'signal', signal: 'latency-p95' }, windowSeconds: 60, kind: 'standing', validForDays: null,
  rule: { test: { kind: 'threshold', comparator: '<=', limit: 1 }, direction: 'lower-is-better', unit: 's' },
  plan: { intervalSeconds: 30, count: 2, failureLimit: 1, inconclusiveLimit: 0, consecutiveErrorLimit: 4 }, ...more,
})
/** One series with a value per step; null leaves the step out. */
function series(values: readonly (number | null)[], shift = 0): Asked {
  const samples = values.flatMap((value, at) => (value === null ? [] : [{ at: frame.start + at * frame.stepSeconds + shift, value, raw: String(value) }]))
  return { ok: true, answer: { type: 'matrix', warnings: [], infos: [], series: [{ labels: {}, histograms: 0, samples }] } }
}
const said = (steps: readonly ReplayedStep[]) => steps.map((step) => `${step.verdict}>${step.standing}`)

describe('the past, judged again', () => {
  it('judges each step as the evaluator would and folds them in order', () => {
    expect(said(replay({ spec: spec(), frame, asked: { candidate: series([0.5, 2, 2, 0.5, 0.5, null, NaN]) } })))
      .toEqual(['pass>pass', 'fail>pass', 'fail>fail', 'pass>fail', 'pass>pass', 'no-data>no-data', 'idle>idle'])
  })
  it('takes times that a backend shifted by less than a step', () => {
    expect(said(replay({ spec: spec(), frame, asked: { candidate: series([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], -20) } }))).toEqual(Array(7).fill('pass>pass'))
  })
  it('counts, compares and needs what the rule asks for', () => {
    const compared = spec({ rule: { test: { kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2 }, minSamples: 100, direction: 'lower-is-better', unit: 's' } })
    const steps = replay({ spec: compared, frame, asked: { candidate: series([1, 1, 1, 1, 1, 1, 1]), stable: series([1, 0.5, null, 1, 1, 1, 1]), samples: series([500, 500, 500, 0, 20, 500, null]) } })
    expect(steps.map((step) => step.verdict)).toEqual(['pass', 'fail', 'inconclusive', 'idle', 'inconclusive', 'pass', 'inconclusive'])
    expect(steps[1]).toMatchObject({ value: 1, stable: 0.5, compared: 2 })
  })
  it('never passes several series, warnings or no answer', () => {
    const two: Asked = { ok: true, answer: { type: 'matrix', warnings: [], infos: [], series: [1, 2].map((value) => ({ labels: { a: String(value) }, histograms: 0, samples: [{ at: 1000, value: 0.1, raw: '0.1' }] })) } }
    const warned: Asked = { ok: true, answer: { type: 'matrix', warnings: ['partial'], infos: [], series: [{ labels: {}, histograms: 0, samples: [{ at: 1000, value: 0.1, raw: '0.1' }] }] } }
    const verdicts = (candidate: Asked) => replay({ spec: spec(), frame: { ...frame, end: 1000 }, asked: { candidate } }).map((step) => step.verdict)
    expect([verdicts(two), verdicts(warned), verdicts({ ok: false, reason: 'It is down.' })]).toEqual([['inconclusive'], ['inconclusive'], ['error']])
  })
})

describe('the past in words', () => {
  const steps = (text: string): ReplayedStep[] => [...text].map((letter, at) => ({ at, verdict: 'pass', standing: letter === 'p' ? 'pass' : letter === 'f' ? 'fail' : 'idle', value: 1, stable: null, compared: 1 }))
  it.each([
    ['', 'There is no past to look at.'],
    ['pppp', 'It would have passed all the time and never failed.'],
    ['ppff', 'It would have passed 50 % of the time and turned to fail once, last at 2.'],
    ['pfpf', 'It would have passed 50 % of the time and turned to fail 2 times, last at 3.'],
    ['iiip', 'It would have passed 25 % of the time and never failed. It could not have been judged 75 % of the time.'],
  ])('%s', (text, words) => { expect(replayWords(steps(text), (at) => `at ${at}`)).toBe(words) })
})
