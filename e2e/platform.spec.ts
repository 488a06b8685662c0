/** What the server in front of Next promises in a real browser: pages come alive under the strict policy, health answers, an orderly end. */
import http from 'node:http'
import { expect, test } from '@/e2e/fixtures'
import { forget, startServer } from '@/e2e/server'
import { adminOf } from '@/e2e/session'

test('a page loads under the strict policy without a violation or an error', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  const answer = await page.goto('/sign-in')
  expect(answer?.status()).toBe(200)
  expect(answer?.headers()['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/)
  // React leaves this mark on the document that it has taken over.
  await expect.poll(() => page.evaluate(() => Object.keys(document).some((key) => key.startsWith('__reactContainer')))).toBe(true)
  expect(complaints).toEqual([])
})

test('health and readiness answer, unused methods and large bodies are refused', async ({ request, server }) => {
  expect((await request.get('/healthz')).status()).toBe(200)
  expect((await request.get('/readyz')).status()).toBe(200)
  expect((await request.fetch('/', { method: 'TRACE' })).status()).toBe(405)
  const large = await fetch(`${server.origin}/api/v1/releases`, { method: 'POST', body: 'x'.repeat(2_000_000) })
  expect(large.status).toBe(413)
})

test('a port that is taken ends the start with a sentence that says so', async ({ server }) => {
  await expect(startServer({ PORT: new URL(server.origin).port })).rejects.toThrow(/Port \d+ of 127\.0\.0\.1 cannot be opened \(listen EADDRINUSE/)
})

test('every problem says where its kind is explained, to a stranger too', async ({ page, server }) => {
  const answers = [await fetch(`${server.origin}/api/v1/people`), await fetch(`${server.origin}/api/v1/no-such`), await fetch(`${server.origin}/%`)]
  const types: string[] = await Promise.all(answers.map(async (answer) => (await answer.json()).type))
  expect(types).toEqual(['/docs/problems#forbidden', '/docs/problems#not-found', '/docs/problems#invalid'])
  await page.goto(types[1] ?? '')
  await expect(page.locator('section:target')).toContainText('There is no such thing')
})

test('a visitor without a session is sent to sign in, and back to where he wanted to go', async ({ page }) => {
  await page.goto('/releases?state=ready')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Freleases%3Fstate%3Dready$|\/set-up/)
})

test('SIGTERM says goodbye to every stream, answers what is in flight, and exits with 0 within ten seconds', async () => {
  const server = await startServer()
  const { cookies } = await (await adminOf(server)).storageState()
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  const tooMany = await fetch(`${server.origin}/api/v1/live`, { headers })
  const streams = await Promise.all(Array.from({ length: 20 }, () => fetch(`${server.origin}/api/v1/live`, { headers })))
  expect(streams.map((stream) => stream.status)).toEqual(streams.map(() => 200))
  // More than one session may hold: the oldest ends, with the reason.
  expect(await tooMany.text()).toContain('event: crowded')
  const endings = streams.map((stream) => stream.text())
  const inFlight = await Promise.all(Array.from({ length: 10 }, () => beginCommand(server.origin, headers)))
  const began = Date.now()
  const stopped = server.stop()
  const answers = inFlight.map((request) => request.finish())
  expect(await stopped).toBe(0)
  expect(Date.now() - began).toBeLessThan(10_000)
  for (const ending of await Promise.all(endings)) expect(ending).toContain('event: bye')
  // Answered by the API itself, which read the body after the signal: 422, there is no such command.
  expect(await Promise.all(answers)).toEqual(inFlight.map(() => 422))
  forget(server)
})

/** Sends the head of a command and waits until the server has taken it up ("100 Continue"). Out: what sends the body, and gives the status of the answer. */
function beginCommand(origin: string, headers: Readonly<Record<string, string>>): Promise<{ readonly finish: () => Promise<number> }> {
  const body = JSON.stringify({ type: 'no-such-command' })
  return new Promise((resolve, reject) => {
    const request = http.request(`${origin}/api/v1/releases`, {
      method: 'POST',
      headers: { ...headers, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), expect: '100-continue' },
    })
    const status = new Promise<number>((answered, broken) => {
      request.on('response', (response) => {
        response.resume()
        answered(response.statusCode ?? 0)
      })
      request.on('error', broken)
    })
    status.catch(reject)
    request.on('continue', () => resolve({
      finish: () => {
        request.end(body)
        return status
      },
    }))
    request.flushHeaders()
  })
}
