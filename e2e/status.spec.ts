/** The status page for its two audiences: incidents by hand, history, zones without script, the secret link, subscriptions confirmed twice, a changed secret, and answers while the database is locked, read-only and gone. */
import { execFileSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { startFakeSlack } from '@/bin/fake-slack.mjs'
import { holdFile } from '@/db/testing/held-file'
import { picture } from '@/e2e/picture'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { ADMIN, adminOf, openSession, personId, postAs, signIn } from '@/e2e/session'
import { sound } from '@/e2e/sound'

const VERSION = '01980000-0000-7000-8000-000000000011'
const ENVIRONMENT = '01980000-0000-7000-8000-000000000031'
const LEA = { name: 'Lea Lead', email: 'lea@example.org', isAdmin: false, memberships: ['product', 'data-science', 'ops'].map((team) => ({ team, role: 'lead' as const })) }

let server: TestServer
let slack: Awaited<ReturnType<typeof startFakeSlack>>
let post: Awaited<ReturnType<typeof startPost>>
let inside: BrowserContext
let page: Page
let visitor: BrowserContext
let modelId = ''

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser, playwright }) => {
  slack = await startFakeSlack({ perSecond: 50 })
  post = await startPost()
  server = await startServer(around())
  inside = await browser.newContext({ baseURL: server.origin })
  await signIn(inside, server, ADMIN)
  page = await inside.newPage()
  visitor = await withoutScript(browser)
  const lead = await playwright.request.newContext()
  await personId(server, LEA)
  await openSession(lead, server, LEA.email)
  const tell = (where: string, command: unknown) => postAs(lead, server, `/api/v1/${where}/commands`, command)
  const made = await postAs(lead, server, '/api/v1/models', { type: 'register-model', slug: 'ranker', name: 'CANARY inside name', purpose: 'CANARY purpose', ownerTeam: 'data-science', codePrefix: 'RANK' })
  modelId = typeof made === 'object' && made !== null ? String(Reflect.get(made, 'id')) : ''
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  await tell(`models/${modelId}`, { type: 'add-version', versionId: VERSION, label: '2.8.4', artefact: 'models:/canary/7', digest: null, codeCommit: null, data: null, behaviour })
  await tell(`environments/${ENVIRONMENT}`, { type: 'add-environment', slug: 'canary-env', name: 'CANARY environment', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' })
  await tell(`live/${modelId}:${ENVIRONMENT}`, { type: 'adopt', versionId: VERSION, since: '2026-01-01T00:00:00Z', note: 'CANARY note' })
  const publication = { name: 'Churn ranker', fields: ['version', 'state'], environments: [{ environmentId: ENVIRONMENT, name: 'Europe' }] }
  await postAs(await adminOf(server), server, `/api/v1/models/${modelId}/commands`, { type: 'publish-model', publication })
  await lead.dispose()
})
test.afterAll(async () => {
  await Promise.all([inside.close(), visitor.close()])
  await server.stop()
  forget(server)
  await Promise.all([slack.close(), post.close()])
})

const around = () => ({ WEBHOOK_HOSTS: '127.0.0.1', SMTP_URL: post.mailUrl, MAIL_FROM: 'Gatehouse <gatehouse@example.com>' })

const withoutScript = (browser: Browser) => browser.newContext({ baseURL: server.origin, javaScriptEnabled: false })
const text = async (where: string) => (await visitor.request.get(where)).text()

test('an incident written by hand is on the page, in the feed and in the API, and is told on, corrected and learnt from', async () => {
  await page.goto('/settings/status/incidents')
  await expect(page.getByText('Nobody has written an incident yet')).toBeVisible()
  await sound(page)
  await page.getByRole('button', { name: 'Write an incident' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What is wrong').fill('Answers are slow')
  await dialog.getByLabel('Impact').selectOption('Major')
  await dialog.getByLabel('Who reads it').selectOption('Everyone')
  await dialog.getByLabel('First update').fill('We look into slow answers.')
  await dialog.getByLabel('CANARY environment').check()
  await sound(page)
  await dialog.getByRole('button', { name: 'Put it on the page' }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => text('/status'), { intervals: [100] }).toContain('We look into slow answers.')
  expect(await text('/status/history.atom')).toContain('Answers are slow (investigating)')
  const summary: unknown = JSON.parse(await text('/api/v2/summary.json'))
  expect(summary).toMatchObject({ status: { indicator: 'major' }, incidents: [{ name: 'Answers are slow', impact: 'major' }], components: [{ name: 'Churn ranker, Europe', status: 'partial_outage' }] })

  const card = page.getByRole('region', { name: 'Answers are slow' })
  await card.getByRole('button', { name: 'Correct update 1' }).click()
  await dialog.getByLabel('Update').fill('We looked into slow answers.')
  await dialog.getByRole('button', { name: 'Correct it' }).click()
  await card.getByRole('button', { name: 'Add an update' }).click()
  await dialog.getByLabel('Status').selectOption('Resolved')
  await dialog.getByLabel('Update').fill('A node was full.')
  await dialog.getByRole('button', { name: 'Tell it' }).click()
  await expect(card.getByText('A node was full.')).toBeVisible()
  await card.getByRole('button', { name: 'Write a post-mortem' }).click()
  await dialog.getByLabel('Post-mortem').fill('# Cause\n\n- the disk\n- nobody looked')
  await expect(dialog.getByRole('region', { name: 'Preview' }).getByRole('listitem')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Publish it' }).click()
  await expect(card.getByText('Post-mortem', { exact: true })).toBeVisible()
  await sound(page)
  expect(JSON.parse(await text('/api/v2/incidents/unresolved.json'))).toMatchObject({ incidents: [] })
  await expect.poll(() => text('/api/v2/incidents.json'), { intervals: [100] }).toContain('"status":"postmortem"')
})

test('a reader without script finds the incident, its month, and the times of another zone', async ({ browser }) => {
  // Where it is the same day as in UTC: on the last of a month it is the next month already in the other.
  const [zone, city] = new Date().getUTCHours() < 12 ? ['Asia/Tokyo', 'Tokyo'] : ['America/Chicago', 'Chicago']
  const reader = await visitor.newPage()
  await reader.goto('/status')
  await reader.getByRole('link', { name: 'Answers are slow' }).click()
  await expect(reader.getByRole('heading', { level: 1, name: 'Answers are slow' })).toBeVisible()
  await expect(reader.getByText('Affected: Churn ranker, Europe.')).toBeVisible()
  await expect(reader.getByText('nobody looked')).toBeVisible()
  await expect(reader.getByText(', corrected')).toBeVisible()
  await reader.getByRole('link', { name: 'History' }).click()
  await expect(reader.getByRole('link', { name: 'Answers are slow' })).toBeVisible()
  await reader.getByText('Times in UTC', { exact: true }).click()
  await reader.getByLabel('Show times in').selectOption(zone)
  await reader.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(reader.getByText(`Times in ${zone}`, { exact: true })).toBeVisible()
  await expect(reader.getByText(new RegExp(`\\d\\d:\\d\\d ${city}`)).first()).toBeVisible()
  await reader.getByRole('navigation', { name: 'Other months' }).getByRole('link').click()
  await expect(reader.getByText('Nothing went wrong in this month')).toBeVisible()
  const seeing = await browser.newContext({ baseURL: server.origin })
  const looked = await seeing.newPage()
  for (const where of ['/status?zone=Asia/Tokyo', '/status/history', (await reader.request.get('/status/history.atom').then((answer) => answer.text())).match(/\/status\/incidents\/\w+/)?.[0] ?? '']) {
    await looked.goto(where)
    await expect(looked.getByRole('heading', { level: 1 })).toBeVisible()
    await sound(looked)
  }
  await seeing.close()
  await reader.close()
})

test('whoever has the secret link sees more, and nothing once it is revoked', async () => {
  await page.goto('/settings/status')
  await page.getByLabel('Who has the secret link').check()
  await page.getByLabel('Show CANARY inside name on the internal page').check()
  await page.getByLabel('Name there').fill('Ranker, inside')
  await page.getByLabel('CANARY environment', { exact: true }).check()
  await page.getByLabel('Version label').check()
  const preview = page.getByRole('region', { name: 'What the internal page shows' })
  await expect(preview.getByText('Ranker, inside')).toBeVisible()
  await sound(page)
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('There is no internal page')).toBeVisible()
  await page.getByRole('button', { name: 'Make a link' }).click()
  const link = await page.getByRole('textbox', { name: 'Secret link' }).inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(async () => (await visitor.request.get(link)).status(), { intervals: [100] }).toBe(200)
  const answer = await visitor.request.get(link)
  expect(answer.headers()).toMatchObject({ 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow, noarchive' })
  expect(await answer.text()).toContain('Ranker, inside')
  expect(await text('/status')).not.toContain('Ranker, inside')
  const reader = await visitor.newPage()
  await reader.goto(link)
  await reader.getByRole('link', { name: 'History' }).click()
  await expect(reader).toHaveURL(/\/status\/internal\/[\w-]{43}\/history$/)
  await reader.close()
  await expect(page.getByText('Whoever has the link sees the internal page')).toBeVisible()
  expect(await page.content()).not.toContain(link.split('/').at(-1))
  await page.getByRole('button', { name: 'Revoke the link' }).click()
  await expect(page.getByText('There is no internal page')).toBeVisible()
  await expect.poll(async () => (await visitor.request.get(link)).status(), { intervals: [100] }).toBe(404)
  expect((await visitor.request.get(link)).headers()['referrer-policy']).toBe('no-referrer')
})

test('a channel subscribes in two steps, hears of the next incident, and ends it by a button', async () => {
  await page.goto('/settings/status')
  await page.getByLabel('By a Slack webhook').check()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect.poll(() => text('/status'), { intervals: [100] }).toContain('href="/status/subscribe"')
  const reader = await visitor.newPage()
  await reader.goto('/status/subscribe')
  await reader.getByLabel('Or an incoming webhook of the channel').fill(slack.url('subscriber'))
  await reader.getByRole('button', { name: 'Subscribe the channel' }).click()
  await expect(reader.getByRole('heading', { name: 'Almost there' })).toBeVisible()
  await expect.poll(() => slack.messages.length).toBe(1)
  const first = JSON.stringify(slack.messages[0]?.payload)
  await reader.goto(/http:[^|]+subscribe\/confirm\/[\w-]+/.exec(first)?.[0] ?? '')
  await reader.getByRole('button', { name: 'Yes, subscribe' }).click()
  await expect(reader.getByRole('heading', { name: 'You will hear of incidents' })).toBeVisible()
  expect(await (await inside.request.get('/api/v1/status-page')).json()).toMatchObject({ subscribers: { slack: 1 } })
  const incident = { type: 'open-incident', about: null, audience: 'public', title: 'Second <!channel>', impact: 'minor', status: 'identified', text: 'It is known.', places: [], startedAt: null }
  await postAs(await adminOf(server), server, '/api/v1/incidents', incident)
  await expect.poll(() => slack.messages.length).toBe(2)
  const told = JSON.stringify(slack.messages[1]?.payload)
  expect(told).toContain('It is known.')
  expect(told).not.toContain('<!channel>')
  await reader.goto(/http:[^|]+unsubscribe\/[\w-]+/.exec(told)?.[0] ?? '')
  await reader.getByRole('button', { name: 'Unsubscribe' }).click()
  await expect(reader.getByRole('heading', { name: 'You hear no more of it' })).toBeVisible()
  expect(await (await inside.request.get('/api/v1/status-page')).json()).toMatchObject({ subscribers: { email: 0, slack: 0, webhook: 0 } })
  await reader.close()
})

test('an address subscribes by e-mail and an endpoint by its challenge; both hear of it, the letter is signed, and one click ends it', async () => {
  await page.goto('/settings/status')
  await page.getByLabel('By e-mail').check()
  await page.getByLabel('By webhook', { exact: true }).check()
  await page.getByRole('button', { name: 'Publish' }).click()
  const reader = await visitor.newPage()
  await expect(async () => {
    await reader.goto('/status/subscribe')
    await expect(reader.getByLabel('Your address')).toBeVisible({ timeout: 500 })
  }).toPass()
  await reader.getByLabel('Your address').fill('reader@example.org')
  await reader.getByRole('button', { name: 'Subscribe', exact: true }).click()
  await expect(reader.getByRole('heading', { name: 'Almost there' })).toBeVisible()
  await reader.goto('/status/subscribe')
  await reader.getByLabel('The address of your endpoint').fill(post.hookUrl)
  await reader.getByRole('button', { name: 'Subscribe the endpoint' }).click()
  await expect.poll(() => post.mails.length).toBe(1)
  await reader.goto(/http:\S+subscribe\/confirm\/[\w-]+/.exec(post.mails[0] ?? '')?.[0] ?? '')
  await reader.getByRole('button', { name: 'Yes, subscribe' }).click()
  const subscribers = async () => await (await inside.request.get('/api/v1/status-page')).json()
  await expect.poll(subscribers).toMatchObject({ subscribers: { email: 1, webhook: 1 } })
  await postAs(await adminOf(server), server, '/api/v1/incidents', { type: 'open-incident', about: null, audience: 'public', title: 'Third', impact: 'none', status: 'monitoring', text: 'We watch it.', places: [], startedAt: null })
  await expect.poll(() => [post.mails.length, post.letters.length]).toEqual([2, 2])
  const mail = post.mails[1] ?? ''
  expect(mail).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m)
  const { signing_secret: secret = '' } = JSON.parse(post.letters[0]?.body ?? '{}')
  for (const { body, headers } of post.letters) expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: expect.stringMatching(/^status\.(confirm|incident)$/) })
  expect(post.letters[1]?.body).not.toContain(secret)
  const end = /List-Unsubscribe:\s*<(http[^>]+)>/.exec(mail.replace(/\r?\n\s+/g, ''))?.[1] ?? ''
  // As a mail program does it: no cookie, no page before, no redirect to follow (RFC 8058).
  const once = await fetch(end, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' })
  expect(once.status).toBe(200)
  await expect.poll(subscribers).toMatchObject({ subscribers: { email: 0, webhook: 1 } })
  await reader.close()
})

test('goes on answering while another program holds the database, and while nothing can be written', async () => {
  const admin = await adminOf(server)
  const write = () => admin.post(`${server.origin}/api/v1/incidents`, { data: { type: 'open-incident', about: null, audience: 'public', title: 'Second thoughts', impact: 'none', status: 'monitoring', text: 'x', places: [], startedAt: null }, headers: { origin: server.origin } })
  const takeNoWrites = () => {
    execFileSync('prlimit', [`--pid=${server.pid}`, '--fsize=0:'])
    return () => void execFileSync('prlimit', [`--pid=${server.pid}`, '--fsize=unlimited:'])
  }
  for (const begin of [() => holdFile(path.join(server.dataDir, 'gatehouse.db')), takeNoWrites]) {
    const end = begin()
    try {
      const refused = write()
      for (let round = 0; round < 3; round += 1) await expectAllPages()
      expect((await refused).status()).toBe(503)
    } finally {
      end()
    }
    await expect.poll(async () => (await write()).status()).toBe(200)
  }
})

test('a changed secret is said with what it costs, costs nothing else, and is mended by giving the earlier one', async () => {
  const before = server
  const component = async () => JSON.parse(await (await fetch(`${server.origin}/api/v2/components.json`)).text()).components[0].id
  const id = await component()
  const restart = async (secrets: Readonly<Record<string, string>>) => {
    await server.stop()
    server = await startServer({ ...around(), GATEHOUSE_SECRET: 'another secret of more than thirty-two characters', ...secrets }, before.dataDir)
    inside = (await inside.close(), await page.context().browser()?.newContext({ baseURL: server.origin })) ?? inside
    visitor = (await visitor.close(), await inside.browser()?.newContext({ baseURL: server.origin, javaScriptEnabled: false })) ?? visitor
    await openSession(inside.request, server, ADMIN.email)
    page = await inside.newPage()
    await page.goto('/settings/status')
  }
  await restart({})
  expect(server.output()).toContain('1 subscriber of the status page')
  const notice = () => page.getByRole('region', { name: 'Unreadable secrets' })
  await expect(notice().getByText('GATEHOUSE_SECRET_PREVIOUS')).toBeVisible()
  await sound(page)
  await picture(page, 'unreadable-secrets')
  expect(await component()).not.toBe(id)
  await restart({ GATEHOUSE_SECRET_PREVIOUS_FILE: path.join(before.dataDir, 'secret') })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(notice()).toHaveCount(0)
  expect(server.output()).toContain('encrypted anew')
  expect(await component()).toBe(id)
})

test('goes on answering while the database is gone', async () => {
  const tagged = (await visitor.request.get('/status')).headers()['etag']
  expect(tagged).toMatch(/^"/)
  // The file, its journal and the index of the journal: what is left is no database.
  for (const file of ['gatehouse.db', 'gatehouse.db-wal']) truncateSync(path.join(server.dataDir, file))
  writeFileSync(path.join(server.dataDir, 'gatehouse.db-shm'), Buffer.alloc(32_768), { flag: 'r+' })
  await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 10_000 }).not.toBe(200)
  await expectAllPages()
})

/** Every kind of public answer, also those that are made when somebody asks. */
async function expectAllPages(): Promise<void> {
  for (const where of ['/status', '/status?zone=Asia/Tokyo', '/status/history', '/api/v2/summary.json', '/status/history.atom']) {
    const answer = await visitor.request.get(where)
    expect([where, answer.status()]).toEqual([where, 200])
    expect(await answer.text()).toContain('Second')
  }
}

/** What subscribers have: a mail server that takes everything, and an endpoint that confirms itself. */
async function startPost() {
  const [mails, letters]: [string[], { body: string; headers: Record<string, string> }[]] = [[], []]
  const smtp = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], closeTimeout: 50, logger: false,
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => { mails.push(Buffer.concat(parts).toString('utf8').replace(/=\r?\n/g, '')); done() })
    },
  })
  const endpoint = createServer(async (asked, response) => {
    const parts: Buffer[] = []
    for await (const part of asked) parts.push(Buffer.from(part))
    const body = Buffer.concat(parts).toString('utf8')
    letters.push({ body, headers: Object.fromEntries(Object.entries(asked.headers).map(([name, value]) => [name, String(value)])) })
    response.end(JSON.parse(body).challenge ?? 'ok')
  })
  const [mailPort, hookPort] = await Promise.all([listening(smtp, smtp.server), listening(endpoint, endpoint)])
  return {
    mails, letters, mailUrl: `smtp://127.0.0.1:${mailPort}`, hookUrl: `http://127.0.0.1:${hookPort}/incidents`,
    close: () => Promise.all([new Promise<void>((resolve) => smtp.close(() => resolve())), new Promise<void>((resolve) => { endpoint.closeAllConnections(); endpoint.close(() => resolve()) })]),
  }
}

async function listening(server: { listen(port: number, host: string, done: () => void): unknown }, socket: Pick<Server, 'address'>): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const at = socket.address()
  return typeof at === 'object' && at !== null ? at.port : 0
}
