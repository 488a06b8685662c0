/** What the server in front of Next promises in a real browser: pages come alive under the strict policy, health answers, an orderly end. */
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

test('a visitor without a session is sent to sign in, and back to where he wanted to go', async ({ page }) => {
  await page.goto('/releases?state=ready')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Freleases%3Fstate%3Dready$|\/set-up/)
})

test('SIGTERM says goodbye to every stream, answers what is in flight, and exits with 0 within ten seconds', async () => {
  const server = await startServer()
  const { cookies } = await (await adminOf(server)).storageState()
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  const streams = await Promise.all(Array.from({ length: 20 }, () => fetch(`${server.origin}/api/v1/live`, { headers })))
  expect(streams.map((stream) => stream.status)).toEqual(streams.map(() => 200))
  const endings = streams.map((stream) => stream.text())
  const inFlight = Array.from({ length: 10 }, () => fetch(`${server.origin}/`, { headers }))
  // Time for the requests to reach the server; they take longer than this to answer together.
  await new Promise((resolve) => setTimeout(resolve, 20))
  const began = Date.now()
  expect(await server.stop()).toBe(0)
  expect(Date.now() - began).toBeLessThan(10_000)
  for (const ending of await Promise.all(endings)) expect(ending).toContain('event: bye')
  for (const answer of await Promise.all(inFlight)) expect(answer.status).toBe(200)
  forget(server)
})
