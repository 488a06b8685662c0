/** A check-in with three people in three browsers: planned, its agenda from state, topics that all follow, a note that two write, things taken, and minutes that end it. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { fillGate, makeReleaseWorld, PEOPLE, type Name, type ReleaseWorld } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { personId, signIn, type TestPerson } from '@/e2e/session'
import { sound } from '@/e2e/sound'

const VIEWER: TestPerson = { name: 'Vera Viewer', email: 'vera@example.org', isAdmin: false, memberships: [] }
let server: TestServer
let world: ReleaseWorld
let address = ''
const complaints: string[] = []

test.describe.configure({ mode: 'serial', timeout: 120_000 })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  server = await startServer()
  world = await makeReleaseWorld(server)
  await personId(server, VIEWER)
})
test.afterAll(async () => {
  await server.stop()
  forget(server)
})

async function as(browser: Browser, person: TestPerson, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 } })
  await signIn(context, server, person)
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`${person.name}: ${error.message}`))
  await page.goto(path)
  return page
}

const of = (name: Name): TestPerson => PEOPLE[name]
const topicTitle = (page: Page) => page.getByRole('region', { name: 'Topic', exact: true }).getByRole('heading', { level: 2 })
const agenda = (page: Page) => page.getByRole('region', { name: 'Agenda' })
const taken = (page: Page) => page.getByRole('region', { name: 'Taken today' })
const lineAt = (page: Page, place: number) => agenda(page).getByRole('listitem').nth(place)
/** Takes a line to another's place by the pointer; again where a line that came meanwhile was in between. */
async function drag(page: Page, words: string, place: number): Promise<void> {
  await expect(async () => {
    await agenda(page).getByRole('listitem').filter({ hasText: words }).dragTo(lineAt(page, place))
    await expect(lineAt(page, place)).toContainText(words, { timeout: 3_000 })
  }).toPass({ timeout: 30_000 })
}
const note = (page: Page) => page.getByRole('textbox', { name: /^Notes on/ })

