import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { findTool } from '@/bin/tools.mjs'
import { presetById } from '@/lib/domain/preset/catalogue'
import { fillQuery } from '@/lib/domain/preset/selector'
import { makeAsker, type Asker } from './asker'
import { discover } from './discover'

const program = findTool('prometheus')
if (!program && process.env['CI'] === 'true') throw new Error('CI needs a Prometheus: install it or set PROMETHEUS_BIN')
if (!program) console.warn('NOT RUN: discovery against a real Prometheus. There is none on PATH or in PROMETHEUS_BIN.')

/** What each exporter says, under names that tell nothing: the families that it keeps, and what it calls otherwise. */
const EXPORTERS: Readonly<Record<string, { readonly starts: readonly string[]; readonly rewrite?: (text: string) => string }>> = {
  one: { starts: ['nv_'] },
  // An older vLLM, beside the HTTP counters that every Python server has.
  two: { starts: ['vllm:', 'http_requests_total'], rewrite: (text) => text.replaceAll('inter_token_latency', 'time_per_output_token').replaceAll('kv_cache_usage', 'gpu_cache_usage') },
  three: { starts: ['bentoml_'] },
  // An older Ray, whose counters have no _total.
  four: { starts: ['ray_serve_'], rewrite: (text) => text.replaceAll('_counter_total', '_counter') },
  five: { starts: ['seldon_'] },
  six: { starts: ['request_predict_seconds'], rewrite: (text) => text.replaceAll('request_predict', 'acme_answer') },
}

/** What a Pushgateway says, with a group that was pushed two hours ago, and beside it a gauge that is scraped. */
function pushed(now: number): string {
  const group = (job: string, version: string, age: number) => `push_time_seconds{job="${job}",instance=""} ${now - age}\nmodel_quality_accuracy{job="${job}",instance="",model_name="m",model_version="${version}"} 0.9\n`
  return `${group('nightly', '1', 7200)}${group('hourly', '2', 60)}model_quality_accuracy{model_name="m",model_version="3"} 0.9\n`
}

function page(text: string, { starts, rewrite = (same) => same }: NonNullable<(typeof EXPORTERS)[string]>): string {
  return rewrite(`${text.split('\n').filter((line) => starts.some((start) => line.replace(/^# TYPE /, '').startsWith(start))).join('\n')}\n`)
}

