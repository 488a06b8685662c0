/** Panels and charts against a real Prometheus: an own query written with help, charts looked into and back by the address, events on the axis, and the same numbers as a table. */
import { expect, test, type Page, type Response } from '@playwright/test'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { picture } from '@/e2e/picture'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { sound } from '@/e2e/sound'
import { lacks } from '@/e2e/world'

const EMAIL = 'mara@acme.example'
const PASSWORD = 'correct horse battery'
const uuid = (end: number) => `01980000-0000-7000-8000-${String(end).padStart(12, '0')}`

test.skip(lacks('prometheus'), 'There is no Prometheus on PATH or in PROMETHEUS_BIN.')
test.describe.configure({ mode: 'serial', timeout: 90_000 })

let server: TestServer
let models: Awaited<ReturnType<typeof startModelServer>>
let prometheus: Awaited<ReturnType<typeof startPrometheus>>
let page: Page

test.beforeAll(async ({ browser }) => {
  server = await startServer()
  models = await startModelServer()
  models.control({ version: '4.2.0', share: 0.5 })
  prometheus = await startPrometheus({ intervalSeconds: 1, targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }] })
  const code = /this code:\s+(\S+)/.exec(server.output())?.[1]
  const memberships = ['product', 'data-science', 'ops'].map((team) => ({ team, role: 'lead' }))
  const answer = await fetch(`${server.origin}/api/v1/set-up`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: server.origin, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ code, installation: 'Acme', name: 'Mara Lindqvist', email: EMAIL, password: PASSWORD, memberships }),
  })
  if (!answer.ok) throw new Error(`set-up answered ${answer.status}: ${await answer.text()}`)
  page = await (await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 1000 }, timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' })).newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(EMAIL)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
  await scene()
})
test.afterAll(async () => {
  await prometheus?.stop()
  await models?.close()
  await server.stop()
  forget(server)
})

async function post(path: string, data: object): Promise<void> {
  const answer = await page.request.post(`/api/v1/${path}`, { data, headers: { origin: server.origin } })
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
}
const command = (collection: string, id: string, body: object) => post(`${collection}/${id}/commands`, body)

