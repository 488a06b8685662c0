import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import captures from '@/lib/domain/verdict/captures.json'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { Verdict } from '@/lib/domain/verdict/verdict'
import { answering, FAULTS, startDouble, valued, type Behaviour, type Double } from '@/lib/server/prometheus/double'
import { queryRange } from '@/lib/server/prometheus/client'
import { shape, syntaxFault } from '@/lib/server/prometheus/promql'
import { makeAsker } from './asker'
import { measure } from './measure'
import type { MetricTarget } from './target'

let double: Double
beforeAll(async () => { double = await startDouble() })
afterAll(() => double.close())

/** Any finite value is within this limit: whatever does not pass here, would pass nowhere. */
const spec: MetricSpec = {
  source: 'environment', query: { kind: 'preset', presetId: 'model.latency-p95' }, windowSeconds: 60, kind: 'snapshot', validForDays: 7,
  rule: { test: { kind: 'threshold', comparator: '<=', limit: 1e12 }, direction: 'lower-is-better', unit: 's' },
}
const target = (more: Partial<MetricTarget> = {}): MetricTarget => ({
  kind: 'release', id: 'r', itemId: 'i', title: 'p95', spec, stacks: ['model'], selectors: { model_name: 'm', model_version: '2' }, stableSelectors: null, sourceId: 's', stableSourceId: null, current: null, ...more,
})
const askerAt = (url: string, deadlineMs = 700) => makeAsker({ deadlineMs, findSource: async () => ({ name: 'S', scrapeIntervalSeconds: 1, connection: { url, auth: { kind: 'none' }, headers: {} } }) })
const judged = async (url = double.url, more: Partial<MetricTarget> = {}) => (await measure(askerAt(url), target(more), Date.now())).judgement

const BOMB = gzipSync(Buffer.alloc(100_000_000, 0x20))
const json = (data: unknown, more: object = {}) => answering(200, 'application/json', JSON.stringify({ status: 'success', data, ...more }))
const series = (...values: readonly (readonly [number, string])[]): Behaviour => (asked, response) => {
  json({ resultType: 'vector', result: values.map(([shift, text]) => ({ metric: {}, value: [Number(asked.params.get('time')) + shift, text] })) })(asked, response)
}
const fault = (name: string): Behaviour => FAULTS[name] ?? (() => { throw new Error(`there is no fault ${name}`) })

/** The failure modes of a source (issue 3), each over a real socket, with the verdict that the rules give and the words that tell it. */
const MODES: readonly (readonly [string, Behaviour | 'closed', Verdict, string])[] = [
  ['down: nothing listens', 'closed', 'error', 'refuses the connection'],
  ['down: starts up or stops', answering(503, 'text/plain', 'Service Unavailable'), 'error', 'not ready'],
  ['refused: wants credentials', answering(401, 'text/plain', 'Unauthorized'), 'error', 'credentials'],
  ['refused: ends every connection', fault('reset'), 'error', 'broke before'],
  ['slow', fault('slow'), 'error', 'did not answer in time'],
  ['half an answer, closed', fault('cut'), 'error', 'broke before'],
  ['half an answer, as if whole', fault('half'), 'error', 'cut off'],
  ['HTML', fault('html'), 'error', 'web page'],
  ['HTML of a proxy, 502', fault('bad gateway'), 'error', 'web page'],
  ['500 MB', fault('five hundred megabytes'), 'error', 'larger than is allowed'],
  ['gzip bomb', (_asked, response) => { response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(BOMB) }, 'error', 'larger than is allowed'],
  ['redirect to a link-local address', fault('redirect'), 'error', 'redirect'],
  ['NaN', series([0, 'NaN']), 'idle', 'no traffic'],
  ['+Inf', series([0, '+Inf']), 'inconclusive', 'infinite'],
  ['-Inf', series([0, '-Inf']), 'inconclusive', 'infinite'],
  ['duplicate series', series([0, '0.1'], [0, '0.1']), 'inconclusive', '2 series match'],
  ['one of two series is NaN', series([0, '0.1'], [0, 'NaN']), 'inconclusive', '2 series match'],
  ['missing series', fault('empty'), 'no-data', 'No series'],
  ['clock skew: an hour behind', series([-3600, '0.1']), 'inconclusive', 'old'],
  ['clock skew: an hour ahead', series([3600, '0.1']), 'inconclusive', 'future'],
  ['partial data', json({ resultType: 'vector', result: [{ metric: {}, value: [Date.now() / 1000, '0.1'] }] }, { warnings: ['store 3 is unavailable'] }), 'inconclusive', 'warns'],
  ['limits how often it is asked', fault('rate limit'), 'error', 'how often'],
]

