import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judge } from '@/lib/domain/verdict/judge'
import { labelInPath, labelValues, query } from './client'
import type { Connection } from './connection'
import { answering, startDouble, valued, type Behaviour, type Double } from './double'
import { probe } from './probe'
import { buildInfo, rules, targets } from './status'

let double: Double
beforeAll(async () => { double = await startDouble() })
afterAll(() => double.close())

const at = (prefix = '', headers: Record<string, string> = {}): Connection => ({ url: `${double.url}${prefix}`, auth: { kind: 'none' }, headers })
const json = (body: unknown, status = 200) => answering(status, 'application/json', JSON.stringify(body))
const success = (data: unknown, more: object = {}) => json({ status: 'success', data, ...more })
const NOT_FOUND = answering(404, 'text/plain', '404 page not found')
const vector = { resultType: 'vector', result: [{ metric: {}, value: [1000, '1'] }] }

/** Answers by the end of the path; what is not named is not there. */
function paths(table: Readonly<Record<string, Behaviour>>): Behaviour {
  return (asked, response) => (Object.entries(table).find(([end]) => asked.path.endsWith(end))?.[1] ?? NOT_FOUND)(asked, response)
}
const target = (job: string, health: string, scrapeInterval: string) => ({ labels: { job }, scrapePool: job, health, lastError: health === 'down' ? 'dial tcp 10.0.0.7:9100: refused' : '', scrapeInterval })