test('is planned with an agenda that makes itself, each line linked to its gate', async ({ browser }) => {
  const page = await as(browser, of('mara'), '/check-ins')
  await expect(page.getByText('No check-in yet')).toBeVisible()
  await sound(page)
  await page.getByRole('button', { name: 'Plan a check-in' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Fraud weekly')
  await dialog.getByRole('button', { name: 'Plan it' }).click()
  await expect(page).toHaveURL(/\/check-ins\/[0-9a-f-]{36}$/)
  address = new URL(page.url()).pathname
  await expect(page.getByRole('heading', { level: 1, name: 'Fraud weekly' })).toBeVisible()
  await expect(agenda(page).getByRole('link', { name: /FRAUD-1 scope and intent/ })).toHaveAttribute('href', '/releases/FRAUD-1?gate=scope')
  await page.getByLabel('A further topic').fill('Retrain interval of churn-ranker')
  await page.getByLabel('A further topic').press('Enter')
  await expect(agenda(page).getByText('Retrain interval of churn-ranker')).toBeVisible()
  await expect(page.getByText(/lines? on the agenda for/)).toBeVisible()
  await sound(page)

  // laid out before the start: dragged, parked and put back, moved by keys
  await drag(page, 'Retrain interval', 0)
  await page.getByRole('button', { name: 'Park Retrain interval of churn-ranker' }).click()
  await expect(lineAt(page, 0)).toContainText('parked')
  await expect(page.getByText('parked lines come back next time')).toBeVisible()
  await page.reload()
  await expect(lineAt(page, 0)).toContainText('parked')
  await page.getByRole('button', { name: 'Put back Retrain interval of churn-ranker' }).click()
  await expect(lineAt(page, 0)).not.toContainText('parked')
  await page.getByRole('button', { name: 'Park Retrain interval of churn-ranker' }).press('Alt+ArrowDown')
  await expect(lineAt(page, 0)).toContainText('scope and intent')
  await expect(lineAt(page, 1)).toContainText('Retrain interval')
  await page.goto('/')
  const count = await page.getByText(/Next check-in .* agenda has (\d+) lines?/).textContent()
  await page.goto(address)
  await expect(agenda(page).getByRole('listitem')).toHaveCount(Number(/agenda has (\d+)/.exec(count ?? '')?.[1]))
  await page.context().close()
})

test('every screen follows the topic, also one that joins late, and a viewer only looks', async ({ browser }) => {
  const [mara, dana, omar] = await Promise.all([as(browser, of('mara'), address), as(browser, of('dana'), address), as(browser, of('omar'), address)])
  await mara.getByRole('button', { name: 'Start' }).click()
  await expect(topicTitle(mara)).toContainText('Scope and intent')
  await expect(topicTitle(dana)).toContainText('Scope and intent')
  await expect(dana.getByText('every screen follows Mara Lindqvist')).toBeVisible()
  await expect(mara.getByRole('list', { name: 'Who is here' })).toContainText('Dana Weiss')
  await expect(mara.getByRole('list', { name: 'Who is here' })).toContainText('Omar Reyes')
  await expect(mara.getByRole('region', { name: 'Topic', exact: true })).toContainText('Waiting on Product')
  await sound(mara)

  await dana.keyboard.press('ArrowRight')
  await expect(topicTitle(dana)).not.toContainText('Scope and intent')
  const second = await topicTitle(dana).textContent()
  await expect(topicTitle(mara)).toHaveText(second ?? '')
  await expect(topicTitle(omar)).toHaveText(second ?? '')
  await omar.reload()
  await expect(topicTitle(omar)).toHaveText(second ?? '')
  await agenda(omar).getByRole('button', { name: /scope and intent/ }).click()
  await expect(topicTitle(mara)).toContainText('Scope and intent')
  await drag(mara, 'Retrain interval', 0)
  for (const page of [dana, omar]) await expect(lineAt(page, 0)).toContainText('Retrain interval')

  const vera = await as(browser, VIEWER, address)
  await expect(topicTitle(vera)).toContainText('Scope and intent')
  await expect(note(vera)).toHaveCount(0)
  await expect(vera.getByRole('button', { name: /Next topic/ })).toHaveAttribute('aria-disabled', 'true')
  await vera.keyboard.press('ArrowRight')
  await sound(vera)
  await expect(topicTitle(mara)).toContainText('Scope and intent')
  for (const page of [mara, dana, omar, vera]) await page.context().close()
})

test('three people write one text, one of them without a network for a while and through a reload; nobody loses a word', async ({ browser }) => {
  const [mara, dana, omar] = await Promise.all([as(browser, of('mara'), address), as(browser, of('dana'), address), as(browser, of('omar'), address)])
  await note(mara).fill('The staging pool is shared.')
  for (const page of [dana, omar]) await expect(note(page)).toHaveValue('The staging pool is shared.')

  await dana.context().setOffline(true)
  await note(dana).press('End')
  await note(dana).pressSequentially(' Margin 1.5.')
  await expect(dana.getByText(/^Offline: \d+ changes will be sent/)).toBeVisible()
  await note(mara).fill('At 20:00: The staging pool is shared.')
  await expect(note(omar)).toHaveValue('At 20:00: The staging pool is shared.')
  await dana.context().setOffline(false)
  for (const page of [mara, dana, omar]) await expect(note(page)).toHaveValue('At 20:00: The staging pool is shared. Margin 1.5.')
  await expect(dana.getByText('Saved. Everybody here writes in this text.')).toBeVisible()

  // the place where one writes stays while others write before it
  await note(dana).evaluate((area: HTMLTextAreaElement) => { area.focus(); area.setSelectionRange(area.value.length, area.value.length) })
  await note(mara).fill('Today at 20:00: The staging pool is shared. Margin 1.5.')
  await expect(note(dana)).toHaveValue(/^Today/)
  await dana.keyboard.type('!')
  await expect(note(omar)).toHaveValue('Today at 20:00: The staging pool is shared. Margin 1.5.!')

  await dana.route('**/notes', (route) => route.abort())
  await note(dana).pressSequentially(' Kept.')
  await expect(dana.getByText(/^Offline: \d+ changes? will be sent/)).toBeVisible()
  await dana.reload()
  await expect(dana.getByText(/^Offline: \d+ changes? will be sent/)).toBeVisible()
  await dana.unroute('**/notes')
  await expect(note(mara)).toHaveValue(/Margin 1\.5\.! Kept\.$/)
  await sound(dana)

  const garbage = await omar.request.post(`${server.origin}/api/v1${address}/notes`, { data: { notes: [{ topicId: 'line-1', vector: 'AA==', update: 'AQEBAQEB' }] }, headers: { origin: server.origin } })
  expect(garbage.status()).toBe(422)
  await expect(note(omar)).toHaveValue(/Kept\.$/)
  for (const page of [mara, dana, omar]) await page.context().close()
})

test('decisions, actions and holds are taken in place by one key, and stand on the release too', async ({ browser }) => {
  const [mara, omar] = await Promise.all([as(browser, of('mara'), address), as(browser, of('omar'), address)])
  await expect(mara.getByRole('region', { name: 'Topic', exact: true })).toContainText('Waiting on Product')
  await mara.locator('body').press('d')
  const dialog = mara.getByRole('dialog')
  await dialog.getByLabel('What is decided').fill('Keep Friday if the load test passes')
  await dialog.getByLabel('Reason').fill('Marketing depends on it')
  const options = dialog.getByLabel(/^Option( \d)?$/)
  await options.nth(0).fill('Keep Friday')
  await options.nth(1).fill('Move to Monday')
  await dialog.getByRole('button', { name: /^Record/ }).click()
  await expect(taken(mara)).toContainText('D-1 Keep Friday if the load test passes')
  await expect(taken(omar)).toContainText('D-1 Keep Friday if the load test passes')

  await omar.locator('body').press('a')
  await omar.getByRole('dialog').getByLabel('What').fill('Run load test at 1,350 req/s')
  await omar.getByRole('dialog').getByRole('button', { name: 'Add' }).click()
  await expect(taken(mara)).toContainText('Run load test at 1,350 req/s')
  await omar.locator('body').press('h')
  await omar.getByRole('dialog').getByLabel('Reason').fill('Legal has not answered')
  await omar.getByRole('dialog').getByRole('button', { name: 'Hold' }).click()
  await expect(taken(mara)).toContainText('D-2 Legal has not answered')
  await expect(mara.getByRole('region', { name: 'Topic', exact: true })).toContainText('On hold')

  // two keys: the second records what the first has filled in from the note
  await expect(note(omar)).toHaveValue(/Kept\.$/)
  await omar.locator('body').press('a')
  await expect(omar.getByRole('dialog').getByLabel('What')).toHaveValue(/Kept\.$/)
  await omar.keyboard.press('Enter')
  await expect(taken(mara)).toContainText('Margin 1.5.! Kept.')
  await mara.locator('body').press('d')
  await expect(mara.getByRole('dialog').getByLabel('What is decided')).toBeFocused()
  await mara.keyboard.press('Enter')
  await expect(taken(omar)).toContainText('D-3 Today at 20:00')

  // a key that is refused says why; once it is not, two keys sign
  await mara.locator('body').press('s')
  await expect(mara.getByRole('region', { name: 'Notes', exact: true })).toContainText(/\d+ items first/)
  await expect(mara.getByRole('dialog')).toHaveCount(0)
  await fillGate(world, 'scope')
  await expect(mara.getByRole('button', { name: /^Sign off/ })).not.toHaveAttribute('aria-disabled', 'true')
  await mara.locator('body').press('s')
  await expect(mara.getByRole('dialog', { name: /^Sign off gate 1/ }).getByRole('button', { name: 'Sign off', exact: true })).toBeFocused()
  await mara.keyboard.press('Enter')
  for (const page of [mara, omar]) await expect(taken(page)).toContainText('signed by Mara Lindqvist')

  // a release knows that what blocks it is spoken of already
  await omar.goto('/releases/FRAUD-1')
  await omar.getByRole('button', { name: 'Put on the running check-in' }).click()
  await expect(omar.getByText(/^It is on “Fraud weekly”/)).toBeVisible()
  await expect(omar.getByRole('button', { name: 'Put on the running check-in' })).toHaveAttribute('aria-disabled', 'true')
  await mara.goto('/my-work')
  await omar.goto('/my-work')
  const line = omar.getByRole('listitem').filter({ hasText: 'Run load test' })
  await expect(line).toContainText('check-in')
  await sound(omar)
  await line.getByRole('button', { name: /^Close/ }).click()
  await omar.getByRole('dialog').getByLabel('What was done').fill('Done at 20:40')
  await omar.getByRole('dialog').getByRole('button', { name: 'Close it' }).click()
  await expect(line).toHaveCount(0)
  for (const page of [mara, omar]) await page.context().close()
})

test('parks what is left, closes the minutes once, and then refuses every change', async ({ browser }) => {
  const [mara, omar, dana] = await Promise.all([as(browser, of('mara'), address), as(browser, of('omar'), address), as(browser, of('dana'), address)])
  await agenda(mara).getByRole('button', { name: /Retrain interval/ }).click()
  await expect(topicTitle(omar)).toHaveText('Retrain interval of churn-ranker')
  await expect(topicTitle(dana)).toHaveText('Retrain interval of churn-ranker')
  await expect(note(dana)).toBeEditable()
  await dana.context().setOffline(true)
  await note(dana).fill('Every six weeks, says the drift study.')
  await expect(dana.getByText(/^Offline: 1 change will be sent/)).toBeVisible()
  await omar.locator('body').press('p')
  await expect(mara.getByRole('region', { name: 'Carried over' })).toContainText('Retrain interval of churn-ranker')
  await mara.getByRole('button', { name: 'Close the minutes' }).first().click()
  await omar.getByRole('button', { name: 'Close the minutes' }).first().click()
  await mara.getByRole('dialog').getByRole('button', { name: 'Close the minutes' }).click()
  const minutes = mara.getByRole('region', { name: 'Minutes' })
  await expect(minutes).toContainText('Decision D-1 (choice): Keep Friday if the load test passes')
  await expect(minutes).toContainText('Today at 20:00: The staging pool is shared. Margin 1.5.! Kept.')
  await expect(minutes).toContainText('Action: Run load test at 1,350 req/s · Omar Reyes')
  await expect(minutes).toContainText('Retrain interval of churn-ranker (parked)')
  await expect(minutes).toContainText(/sha256 [0-9a-f]{64}/)
  await expect(omar.getByRole('region', { name: 'Minutes' })).toBeVisible()
  await sound(mara)

  for (const command of [{ type: 'close' }, { type: 'park-topic', topicId: 'line-1' }]) {
    const answer = await omar.request.post(`${server.origin}/api/v1${address}/commands`, { data: command, headers: { origin: server.origin } })
    expect(answer.status()).toBe(409)
    expect(await answer.text()).toContain('do not change')
  }
  await omar.getByRole('button', { name: 'Write an addendum' }).click()
  await omar.getByRole('dialog').getByLabel('Addendum').fill('The test ran on Thursday.')
  await omar.getByRole('dialog').getByRole('button', { name: 'Add it' }).click()
  await expect(mara.getByRole('region', { name: 'Addenda' })).toContainText('The test ran on Thursday.')

  // what was written without a network meets closed minutes: it is told, and becomes an addendum
  await dana.context().setOffline(false)
  const left = dana.getByRole('region', { name: 'Not in the minutes' })
  await expect(left).toContainText('Every six weeks, says the drift study.')
  await sound(dana)
  await left.getByRole('button', { name: 'Add it as an addendum' }).click()
  await expect(left).toHaveCount(0)
  await expect(mara.getByRole('region', { name: 'Addenda' })).toContainText('On Retrain interval of churn-ranker: Every six weeks')

  await mara.getByRole('button', { name: 'Plan the next one' }).click()
  await mara.getByRole('dialog').getByRole('button', { name: 'Plan it' }).click()
  await expect(agenda(mara)).toContainText('Retrain interval of churn-ranker')
  // The day may end while this runs.
  await expect(agenda(mara)).toContainText(/carried since (today|yesterday)/)
  for (const page of [mara, omar, dana]) await page.context().close()
})

test('in writing: it opens by itself, each team answers, and it closes with the last answer', async ({ browser }) => {
  const mara = await as(browser, of('mara'), '/check-ins')
  await mara.getByRole('button', { name: 'Plan a check-in' }).first().click()
  const dialog = mara.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Weekly in writing')
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16)
  await dialog.getByLabel('Starts').fill(inDays(-1))
  await dialog.getByLabel(/^Answers until/).fill(inDays(2))
  await dialog.getByRole('checkbox', { name: 'Data science' }).uncheck()
  await dialog.getByRole('button', { name: 'Plan it' }).click()
  const answers = (page: Page) => page.getByRole('region', { name: 'Answers' })
  // the clock opens it
  await expect(answers(mara)).toContainText('Waiting for Product, Ops.', { timeout: 30_000 })
  const omar = await as(browser, of('omar'), new URL(mara.url()).pathname)
  await expect(answers(omar).getByRole('button', { name: 'Answer for Product' })).toHaveCount(0)
  await answers(omar).getByRole('button', { name: 'Answer for Ops' }).click()
  await answers(omar).getByLabel(/^Needs/).fill('A second host')
  await answers(omar).getByRole('button', { name: 'Send the answer' }).click()
  await expect(answers(mara)).toContainText('A second host')
  await expect(answers(mara)).toContainText('Waiting for Product.')
  await sound(mara)
  await answers(mara).getByRole('button', { name: 'Answer for Product' }).click()
  await answers(mara).getByRole('button', { name: 'Nothing to report' }).click()
  for (const page of [mara, omar]) await expect(page.getByRole('region', { name: 'Minutes' })).toContainText('A second host')
  await expect(answers(omar).getByRole('button', { name: 'Add to the answer' })).toBeVisible()
  await sound(omar)
  for (const page of [mara, omar]) await page.context().close()
  expect(complaints).toEqual([])
})
