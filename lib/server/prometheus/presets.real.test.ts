import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { findTool } from '@/bin/tools.mjs'
import { PRESETS } from '@/lib/domain/preset/catalogue'
import type { StackId } from '@/lib/domain/preset/preset'
import { fillQuery, type Selectors } from '@/lib/domain/preset/selector'
import { judge } from '@/lib/domain/verdict/judge'
import { query, queryRange } from './client'
import type { Connection } from './connection'
import { probe } from './probe'
import { metricNames } from './promql'

const program = findTool('prometheus')
if (!program && process.env['CI'] === 'true') throw new Error('CI needs a Prometheus: install it or set PROMETHEUS_BIN')
if (!program) console.warn('NOT RUN: presets against a real Prometheus. There is none on PATH or in PROMETHEUS_BIN.')

const served = 'fraud-scorer-4.2.0'
const pod = 'fraud-scorer-4-2-0-0'
const LABELS: Readonly<Record<StackId, Selectors>> = {
  model: { model_name: 'fraud-scorer', model_version: '4.2.0' }, vllm: { model_name: served }, sglang: { model_name: served }, tgi: { pod },
  triton: { model: 'fraud-scorer', version: '4.2.0' }, kserve: { model_name: served, revision: '4.2.0' }, knative: { kn_revision_name: served },
  'knative-opencensus': { revision_name: served }, seldon: { model: served }, mlserver: { model: 'fraud-scorer', version: '4.2.0' },
  torchserve: { model_name: 'fraud-scorer', model_version: '4.2.0' }, 'tf-serving': { model_name: served }, bentoml: { service_name: 'fraud-scorer', service_version: '4.2.0' },
  'ray-serve': { application: 'fraud-scorer', deployment: served }, dcgm: { namespace: 'ml', pod }, kubernetes: { namespace: 'ml', pod }, evidently: { dataset_name: served },
}
const SPECIAL: Readonly<Record<string, Selectors>> = {
  'vllm.error-ratio': { pod }, 'triton.gpu': { gpu_uuid: `GPU-${pod}` }, 'triton.gpu-memory': { gpu_uuid: `GPU-${pod}` }, 'seldon.server-latency-p95': { server: 'mlserver-4.2.0' },
  'torchserve.error-ratio': { Hostname: pod }, 'torchserve.gpu': { Hostname: pod }, 'kubernetes.replicas': { deployment: 'fraud-scorer-4-2-0' },
  'seldon.memory-bytes': { model_internal: 'fraud-scorer_4.2.0' }, 'mlserver.server-latency-p95': { path: '/v2/models/fraud-scorer/versions/4.2.0/infer' },
  'kubernetes.volume': { persistentvolumeclaim: 'fraud-scorer-4-2-0' },
}

