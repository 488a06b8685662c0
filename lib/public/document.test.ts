import { createServer, type Server } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptedEncoding, matchesTag, publicDocument, serveDocument } from '@/lib/public/document'

const body = `<!doctype html><p>${'All is well. '.repeat(500)}`
const document = publicDocument({ type: 'text/html; charset=utf-8', body, headers: { 'content-security-policy': "default-src 'none'" } })
let server: Server
let origin = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    serveDocument(request, response, document)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  origin = `http://127.0.0.1:${address.port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const tagOf = async (encoding: string) => (await fetch(origin, { headers: { 'accept-encoding': encoding } })).headers.get('etag') ?? ''

describe('a public document', () => {
  it('has its own strong tag per encoding, and the same bytes behind each', async () => {
    const tags = await Promise.all(['identity', 'gzip', 'br'].map(tagOf))
    expect(new Set(tags).size).toBe(3)
    expect(tags.every((tag) => /^"[\w-]+"$/.test(tag))).toBe(true)
    expect(document.variants.identity.body.toString()).toBe(body)
    expect(gunzipSync(document.variants.gzip.body).toString()).toBe(body)
    expect(brotliDecompressSync(document.variants.br.body).toString()).toBe(body)
    expect(await (await fetch(origin)).text()).toBe(body)
  })

  it('is revalidated by its tag without a body or content headers', async () => {
    const etag = await tagOf('gzip')
    const answer = await fetch(origin, { headers: { 'accept-encoding': 'gzip', 'if-none-match': etag } })
    expect(answer.status).toBe(304)
    expect(answer.headers.get('etag')).toBe(etag)
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    expect(answer.headers.get('content-type')).toBeNull()
    const other = await fetch(origin, { headers: { 'accept-encoding': 'br', 'if-none-match': etag } })
    expect(other.status).toBe(200)
  })

  it('answers HEAD with the headers alone', async () => {
    const answer = await fetch(origin, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(body)))
    expect(await answer.text()).toBe('')
  })

  it('carries its own policy', async () => {
    expect((await fetch(origin)).headers.get('content-security-policy')).toBe("default-src 'none'")
  })
})

describe('the accepted encoding', () => {
  it.each([
    [undefined, 'identity'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['gzip;q=0, br;q=0.0', 'identity'],
    ['*', 'br'],
    ['br;q=0, *;q=0.5', 'gzip'],
    ['deflate', 'identity'],
    ['', 'identity'],
  ] as const)('of %s is %s', (header, encoding) => {
    expect(acceptedEncoding(header)).toBe(encoding)
  })
})

describe('If-None-Match', () => {
  it.each([
    [undefined, false],
    ['"a"', true],
    ['W/"a"', true],
    ['"b", W/"a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
  ] as const)('%s matches: %s', (header, isMatch) => {
    expect(matchesTag(header, '"a"')).toBe(isMatch)
  })
})
