/** What each answer and each silence of Slack comes to. */
import { once } from 'node:events'
import { createServer } from 'node:https'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFakeSlack } from '@/bin/fake-slack.mjs'
import { testAuthority } from '@/lib/server/prometheus/test-certificates'
import { excerptOf, judge, nextDelayMs, RETRY_SCHEDULE_MS, retryAfterMs } from './answer'
import { jsonLetter, postTo } from './post'

const post = (url: string, payload: unknown, deadlineMs = 2000) => postTo([new URL(url).host], deadlineMs)(url, jsonLetter(payload))
const now = new Date('2026-11-22T10:00:00.000Z')
let slack: Awaited<ReturnType<typeof startFakeSlack>>
beforeAll(async () => { slack = await startFakeSlack({ perSecond: 1000, retryAfter: 7 }) })
afterAll(() => slack.close())

const TABLE: readonly (readonly [string, string, string])[] = [
  ['ok', 'answered', 'delivered'], ['no-service', 'answered', 'disable'], ['channel-not-found', 'answered', 'disable'], ['action-prohibited', 'answered', 'disable'],
  ['channel-is-archived', 'answered', 'disable'], ['invalid-blocks', 'answered', 'dead'], ['invalid-payload', 'answered', 'dead'],
  ['rollup-error', 'answered', 'retry'], ['rate-limited', 'answered', 'retry'], ['rate-limited-bare', 'answered', 'retry'],
  ['html', 'answered', 'retry'], ['redirect', 'unreachable', 'retry'], ['hang', 'lost', 'retry'], ['drop', 'lost', 'retry'], ['half', 'lost', 'retry'], ['drip', 'lost', 'retry'],
]
test.each(TABLE)('%s is %s and means %s', async (mode, kind, meaning) => {
  slack.next(mode.replaceAll('-', ''), mode)
  const attempt = await post(slack.url(mode.replaceAll('-', '')), { text: 'x' }, 1500)
  expect(attempt.kind).toBe(kind)
  expect(judge(attempt, now).kind).toBe(meaning)
  // The others answer over the same wire; only what counts as taken is their own.
  expect(judge(attempt, now, 'mattermost').kind).toBe(meaning)
  for (const other of ['teams', 'webhook'] as const) expect([other, judge(attempt, now, other).kind]).toEqual([other, mode === 'html' ? 'delivered' : meaning])
})

test('nobody listening, an unknown host and broken TLS mean that nothing was sent', async () => {
  expect(await post('http://127.0.0.1:9/services/x', {}, 2000)).toMatchObject({ kind: 'unreachable', reason: '127.0.0.1:9 refuses the connection.' })
  expect((await post('http://nobody.invalid/services/x', {}, 5000)).kind).toBe('unreachable')
  expect((await post(slack.url('tls').replace('http:', 'https:'), {}, 5000)).kind).toBe('unreachable')
})

test('a certificate that nobody vouches for, or of another host, means that nothing was sent', async () => {
  const authority = testAuthority()
  const got: string[] = []
  for (const names of [['127.0.0.1'], ['hooks.example.com']]) {
    const { key, certificate: cert } = authority.issue(names[0] ?? '', names)
    const server = createServer({ key, cert }, (request, response) => { got.push(request.url ?? ''); response.end('ok') }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const attempt = await post(`https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hooks/x`, {})
    expect(attempt.kind).toBe('unreachable')
    expect(judge(attempt, now).kind).toBe('retry')
    server.closeAllConnections()
    server.close()
  }
  expect(got).toEqual([])
})

test('a private address is refused unless the operator named its host', async () => {
  expect(await postTo([])(slack.url('private'), jsonLetter({}))).toMatchObject({ kind: 'unreachable' })
  expect(slack.requests.filter((one) => one.name === 'private')).toHaveLength(0)
})

test('Retry-After is honoured in seconds and as a date, within bounds', async () => {
  slack.next('limited', 'rate-limited')
  const attempt = await post(slack.url('limited'), { text: 'x' })
  expect(judge(attempt, now)).toEqual({ kind: 'retry', delayMs: 7000, isPacing: true })
  expect(retryAfterMs('Sun, 22 Nov 2026 10:00:30 GMT', now)).toBe(30_000)
  for (const odd of [null, '', 'soon', '0', '-5', 'Sun, 22 Nov 2020 10:00:30 GMT']) expect(retryAfterMs(odd, now)).toBe(1000)
  expect(retryAfterMs('99999999', now)).toBe(3_600_000)
})

test('the schedule ends, and jitter only ever waits longer', () => {
  expect(nextDelayMs(null, 1, 0)).toBe(5000)
  expect(nextDelayMs(null, 1, 0.999)).toBeLessThanOrEqual(6000)
  expect(nextDelayMs(7000, 99, 0)).toBe(7000)
  expect(nextDelayMs(null, RETRY_SCHEDULE_MS.length, 0)).toBe(86_400_000)
  expect(nextDelayMs(null, RETRY_SCHEDULE_MS.length + 1, 0)).toBeNull()
})

test('the delivery log never shows the address', () => {
  const secret = slack.url('secrettoken')
  const echo = excerptOf({ kind: 'answered', status: 500, body: `<p>POST ${secret}\n /services/T00000000/B00000000/secrettoken failed`, retryAfter: null }, secret)
  expect(echo).not.toContain('secrettoken')
  expect(echo).toContain('failed')
})
