import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRESET_ROLES } from '@/lib/domain/template/template'
import { PRESETS, presetById, presetFor } from './catalogue'
import { isAlternateName, latencyWords } from './preset'
import { labelsFor, resolveQuery, stacksOf } from './resolve'
import { fillQuery, isLabelName, matchers, quote, withoutVersion } from './selector'
import { unitOf, valueText, writeValue } from './unit'

describe('selectors', () => {
  it('writes matchers in a stable order, prefixes as anchored patterns', () => {
    expect(matchers({ pod: 'llama-4.2*', namespace: 'ml' })).toBe('namespace="ml",pod=~"llama-4\\\\.2.*"')
    expect(matchers({ 'bad-name': 'x', __name__: 'up', ok: '*' })).toBe('ok="*"')
    expect(['a', '_b', '1a', 'a-b', '', '__name__', 'a b'].map(isLabelName)).toEqual([true, true, false, false, false, false, false])
  })
  it('keeps a value inside its quotes', () => {
    expect(quote('a"} or up{x="\\\n')).toBe('"a\\"} or up{x=\\"\\\\\\n"')
  })
  it.each([
    ['sum(a{$sel}[$w])', { v: '1' }, 'sum(a{v="1"}[30s])'],
    ['a{$sel,b="c"}', {}, 'a{b="c"}'],
    ['a{b="c",$sel}', {}, 'a{b="c"}'],
    ['a{b="c", $sel, d="e"}', {}, 'a{b="c", d="e"}'],
    ['a{$sel}', {}, 'a{}'],
    ['a{$sel} / b{$base}', { model: 'm', version: '2' }, 'a{model="m",version="2"} / b{model="m"}'],
    ['a{$sel,x="$selected"}', { v: '$w $sel $&' }, 'a{v="$w $sel $&",x="$selected"}'],
  ])('fills %s', (template, selectors, filled) => { expect(fillQuery(template, selectors, 30)).toBe(filled) })
  it('never lets a value change the text outside its quotes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => {
      const filled = fillQuery('sum(a{$sel}[$w])', { v: value }, 60)
      const unquoted = filled.replace(/"(?:\\.|[^"\\\n])*"/, '""')
      expect(unquoted).toMatch(/^sum\(a\{v=~?""\}\[60s\]\)$/)
    }), { numRuns: 500 })
  })
  it('drops what names the version for the share of traffic', () => {
    expect(withoutVersion({ model_name: 'm', model_version: '2', service_version: 'x' })).toEqual({ model_name: 'm' })
  })
})