const wait = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })
/** Waits until something holds, at most for half a minute: a window has to be filled with what was changed. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end && !(await holds()); await wait(500));
}

describe.skipIf(!program)('presets against a real Prometheus', () => {
  let connection: Connection
  let models: Awaited<ReturnType<typeof startModelServer>>
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>
  const ask = async (template: string, selectors: Selectors) => query(connection, fillQuery(template, selectors, 5), null)

  beforeAll(async () => {
    models = await startModelServer()
    models.control({ version: '4.2.0', mode: 'erroring', share: 0.5 })
    prometheus = await startPrometheus({ targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }] })
    connection = { url: prometheus.url, auth: { kind: 'none' }, headers: {} }
    for (let turn = 0; turn < 60; turn += 1) {
      const found = await ask('rate(model_requests_total{$sel,code="500"}[$w])', LABELS.model)
      if (found.ok && found.value.series.length === 1) break
      await wait(250)
    }
    await wait(3000)
  }, 60_000)
  afterAll(async () => {
    await prometheus?.stop()
    await models?.close()
  })

  it.each(PRESETS.map((preset) => [preset.id, preset] as const))('%s gives one finite value', async (id, preset) => {
    const selectors = SPECIAL[id] ?? LABELS[preset.stack]
    const answer = await ask(preset.query, selectors)
    expect(answer).toMatchObject({ ok: true, value: { series: [{ samples: [{ value: expect.any(Number) }] }] } })
    if (!answer.ok) return
    expect(answer.value.series).toHaveLength(1)
    expect(answer.value.series[0]?.samples[0]?.value).toSatisfy(Number.isFinite)
    expect(answer.value.warnings).toEqual([])
    if (preset.samples) {
      const counted = await ask(preset.samples, selectors)
      expect(counted.ok && counted.value.series[0]?.samples[0]?.value).toBeGreaterThan(0)
    }
    if (preset.age) expect(await ask(preset.age, selectors)).toMatchObject({ ok: true, value: { series: [{ samples: [{ value: expect.any(Number) }] }] } })
  })

  it('values are in the base unit', async () => {
    const seconds = await Promise.all(['model.latency-p95', 'triton.latency-p95', 'tf-serving.latency-p95', 'knative-opencensus.latency-p95', 'ray-serve.latency-p95', 'bentoml.latency-p95'].map(async (id) => {
      const preset = PRESETS.find((one) => one.id === id)
      const answer = preset && (await ask(preset.query, LABELS[preset.stack]))
      return answer?.ok ? (answer.value.series[0]?.samples[0]?.value ?? 0) : 0
    }))
    for (const value of seconds) expect(value).toSatisfy((one: number) => one > 0.05 && one < 0.4)
  })

  it('tells the share of the versions, and a range at aligned steps', async () => {
    const share = PRESETS.find((preset) => preset.id === 'model.version-share')
    const answer = share && (await ask(share.query, LABELS.model))
    expect(answer?.ok && answer.value.series[0]?.samples[0]?.value).toBeCloseTo(0.5 / 1.4, 1)
    const end = Math.floor(Date.now() / 1000)
    const range = await queryRange(connection, fillQuery('sum(rate(model_requests_total{$sel}[$w]))', LABELS.model, 5), { start: end - 4, end, stepSeconds: 1 })
    expect(range.ok && range.value.series[0]?.samples.every((sample) => Number.isInteger(sample.at))).toBe(true)
  })

  it('tests the connection', async () => {
    expect(await probe(connection, Date.now())).toMatchObject({ ok: true, flavour: 'prometheus', version: expect.stringMatching(/^\d+\.\d+/), scrapeIntervalSeconds: 1, targets: 1, targetsUp: 1, clockDifferenceSeconds: expect.toSatisfy((seconds: number) => Math.abs(seconds) <= 10) })
  })

  it('idle is idle, and what is gone or has another name is no data', async () => {
    const latency = PRESETS.find((preset) => preset.id === 'model.latency-p95')
    if (!latency) throw new Error('the preset is missing')
    const verdict = async () => {
      const [candidate, samples] = await Promise.all([ask(latency.query, LABELS.model), ask(latency.samples ?? '', LABELS.model)])
      const asked = (one: typeof candidate) => (one.ok ? { ok: true as const, answer: one.value } : { ok: false as const, reason: one.failure.message })
      return judge({ candidate: asked(candidate), samples: asked(samples), now: Date.now() / 1000 }, { test: { kind: 'threshold', comparator: '<=', limit: 5 }, minSamples: 1, direction: 'lower-is-better', unit: 's' }).verdict
    }
    expect(await verdict()).toBe('pass')
    models.control({ version: '4.2.0', mode: 'idle' })
    await until(async () => (await verdict()) === 'idle')
    expect(await verdict()).toBe('idle')
    models.control({ version: '4.2.0', mode: 'healthy', hide: PRESETS.flatMap((preset) => metricNames(fillQuery(preset.query, {}, 5)).map((name) => name.replace(/_(bucket|count|sum)$/, ''))) })
    await until(async () => (await verdict()) === 'no-data')
    expect(await verdict()).toBe('no-data')
    const left = async () => (await Promise.all(PRESETS.map(async (preset) => {
      const answer = await ask(preset.query, SPECIAL[preset.id] ?? LABELS[preset.stack])
      return answer.ok && answer.value.series.length === 0 ? [] : [preset.id]
    }))).flat()
    await until(async () => (await left()).length === 0)
    expect(await left()).toEqual([])
  }, 120_000)
})
