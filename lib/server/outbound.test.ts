import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callOut, isAddressAllowed } from './outbound'
import { FAULTS, startDouble, answering, type Double } from './prometheus/double'

let double: Double
beforeAll(async () => { double = await startDouble() })
afterAll(() => double.close())

const ask = (url: string, more: object = {}) => callOut({ url, method: 'GET', deadlineMs: 3000, ...more })
const inside = (more: object = {}) => ask(double.url, { privateOrigins: [double.url], ...more })

describe('callOut', () => {
  it.each([
    'ftp://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'not a url', 'http://user:secret@example.com/',
    'http://127.0.0.1:1/', 'http://2130706433/', 'http://0x7f.1/', 'http://127.1/', 'http://0/', 'http://017700000001/',
    'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://169.254.169.254/latest', 'http://[fd00:ec2::254]/', 'http://10.0.0.1/', 'http://192.168.1.1/',
    'http://100.64.0.1/', 'http://[64:ff9b::7f00:1]/', 'http://[2002:7f00:1::]/', 'http://224.0.0.1/', 'http://255.255.255.255/',
  ])('refuses %s before it connects', async (url) => {
    expect(await ask(url)).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } })
  })

  it('refuses a name that resolves to a private address, unless its origin is allowed', async () => {
    const named = double.url.replace('127.0.0.1', 'localhost')
    expect(await ask(named)).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } })
    expect(await ask(named, { privateOrigins: [named] })).toMatchObject({ ok: true, status: 200 })
  })

  it('refuses metadata addresses even where an admin allowed them', async () => {
    expect(isAddressAllowed('169.254.169.254', true)).toBe(false)
    expect(isAddressAllowed('fd00:ec2::254', true)).toBe(false)
    expect(isAddressAllowed('10.1.2.3', true)).toBe(true)
    expect(await ask('http://169.254.169.254/', { privateOrigins: ['http://169.254.169.254'] })).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } })
  })

  it('refuses origins that are not on the list', async () => {
    expect(await inside({ origins: ['https://hooks.slack.com'] })).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } })
  })

  it.each([
    ['redirect', 'redirect'], ['five hundred megabytes', 'too-large'], ['gzip bomb', 'too-large'], ['odd encoding', 'encoding'], ['no gzip', 'encoding'],
    ['reset', 'broken'], ['cut', 'broken'],
  ])('survives %s', async (fault, kind) => {
    double.behave(FAULTS[fault] ?? FAULTS['html'] ?? (() => undefined))
    const before = process.memoryUsage().rss
    expect(await inside()).toMatchObject({ ok: false, failure: { kind } })
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })

  it('gives a slow host up at the deadline', async () => {
    double.behave(FAULTS['slow'] ?? (() => undefined))
    const started = Date.now()
    expect(await inside({ deadlineMs: 300 })).toMatchObject({ ok: false, failure: { kind: 'timeout' } })
    // The host would never answer, and who gives no deadline waits for ten seconds.
    expect(Date.now() - started).toBeLessThan(8_000)
  })

  it('names a host that refuses, one that does not exist, and one that speaks no TLS', async () => {
    const gone = await startDouble()
    await gone.close()
    expect(await ask(gone.url, { privateOrigins: [gone.url] })).toMatchObject({ failure: { kind: 'refused' } })
    expect(await ask('http://does-not-exist.invalid/')).toMatchObject({ failure: { kind: 'unknown-host' } })
    const secure = double.url.replace('http:', 'https:')
    expect(await ask(secure, { privateOrigins: [secure] })).toMatchObject({ failure: { kind: 'tls' } })
  })

  it('calls one origin only so many times at once, and keeps the order', async () => {
    let running = 0
    let most = 0
    double.behave((_asked, response) => {
      running += 1
      most = Math.max(most, running)
      setTimeout(() => { running -= 1; response.end('ok') }, 30)
    })
    const answers = await Promise.all(Array.from({ length: 12 }, () => inside({ concurrency: 3 })))
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(most).toBe(3)
  })

  it('does not wait for a turn past its deadline', async () => {
    double.behave(FAULTS['slow'] ?? (() => undefined))
    const answers = await Promise.all(Array.from({ length: 3 }, () => inside({ concurrency: 1, deadlineMs: 200 })))
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.kind))).toEqual(['timeout', 'timeout', 'timeout'])
    double.behave(answering(200, 'text/plain', 'ok'))
    expect(await inside({ concurrency: 1 })).toMatchObject({ ok: true })
  })

  it('never repeats what the other side sent in its failures', async () => {
    double.behave((_asked, response) => { response.writeHead(302, { location: 'http://secret.internal/token' }).end('secret') })
    expect(JSON.stringify(await inside())).not.toContain('secret')
  })
})
