/** Metrics sources in a real browser: added and tested with secrets that stay secret, how they answered, what is refused, and panels found by discovery. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { freePort } from '@/bin/program.mjs'
import { picture } from '@/e2e/picture'
import { PEOPLE } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { ADMIN, postAs, signIn, type TestPerson } from '@/e2e/session'
import { sound } from '@/e2e/sound'
import { lacks } from '@/e2e/world'

const uuid = (end: number) => `01980000-0000-7000-8000-${String(end).padStart(12, '0')}`
const TOKEN = 'tok-5e1f9a77-never-shown'

test.skip(lacks('prometheus'), 'There is no Prometheus on PATH or in PROMETHEUS_BIN.')
test.describe.configure({ mode: 'serial', timeout: 60_000 })

let server: TestServer
let models: Awaited<ReturnType<typeof startModelServer>>
let prometheus: Awaited<ReturnType<typeof startPrometheus>>
let page: Page

async function enter(browser: Browser, person: TestPerson): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' })
  await signIn(context, server, person)
  return context.newPage()
}

test.beforeAll(async ({ browser }) => {
  server = await startServer()
  models = await startModelServer()
  models.control({ version: '4.2.0', mode: 'erroring', share: 0.5 })
  prometheus = await startPrometheus({ intervalSeconds: 1, targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }, { job: 'lost', address: `127.0.0.1:${await freePort()}` }] })
  // Prometheus looks for its targets five seconds after it is ready.
  await expect.poll(async () => (await fetch(`${prometheus.url}/api/v1/query?query=sum(up)`)).text(), { timeout: 30_000 }).toContain('"1"')
  page = await enter(browser, ADMIN)
})
test.afterAll(async () => {
  await prometheus?.stop()
  await models?.close()
  await server.stop()
  forget(server)
})

test('adds a source by the keyboard, with a token that nobody sees again', async () => {
  await page.goto('/settings/sources')
  await expect(page.getByText('No metrics source yet')).toBeVisible()
  const add = page.getByRole('button', { name: 'Add a source' })
  await add.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(add).toBeFocused()
  await page.keyboard.press('Enter')
  await dialog.getByLabel('Name').fill('Production')
  await dialog.getByLabel('URL').fill(prometheus.url)
  await dialog.getByLabel('Sign-in').selectOption('bearer')
  await dialog.getByLabel('Token').fill(TOKEN)
  await dialog.getByText('Certificates').click()
  await dialog.getByLabel('CA bundle').fill('no certificate at all')
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(dialog.getByRole('alert')).toContainText('must hold certificates in PEM')
  await sound(page)
  await dialog.getByLabel('CA bundle').fill('')
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(dialog.getByText(/Prometheus \d+\.\d+.* answers in/)).toBeVisible()
  await expect(dialog.getByText('1 of 2 targets up; down: lost')).toBeVisible()
  await expect(dialog.getByText('agrees')).toBeVisible()
  await expect(dialog.getByLabel('Scrape interval, seconds')).toHaveValue('1')
  await picture(page, 'sources-dialog', 'window')
  await dialog.getByLabel('Name').focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('bearer token')).toBeVisible()
  // Neither the page, nor the API, nor the files of the server hold the token as it was typed.
  await page.reload()
  expect(await page.content()).not.toContain(TOKEN)
  expect(await (await page.request.get('/api/v1/sources')).text()).not.toContain(TOKEN)
  for (const file of readdirSync(server.dataDir).filter((name) => name.includes('.db'))) expect(readFileSync(path.join(server.dataDir, file)).includes(TOKEN)).toBe(false)
  expect(server.output()).not.toContain(TOKEN)
})

test('shows how each source answered, and says when that could not be read', async () => {
  const closed = `http://127.0.0.1:${await freePort()}`
  await postAs(page.request, server, '/api/v1/sources/add', { id: uuid(51), name: 'Archive of last year', url: closed, auth: 'none', headerNames: ['X-Scope-OrgID'], scrapeIntervalSeconds: 60, secret: { headers: { 'X-Scope-OrgID': 'team-a' } } })
  await page.reload()
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await row('Archive of last year').getByRole('button', { name: 'Test' }).click()
  await expect(row('Archive of last year').getByText('refuses the connection').first()).toBeVisible()
  await row('Production').getByRole('button', { name: 'Test' }).click()
  await expect(row('Production').getByText(/answers in \d+ ms/)).toBeVisible()
  await expect(row('Production').getByText('answers', { exact: true })).toBeVisible()
  const { sources } = await (await page.request.get('/api/v1/sources')).json()
  expect(sources.find((one: { name: string }) => one.name === 'Production')).toMatchObject({ hasSecret: true, headerNames: [], tls: [] })
  await sound(page)
  await page.route('**/api/v1/sources', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()))
  await row('Archive of last year').getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(page.getByText('could not be read; this is from before')).toBeVisible({ timeout: 20_000 })
  await page.unroute('**/api/v1/sources')
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(row('Archive of last year').getByText('archived')).toBeVisible()
})

