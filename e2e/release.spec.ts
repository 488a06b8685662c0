/** The release screen as people of three teams use it: three live browsers, work, judgement, decision, rollout, roll-back; refusals, two writers, keys, axe, 390 px. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { startFakeSlack } from '@/bin/fake-slack.mjs'
import { startRefusingMail } from '@/e2e/refusing-mail'
import { picture } from '@/e2e/picture'
import { fillGate, makeReleaseWorld, PEOPLE, signGate, type Name, type ReleaseWorld } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { ADMIN, adminOf, PASSWORD, postAs, signIn, type TestPerson } from '@/e2e/session'
import { sound } from '@/e2e/sound'
import { releasePath } from '@/lib/domain/message/release-happenings'

const VIEWER: TestPerson = { name: 'Vera Viewer', email: 'vera@example.org', isAdmin: false, memberships: [] }
let server: TestServer
let world: ReleaseWorld
let slack: Awaited<ReturnType<typeof startFakeSlack>>
let mail: Awaited<ReturnType<typeof startRefusingMail>>

test.describe.configure({ mode: 'serial', timeout: 180_000 })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  slack = await startFakeSlack({ perSecond: 50 })
  mail = await startRefusingMail()
  server = await startServer({ WEBHOOK_HOSTS: '127.0.0.1', SMTP_URL: mail.url, MAIL_FROM: 'gatehouse@example.org' })
  world = await makeReleaseWorld(server)
})
test.afterAll(async () => {
  await server.stop()
  forget(server)
  await slack.close()
  await mail.close()
})

async function as(browser: Browser, name: Name, gate = ''): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 } })
  await signIn(context, server, PEOPLE[name])
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`${name}: ${error.message}`))
  await page.goto(`/releases/${world.code}${gate ? `?gate=${gate}` : ''}`)
  await expect(page.getByText('live', { exact: true })).toBeVisible()
  return page
}
const complaints: string[] = []

const gateCard = (page: Page, name: string) => page.getByRole('region', { name })
const item = (page: Page, id: string) => page.locator(`[id="item-${id}"]`)

test('opens on the gate with the ball, says in a sentence what blocks, and walks the gates by key', async ({ browser }) => {
  const page = await as(browser, 'mara')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('fraud-scorer 4.2.0')
  await expect(page.getByRole('region', { name: 'Where it stands' })).toContainText('Waiting on Product')
  await expect(gateCard(page, '1 Scope and intent')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/gate=data/)
  await expect(gateCard(page, '2 Data readiness')).toContainText('is signed after 1 Scope and intent')
  await page.keyboard.press('k')
  await page.getByRole('link', { name: /^Gate 5, Environment and resources/ }).click()
  await expect(gateCard(page, '5 Environment and resources')).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await sound(page)
  await page.goto(`/releases/${world.releaseId}#item-5.3`)
  await expect(item(page, '5.3').getByText('Report at the expected peak')).toBeVisible()
  await page.context().close()
})

test('a tick, evidence and a sign-off are on two other screens without reloading', async ({ browser }) => {
  const [mara, dana, olga] = await Promise.all([as(browser, 'mara', 'scope'), as(browser, 'dana', 'scope'), as(browser, 'olga', 'scope')])
  await expect(gateCard(mara, '1 Scope and intent').getByRole('button', { name: 'Sign off' })).toHaveAttribute('aria-disabled', 'true')
  await item(mara, '1.2').getByRole('button', { name: 'Mark done' }).click()
  // The day may end while this runs.
  for (const page of [dana, olga]) await expect(item(page, '1.2')).toContainText(/Mara Lindqvist, (today|yesterday)/)
  await item(mara, '1.1').getByRole('button', { name: /document|evidence/i }).first().click()
  const dialog = mara.getByRole('dialog')
  await dialog.getByLabel('Address').fill('javascript:alert(1)')
  await expect(dialog.getByRole('alert').getByText('Only addresses that begin with https://')).toBeVisible()
  await sound(mara)
  await dialog.getByLabel('Address').fill('https://docs.google.com/document/d/1')
  await dialog.getByLabel('Title').fill('Model card')
  await dialog.getByRole('button', { name: 'Add evidence' }).click()
  await expect(item(dana, '1.1').getByRole('link', { name: 'Model card' })).toBeVisible()
  await fillGate(world, 'scope')
  await gateCard(mara, '1 Scope and intent').getByRole('button', { name: 'Sign off' }).click()
  await mara.getByRole('dialog').getByRole('button', { name: 'Sign off' }).click()
  // Mara wrote evidence of this gate, so small-team separation asks for one more person.
  await expect(gateCard(olga, '1 Scope and intent').getByText('a counter-signature', { exact: true })).toBeVisible()
  // As from a message: the link opens what it prepared, signs nothing, and does not repeat it on the way back.
  await olga.goto(`/releases/${world.code}?gate=scope&do=sign-off`)
  await expect(olga.getByRole('dialog').getByText('As a counter-signature')).toBeVisible()
  await expect(olga).toHaveURL(/\?gate=scope$/)
  await expect(gateCard(dana, '1 Scope and intent').getByText('a counter-signature', { exact: true })).toBeVisible()
  await olga.getByRole('dialog').getByRole('button', { name: 'Sign off' }).click()
  for (const page of [mara, dana, olga]) await expect(gateCard(page, '1 Scope and intent').getByText('passed', { exact: true })).toBeVisible()
  await expect(gateCard(dana, '1 Scope and intent').getByText('Mara Lindqvist for Product')).toBeVisible()
  for (const page of [mara, dana, olga]) await page.context().close()
})

test('an imported report is counted, a bad one is refused in words, and a stored file comes back', async ({ browser }) => {
  const page = await as(browser, 'dana', 'data')
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-report-'))
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  await item(page, '2.2').getByRole('button', { name: 'Add evidence' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Test result').click()
  await dialog.locator('input[type=file]').setInputFiles(file('bad.xml', '<html/>'))
  await expect(dialog.getByText('This XML is no JUnit report')).toBeVisible()
  await dialog.locator('input[type=file]').setInputFiles(file('validation.json', JSON.stringify({ success: true, results: [{ success: true }, { success: true }], statistics: { evaluated_expectations: 2, unsuccessful_expectations: 0 } })))
  await expect(dialog.getByText('2 passed')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add evidence' }).click()
  await expect(item(page, '2.2').getByRole('link', { name: 'validation.json: 2 passed' })).toBeVisible()
  await item(page, '2.1').getByRole('button', { name: 'Add evidence' }).click()
  await dialog.getByText('File', { exact: true }).click()
  await dialog.locator('input[type=file]').setInputFiles(file('pins.txt', 'dvc 3ab1'))
  await expect(dialog.getByText('Stored:')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add evidence' }).click()
  const download = page.waitForEvent('download')
  await item(page, '2.1').getByRole('link', { name: 'pins.txt' }).click()
  expect((await download).suggestedFilename()).toBe('pins.txt')
  await page.context().close()
})

test('of two writers of one note the second sees both texts and joins them', async ({ browser }) => {
  const [dana, sami] = await Promise.all([as(browser, 'dana', 'data'), as(browser, 'sami', 'data')])
  for (const page of [dana, sami]) {
    await page.getByRole('button', { name: '2.3 Privacy and policy check' }).click()
    await item(page, '2.3').getByRole('button', { name: 'Write a note' }).click()
  }
  await dana.getByLabel('Note on 2.3').fill('Reviewed by legal.')
  await sami.getByLabel('Note on 2.3').fill('Retention is 90 days.')
  await dana.getByRole('button', { name: 'Save note' }).click()
  await expect(item(dana, '2.3').getByText('Reviewed by legal.')).toBeVisible()
  await sami.getByRole('button', { name: 'Save note' }).click()
  await expect(sami.getByText('saved this note while you wrote')).toBeVisible()
  await sound(sami)
  await sami.getByRole('button', { name: 'Join both texts' }).click()
  await sami.getByRole('button', { name: 'Save mine' }).click()
  await expect(item(dana, '2.3')).toContainText('Retention is 90 days.')
  await expect(item(dana, '2.3')).toContainText('Reviewed by legal.')
  for (const page of [dana, sami]) await page.context().close()
})

test('a rejection holds the gate until it is withdrawn; a comment names a person', async ({ browser }) => {
  const page = await as(browser, 'omar', 'environment')
  await page.keyboard.press('x')
  await page.getByRole('dialog').getByLabel('Reason').fill('The claim is twice what staging used.')
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
  await expect(gateCard(page, '5 Environment and resources').getByText('rejected', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Comment on gate 5' }).click()
  await page.getByLabel('Comment on gate 5').fill('Look again, @Dana')
  await page.getByRole('button', { name: '@Dana Weiss' }).click()
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(gateCard(page, '5 Environment and resources').getByText('Look again, @Dana Weiss')).toBeVisible()
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('Measured again.')
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await expect(gateCard(page, '5 Environment and resources').getByText('rejected', { exact: true })).toHaveCount(0)
  await page.context().close()
})

test('the environment is chosen among two, and the decision keeps what was known', async ({ browser }) => {
  const page = await as(browser, 'omar', 'environment')
  await item(page, '5.1').getByRole('button', { name: 'Decide' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('The team runs it already.')
  await expect(dialog.getByRole('button', { name: 'Record: Choice' })).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByLabel('Option 2').fill('On-premises')
  await dialog.getByLabel('Latency').first().fill('12 ms to the caller')
  await sound(page)
  await dialog.getByRole('button', { name: 'Record: Choice' }).click()
  await item(page, '5.1').getByRole('link', { name: 'D-1' }).click()
  await expect(page.getByRole('heading', { name: 'Serve fraud-scorer 4.2.0 from production-eu' })).toBeVisible()
  await expect(page.getByText('Latency: 12 ms to the caller')).toBeVisible()
  await sound(page)
  await page.goto('/decisions?q=production')
  await expect(page.getByRole('link', { name: /D-1 Choice/ })).toBeVisible()
  await sound(page)
  await page.getByLabel('Search').fill('nothing like that')
  await expect(page.getByText('No decision fits')).toBeVisible()
  await page.context().close()
})

test('a new candidate makes only the sign-offs stale that rest on it, and one press re-affirms', async ({ browser }) => {
  for (const gate of ['data', 'quality', 'reproducible']) {
    await fillGate(world, gate)
    await signGate(world, gate)
  }
  const page = await as(browser, 'sami', 'quality')
  await page.getByRole('button', { name: 'Replace', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Version').selectOption({ label: '4.2.1 · models:/fraud/43' })
  await dialog.getByLabel('Reason').fill('Fixes the tokenizer')
  await dialog.getByRole('button', { name: 'Replace' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('4.2.1')
  await expect(gateCard(page, '3 Model quality').getByText('sign-offs stale')).toBeVisible()
  await expect(gateCard(page, '3 Model quality').getByRole('rowheader', { name: 'artefact' }).first()).toBeVisible()
  const before = await world.read()
  expect(before.gates.find((gate) => gate.id === 'data')?.status).toMatch(/^passed/)
  await sound(page)
  await page.getByRole('button', { name: 'Re-affirm' }).click()
  await expect(page.getByRole('button', { name: 'Re-affirm' })).toHaveCount(0)
  await page.context().close()
})

test('go, rollout, roll-back by one line, and the record of it all', async ({ browser }) => {
  const [mara, olga] = await Promise.all([as(browser, 'mara'), as(browser, 'olga')])
  for (const gate of ['quality', 'reproducible', 'environment', 'monitoring', 'rollback', 'decision']) {
    await fillGate(world, gate)
    await signGate(world, gate)
  }
  const go = releasePath({ code: world.code }, 'decision', 'go')
  await opensNothing(browser, go, VIEWER, '8 Go / no-go')
  // Who comes from a message after their session ended signs in, and stands before the dialog that the link prepared; nothing is recorded by coming.
  const arrived = await (await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 } })).newPage()
  await arrived.context().addCookies([{ name: 'gatehouse.session', value: 'ended', url: server.origin }])
  await arrived.goto(go)
  await expect(arrived).toHaveURL(/\/sign-in\?next=/)
  await arrived.getByLabel('E-mail address').fill(PEOPLE.mara.email)
  await arrived.getByLabel('Password').fill(PASSWORD)
  await arrived.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(arrived).toHaveURL(new RegExp(`/releases/${world.code}\\?gate=decision$`))
  const dialog = arrived.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Record: Go' })).toBeVisible()
  await expect(gateCard(arrived, '8 Go / no-go')).toBeAttached()
  expect((await world.read()).phase).toBe('ready')
  await dialog.getByLabel('Kind').selectOption('go-with-conditions')
  await dialog.getByLabel('Reason').fill('All gates passed.')
  await dialog.getByLabel('Condition 1').fill('Support is told')
  await dialog.getByLabel('Measured by').selectOption({ index: 1 })
  await dialog.getByRole('button', { name: 'Record: Go with conditions' }).click()
  await expect(olga.getByText('Approved; waits for Ops')).toBeVisible()
  await expect(olga.getByRole('listitem').filter({ hasText: 'Support is told' })).toContainText(/not measured by \d+\.\d+ \S/)
  // The same link once it was followed by somebody: the gate, and nothing to press.
  await arrived.goto(go)
  await expect(arrived).toHaveURL(/\?gate=decision$/)
  await expect(gateCard(arrived, '8 Go / no-go').getByText('passed', { exact: true })).toBeVisible()
  await expect(arrived.getByRole('dialog')).toHaveCount(0)
  await arrived.context().close()
  await expect(mara.getByRole('button', { name: 'Start the rollout' })).toHaveAttribute('aria-disabled', 'true')
  await olga.getByRole('button', { name: 'Start the rollout' }).click()
  await olga.getByRole('button', { name: 'Confirm 5 %' }).click()
  await olga.getByLabel('What you saw').fill('5 % in the mesh')
  await olga.getByRole('button', { name: '5 % is live' }).click()
  await expect(mara.getByText('5 % seen')).toBeVisible()
  await sound(olga)
  const outside = await tellOutside()
  const back = releasePath({ code: world.code }, undefined, 'roll-back')
  await opensNothing(browser, back, VIEWER)
  await olga.goto(back)
  await expect(olga.getByLabel('What is wrong, in one line')).toHaveValue('')
  await expect(olga).toHaveURL(new RegExp(`/releases/${world.code}$`))
  expect((await world.read()).phase).toBe('rolling-out')
  await olga.keyboard.press('Escape')
  await expect(olga.getByRole('dialog')).toHaveCount(0)
  await olga.keyboard.press('r')
  await olga.getByLabel('What is wrong, in one line').fill('Scores collapse for one issuer')
  const pressedAt = Date.now()
  await olga.getByRole('button', { name: 'Roll back now' }).click()
  await outside.heard(pressedAt)
  await expect(mara.getByText('Rolling back to 4.1.3')).toBeVisible()
  await expect(mara.getByText('Write down the cause of the roll-back and the options')).toBeVisible()
  await opensNothing(browser, back, PEOPLE.olga)
  await olga.getByRole('button', { name: 'Confirm rolled back' }).click()
  await olga.getByLabel('What you saw').fill('Mesh shows 0 %')
  await olga.getByRole('button', { name: 'It is rolled back' }).click()
  await expect(mara.getByText('Rolled back', { exact: false }).first()).toBeVisible()
  await mara.getByRole('button', { name: 'Change: Support is told' }).click()
  await mara.getByRole('radio', { name: 'Drop it' }).check()
  await mara.getByLabel('Why').fill('It is not live any more.')
  await mara.getByRole('dialog').getByRole('button', { name: 'Drop it' }).click() // Its go has gone with the roll-back.
  await expect(mara.getByRole('button', { name: 'Change: Support is told' })).toHaveCount(0)
  await mara.goto(`/releases/${world.code}/timeline`)
  await expect(mara.getByRole('heading', { name: `Timeline of ${world.code}` })).toBeVisible()
  await sound(mara)
  expect(complaints).toEqual([])
  for (const page of [mara, olga]) await page.context().close()
})

test('an e-mail that is refused for good is shown to the person and to an admin, who sends it again', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.origin })
  await signIn(context, server, ADMIN)
  const page = await context.newPage()
  // Dana was mentioned in a comment above; mentions leave within half a minute.
  await expect.poll(() => mail.refused, { timeout: 60_000 }).toContain(PEOPLE.dana.email)
  await page.goto('/settings/people')
  const banner = page.getByRole('complementary', { name: 'Notifications that do not arrive' })
  await expect(banner).toContainText('given up over the last 7 days')
  await sound(page)
  const dana = await as(browser, 'dana')
  const own = dana.getByRole('group', { name: 'E-mails that did not reach you' })
  await expect(async () => {
    await dana.goto('/settings/account')
    await expect(own).toContainText('550 no such user', { timeout: 2_000 })
  }).toPass()
  await expect(own.getByRole('link', { name: `${world.code}: you are mentioned` }).first()).toHaveAttribute('href', `/releases/${world.code}?gate=environment`)
  await sound(dana)
  await picture(dana, 'mail-refused-own')
  await dana.context().close()
  await banner.getByRole('link', { name: 'Open the notifications' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'given up over the last 7 days' })).toBeVisible()
  const people = page.getByRole('region', { name: 'E-mail to people' })
  await expect(people).toContainText('to Dana Weiss')
  await sound(page)
  await picture(page, 'mail-refused')
  mail.isOpen = true
  await people.getByRole('button', { name: /^Send again to Dana Weiss/ }).first().click()
  await expect.poll(() => mail.taken, { timeout: 20_000 }).toContain(PEOPLE.dana.email)
  await expect(people.getByText('to Dana Weiss')).toHaveCount(0, { timeout: 20_000 })
  await context.close()
})

/** Somebody who may not do what a link prepared, or comes too late: they see the release, no dialog, and the wish leaves the address. */
async function opensNothing(browser: Browser, link: string, who: TestPerson, gate?: string): Promise<void> {
  const context = await browser.newContext({ baseURL: server.origin })
  await signIn(context, server, who)
  const page = await context.newPage()
  await page.goto(link)
  await expect(page.getByText('live', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/releases/${world.code}(\\?gate=\\w+)?$`))
  if (gate !== undefined) await expect(gateCard(page, gate)).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await context.close()
}

/** A channel and the public page for the release of this world, made just now, so that nothing before it is told. */
async function tellOutside() {
  const admin = await adminOf(server)
  await postAs(admin, server, '/api/v1/destinations/add', { kind: 'slack', name: 'releases', team: null, eventKinds: ['roll-back'], url: slack.url('releases') })
  const publication = { name: 'Fraud check', fields: ['version', 'state', 'roll-backs'], environments: [{ environmentId: world.productionId, name: 'Europe' }] }
  await postAs(admin, server, `/api/v1/models/${world.modelId}/commands`, { type: 'publish-model', publication })
  const text = async (where: string) => (await fetch(`${server.origin}${where}`)).text()
  const badge = async () => /\/status\/badge\/\w+\.svg/.exec(`/status/badge/${/"id":"(\w+)","name":"Fraud check, Europe"/.exec(await text('/api/v2/components.json'))?.[1] ?? ''}.svg`)?.[0] ?? ''
  await expect.poll(badge, { intervals: [100] }).not.toBe('')
  return {
    /** From the button to the channel, the public incident, the feed and the badge in under five seconds. */
    async heard(since: number) {
      const all = async () => [
        JSON.stringify(slack.messages).includes('rolling back to 4.1.3'), (await text('/status')).includes('is being rolled back'),
        (await text('/status/history.atom')).includes('is being rolled back'), (await text(await badge())).includes('rolling back'),
      ]
      await expect.poll(all, { intervals: [50], timeout: 10_000 }).toEqual([true, true, true, true])
      expect(Date.now() - since).toBeLessThan(5_000)
    },
  }
}
