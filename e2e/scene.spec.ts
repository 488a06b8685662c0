/** Sets the scene as a team does on its first day: model, version, environment, adopt, freeze, template, and opens a release; in two browsers. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { sound } from '@/e2e/sound'

const EMAIL = 'mara@acme.example'
const PASSWORD = 'correct horse battery'
let server: TestServer

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  server = await startServer()
  const code = /this code:\s+(\S+)/.exec(server.output())?.[1]
  const memberships = ['product', 'data-science', 'ops'].map((team) => ({ team, role: 'lead' }))
  const answer = await fetch(`${server.origin}/api/v1/set-up`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: server.origin, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ code, installation: 'Acme', name: 'Mara Lindqvist', email: EMAIL, password: PASSWORD, memberships }),
  })
  if (!answer.ok) throw new Error(`set-up answered ${answer.status}: ${await answer.text()}`)
})
test.afterAll(async () => {
  await server.stop()
  forget(server)
})

async function enter(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: server.origin })).newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(EMAIL)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
  return page
}

test('registers a model, reads pasted references live, and shows the version in a second browser', async ({ browser }) => {
  const page = await enter(browser)
  await page.goto('/models')
  await expect(page.getByText('No model yet')).toBeVisible()
  await sound(page)
  await page.getByRole('button', { name: 'Register a model' }).first().click()
  await page.getByLabel('Name').fill('Fraud score')
  await expect(page.getByLabel('Slug')).toHaveValue('fraud-score')
  await page.getByLabel('Release code').fill('FRAUD')
  await page.getByRole('dialog').getByRole('button', { name: 'Register' }).click()
  await expect(page).toHaveURL(/\/models\/fraud-score$/)

  const second = await enter(browser)
  await second.goto('/models/fraud-score')
  await expect(second.getByText('No version yet')).toBeVisible()

  await page.getByRole('link', { name: 'Add a version' }).click()
  const reference = page.getByLabel('Model reference')
  await reference.fill('models:/fraud@champion')
  await expect(page.getByText('can move', { exact: true })).toBeVisible()
  await reference.fill('javascript:alert(1)')
  await expect(page.getByText('A reference cannot begin with').first()).toBeVisible()
  await page.getByRole('button', { name: 'Register the version' }).click()
  await expect(page).toHaveURL(/versions\/new$/)
  await reference.fill('models:/fraud/6')
  await expect(page.getByText('pinned', { exact: true })).toBeVisible()
  await expect(page.getByLabel('Label')).toHaveValue('6')
  await sound(page)
  await page.getByRole('button', { name: 'Register the version' }).click()
  await expect(page).toHaveURL(/\/models\/fraud-score$/)
  await expect(second.getByRole('heading', { name: '6', exact: true })).toBeVisible()
  await second.context().close()
})

test('adds environments, declares a freeze, and adopts what is live', async ({ browser }) => {
  const page = await enter(browser)
  for (const [name, slug] of [['Production EU', 'prod-eu'], ['Staging EU', 'staging-eu']] as const) {
    await page.goto('/environments')
    await page.getByRole('button', { name: 'Add an environment' }).first().click()
    await page.getByLabel('Name').fill(name)
    await page.getByLabel('Slug').fill(slug)
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.getByRole('heading', { name })).toBeVisible()
  }
  const card = page.getByRole('region', { name: 'Production EU' })
  await card.getByRole('button', { name: 'Declare a freeze' }).click()
  await page.getByLabel('From').fill('2030-11-27T00:00')
  await page.getByLabel('To', { exact: true }).fill('2030-11-26T00:00')
  await page.getByLabel('Reason').fill('Black Friday')
  await page.getByRole('button', { name: 'Declare', exact: true }).click()
  await expect(page.getByText('The freeze ends before it begins.')).toBeVisible()
  await page.getByLabel('To', { exact: true }).fill('2030-11-30T00:00')
  await page.getByRole('button', { name: 'Declare', exact: true }).click()
  await expect(card.getByText('coming')).toBeVisible()
  await sound(page)

  await page.goto('/models/fraud-score')
  await page.getByRole('button', { name: 'Adopt what is live' }).click()
  await page.getByLabel('Live since').fill('2026-01-02')
  await page.getByLabel('How you know').fill('Seen in the deployment')
  await page.getByRole('button', { name: 'Record as last stable' }).click()
  await expect(page.getByText('stable in Production EU')).toBeVisible()
  await page.getByRole('button', { name: 'Attach a document' }).click()
  await page.getByLabel('Address').fill('https://docs.google.com/document/d/1')
  await expect(page.getByText('Recognised: Google Docs.')).toBeVisible()
  await page.getByLabel('Title').fill('Model card')
  await page.getByRole('button', { name: 'Attach', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Model card' })).toBeVisible()
  await sound(page)
})

test('shows templates whole, and a change of who signs waits for a second person', async ({ browser }) => {
  const page = await enter(browser)
  await page.goto('/settings/templates')
  await expect(page.getByRole('link', { name: 'LLM release' })).toBeVisible()
  await page.getByRole('link', { name: 'ML release' }).click()
  await expect(page.getByRole('heading', { name: '11. Follow-up' })).toBeVisible()
  await expect(page.getByText('cannot be signed by today’s members').first()).toBeVisible()
  await sound(page)
  await page.getByRole('button', { name: 'Revise' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Gate').selectOption('canary')
  await dialog.getByRole('spinbutton', { name: 'Ops' }).fill('2')
  await dialog.getByLabel('Reason').fill('Two pairs of eyes')
  await sound(page)
  await dialog.getByRole('button', { name: 'Propose the revision' }).click()
  await expect(page.getByText('Revision 2 waits for its second person')).toBeVisible()
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await expect(page.getByText('Revision 2 waits for its second person')).toBeHidden()
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Risk models')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: /Risk models/ })).toBeVisible()
  await page.getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByRole('button', { name: 'Restore' })).toBeVisible()
})

test('opens a release in one page, with the pasted candidate registered on the way', async ({ browser }) => {
  const page = await enter(browser)
  await page.goto('/releases/new?model=fraud-score')
  await expect(page.getByText('last stable 6')).toBeVisible()
  await expect(page.getByText('gates cannot be signed by today’s members')).toBeVisible()
  await page.getByRole('button', { name: 'Open the release' }).click()
  await expect(page.getByText('This version is the last stable one there already.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Paste a new reference instead' }).click()
  await page.getByLabel('Model reference').fill('models:/fraud/7')
  await expect(page.getByText('fraud 7', { exact: true })).toBeVisible()
  await expect(page.getByLabel('Labels of the candidate')).toHaveValue('model_name=fraud-score\nmodel_version=7')
  for (const [label, value] of [['Memory, GiB', '24'], ['CPU, cores', '8'], ['Storage, GiB', '40'], ['Expected peak, requests/s', '120'], ['Growth in six months, %', '30'], ['Label delay, days', '14']] as const) {
    await page.getByLabel(label).fill(value)
  }
  await sound(page)
  await page.getByRole('button', { name: 'Open the release' }).click()
  await expect(page).toHaveURL(/\/releases\/(?!new)/)
  await page.goto('/models/fraud-score')
  await expect(page.getByRole('link', { name: 'FRAUD-1' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '7', exact: true })).toBeVisible()
})