describe('a source that fails', () => {
  it.each(MODES)('%s', async (_name, behaviour, verdict, words) => {
    let url = double.url
    if (behaviour === 'closed') {
      const gone = await startDouble()
      await gone.close()
      url = gone.url
    } else double.behave(behaviour)
    const judgement = await judged(url)
    expect(judgement).toMatchObject({ verdict, reason: expect.stringContaining(words) })
    // The same while it is compared with stable, or counted.
    const compared = await judged(url, { stableSelectors: { model_name: 'm', model_version: '1' }, spec: { ...spec, rule: { ...spec.rule, minSamples: 1, test: { kind: 'stable', by: 'ratio', comparator: '<=', limit: 1e12 } } } })
    expect(compared.verdict).not.toBe('pass')
  })

  it('a fresh, sufficient, single value within its limit is the one thing that passes', async () => {
    double.behave(series([0, '0.1']))
    expect(await judged()).toMatchObject({ verdict: 'pass', value: 0.1 })
  })

  it('its memory stays bounded while many ask a source that floods', async () => {
    double.behave(fault('five hundred megabytes'))
    const before = process.memoryUsage().rss
    let most = 0
    const timer = setInterval(() => { most = Math.max(most, process.memoryUsage().rss) }, 5)
    const asker = askerAt(double.url, 5000)
    const verdicts = await Promise.all(Array.from({ length: 24 }, (_, at) => measure(asker, target({ selectors: { model_name: `m${at}`, model_version: '2' } }), Date.now())))
    clearInterval(timer)
    expect(new Set(verdicts.map((one) => one.judgement.verdict))).toEqual(new Set(['error']))
    // At most four answers of 5 MB are read at a time; the rest is room for the collector.
    expect(most - before).toBeLessThan(200_000_000)
  })
})

describe('a name that does not stay', () => {
  const lookup = dns.lookup
  const answer = (to: (() => { address: string; family: number }[]) | null) => {
    const replaced = (_host: string, _options: unknown, callback: (error: NodeJS.ErrnoException | null, found: { address: string; family: number }[]) => void) => {
      if (to) callback(null, to())
      else callback(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }), [])
    }
    Object.assign(dns, { lookup: replaced })
    syncBuiltinESMExports()
  }
  afterEach(() => { Object.assign(dns, { lookup }); syncBuiltinESMExports() })

  it('flaps: an error while it is gone, a value when it is back, an error again, never an old value', async () => {
    double.behave((asked, response) => { response.setHeader('connection', 'close'); series([0, '0.1'])(asked, response) })
    const url = double.url.replace('127.0.0.1', 'prometheus.flapping.test')
    for (const isThere of [false, true, false, true]) {
      answer(isThere ? () => [{ address: '127.0.0.1', family: 4 }] : null)
      expect(await judged(url)).toMatchObject(isThere ? { verdict: 'pass' } : { verdict: 'error', reason: expect.stringContaining('could not be resolved') })
    }
  })

  it('turns to a link-local address: not called, whatever else it resolves to', async () => {
    double.asked.length = 0
    const url = double.url.replace('127.0.0.1', 'prometheus.rebinding.test')
    for (const addresses of [['169.254.169.254'], ['127.0.0.1', '169.254.169.254']]) {
      answer(() => addresses.map((address) => ({ address, family: 4 })))
      expect(await judged(url)).toMatchObject({ verdict: 'error', reason: expect.stringContaining('may not be called') })
    }
    expect(double.asked).toHaveLength(0)
  })
})