describe('relatives of Prometheus', () => {
  it('Prometheus: intervals that were seen, jobs that are down, nothing of their errors', async () => {
    double.behave(paths({
      '/query': valued('1'), '/buildinfo': success({ version: '3.8.1', revision: 'x', goVersion: 'go1.26' }), '/labels': success([]), '/series': success([]), '/metadata': success({}), '/rules': success({ groups: [] }),
      '/targets': success({ activeTargets: [target('a', 'up', '15s'), target('b', 'down', '1m0s'), target('b', 'up', '1m0s')] }),
    }))
    const found = await probe(at(), Date.now())
    expect(found).toMatchObject({ ok: true, flavour: 'prometheus', version: '3.8.1', intervals: [{ seconds: 60, targets: 2 }, { seconds: 15, targets: 1 }], scrapeIntervalSeconds: 60, targetsUp: 2, targets: 3, downJobs: ['b'], lacking: [] })
    expect(JSON.stringify(found)).not.toContain('10.0.0.7')
  })

  it('Mimir: its prefix and tenant go with every call, also where it has no targets', async () => {
    double.behave(paths({ '/query': valued('1'), '/buildinfo': success({ application: 'Grafana Mimir', version: '2.17.0', features: {} }), '/labels': success(['__name__']), '/series': success([]), '/metadata': success({}), '/rules': success({ groups: [] }) }))
    double.asked.length = 0
    expect(await probe(at('/prometheus', { 'X-Scope-OrgID': 'team-a|team-b' }), Date.now())).toMatchObject({ ok: true, flavour: 'mimir', version: '2.17.0', targets: null, lacking: [{ part: 'targets', why: 'absent' }] })
    expect(double.asked.every((one) => one.path.startsWith('/prometheus/api/v1/') && one.headers['x-scope-orgid'] === 'team-a|team-b')).toBe(true)
    double.behave(answering(401, 'text/plain', 'no org id'))
    expect(await probe(at('/prometheus'), Date.now())).toMatchObject({ ok: false, failure: { kind: 'unauthorized' } })
    double.behave(answering(429, 'text/plain', 'the request has been rejected because the tenant exceeded the limit'))
    expect(await query(at('/prometheus'), 'up', null)).toMatchObject({ failure: { kind: 'rate-limited' } })
  })

  it('Thanos: a store that is missing is a warning, and a verdict on partial data is inconclusive', async () => {
    double.behave(paths({ '/query': valued('1'), '/buildinfo': success({ version: '0.40.1', revision: 'x' }), '/stores': success({ sidecar: [{ name: 's' }], store: [] }) }))
    expect(await probe(at(), Date.now())).toMatchObject({ ok: true, flavour: 'thanos', version: '0.40.1' })
    double.behave(success(vector, { warnings: ['No StoreAPIs matched for this query'] }))
    const answer = await query(at(), 'up', null)
    expect(answer).toMatchObject({ ok: true, value: { warnings: ['No StoreAPIs matched for this query'] } })
    if (answer.ok) expect(judge({ candidate: { ok: true, answer: answer.value }, now: 1000 }, { test: { kind: 'presence' }, direction: 'neutral', unit: 'count' }).verdict).toBe('inconclusive')
  })

  it('VictoriaMetrics: known by its header; a partial answer of its cluster is inconclusive; its refusals are 422', async () => {
    const sent = (data: unknown): Behaviour => (_asked, response) => { response.writeHead(200, { 'content-type': 'application/json', 'x-server-hostname': 'vm-0' }).end(JSON.stringify({ status: 'success', data })) }
    double.behave(paths({ '/query': sent(vector), '/buildinfo': sent({}), '/labels': success([]), '/series': success([]), '/metadata': success({}), '/targets': success({ activeTargets: [] }) }))
    expect(await probe(at('/select/0/prometheus'), Date.now())).toMatchObject({ ok: true, flavour: 'victoriametrics', version: null, targets: 0, lacking: [{ part: 'rules', why: 'absent' }] })
    double.behave(json({ status: 'success', isPartial: true, data: vector }))
    const answer = await query(at(), 'up', null)
    if (!answer.ok) throw new Error(answer.failure.message)
    expect(judge({ candidate: { ok: true, answer: answer.value }, now: 1000 }, { test: { kind: 'presence' }, direction: 'neutral', unit: 'count' })).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('partial') })
    double.behave(json({ status: 'error', errorType: '422', error: 'cannot parse query' }, 422))
    expect(await query(at(), 'sum(', null)).toMatchObject({ failure: { kind: 'execution' } })
  })

  it('says what the credentials may not see', async () => {
    double.behave(paths({ '/query': valued('1'), '/buildinfo': success({ version: '2.50.0' }), '/labels': success([]), '/series': success([]), '/metadata': answering(403, 'text/plain', 'forbidden'), '/targets': answering(403, 'text/html', '<html>no</html>'), '/rules': answering(500, 'text/plain', 'x') }))
    expect(await probe(at(), Date.now())).toMatchObject({ ok: true, lacking: [{ part: 'metadata', why: 'not-permitted' }, { part: 'targets', why: 'not-permitted' }, { part: 'rules', why: 'broken' }] })
  })

  it('reads rules with their alerts, and tolerates fields that a relative leaves out', async () => {
    double.behave(success({ groups: [{ name: 'g', file: 'r.yml', interval: 15, rules: [
      { type: 'alerting', name: 'SlowModel', query: 'x > 1', duration: 60, keepFiringFor: 0, health: 'ok', lastError: '', state: 'firing', labels: { severity: 'page' }, alerts: [{ labels: { model: 'm' }, annotations: {}, state: 'firing', activeAt: '2026-11-22T14:23:07Z', value: '+Inf' }] },
      { type: 'recording', name: 'a:b', query: 'sum(x)', health: 'err', lastError: 'many-to-many' }, { type: 'unheard-of' },
    ] }] }))
    expect(await rules(at(), 'alert')).toMatchObject({ ok: true, value: [{ name: 'g', rules: [{ type: 'alerting', state: 'firing', duration: 60, alerts: [{ value: null }] }, { type: 'recording', health: 'err', state: null }] }] })
    double.behave(success({}))
    expect(await buildInfo(at())).toMatchObject({ ok: true, value: { version: '' } })
    expect(await targets(at())).toMatchObject({ ok: false, failure: { kind: 'not-prometheus' } })
  })

  it('escapes label names that are no classic names in a path', async () => {
    expect(['job', 'http.status_code', 'a b', 'ü'].map(labelInPath)).toEqual(['job', 'U__http_2e_status__code', 'U__a_20_b', 'U___fc_'])
    double.behave(success(['200']))
    double.asked.length = 0
    expect(await labelValues(at(), 'http.status_code')).toMatchObject({ ok: true, value: ['200'] })
    expect(double.asked[0]?.path).toBe('/api/v1/label/U__http_2e_status__code/values')
  })
})
