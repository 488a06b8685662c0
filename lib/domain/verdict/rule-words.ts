/** Says any metric rule in one sentence of plain words: what is held against what, over which window, resting on how much. */

import { valueText } from '@/lib/domain/preset/unit'
import { DEFAULT_PLAN } from './fold'
import type { MetricSpec } from './metric-spec'
import type { Claimed, Comparator, MetricTest, Reducer } from './rule'

const SUBJECTS: Readonly<Record<string, string>> = {
  'latency-p95': 'p95 latency', 'ttft-p95': 'p95 time to first token', 'itl-p95': 'p95 inter-token latency', 'error-ratio': 'error ratio', throughput: 'requests per second',
  'memory-use': 'memory of its limit', 'cpu-throttling': 'CPU throttling', 'gpu-memory': 'GPU memory', 'gpu-use': 'GPU use', 'volume-use': 'volume use', cpu: 'CPU use',
  'series-exist': 'the series of this version', 'drift-exported': 'drift and skew', 'pipeline-freshness': 'the age of the data', 'version-share': 'share of traffic',
  'cost-per-1000': 'cost per 1,000 requests', 'live-quality': 'live quality', 'invalid-predictions': 'invalid predictions',
}

const CLAIM_WORDS: Readonly<Record<Claimed, string>> = { memory: 'memory', cpu: 'CPU', 'gpu-memory': 'GPU memory', storage: 'storage', 'peak-requests': 'peak of requests per second' }

const COMPARED: Readonly<Record<Comparator, string>> = { '<=': 'at most', '<': 'below', '>=': 'at least', '>': 'above', '==': 'exactly' }

const REDUCED: Readonly<Record<Reducer, string>> = { min: 'the lowest of its series', max: 'the highest of its series', sum: 'the sum of its series', avg: 'the mean of its series' }

/** A length of time as people say it: 90 → "90 s", 600 → "10 min", 7200 → "2 h", 259200 → "3 d". In: seconds. */
export function spanWords(seconds: number): string {
  if (seconds < 120 || seconds % 60 !== 0) return seconds < 120 ? `${round(seconds)} s` : spanWords(Math.round(seconds / 60) * 60)
  if (seconds < 7200) return `${seconds / 60} min`
  if (seconds < 172_800) return `${round(seconds / 3600)} h`
  return `${round(seconds / 86_400)} d`
}

function round(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 1 })
}

const percent = (share: number): string => valueText(share, 'ratio')

/** What is measured, as a noun: the signal or preset by name, own PromQL as "the query". */
export function subjectWords(spec: Pick<MetricSpec, 'query'>): string {
  const { query } = spec
  if (query.kind === 'signal') return SUBJECTS[query.signal] ?? query.signal.replaceAll('-', ' ')
  if (query.kind === 'preset') return query.presetId.split('.').slice(1).join(' ').replaceAll('-', ' ') || query.presetId
  return 'the query'
}

function testWords(test: MetricTest, subject: string, spec: MetricSpec): string {
  const { unit, reducer } = spec.rule
  const window = spanWords(spec.windowSeconds)
  const one = reducer ? `${subject} (${REDUCED[reducer]})` : subject
  switch (test.kind) {
    case 'threshold': return `${one} over ${window} is ${COMPARED[test.comparator]} ${valueText(test.limit, unit)}`
    case 'stable': {
      const held = test.by === 'ratio' ? `${COMPARED[test.comparator]} ${test.limit} × the stable version's` : `${COMPARED[test.comparator]} ${valueText(test.limit, unit)} more than the stable version's`
      const ignored = test.ignoreBelow === undefined ? '' : `, or at most ${valueText(test.ignoreBelow, unit)}`
      const alone = test.withoutBaseline ? `; without a stable version, ${COMPARED[test.withoutBaseline.comparator]} ${valueText(test.withoutBaseline.limit, unit)}` : ''
      return `${one} over ${window} is ${held} at the same time${ignored}${alone}`
    }
    case 'presence': return `${subject} exist${subject.startsWith('the query') ? 's' : ''}`
    case 'freshness': {
      const what = test.of === 'sample' ? `the newest sample of ${subject} is` : test.of === 'timestamp' ? `the time that ${subject} gives is` : `${one} is`
      return `${what} at most ${spanWords(test.maxAgeSeconds)}${test.of === 'age' ? '' : ' old'}`
    }
    case 'burn-rate':
      return `the error budget of ${percent(test.objective)} is spent at most ${test.factor} times as fast as it may be, over ${spanWords(test.longSeconds)} or over ${spanWords(test.shortSeconds)}`
    case 'headroom': {
      const of = test.capacity.kind === 'share' ? 'its limit' : test.capacity.kind === 'value' ? valueText(test.capacity.value, unit) : 'its capacity'
      return `the peak of ${one} over ${window} leaves at least ${percent(test.leastFree)} of ${of} free`
    }
    case 'declared':
      return `the peak of ${one} over ${window} is at most the declared ${CLAIM_WORDS[test.resource]}${test.tolerance > 0 ? ` and ${percent(test.tolerance)} more` : ''}`
  }
}

/**
 * The rule in one sentence, units written for people: "Passes while p95 latency over 10 min is at most 250 ms, from at least 200 requests."
 * In: the specification; a better name for what is measured, where the caller knows one. Out: the sentence with its full stop.
 */
export function ruleWords(spec: MetricSpec, subject: string = subjectWords(spec)): string {
  const { test, minSamples = 0 } = spec.rule
  const isPeak = test.kind === 'headroom' || test.kind === 'declared'
  const counted = test.kind === 'burn-rate' ? test.minRequests : minSamples
  const rests = counted > 0 && test.kind !== 'presence' && test.kind !== 'freshness'
    ? `, from at least ${counted.toLocaleString('en-GB')} ${isPeak ? (counted === 1 ? 'point' : 'points') : counted === 1 ? 'request' : 'requests'}` : ''
  const aged = spec.rule.maxAgeSeconds === undefined ? '' : `, no older than ${spanWords(spec.rule.maxAgeSeconds)}`
  return `Passes while ${testWords(test, subject, spec)}${rests}${aged}.`
}

const times = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** How often it is measured and what is tolerated, in one sentence. */
export function planWords(spec: Pick<MetricSpec, 'plan' | 'kind' | 'validForDays'>): string {
  const plan = spec.plan ?? DEFAULT_PLAN
  const every = `Measured every ${spanWords(plan.intervalSeconds)}${plan.followsScrapes ? ' or faster' : ''}`
  const errors = `it cannot be measured after ${times(plan.consecutiveErrorLimit + 1, 'error')} in a row`
  if (spec.kind === 'standing') {
    return `${every}; fails after ${times(plan.failureLimit + 1, 'failure')} in a row, passes again after ${times(plan.count, 'pass').replace(/passs$/, 'passes')} in a row, ${errors}.`
  }
  const valid = spec.validForDays === null ? '' : `; a pass counts for ${times(spec.validForDays, 'day')}`
  return `${every}, ${plan.count === 1 ? 'once' : `${plan.count} times`}; fails after ${times(plan.failureLimit + 1, 'failure')}, ${errors}${valid}.`
}