/** A release with four panels, beside a stable version, that was held and resumed; Prometheus knows both versions. */
async function scene(): Promise<void> {
  await post('sources/add', { id: uuid(41), name: 'Production', url: prometheus.url, auth: 'none', headerNames: [], scrapeIntervalSeconds: 1, secret: null })
  await command('environments', uuid(32), { type: 'add-environment', slug: 'production', name: 'production', kind: 'cloud', orchestrator: 'kubernetes', sourceId: uuid(41), zone: 'UTC' })
  await command('models', uuid(1), { type: 'register-model', slug: 'fraud', name: 'fraud-scorer', purpose: '', ownerTeam: 'data-science', codePrefix: 'FRAUD' })
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  for (const [end, label] of [[11, '4.1.3'], [12, '4.2.0']] as const) await command('models', uuid(1), { type: 'add-version', versionId: uuid(end), label, artefact: `models:/fraud/${end}`, digest: null, codeCommit: null, data: null, behaviour })
  await command('live', `${uuid(1)}:${uuid(32)}`, { type: 'adopt', versionId: uuid(11), since: '2026-01-01T00:00:00Z', note: 'live since January' })
  const { templates } = await (await page.request.get('/api/v1/templates')).json()
  const panel = (id: string, title: string, presetId: string, value: number | null) => ({ id, title, presetId, query: null, unit: '1', threshold: value === null ? null : { comparator: '<=', value } })
  await command('releases', uuid(71), {
    type: 'open-release', modelId: uuid(1), versionId: uuid(12), environmentId: uuid(32), stagingEnvironmentId: null, templateId: templates[0].id, risk: 'low', targetAt: null,
    claim: { memoryGiB: 8, cpuCores: 4, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 100, growthPercent: 10 },
    serving: { image: 'serve:1', runtime: 'triton', precision: 'fp16', batching: '8' }, evaluation: 'sha256:eval', steps: [{ share: 50, soakMinutes: 1, minimumRequests: 10 }, { share: 100, soakMinutes: 1, minimumRequests: 10 }],
    rollbackPlan: { way: 'last-stable', triggers: '', deciderId: null, rehearsedAt: null, restoreMinutes: null }, feedback: { description: '', labelDelayDays: 14 }, owners: {}, onCallId: null,
    panels: [panel('latency', 'p95 latency', 'model.latency-p95', 0.25), panel('traffic', 'Requests', 'model.traffic', null), panel('errors', 'Error ratio', 'model.error-ratio', 0.01), panel('ttft', 'Time to first token', 'vllm.ttft-p95', null)],
    selectors: { candidate: { model_name: 'fraud-scorer', model_version: '4.2.0' }, stable: {}, shareQuery: null },
  })
  await expect.poll(async () => (await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent('count(rate(model_requests_total[4s]))')}`)).text(), { timeout: 30_000 }).toContain('"value"')
}

test('writes an own query with faults marked, names completed and a preview, and takes steps back', async () => {
  await page.goto('/releases/FRAUD-1')
  await page.getByRole('button', { name: 'Panels', exact: true }).click()
  const dialog = page.getByRole('dialog')
  const list = dialog.getByRole('list', { name: 'Panels' })
  const titles = () => list.getByRole('listitem').evaluateAll((rows) => rows.map((row) => row.querySelector('span')?.textContent))
  await expect.poll(titles).toEqual(['p95 latency', 'Requests', 'Error ratio', 'Time to first token'])
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('ms')

  await list.getByRole('button', { name: /^Error ratio/ }).press('Alt+ArrowUp')
  await dialog.getByRole('button', { name: 'Remove Time to first token' }).click()
  await expect.poll(titles).toEqual(['p95 latency', 'Error ratio', 'Requests'])
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(titles).toEqual(['p95 latency', 'Requests', 'Error ratio', 'Time to first token'])

  await dialog.getByRole('button', { name: 'Add own PromQL' }).click()
  await dialog.getByLabel('Title', { exact: true }).fill('Requests by code')
  const editor = dialog.getByLabel('PromQL of Requests by code')
  await expect(dialog.locator('.cm-content')).toBeVisible()
  await editor.click()
  await page.keyboard.type('sum(rate(model_req')
  await expect(dialog.locator('.cm-tooltip-autocomplete')).toContainText('model_requests_total')
  await picture(page, 'panels-dialog-completion', 'window')
  await editor.fill('sum(rate(model_requests_total{$sel}[$w])')
  await expect(dialog.locator('.cm-lintRange-error').first()).toBeAttached()
  await expect(editor).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('waits until the query can be read')
  await sound(page)
  await dialog.getByRole('button', { name: 'Save panels' }).click()
  await expect(dialog.getByText(/^Requests by code: /)).toBeVisible()
  // What only the source can say is said by the preview.
  await editor.fill('model_requests_total * on() model_requests_total')
  await expect(dialog.getByText(/duplicate series/).first()).toBeVisible()
  await editor.fill('sum(rate(model_requests_total{$sel}[$w]))')
  await dialog.getByLabel('Unit', { exact: true }).selectOption('req/s')
  await dialog.getByLabel('Limit', { exact: true }).selectOption('>=')
  await dialog.getByLabel(/^Value/).fill('0.5')
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('limit ≥ 0.5 req/s')
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('model_version="4.2.0"')
  await expect(editor).not.toHaveAttribute('aria-invalid', 'true')
  await sound(page)
  await picture(page, 'panels-dialog', 'window')
  await dialog.getByRole('button', { name: 'Save panels' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('group', { name: /^Requests by code: 4\.2\.0/ })).toContainText('req/s')
  await picture(page, 'panels-release')
})

test('looks closer and back by drawing, by the address and by keys; all charts show one instant; the table says the same', async () => {
  await command('releases', uuid(71), { type: 'hold', reason: 'Look at the charts first.', checkInId: null })
  await page.goto('/releases/FRAUD-1/metrics?range=1h')
  // A line is drawn once there are a few points of it.
  await expect(async () => {
    const html = await (await page.request.get('/releases/FRAUD-1/metrics?range=1h')).text()
    expect(html.match(/data-chart="picture"/g)?.length).toBe(5)
    expect(html).toMatch(/<path d="M[^"]{40,}" fill="none" stroke="var\(--candidate\)"/)
  }).toPass({ timeout: 20_000 })
  await expect(page.locator('[data-chart="alive"]')).toHaveCount(5)
  const shift = await page.evaluate(() => new Promise<number>((resolve) => {
    let sum = 0
    new PerformanceObserver((entries) => { for (const entry of entries.getEntries()) sum += Number(Reflect.get(entry, 'value')) }).observe({ type: 'layout-shift', buffered: true })
    // Told of what has shifted after the frame in which it did, so two frames later everything is known.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))))
  }))
  expect(shift).toBeLessThan(0.01)
  await expect(page.getByText('D-1 hold', { exact: true })).toBeVisible()
  await expect(page.getByRole('group', { name: /^Time to first token/ })).toContainText('no data')
  await sound(page)
  await picture(page, 'panels-metrics')

  // One instant for all: the pointer is over one chart, every panel reads its value there.
  const latency = page.getByRole('group', { name: /^p95 latency/ })
  const over = latency.locator('.u-over')
  const box = await over.boundingBox()
  if (!box) throw new Error('there is no chart')
  await page.mouse.move(box.x + box.width * 0.7, box.y + 60)
  // The axis moves on under a pointer that rests, so both are read together; new values of every panel, one without any among them, leave it there.
  const clocks = () => page.evaluate(() => [...document.querySelectorAll('[role=group]')].filter((group) => /^(p95 latency|Requests:)/.test(group.getAttribute('aria-label') ?? '')).map((group) => /\d\d:\d\d:\d\d/.exec(group.textContent ?? '')?.[0] ?? 'none'))
  const agree = () => expect.poll(async () => {
    const [one, other] = await clocks()
    return one !== undefined && one !== 'none' && one === other
  }).toBe(true)
  await agree()
  // When the second answer is here, the first has been drawn.
  const answered = (response: Response) => /\/api\/v1\/releases\/[^/]+\/metrics\?/.test(response.url())
  await page.waitForResponse(answered)
  await page.waitForResponse(answered)
  await agree()

  // By keys: the slider reads out the same, and goes to what happened.
  await page.mouse.move(5, 5)
  const slider = page.getByRole('slider', { name: 'Instant' })
  await slider.focus()
  await slider.press('ArrowDown')
  await expect(slider).toHaveAttribute('aria-valuetext', /hold: D-1 hold;.*p95 latency/)

  // Drawn over, it is looked into, and the address says so; the browser's way back is one, the button and Escape are others.
  const plain = page.url()
  // A quick machine is here when there is little to draw over: five minutes are shown, and half of them are chosen.
  await expect.poll(async () => {
    const { panels } = await (await page.request.get('/api/v1/releases/FRAUD-1/metrics?range=1h&detail=full')).json()
    const values: [number, number | null][] = panels[0].candidate
    return Date.now() / 1000 - (values.find(([, value]) => value !== null)?.[0] ?? Number.POSITIVE_INFINITY)
  }, { message: 'seconds of values', timeout: 40_000 }).toBeGreaterThan(26)
  const charts = await page.locator('.uplot').count()
  await page.locator('.uplot').first().evaluate((element) => element.setAttribute('data-same', 'yes'))
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.97, box.y + 60, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\dT[\d:]+Z&to=/)
  const zoomed = page.url()
  await expect(page.getByRole('button', { name: 'Back to 1h' })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(plain)
  await page.goForward()
  await expect(page).toHaveURL(zoomed)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/range=1h$/)
  await expect(page.locator('.uplot[data-same="yes"]')).toHaveCount(1)
  await expect(page.locator('.uplot')).toHaveCount(charts)

  // Two fingers that go apart look closer, two that come together go back.
  const fingers = await page.context().newCDPSession(page)
  const pinch = async (began: readonly [number, number], ended: readonly [number, number]) => {
    await over.scrollIntoViewIfNeeded()
    const place = await over.boundingBox()
    if (!place) throw new Error('there is no chart')
    const at = (parts: readonly [number, number]) => parts.map((part, id) => ({ x: place.x + place.width * part, y: place.y + 60, id }))
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(began) })
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(ended) })
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  await pinch([0.6, 0.8], [0.2, 0.9])
  await expect(page).toHaveURL(/from=.+&to=/)
  await pinch([0.2, 0.8], [0.45, 0.55])
  await expect(page).toHaveURL(/range=1h$/)

  // The window of an address is what is shown and what is exported; a past one does not move any more.
  await page.goto(zoomed)
  await expect(page.getByRole('button', { name: 'Back to 1h' })).toBeVisible()
  const href = await page.getByRole('link', { name: 'Export p95 latency as CSV' }).getAttribute('href')
  const answer = await page.request.get(href ?? '')
  expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8')
  const rows = (await answer.text()).trim().split('\r\n')
  const query = new URL(zoomed).search
  const view = await (await page.request.get(`/api/v1/releases/FRAUD-1/metrics${query}&detail=full`.replace('range=1h&', ''))).json()
  const drawn: [number, number | null][] = view.panels[0].candidate
  expect(drawn.filter(([, value]) => value !== null).length).toBeGreaterThan(5)
  expect(rows[0]).toBe('time,candidate,stable')
  expect(rows.slice(1).map((row) => row.split(',').slice(0, 2)).filter(([, value]) => value !== '')).toEqual(drawn.filter(([, value]) => value !== null).map(([at, value]) => [new Date(at * 1000).toISOString(), String(value)]))
  const all = await (await page.request.get(`/api/v1/releases/FRAUD-1/metrics.csv${query}`.replace('range=1h&', ''))).text()
  expect(all).toContain('Requests by code,req/s,')

  // A past window by its dates.
  await page.getByRole('button', { name: 'From – to…' }).click()
  await page.getByLabel('From', { exact: true }).fill('2026-01-02T00:00')
  await page.getByLabel('To', { exact: true }).fill('2026-01-01T00:00')
  await page.getByRole('dialog').getByRole('button', { name: 'Show' }).click()
  await expect(page.getByText('The end must lie after the start')).toBeVisible()
  await page.getByLabel('To', { exact: true }).fill('2026-01-03T00:00')
  await page.getByRole('dialog').getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/from=2026-01-01T23:00:00Z/)
  await expect(page.getByText('Nothing to draw in this time.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Back to 1h' }).click()
  await expect(page.getByText('Nothing to draw in this time.')).toHaveCount(0)
})

test('keeps what was drawn when the source goes, and says since when', async () => {
  await page.goto('/releases/FRAUD-1/metrics?range=1h')
  await expect(page.locator('[data-chart="alive"]').first()).toBeVisible()
  await prometheus.stop()
  await expect(page.getByText(/Production: .*It last answered/)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('Nothing can be measured now; what is drawn is from before.')).toBeVisible()
  await expect(page.getByText('Nothing to draw in this time.')).toHaveCount(0)
  await sound(page)
  await picture(page, 'panels-metrics-down')
})
