/** Sources through the API: a source behind an own authority with a client certificate, secrets that stay where they are, discovery, and who is refused. */
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { id, person } from '@/lib/domain/release/testing/play'
import { testAuthority } from '@/lib/server/prometheus/test-certificates'

const held = vi.hoisted((): { store: unknown; actor: unknown } => ({ store: null, actor: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => held.store }))
vi.mock('@/lib/server/actor', async (original) => ({ ...(await original<object>()), actorOf: async () => held.actor, currentActor: async () => held.actor }))

const { dispatch } = await import('./dispatch')

const admin = { ...person(3, 'Ada', [], true), sessionId: 's' }
const member = { ...person(2, 'Max', [{ team: 'ops', role: 'member' }]), sessionId: 's' }
const lead = { ...person(4, 'Lea', [{ team: 'ops', role: 'lead' }]), sessionId: 's' }
const viewer = { ...person(1, 'Vera', []), sessionId: 's' }

const authority = testAuthority()
const own = authority.issue('prometheus', ['127.0.0.1'])
const client = authority.issue('gatehouse', [])
const asked: { readonly path: string; readonly tenant: string }[] = []

let store: Store
let server: https.Server
let url: string
beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  // A Mimir behind TLS that wants a client certificate and a tenant, and that has a prefix.
  server = https.createServer({ cert: own.certificate, key: own.key, ca: authority.ca, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'https://x')
    const tenant = String(request.headers['x-scope-orgid'] ?? '')
    asked.push({ path: pathname, tenant })
    request.resume().once('end', () => {
      if (tenant !== 'team-a') return response.writeHead(401, { 'content-type': 'text/plain' }).end('no org id')
      const data = pathname.endsWith('/buildinfo') ? { application: 'Grafana Mimir', version: '2.17.0' }
        : pathname.endsWith('/label/__name__/values') ? ['acme_total', 'nv_inference_request_success', 'nv_inference_request_duration_us']
        : pathname.endsWith('/query') ? { resultType: 'vector', result: [{ metric: {}, value: [Date.now() / 1000, '0.042'] }] } : null
      if (data === null) return response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found')
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ status: 'success', data }))
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address: AddressInfo | string | null = server.address()
  url = `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/prometheus`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await store.close()
})

let calls = 0
async function ask(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown; readonly text: string }> {
  const init: RequestInit = { method, headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', 'idempotency-key': `key-${(calls += 1)}` } }
  if (body !== undefined) init.body = JSON.stringify(body)
  const response = await dispatch(new Request(`http://localhost/api/v1${path}`, init), path.split('/').filter(Boolean))
  const text = await response.text()
  return { status: response.status, text, body: text === '' ? null : JSON.parse(text) }
}

const wishes = () => ({ name: 'Mimir', url, auth: 'none', headerNames: ['X-Scope-OrgID'], scrapeIntervalSeconds: 15 })
const secret = () => ({ headers: { 'X-Scope-OrgID': 'team-a' }, ca: authority.ca, ...client })
const SOURCE = id(61)

describe('sources through the API', () => {
  it('are added and tested with an own authority, a client certificate, a tenant and a prefix', async () => {
    held.actor = admin
    expect(await ask('POST', '/sources/test', { url, auth: 'none', headerNames: [], secret: { ca: authority.ca } })).toMatchObject({ status: 200, body: { reachable: false, message: expect.stringContaining('client certificate') } })
    expect(await ask('POST', '/sources/test', { url, auth: 'none', headerNames: [], secret: null })).toMatchObject({ body: { reachable: false, kind: 'tls', message: expect.stringContaining('not trusted') } })
    expect(await ask('POST', '/sources/test', { url, auth: 'none', headerNames: [], secret: { ca: authority.ca, ...client } })).toMatchObject({ body: { reachable: false, kind: 'unauthorized' } })
    expect(await ask('POST', '/sources/add', { id: SOURCE, ...wishes(), secret: { ...secret(), key: own.key } })).toMatchObject({ status: 422, text: expect.stringContaining('does not belong') })
    expect(await ask('POST', '/sources/add', { id: SOURCE, ...wishes(), secret: secret() })).toMatchObject({ status: 200, body: { id: SOURCE, version: 1 } })
    expect(await ask('POST', `/sources/${SOURCE}/test`, {})).toMatchObject({ body: { reachable: true, flavour: 'mimir', version: '2.17.0', targets: null, lacking: expect.arrayContaining([{ part: 'targets', why: 'absent' }]) } })
    expect(asked.every((one) => one.path.startsWith('/prometheus/api/v1/'))).toBe(true)
  })

  it('never give their secrets back: not in views, not in the record, not in the clear in the database', async () => {
    const { text, body } = await ask('GET', '/sources')
    expect(body).toMatchObject({ sources: [{ tls: ['ca', 'client-certificate'], hasSecret: true, headerNames: ['X-Scope-OrgID'], health: { isUp: true } }] })
    const { logEntry, freeText, aggregate, secret: boxes } = store.t
    const rows = JSON.stringify(await Promise.all([store.db.select().from(logEntry), store.db.select().from(freeText), store.db.select().from(aggregate), store.db.select().from(boxes)]))
    const parts = [authority.ca, client.certificate, client.key].map((pem) => pem.split('\n')[1] ?? '')
    for (const told of [text, rows]) for (const part of [...parts, 'team-a', 'BEGIN']) expect(told).not.toContain(part)
  })

  it('keep their certificates when only a name changes, and lose them on another host', async () => {
    const edit = (more: object) => ask('PUT', `/sources/${SOURCE}`, { ...wishes(), tls: ['ca', 'client-certificate'], ...more })
    expect(await edit({ name: 'Mimir of team A' })).toMatchObject({ status: 200, body: { version: 2 } })
    expect(await ask('POST', `/sources/${SOURCE}/test`, {})).toMatchObject({ body: { reachable: true } })
    expect(await edit({ tls: [] })).toMatchObject({ status: 422, text: expect.stringContaining('certificates change') })
    expect(await edit({ url: 'https://evil.example/prometheus' })).toMatchObject({ status: 422, text: expect.stringContaining('give the credentials again') })
  })

  it('are discovered by members; names that no preset reads are for leads and admins', async () => {
    const discover = () => ask('POST', `/sources/${SOURCE}/discover`, { selector: { model: 'churn' } })
    held.actor = member
    expect(await discover()).toMatchObject({ status: 200, body: { stacks: [{ stack: 'triton' }], unknown: [] } })
    held.actor = lead
    expect(await discover()).toMatchObject({ body: { unknown: ['acme_total'] } })
    held.actor = viewer
    expect(await discover()).toMatchObject({ status: 403 })
    held.actor = member
    for (const selector of [{}, { __name__: 'up' }, { 'bad-name': 'x' }, { a: '' }]) expect(await ask('POST', `/sources/${SOURCE}/discover`, { selector })).toMatchObject({ status: 422 })
    expect(await ask('POST', `/sources/${id(62)}/discover`, { selector: { a: 'b' } })).toMatchObject({ status: 404 })
    expect(await ask('POST', '/sources/add', { id: id(63), ...wishes(), secret: secret() })).toMatchObject({ status: 403 })
  })

  it('say in words why a source could not be discovered', async () => {
    server.closeAllConnections()
    await new Promise((resolve) => { server.close(resolve) })
    expect(await ask('POST', `/sources/${SOURCE}/discover`, { selector: { model: 'churn' } })).toMatchObject({ status: 502, text: expect.stringMatching(/refuses the connection|broke before/) })
  })
})
