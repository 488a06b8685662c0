/** What an attacker tries against a running server: ways round the sign-in, addresses that lead elsewhere, and scripts in every text that people can write. */
import { randomUUID } from 'node:crypto'
import net from 'node:net'
import { expect, test } from '@/e2e/fixtures'
import { makeReleaseWorld, PEOPLE } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { ADMIN, postAs, signIn } from '@/e2e/session'

/** Sends bytes as they are, which fetch would tidy up. Out: the whole answer. */
function raw(server: TestServer, target: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const { port, host } = new URL(server.origin)
  return new Promise((resolve, reject) => {
    let answer = ''
    const lines = Object.entries({ Host: host, ...headers, Connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(`GET ${target} HTTP/1.1\r\n${lines}\r\n`))
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${target}`)))
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

const FIVE = (name: string) => Array.from({ length: 5 }, () => name).join(':')
const FAKE = { cookie: 'gatehouse.session=forged' }
/** Spellings by which pages behind a proxy file have been reached in the past (reliability: advisories of 2025 and 2026). */
const SPELLINGS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['/settings/people', {}], ['/settings/people', FAKE], ['/settings/people', { 'x-middleware-subrequest': FIVE('middleware') }], ['/settings/people', { 'x-middleware-subrequest': FIVE('src/middleware') }],
  ['/settings/people', { 'x-middleware-subrequest': FIVE('proxy') }], ['/settings/people', { RSC: '1' }], ['/settings/people', { RSC: '1', ...FAKE }], ['/settings/people?_rsc=x', { RSC: '1', 'Next-Router-Prefetch': '1', ...FAKE }],
  ['/settings/people?_rsc=x', { RSC: '1', 'Next-Router-Segment-Prefetch': '/_tree', ...FAKE }], ['/settings/people.rsc', FAKE], ['/settings/people.segments/_tree.segment.rsc', FAKE], ['/settings/%70eople', FAKE],
  ['/settings;/people', FAKE], ['//settings/people', FAKE], ['/settings/people/', FAKE], ['/_next/data/x/settings/people.json', FAKE], ['/settings/people', { 'x-nextjs-data': '1', ...FAKE }],
  ['/settings/people', { 'x-matched-path': '/settings/people', ...FAKE }], ['/settings/people', { 'x-invoke-path': '/settings/people', 'x-invoke-status': '200', ...FAKE }], ['/status/../settings/people', FAKE], ['/', { RSC: '1', ...FAKE }],
]

test('no spelling of an address shows a stranger what is inside', async ({ context, server }) => {
  await signIn(context, server, { ...PEOPLE.mara, name: 'Canary Canaria', email: 'canary@example.org' })
  const inside = await context.request.get(`${server.origin}/settings/people`)
  expect(await inside.text()).toContain('Canary Canaria')
  for (const [target, headers] of SPELLINGS) {
    const answer = await raw(server, target, headers)
    expect([target, headers, /^HTTP\/1\.1 (30[78]|404)/.test(answer)]).toEqual([target, headers, true])
    expect([target, headers, /canar|ada admin/i.test(answer)]).toEqual([target, headers, false])
  }
})

test('nothing that a visitor sends leads to another site', async ({ context, server }) => {
  await signIn(context, server, PEOPLE.mara)
  for (const target of ['http://evil.example/', 'http://evil.example//other.example/', '//evil.example/x/', '///evil.example', '/\\evil.example/']) {
    expect([target, /^(location|refresh):.*(\/\/|\\)evil/im.test(await raw(server, target))]).toEqual([target, false])
  }
  expect((await raw(server, '/settings', { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' })).toLowerCase()).not.toContain('evil.example')
  // What is linked, in feeds and letters too, comes from the configuration.
  for (const where of ['/status', '/status?zone=Asia/Tokyo', '/status/history.atom', '/api/v2/summary.json', '/status/subscribe/asked']) expect((await raw(server, where, { 'Host': 'evil.example', 'X-Forwarded-Host': 'evil.example' })).toLowerCase()).not.toContain('evil.example')
  expect((await context.request.get(`${server.origin}/sign-in?next=/models`, { maxRedirects: 0 })).headers()['location']).toMatch(/\/models$/)
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', '/..//evil.example', 'https:evil.example']) {
    const answer = await context.request.get(`${server.origin}/sign-in?next=${encodeURIComponent(next)}`, { maxRedirects: 0 })
    expect([next, new URL(answer.headers()['location'] ?? '/', server.origin).origin]).toEqual([next, server.origin])
  }
  const { csrfToken } = await (await context.request.get(`${server.origin}/api/auth/csrf`)).json()
  for (const callbackUrl of ['https://evil.example', '//evil.example', `${server.origin}.evil.example`, `${server.origin}@evil.example`, 'javascript:alert(1)', 'http://[']) {
    const answer = await context.request.post(`${server.origin}/api/auth/callback/credentials`, { form: { email: 'a-visitor@example.org', password: 'x', csrfToken, callbackUrl }, maxRedirects: 0 })
    expect([callbackUrl, answer.status() < 500]).toEqual([callbackUrl, true])
    expect(new URL(answer.headers()['location'] ?? '/', server.origin).origin).toBe(server.origin)
  }
})

test('an address that cannot be decoded is refused with a problem document', async ({ server }) => {
  for (const target of ['/api/v1/releases/%ff', '/api/v1/people/%E0%A4%A', '/a%00b', '/releases/%']) {
    const answer = await raw(server, target)
    expect([target, answer.slice(0, 12), /application\/problem\+json/.test(answer)]).toEqual([target, 'HTTP/1.1 400', true])
  }
})

/** One text that tries every context at once: element, attribute, script, template, link, style; `mark` is set if any of it runs. */
const HOSTILE = `"'><img src=x onerror="window.mark=1"><svg/onload=window.mark=2></script><script>window.mark=3</script><style>*{display:none}</style><iframe srcdoc="<script>parent.mark=4</script>"></iframe>{{7*7}}\${7*7}<!channel>&lt;script&gt;\u202E\u2028`
const LINE = HOSTILE.slice(0, 280).trim()

test('no text that people write runs as a script on any page, nor breaks its policy', async ({ browser }) => {
  test.slow()
  // A server of its own: the one of the worker may hold the people of other specs.
  const server = await startServer()
  const context = await browser.newContext({ baseURL: server.origin })
  const page = await context.newPage()
  const world = await makeReleaseWorld(server, 'low')
  await signIn(context, server, ADMIN)
  const { who, releaseId, code, tell } = world
  const hostileModel = randomUUID()
  await postAs(who.dana, server, `/api/v1/models/${hostileModel}/commands`, { type: 'register-model', slug: 'hostile', name: '<img src=x onerror=window.mark=5>', purpose: HOSTILE, ownerTeam: 'data-science', codePrefix: 'HOSTILE' })
  await tell('dana', { type: 'comment', commentId: randomUUID(), gateId: 'scope', itemId: null, text: HOSTILE, mentions: [world.ids.mara] })
  await tell('dana', { type: 'set-note', itemId: '1.1', text: HOSTILE, expects: 0 })
  await tell('dana', { type: 'add-evidence', itemId: '1.1', evidenceId: randomUUID(), evidence: { kind: 'link', title: LINE, url: 'https://example.org/"onmouseover="window.mark=6' } })
  await tell('dana', { type: 'attach-document', documentId: randomUUID(), title: LINE, url: 'https://example.org/?<script>window.mark=7</script>', kind: 'runbook', provider: 'web', ownerTeam: 'ops', pinnedRevision: LINE.slice(0, 190), gateId: 'scope', itemId: null })
  await tell('dana', { type: 'decide', kind: 'choice', title: LINE, reason: HOSTILE, options: [{ title: LINE, pros: HOSTILE, cons: HOSTILE, isChosen: true }, { title: 'b', pros: '', cons: '', isChosen: false }], deciderIds: [], consultedIds: [], informedIds: [], consequences: HOSTILE, confirmation: { how: LINE, dueAt: null }, supersedes: null, checkInId: null, conditions: [], itemId: null, until: null, seen: null })
  await tell('mara', { type: 'reject', gateId: 'scope', reason: HOSTILE })
  await tell('mara', { type: 'hold', reason: HOSTILE, checkInId: null })
  await tell('mara', { type: 'add-action', actionId: randomUUID(), title: LINE, ownerId: world.ids.mara, team: null, dueAt: null, checkInId: null })
  await tell('mara', { type: 'change', change: { part: 'rollback-plan', value: { way: 'last-stable', triggers: HOSTILE, deciderId: null, rehearsedAt: null, restoreMinutes: null } }, reason: HOSTILE })
  for (const url of ['javascript:window.mark=8', 'data:text/html,<script>1</script>', 'vbscript:x', ' javascript:1', 'java\nscript:1']) {
    await expect(tell('dana', { type: 'add-evidence', itemId: '1.1', evidenceId: randomUUID(), evidence: { kind: 'link', title: 'x', url } })).rejects.toThrow()
  }
  const complaints: string[] = []
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)))
  page.on('console', (message) => message.type() === 'error' && message.text().startsWith('policy:') && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => { complaints.push(`dialog ${dialog.message()}`); void dialog.dismiss() })
  const isClean = async (path: string) => {
    expect([path, await page.evaluate(() => 'mark' in window)]).toEqual([path, false])
    expect([path, await page.locator('a[href^="javascript:" i], img[src="x"], iframe[srcdoc], svg[onload], [onerror], [onmouseover]').count()]).toEqual([path, 0])
  }
  const releasePath = `/releases/${code}`
  // Where it has to stand as text, or nothing would have been tried there.
  const showing = new Set(['/models', '/models/hostile', releasePath, `${releasePath}/timeline`, `${releasePath}/decisions/1`, '/decisions'])
  for (const path of ['/', '/my-work', ...showing, '/releases/new', '/check-ins', '/settings/people', '/status', `/decisions?q=${encodeURIComponent(HOSTILE)}`, `/?team=${encodeURIComponent(LINE)}`, '/?team=ops&team=product', '/decisions?q=one&q=two', '/insights?period=30d&period=90d']) {
    // A page inside asks for its live events once it has come alive; the public one has no script.
    const alive = path === '/status' ? null : page.waitForRequest((asked) => asked.url().includes('/api/v1/live'))
    const answer = await page.goto(path, { waitUntil: 'load' })
    await alive
    expect([path, answer?.status()]).toEqual([path, 200])
    if (showing.has(path)) await expect(page.getByText('window.mark=').first(), path).toBeAttached()
    await isClean(path)
  }
  // Who is signed in is led away from it.
  await context.clearCookies()
  await page.goto(`/sign-in?error=${encodeURIComponent(LINE)}`)
  await expect(page.getByRole('alert').filter({ hasText: 'The sign-in did not succeed.' })).toBeVisible()
  await isClean('/sign-in')
  expect(complaints).toEqual([])
  expect(await (await who.mara.get(`${server.origin}/api/v1/releases/${releaseId}`)).text()).toContain('window.mark=1')
  await context.close()
  await server.stop()
  forget(server)
})
