import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import captures from '@/lib/domain/verdict/captures.json'
import { labelNames, labelValues, metadata, query, queryRange, series } from './client'
import { headersOf, joinPath, type Connection } from './connection'
import { answering, FAULTS, startDouble, valued, type Double } from './double'
import { isSourceFault } from './failure'
import { durationSeconds } from './duration'
import { probe } from './probe'

let double: Double
beforeAll(async () => { double = await startDouble() })
afterAll(() => double.close())

const bare = (url = double.url): Connection => ({ url, auth: { kind: 'none' }, headers: {} })
const replay = (name: keyof typeof captures) => answering(captures[name].status, captures[name].contentType, captures[name].body)

describe('the client', () => {
  it.each([
    ['err_parse', 'bad-query'], ['err_type_range_in_instant', 'bad-query'], ['err_query_emptymatcher', 'bad-query'], ['query_post_json_body', 'bad-query'],
    ['err_too_many_points', 'bad-query'], ['err_exec_many_to_many', 'execution'], ['err_max_samples', 'execution'], ['err_timeout_range', 'query-timeout'],
    ['auth_401_no_creds', 'unauthorized'], ['auth_401_wrong', 'unauthorized'], ['err_404_prefix', 'not-found'], ['prefix_missing_with_prefix_server', 'not-found'],
    ['err_method_put', 'method'], ['not_ready_503', 'unavailable'], ['root_redirect', 'redirect'],
  ] satisfies [keyof typeof captures, string][])('reads capture %s as %s', async (name, kind) => {
    double.behave(replay(name))
    expect(await query(bare(), 'up', null)).toMatchObject({ ok: false, failure: { kind, message: expect.stringMatching(/\.$/) } })
  })

  it.each([
    ['html', 'html'], ['half', 'not-prometheus'], ['cut', 'broken'], ['five hundred megabytes', 'too-large'], ['gzip bomb', 'too-large'], ['redirect', 'redirect'],
    ['reset', 'broken'], ['bad gateway', 'html'], ['rate limit', 'rate-limited'], ['slow', 'timeout'],
  ])('names the fault %s', async (fault, kind) => {
    double.behave(FAULTS[fault] ?? (() => undefined))
    expect(await query(bare(), 'up', null, { deadlineMs: 1500 })).toMatchObject({ ok: false, failure: { kind } })
  })

  it('shows the words of an error document, but of nothing else', async () => {
    double.behave(replay('err_parse'))
    expect(await query(bare(), 'sum(up', null)).toMatchObject({ failure: { message: expect.stringContaining('unclosed left parenthesis') } })
    double.behave(answering(502, 'text/plain', 'connect to 10.0.0.3:9090 failed, token abc'))
    expect(JSON.stringify(await query(bare(), 'up', null))).not.toContain('10.0.0.3')
  })

  it('asks by a form, and by GET where POST is not accepted', async () => {
    double.behave((asked, response) => (asked.method === 'POST' ? answering(405, 'text/plain', 'Method Not Allowed') : valued('7'))(asked, response))
    double.asked.length = 0
    expect(await query(bare(), 'a{b="é&+"}', 1000)).toMatchObject({ ok: true, value: { series: [{ samples: [{ value: 7, at: 1000 }] }] } })
    expect(double.asked.map((one) => one.method)).toEqual(['POST', 'GET'])
    expect(double.asked.map((one) => one.params.get('query'))).toEqual(['a{b="é&+"}', 'a{b="é&+"}'])
    expect(double.asked[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  })

  it('keeps a path prefix, and sends credentials and tenants', async () => {
    double.behave(valued('1'))
    double.asked.length = 0
    await query({ url: `${double.url}/prom/`, auth: { kind: 'basic', user: 'reader', password: 's3cret' }, headers: { 'X-Scope-OrgID': 'team-a', Authorization: 'nope' } }, 'up', null)
    expect(double.asked[0]).toMatchObject({ path: '/prom/api/v1/query', headers: { authorization: `Basic ${Buffer.from('reader:s3cret').toString('base64')}`, 'x-scope-orgid': 'team-a' } })
    expect(joinPath('https://a.example/x/y?z=1#h', '/api/v1/query')).toBe('https://a.example/x/y/api/v1/query')
    expect(headersOf({ url: '', auth: { kind: 'bearer', token: 't' }, headers: {} })).toEqual({ authorization: 'Bearer t' })
  })

  it('refuses a range of too many points without asking', async () => {
    double.asked.length = 0
    expect(await queryRange(bare(), 'up', { start: 0, end: 11_001, stepSeconds: 1 })).toMatchObject({ ok: false, failure: { kind: 'bad-query' } })
    expect(await queryRange(bare(), 'up', { start: 10, end: 0, stepSeconds: 1 })).toMatchObject({ ok: false })
    expect(double.asked).toHaveLength(0)
    double.behave(replay('range_ok'))
    expect(await queryRange(bare(), 'up', { start: 0, end: 11_000, stepSeconds: 1 })).toMatchObject({ ok: true, value: { type: 'matrix' } })
  })

  it('reads series, labels, values and metadata', async () => {
    double.behave(replay('series'))
    expect(await series(bare(), ['up'], 2)).toMatchObject({ ok: true, value: [{ __name__: 'demo_total' }, { code: '500' }] })
    double.behave(replay('labels_match'))
    expect(await labelNames(bare(), ['demo_total'])).toMatchObject({ value: ['__name__', 'code', 'instance', 'job', 'model_name'] })
    double.behave(replay('label_values_limit'))
    expect(await labelValues(bare(), '__name__', [], 2)).toMatchObject({ value: ['ALERTS', 'ALERTS_FOR_STATE'] })
    double.behave(replay('metadata_metric'))
    expect(await metadata(bare(), 'demo_latency_seconds')).toMatchObject({ value: { demo_latency_seconds: [{ type: 'histogram', help: 'Request latency.', unit: '' }] } })
    double.behave(replay('metadata_none'))
    expect(await metadata(bare(), 'nope')).toMatchObject({ ok: true, value: {} })
  })

  it('tells faults of the source from faults of the question', () => {
    expect([isSourceFault('refused'), isSourceFault('html'), isSourceFault('timeout'), isSourceFault('unauthorized')]).toEqual([true, true, true, true])
    expect([isSourceFault('bad-query'), isSourceFault('execution'), isSourceFault('too-large')]).toEqual([false, false, false])
  })
})

describe('the connection test', () => {
  it('reads targets and build, and falls back where a relative lacks them', async () => {
    double.behave((asked, response) => {
      if (asked.path.endsWith('/targets')) return replay('targets_active')(asked, response)
      if (asked.path.endsWith('/buildinfo')) return answering(200, 'application/json', '{"status":"success","data":{"version":"2.42.0+ds","revision":"x"}}')(asked, response)
      return valued('1')(asked, response)
    })
    expect(await probe(bare(), Date.now())).toMatchObject({ ok: true, flavour: 'prometheus', version: '2.42.0+ds', scrapeIntervalSeconds: 2, clockDifferenceSeconds: expect.any(Number) })
    double.behave((asked, response) => (asked.path.endsWith('/query') ? valued('1') : answering(404, 'text/plain', '404 page not found'))(asked, response))
    expect(await probe(bare(), Date.now() + 60_000)).toMatchObject({ ok: true, flavour: 'unknown', version: null, scrapeIntervalSeconds: null, targets: null })
  })
  it('reads durations', () => {
    expect(['15s', '1m30s', '500ms', '1h', '', 'x', '5'].map(durationSeconds)).toEqual([15, 90, 0.5, 3600, null, null, null])
  })
})