describe.skipIf(!program)('discovery against a real Prometheus', () => {
  let asker: Asker
  let models: Awaited<ReturnType<typeof startModelServer>>
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>
  let server: http.Server
  const found = async (selector: Record<string, string>, tells = false) => {
    const answer = await discover(asker, 's', selector, Date.now(), tells)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }

  beforeAll(async () => {
    models = await startModelServer()
    models.control({ version: '4.2.0', mode: 'erroring', share: 0.5 })
    server = http.createServer((request, response) => {
      if (request.url === '/pushed') return response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(pushed(Math.floor(Date.now() / 1000)))
      const exporter = EXPORTERS[(request.url ?? '').slice(1)]
      response.writeHead(exporter ? 200 : 404, { 'content-type': 'text/plain; version=0.0.4' }).end(exporter ? page(models.metrics(), exporter) : '')
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    const address: AddressInfo | string | null = server.address()
    const target = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    const serving = Object.keys(EXPORTERS).map((name, at) => ({ job: `serving-${at}`, address: target, path: `/${name}`, labels: { shelf: name } }))
    prometheus = await startPrometheus({ targets: [...serving, { job: 'pushgateway', address: target, path: '/pushed' }] })
    asker = makeAsker({ findSource: async () => ({ name: 'S', scrapeIntervalSeconds: 1, connection: { url: prometheus.url, auth: { kind: 'none' }, headers: {} } }) })
    for (let turn = 0; turn < 60; turn += 1) {
      const scraped = await asker.instant('s', `count(count by (shelf) (count_over_time(up{shelf!=""}[10s]) > 2)) + ${turn} * 0`, Math.floor(Date.now() / 1000))
      if (scraped.ok && scraped.answer.series[0]?.samples[0]?.value === 6) break
      await new Promise((resolve) => { setTimeout(resolve, 500) })
    }
  }, 60_000)
  afterAll(async () => {
    await prometheus?.stop()
    server?.closeAllConnections()
    server?.close()
    await models?.close()
  })

  it.each([
    ['one', 'triton', ['triton.latency-average', 'triton.error-ratio', 'triton.traffic']],
    ['two', 'vllm', ['vllm.latency-p95', 'vllm.error-ratio', 'vllm.traffic', 'vllm.itl-p95', 'vllm.kv-cache']],
    ['three', 'bentoml', ['bentoml.latency-p95', 'bentoml.error-ratio']],
    ['four', 'ray-serve', ['ray-serve.latency-p95', 'ray-serve.error-ratio', 'ray-serve.traffic']],
    ['five', 'seldon', ['seldon.latency-average', 'seldon.error-ratio']],
  ])('knows the stack on shelf %s: %s', async (shelf, stack, some) => {
    const answer = await found({ shelf })
    expect(answer.stacks.map((one) => one.stack)).toEqual([stack])
    expect(answer.panels.map((panel) => panel.presetId)).toEqual(expect.arrayContaining(some))
    expect(answer.panels[0]?.signal).toBe('latency-p95')
    expect(answer.panels.every((panel) => panel.stack === stack && panel.query.includes(`shelf="${shelf}"`) && (panel.state === 'idle') === (panel.value === null))).toBe(true)
    expect(answer.tried.filter((one) => one.outcome !== 'absent').map((one) => one.stack)).toEqual([stack])
    expect(answer.sentence).toMatch(/panels have data\.$/)
    // Only leads and admins are told what else there is.
    expect(answer.unknown).toEqual([])
  })

  it('says which panels live from the names of another build', async () => {
    const older = (await found({ shelf: 'two' })).panels.filter((panel) => panel.isAlternate)
    expect(older.map((panel) => [panel.presetId, panel.metrics])).toEqual([['vllm.itl-p95', ['vllm:time_per_output_token_seconds_bucket']], ['vllm.kv-cache', ['vllm:gpu_cache_usage_perc']]])
    expect((await found({ shelf: 'four' })).panels.find((panel) => panel.presetId === 'ray-serve.error-ratio')).toMatchObject({ isAlternate: true, value: expect.toSatisfy((value: number) => value > 0 && value < 0.1) })
    expect((await found({ shelf: 'one' })).panels.some((panel) => panel.isAlternate)).toBe(false)
  })

  it('says that nothing is known on shelf six, and tells its names to whoever may write PromQL', async () => {
    const answer = await found({ shelf: 'six' }, true)
    expect(answer).toMatchObject({ stacks: [], panels: [], sentence: expect.stringMatching(/^Nothing known: these labels reach \d+ metrics/) })
    expect(answer.unknown).toEqual(expect.arrayContaining(['acme_answer_seconds_bucket', 'acme_answer_seconds_count']))
    expect(answer.tried.every((one) => one.outcome === 'absent' && one.wanted.length > 0)).toBe(true)
  })

  it('tells the age of pushed gauges by the group that they were pushed in; what is scraped is new', async () => {
    const preset = presetById('model.accuracy')
    for (const [version, least, most] of [['1', 7190, 7220], ['2', 55, 80], ['3', 0, 0]] as const) {
      const age = await asker.instant('s', fillQuery(preset?.age ?? '', { model_name: 'm', model_version: version }, 60), Math.floor(Date.now() / 1000))
      const value = age.ok ? age.answer.series[0]?.samples[0]?.value : undefined
      expect([value !== undefined && value >= least, value !== undefined && value <= most]).toEqual([true, true])
    }
    const answer = await found({ model_name: 'm', model_version: '1' })
    expect(answer.panels.map((panel) => panel.presetId)).toEqual(['model.accuracy', 'model.push-age'])
  })

  it('finds several stacks, one version by its own labels, and says when no series carries a label', async () => {
    const all = await found({ job: 'serving-*' })
    expect(all.stacks.map((one) => one.stack).toSorted()).toEqual(['bentoml', 'ray-serve', 'seldon', 'triton', 'vllm'])
    expect((await found({ shelf: 'three' })).panels.some((panel) => panel.isAlternate)).toBe(false)
    const version = await found({ model: 'fraud-scorer', version: '4.2.0' })
    expect(version.stacks.map((one) => one.stack)).toEqual(['triton'])
    expect(version.tried.find((one) => one.stack === 'triton')?.reasons).toEqual([])
    expect(await found({ shelf: 'seven' })).toMatchObject({ matched: 0, panels: [], sentence: 'No series carries these labels. Check their names and values.' })
    expect(await found({ shelf: 'one"} or up{job=~".+' })).toMatchObject({ matched: 0, panels: [] })
  })
})