describe('the catalogue', () => {
  it('has an id, a unit and labels for every preset, and says how each latency came about', () => {
    expect(new Set(PRESETS.map((preset) => preset.id)).size).toBe(PRESETS.length)
    for (const preset of PRESETS) {
      expect(preset.id.startsWith(`${preset.stack}.`)).toBe(true)
      expect(preset.labels.length).toBeGreaterThan(0)
      if (preset.signal === 'latency-p95') expect(latencyWords(preset)).toMatch(/^(p95 by histogram|p95 by summary|average)$/)
    }
    expect(presetById('nope')).toBeNull()
  })
  it('answers every role that the templates ask for, by the convention or the resources', () => {
    const missing = PRESET_ROLES.filter((role) => !stacksOf([]).some((stack) => presetFor(stack, role)) && role !== 'ttft-p95' && role !== 'itl-p95')
    expect(missing).toEqual([])
  })
  it('prefers the stack of the panels, and falls back to the convention', () => {
    const stacks = stacksOf([{ presetId: 'vllm.latency-p95' }, { presetId: null }])
    expect(stacks).toEqual(['vllm', 'model', 'kubernetes', 'dcgm'])
    expect(resolveQuery({ kind: 'signal', signal: 'latency-p95' }, stacks)).toMatchObject({ preset: { id: 'vllm.latency-p95' } })
    expect(resolveQuery({ kind: 'signal', signal: 'drift' }, stacks)).toMatchObject({ preset: { id: 'model.drift' } })
    expect(resolveQuery({ kind: 'signal', signal: 'ttft-p95' }, stacksOf([]))).toMatchObject({ ok: false })
  })
  it('uses the labels that a stack knows, and asks nothing when it would count everybody', () => {
    const latency = presetById('model.latency-p95')
    const memory = presetById('kubernetes.memory')
    if (!latency || !memory) throw new Error('presets are missing')
    const all = { model_name: 'm', model_version: '2', namespace: 'ml', pod: 'm-*', cluster: 'eu' }
    expect(labelsFor(latency, all)).toEqual({ model_name: 'm', model_version: '2', cluster: 'eu' })
    expect(labelsFor(memory, all)).toEqual({ namespace: 'ml', pod: 'm-*', cluster: 'eu' })
    expect(labelsFor(memory, { model_name: 'm' })).toBeNull()
  })
  it('takes any label where a site has labels of its own, and what names the scraped server always', () => {
    const triton = presetById('triton.latency-p95')
    const http = presetById('vllm.error-ratio')
    const memory = presetById('kubernetes.memory')
    if (!triton || !http || !memory) throw new Error('presets are missing')
    expect(labelsFor(triton, { app: 'churn', stage: 'canary' })).toEqual({ app: 'churn', stage: 'canary' })
    expect(labelsFor(triton, { model_name: 'churn', cluster: 'eu' })).toEqual({ model_name: 'churn', cluster: 'eu' })
    expect(labelsFor(triton, { job: 'triton-canary' })).toEqual({ job: 'triton-canary' })
    expect(labelsFor(triton, { model: 'churn', version: '3', job: 'triton-canary', service_name: 'x' })).toEqual({ model: 'churn', version: '3', job: 'triton-canary' })
    expect(labelsFor(triton, {})).toBeNull()
    // The HTTP answers of vLLM have no model name: a release that is found by one must not count everybody's.
    expect(labelsFor(http, { model_name: 'llama' })).toBeNull()
    expect(labelsFor(memory, { job: 'triton-canary' })).toBeNull()
    expect(labelsFor(memory, { app: 'churn' })).toEqual({ app: 'churn' })
  })
  it('tries the names of other builds within the query, the usual one first', () => {
    expect(presetById('vllm.kv-cache')?.query).toBe('max(vllm:kv_cache_usage_perc{$sel} or vllm:gpu_cache_usage_perc{$sel})')
    expect(presetById('ray-serve.presence')?.query).toBe('count(ray_serve_deployment_request_counter_total{$sel} or ray_serve_deployment_request_counter{$sel})')
    for (const preset of PRESETS) for (const name of preset.alternates ?? []) expect(preset.query).toContain(name)
    const ray = presetById('ray-serve.traffic')
    if (!ray) throw new Error('the preset is missing')
    expect(['ray_serve_deployment_request_counter', 'ray_serve_deployment_request_counter_total'].map((name) => isAlternateName(ray, name))).toEqual([true, false])
  })
})

describe('units', () => {
  it.each([
    [0.163, 's', '163 ms'], [0, 's', '0 s'], [2.5, 's', '2.5 s'], [0.00005, 's', '50 µs'], [259_200, 's', '72 h'], [0.0021, 'ratio', '0.21 %'], [0.81, 'ratio', '81 %'],
    [6e9, 'bytes', '5.59 GiB'], [0.083, 'score', '0.083'], [1234.5, 'req/s', '1,235 req/s'], [NaN, 's', 'not a number'], [Infinity, 's', 'infinite'],
  ] as const)('%s %s is "%s"', (value, unit, text) => { expect(valueText(value, unit)).toBe(text) })
  it('takes unknown words of a template for plain numbers', () => {
    expect(unitOf('1')).toBe('score')
    expect(writeValue(1, unitOf('furlong'))).toEqual({ number: '1', unit: '' })
  })
})
