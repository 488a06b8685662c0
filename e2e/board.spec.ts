/** The board as people keep it open: empty, with a release, live beside another browser, by keyboard, filtered by its address, in both themes and at 390 px. */
import { gzipSync } from 'node:zlib'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { fillGate, makeReleaseWorld, PEOPLE, signGate, type ReleaseWorld } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { signIn } from '@/e2e/session'
import { fits, sound } from '@/e2e/sound'

let server: TestServer
let world: ReleaseWorld

test.describe.configure({ mode: 'serial', timeout: 120_000 })
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(async () => {
  await server.stop()
  forget(server)
})

async function open(browser: Browser, path = '/', options: { width?: number; javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const { width = 1440, javaScriptEnabled = true } = options
  const context = await browser.newContext({ baseURL: server.origin, viewport: { width, height: 900 }, timezoneId: 'Europe/Berlin', javaScriptEnabled })
  await signIn(context, server, PEOPLE.mara)
  const page = await context.newPage()
  await page.goto(path)
  return page
}

const row = (page: Page) => page.locator('[data-row]')

test('an empty board says what to do next', async ({ browser }) => {
  const page = await open(browser)
  await expect(page.getByText('No release is in flight.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Models' }).last()).toHaveAttribute('href', '/models')
})

test('the first HTML holds the complete row, without any script', async ({ browser }) => {
  world = await makeReleaseWorld(server)
  const page = await open(browser, '/', { javaScriptEnabled: false })
  await expect(row(page)).toHaveCount(1)
  await expect(page.getByRole('link', { name: `${world.code} fraud-scorer 4.2.0` })).toBeVisible()
  await expect(page.getByRole('img', { name: /0 of 11 gates passed\..*the ball is here/ })).toBeVisible()
  await expect(page.getByText(/Waiting on Product/)).toBeVisible()
})

test('counts equal the rows behind them, also beside the place', async ({ browser }) => {
  const page = await open(browser)
  const count = await row(page).count()
  await expect(page.getByRole('navigation').getByRole('link', { name: `Board ${count}` })).toBeVisible()
  await expect(page.getByRole('link', { name: `In flight ${count}` })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Preparing' }).locator('xpath=following-sibling::span')).toHaveText(String(count))
})

test('filters live in the address, and going back undoes them', async ({ browser }) => {
  const page = await open(browser)
  await page.getByRole('combobox', { name: 'Team' }).selectOption('product')
  await expect(page).toHaveURL(/\/\?team=product$/)
  await expect(row(page)).toHaveCount(1)
  await page.getByRole('link', { name: /^Overdue/ }).click()
  await expect(page).toHaveURL(/team=product&overdue=1$/)
  await expect(page.getByText('No release matches these filters.')).toBeVisible()
  await page.goBack()
  await expect(row(page)).toHaveCount(1)
  await page.goto('/?overdue=1')
  await expect(page.getByText('No release matches these filters.')).toBeVisible()
})

test('j, k and Enter walk the rows, Ctrl K finds the release', async ({ browser }) => {
  const page = await open(browser)
  await expect(page.getByText('Search or act')).toBeVisible()
  await page.keyboard.press('j')
  await expect(row(page).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${server.origin}/releases/${world.code}`)
  await page.goto('/')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill(world.code.toLowerCase())
  await page.getByRole('option', { name: `fraud-scorer 4.2.0 ${world.code}` }).click()
  await expect(page).toHaveURL(`${server.origin}/releases/${world.code}`)
})

test('a gate that passes elsewhere is on the open board without reloading', async ({ browser }) => {
  const page = await open(browser)
  await expect(page.getByRole('img', { name: /^0 of 11 gates passed/ })).toBeVisible()
  const gate = (await world.read()).gates[0]?.id ?? ''
  await fillGate(world, gate)
  await signGate(world, gate)
  await expect(page.getByRole('img', { name: /^1 of 11 gates passed/ })).toBeVisible()
  await expect(page.getByText(/Waiting on (Data science|Ops)/).first()).toBeVisible()
})

test('the chosen theme is in the document that the server sends', async ({ browser }) => {
  const page = await open(browser)
  await page.getByRole('button', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await (await page.request.get('/')).text()).toContain('data-theme="dark"')
})

for (const width of [1440, 390]) {
  test(`axe finds nothing and nothing scrolls sideways at ${width} px`, async ({ browser }) => {
    const page = await open(browser, '/', { width })
    await expect(row(page)).toHaveCount(1)
    await sound(page)
    await fits(page)
  })
}

/** Script of an empty page of this version of the framework, kilobytes of gzip, as `npm run bench` measures it. */
const EMPTY_PAGE = 134.9
/** What may come on top, kilobytes: the floor of the bench for the board (45), a little less than that for the release (70), so that nobody finds them passed only there. */
const BUDGETS = [{ name: 'the board', most: 45, path: () => '/', ready: 'a[data-row]' }, { name: 'a release', most: 66, path: () => `/releases/${world.code}`, ready: 'main h1' }]

for (const { name, most, path, ready } of BUDGETS) {
  test(`the script of ${name} stays within its budget`, async ({ browser }) => {
    const context = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 } })
    await signIn(context, server, PEOPLE.mara)
    const page = await context.newPage()
    const bodies: Promise<Buffer>[] = []
    let lastAt = 0
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return
      lastAt = Date.now()
      bodies.push(response.body())
    })
    await page.goto(path(), { waitUntil: 'load' })
    await page.waitForSelector(ready)
    // Parts that load by themselves come after the page has come alive; the last one has come when no other follows.
    await expect.poll(() => Date.now() - lastAt, { timeout: 30_000 }).toBeGreaterThan(1_500)
    const kilobytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000
    // Less than an empty page would mean that its script was not seen, or that the number above is old and lets too much through.
    expect(kilobytes).toBeGreaterThan(EMPTY_PAGE)
    expect(kilobytes - EMPTY_PAGE, 'find what came along with `npm run bench -- script`; what only a dialog needs is loaded by it').toBeLessThan(most)
    await context.close()
  })
}