describe('a question that is wrong', () => {
  const own = (promql: string): Partial<MetricTarget> => ({ spec: { ...spec, query: { kind: 'promql', promql } } })
  const replay = (name: keyof typeof captures) => answering(captures[name].status, captures[name].contentType, captures[name].body)

  it.each([
    ['PromQL that cannot be read', 'err_parse', 'does not accept the query'], ['PromQL of the wrong type', 'err_type_range_in_instant', 'does not accept the query'], ['too many samples', 'err_max_samples', 'cannot run the query'],
    ['many-to-many', 'err_exec_many_to_many', 'cannot run the query'], ['takes too long', 'err_timeout_range', 'takes too long'],
  ] as const)('%s is an error in words', async (_name, capture, words) => {
    double.behave(replay(capture))
    expect(await judged(double.url, own('sum(up'))).toMatchObject({ verdict: 'error', reason: expect.stringContaining(words) })
  })

  it('text, a whole range and a histogram in place of a number never pass', async () => {
    for (const [capture, verdict] of [['query_string', 'error'], ['query_matrix', 'inconclusive'], ['native_hist_instant', 'inconclusive'], ['query_filter_false_is_empty', 'no-data'], ['query_div0', 'idle']] as const) {
      double.behave(replay(capture))
      expect(await judged(double.url, own('x'))).toMatchObject({ verdict })
    }
  })

  it.each(['"} or vector(0) or up{a="', 'x"}) #', 'a\\', 'new\nline', '{$sel}[$w]', '.*', "' or 1", '💥\u2028', '*'])('the label value %j stays a value', async (value) => {
    double.behave(valued('0.1'))
    double.asked.length = 0
    await judged(double.url, { selectors: { model_name: value, model_version: '2' } })
    const plain = await measure(askerAt(double.url), target({ selectors: { model_name: 'm', model_version: '2' } }), Date.now())
    const sent = double.asked.map((one) => one.params.get('query') ?? '').find((text) => text.startsWith('histogram_quantile')) ?? ''
    expect(syntaxFault(sent)).toBeNull()
    expect(shape(sent).replaceAll('EqlRegex', 'EqlSingle')).toBe(shape(plain.query))
  })

  it('a preset whose metric does not exist has no data, and a preset that does not exist says so', async () => {
    double.behave(fault('empty'))
    expect(await judged()).toMatchObject({ verdict: 'no-data' })
    expect(await judged(double.url, { spec: { ...spec, query: { kind: 'preset', presetId: 'model.nope' } } })).toMatchObject({ verdict: 'no-data', reason: expect.stringContaining('model.nope') })
    double.asked.length = 0
    expect(await judged(double.url, { selectors: {} })).toMatchObject({ verdict: 'no-data' })
    expect(double.asked).toHaveLength(0)
  })

  it('a range of more than 11,000 points is refused before it is asked, with the way out', async () => {
    double.asked.length = 0
    const connection = { url: double.url, auth: { kind: 'none' }, headers: {} } as const
    for (const range of [{ start: 0, end: 11_001, stepSeconds: 1 }, { start: 0, end: 1e9, stepSeconds: 15 }, { start: 0, end: 60, stepSeconds: 0 }, { start: 60, end: 0, stepSeconds: 1 }, { start: 0, end: 60, stepSeconds: NaN }]) {
      expect(await queryRange(connection, 'up', range)).toMatchObject({ ok: false, failure: { kind: 'bad-query', message: 'A range may have at most 11,000 points; use a longer step or a shorter range.' } })
    }
    expect(double.asked).toHaveLength(0)
    double.behave(answering(captures.ok_11000_points.status, 'application/json', captures.ok_11000_points.body))
    expect(await queryRange(connection, 'vector(1)', { start: 0, end: 11_000, stepSeconds: 1 })).toMatchObject({ ok: true })
  })
})
