import { createServer, type IncomingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Config } from '@/lib/public/config'
import { applyPagePolicy, secureHeaders, settleForwarding } from '@/lib/public/headers'

const SENT = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7, 10.0.0.2', 'x-forwarded-proto': 'https', 'x-real-ip': '1.2.3.4', 'x-client-address': '6.6.6.6', forwarded: 'for=1.1.1.1' }

/** What the product sees of the headers that a client on loopback sent. */
async function seenHeaders(trust: Config['trustProxy']): Promise<IncomingHttpHeaders> {
  let seen: IncomingHttpHeaders = {}
  const server = createServer((request, response) => {
    settleForwarding(request, trust)
    applyPagePolicy(request, response, false)
    seen = request.headers
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  await fetch(`http://127.0.0.1:${address.port}`, { headers: { ...SENT, 'x-nonce': 'mine', 'x-asked-for': '//evil.example', 'content-security-policy': "script-src 'nonce-mine'" } })
  server.closeAllConnections()
  server.close()
  return seen
}

describe('forwarded headers', () => {
  it('are removed when no proxy is trusted', async () => {
    const seen = await seenHeaders('none')
    expect(seen['x-client-address']).toBe('127.0.0.1')
    for (const name of ['x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'forwarded']) expect(seen[name]).toBeUndefined()
  })

  it('are removed when they come from elsewhere than the trusted proxy', async () => {
    expect((await seenHeaders(['10.0.0.0/8']))['x-client-address']).toBe('127.0.0.1')
  })

  it('give the last address that no trusted proxy added', async () => {
    const seen = await seenHeaders(['127.0.0.1', '10.0.0.0/8'])
    expect(seen['x-client-address']).toBe('198.51.100.7')
    expect(seen['x-forwarded-proto']).toBe('https')
    expect(seen['x-real-ip']).toBeUndefined()
  })

  it('give the first address when every proxy is trusted', async () => {
    expect((await seenHeaders('all'))['x-client-address']).toBe('203.0.113.9')
  })
})

describe('the page policy', () => {
  it('replaces what the client sent, with a nonce of its own', async () => {
    const first = await seenHeaders('none')
    const second = await seenHeaders('none')
    expect(first['x-nonce']).not.toBe('mine')
    expect(first['x-nonce']).not.toBe(second['x-nonce'])
    expect(first['content-security-policy']).toContain(`'nonce-${String(first['x-nonce'])}'`)
    expect(first['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-(inline|eval)/)
  })
})

describe('the address that was asked for', () => {
  it('is stated by the server, whatever the client says', async () => {
    expect((await seenHeaders('none'))['x-asked-for']).toBe('/')
  })
})

describe('the common headers', () => {
  it('promise https only where it is used', () => {
    expect(secureHeaders({ isSecure: false })['strict-transport-security']).toBeUndefined()
    expect(secureHeaders({ isSecure: true })['strict-transport-security']).toContain('max-age=')
  })
})
