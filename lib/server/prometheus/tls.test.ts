import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tlsFault, type TlsParts } from '@/lib/server/outbound-tls'
import { query } from './client'
import { sourceSecretSchema, tlsOf, tlsPartsOf } from './secret'
import { testAuthority } from './test-certificates'

const authority = testAuthority()
const stranger = testAuthority('Somebody else')
const client = authority.issue('gatehouse', [])
const VECTOR = '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}'

const servers: https.Server[] = []
async function serve(names: readonly string[], options: https.ServerOptions = {}, days = 10): Promise<string> {
  const own = authority.issue('prometheus', names, days)
  const server = https.createServer({ cert: own.certificate, key: own.key, ...options }, (request, response) => {
    const who = request.socket instanceof TLSSocket ? String(request.socket.getPeerCertificate().subject?.CN ?? '') : ''
    response.writeHead(200, { 'content-type': 'application/json', 'x-peer': who }).end(VECTOR)
  })
  servers.push(server)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address: AddressInfo | string | null = server.address()
  return `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

let plain: string
let mutual: string
let otherName: string
let expired: string
beforeAll(async () => {
  [plain, mutual, otherName, expired] = await Promise.all([
    serve(['127.0.0.1']), serve(['127.0.0.1'], { requestCert: true, rejectUnauthorized: true, ca: authority.ca }), serve(['prometheus.example']), serve(['127.0.0.1'], {}, -5),
  ])
})
afterAll(() => { for (const server of servers) { server.closeAllConnections(); server.close() } })

const ask = (url: string, tls?: TlsParts) => query({ url, auth: { kind: 'none' }, headers: {}, ...(tls ? { tls } : {}) }, 'up', null, { deadlineMs: 3000 })
const refused = (words: string) => ({ ok: false, failure: { kind: 'tls', message: expect.stringContaining(words) } })

describe('TLS to a source', () => {
  it('trusts an own authority when it is given, and nobody else', async () => {
    expect(await ask(plain, { ca: authority.ca })).toMatchObject({ ok: true, value: { type: 'vector' } })
    expect(await ask(plain, { ca: stranger.ca + authority.ca })).toMatchObject({ ok: true })
    expect(await ask(plain)).toMatchObject(refused('authority that is not trusted'))
    expect(await ask(plain, { ca: stranger.ca })).toMatchObject(refused('authority that is not trusted'))
  })

  it('shows its client certificate, and says when one is asked for', async () => {
    const answer = await ask(mutual, { ca: authority.ca, ...client })
    expect(answer).toMatchObject({ ok: true, headers: { 'x-peer': 'gatehouse' } })
    // Which alert arrives, or whether one does, is a race that TLS 1.3 allows; the sentence is the same.
    const ended = { ok: false, failure: { kind: expect.stringMatching(/^(tls|broken)$/), message: expect.stringContaining('client certificate') } }
    expect(await ask(mutual, { ca: authority.ca })).toMatchObject(ended)
    expect(await ask(mutual, { ca: authority.ca, ...stranger.issue('mallory', []) })).toMatchObject(ended)
    // The connection with a certificate is not lent to a source without one.
    expect(await ask(mutual, { ca: authority.ca })).toMatchObject({ ok: false })
  })

  it('says that a certificate has run out, or is for another name', async () => {
    expect(await ask(expired, { ca: authority.ca })).toMatchObject(refused('has expired'))
    expect(await ask(otherName, { ca: authority.ca })).toMatchObject(refused('another name'))
  })

  it('says that plain http met a server that wants https', async () => {
    const answer = await ask(plain.replace('https:', 'http:'))
    expect(answer).toMatchObject({ ok: false })
  })

  it('refuses certificates that cannot work when they are given', () => {
    expect(tlsFault({ ca: authority.ca, ...client })).toBeNull()
    expect(tlsFault({ ca: 'hello' })).toContain('PEM')
    expect(tlsFault({ ca: authority.ca.replace(/\n[^-]{20}/, '\n@@@@') })).toContain('PEM')
    expect(tlsFault({ certificate: client.certificate })).toContain('private key')
    expect(tlsFault({ key: client.key })).toContain('its certificate')
    expect(tlsFault({ certificate: client.certificate, key: authority.issue('x', []).key })).toContain('does not belong')
    expect(tlsFault({ certificate: client.certificate, key: 'nonsense' })).toContain('pass phrase')
    expect(tlsFault({ certificate: 'nonsense', key: client.key })).toContain('PEM')
    expect(sourceSecretSchema.safeParse({ ...client }).success).toBe(true)
    expect(sourceSecretSchema.safeParse({ ca: 'hello' }).success).toBe(false)
    expect(tlsPartsOf({ headers: {}, ca: authority.ca, ...client })).toEqual(['ca', 'client-certificate'])
    expect([tlsPartsOf(null), tlsOf({ headers: {} }), tlsOf({ headers: {}, ca: 'x' })]).toEqual([[], undefined, { ca: 'x' }])
  })
})