test('discovers panels where a release is opened', async ({ browser }) => {
  const found: { sources: { id: string; name: string }[] } = await (await page.request.get('/api/v1/sources')).json()
  const sourceId = found.sources.find((one) => one.name === 'Production')?.id ?? ''
  const command = (collection: string, id: string, body: object) => postAs(page.request, server, `/api/v1/${collection}/${id}/commands`, body)
  await command('environments', uuid(32), { type: 'add-environment', slug: 'production', name: 'production', kind: 'cloud', orchestrator: 'kubernetes', sourceId, zone: 'UTC' })
  const olga = await enter(browser, PEOPLE.olga)
  await postAs(olga.request, server, `/api/v1/models/${uuid(1)}/commands`, { type: 'register-model', slug: 'fraud', name: 'Fraud', purpose: '', ownerTeam: 'ops', codePrefix: 'FRAUD' })
  await postAs(olga.request, server, `/api/v1/models/${uuid(1)}/commands`, { type: 'add-version', versionId: uuid(12), label: '4.2.0', artefact: 'models:/fraud/12', digest: null, codeCommit: null, data: null, behaviour: { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null } })
  // A member sees the sources, not where they are, and is told why nothing may be changed.
  await olga.goto('/settings/sources')
  await expect(olga.getByRole('listitem').filter({ hasText: 'Production' })).toBeVisible()
  await expect(olga.getByText(prometheus.url)).toBeHidden()
  await expect(olga.getByRole('button', { name: 'Add a source' })).toHaveAccessibleDescription(/admin/i)

  await olga.goto('/releases/new')
  const metrics = olga.getByRole('region', { name: 'Live metrics' })
  const labels = metrics.getByLabel('Labels of the candidate')
  const discover = metrics.getByRole('button', { name: 'Discover panels' })
  await labels.fill('')
  await discover.focus()
  await expect(metrics.getByText('Write at least one label of the candidate first.')).toBeVisible()
  await labels.fill('shelf=nine')
  await discover.click()
  await expect(metrics.getByText('No series carries these labels.')).toBeVisible()
  await labels.fill('model=fraud-scorer\nversion=4.2.0')
  await discover.click()
  await expect(metrics.getByText(/^Triton Inference Server: \d+ panels have data/)).toBeVisible()
  await expect(metrics.getByRole('checkbox', { name: 'Error ratio' }).first()).toBeChecked()
  await metrics.getByText('What was tried').click()
  await expect(metrics.getByText('vLLM: not there')).toBeVisible()
  await sound(olga)
  await picture(olga, 'sources-discover', metrics)
  await metrics.getByRole('button', { name: /^Use \d+ panels$/ }).click()
  await expect(metrics.getByText(/panels from discovery: Average latency/)).toBeVisible()
  await olga.context().close()
})

test('keeps the day of a source through a restart', async ({ browser }) => {
  const day = () => page.getByRole('listitem').filter({ hasText: 'Production' }).getByRole('img', { name: /^Answered 100 % of/ })
  const questions = async () => Number(/of ([\d,]+) questions/.exec((await day().getAttribute('aria-label')) ?? '')?.[1]?.replaceAll(',', ''))
  await page.goto('/settings/sources')
  await expect(async () => { await page.reload(); await expect(day()).toBeVisible({ timeout: 1000 }) }).toPass({ timeout: 40_000 })
  await picture(page, 'sources', 'window')
  const before = await questions()
  await server.stop()
  server = await startServer({}, server.dataDir)
  page = await (await browser.newContext({ baseURL: server.origin, storageState: await page.context().storageState() })).newPage()
  await page.goto('/settings/sources')
  await expect(day()).toBeVisible()
  // A server that had forgotten would begin to count anew.
  expect(await questions()).toBeGreaterThanOrEqual(before)
})
