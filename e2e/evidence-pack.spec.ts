/** Somebody takes the evidence of a release out of the product and proves it with nothing but the verifier; the record says how it stands. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { picture } from '@/e2e/picture'
import { fillGate, makeReleaseWorld, PEOPLE, signGate, type ReleaseWorld } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { ADMIN, signIn } from '@/e2e/session'
import { sound } from '@/e2e/sound'

let server: TestServer
let world: ReleaseWorld
let context: BrowserContext
let page: Page
const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-evidence-'))
const outside = path.join(folder, 'outside')
const VIEWER = { name: 'Vera Viewer', email: 'vera@example.org', isAdmin: false, memberships: [] }

/** Runs the verifier as a stranger would. */
function verify(...words: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/verify-pack.mjs', ...words], { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await startServer({ GATEHOUSE_CHECKPOINT_DIR: outside })
  world = await makeReleaseWorld(server, 'low')
  context = await browser.newContext({ baseURL: server.origin })
  await signIn(context, server, PEOPLE.mara)
  page = await context.newPage()
})
test.afterAll(async () => {
  await context.close()
  await server.stop()
  forget(server)
  rmSync(folder, { recursive: true })
})

test('makes the pack of a release with one button, and it verifies offline', async () => {
  await page.goto(`/releases/${world.code}`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Evidence pack' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toMatch(new RegExp(`^evidence-${world.code}-\\d{4}-\\d\\d-\\d\\d\\.zip$`))
  const zip = path.join(folder, 'pack.zip')
  await saved.saveAs(zip)
  expect(verify(zip)).toMatchObject({ status: 0, said: expect.stringContaining('Verdict: sound') })

  await page.goto('/settings/record')
  const fingerprint = (await page.getByLabel('Fingerprint', { exact: true }).innerText()).replaceAll(/\s/g, '')
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
  expect(verify(zip, '--key', fingerprint).status).toBe(0)
  expect(verify(zip, '--key', 'f'.repeat(64)).status).toBe(16)
  // The checkpoints that have left the machine say the same.
  // A draft that is being written has a dot before its name.
  const files = readdirSync(outside).filter((name) => !name.startsWith('.')).flatMap((name) => ['--checkpoint', path.join(outside, name)])
  expect(files.length).toBeGreaterThan(0)
  expect(verify(zip, ...files).status).toBe(0)
})

test('shows how the record stands, verifies it and signs it on demand', async () => {
  await expect(page.getByRole('region', { name: 'The chain' }).getByText('Sound')).toBeVisible()
  await page.getByRole('button', { name: 'Verify now' }).click()
  await expect(page.getByRole('region', { name: 'The chain' }).getByText('Verified').first()).toBeVisible()
  await page.getByRole('button', { name: 'Sign now' }).click()
  await expect(page.getByText('by hand').first()).toBeVisible()
  await expect(page.getByText('all signed')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Replace', exact: true })).toHaveAttribute('aria-disabled', 'true')
  await sound(page)
})

test('makes the pack of a period, says what is wrong with one, and refuses whoever only looks on', async ({ browser }) => {
  const card = page.getByRole('region', { name: 'Evidence pack' })
  const today = new Date().toISOString().slice(0, 10)
  await card.getByLabel('Last day').fill('2020-01-01')
  await expect(card.getByText('The last day must not lie before the first.')).toBeAttached()
  await card.getByLabel('First day').fill(`${today.slice(0, 4)}-01-01`)
  await card.getByLabel('Last day').fill(today)
  const download = page.waitForEvent('download')
  await card.getByRole('button', { name: 'Make the pack' }).click()
  const zip = path.join(folder, 'period.zip')
  await (await download).saveAs(zip)
  expect(verify(zip).status).toBe(0)

  const other = await browser.newContext({ baseURL: server.origin })
  await signIn(other, server, VIEWER)
  const viewer = await other.newPage()
  await viewer.goto(`/releases/${world.code}`)
  await expect(viewer.getByRole('button', { name: 'Evidence pack' })).toHaveAttribute('aria-disabled', 'true')
  const answer = await viewer.request.post(`${server.origin}/api/v1/evidence-packs`, { data: { release: world.code }, headers: { origin: server.origin } })
  expect(answer.status()).toBe(403)
  await other.close()
})

test('replaces the key with an overlap, and who trusts the old one can follow', async ({ browser }) => {
  const old = (await page.getByLabel('Fingerprint', { exact: true }).innerText()).replaceAll(/\s/g, '')
  const other = await browser.newContext({ baseURL: server.origin })
  await signIn(other, server, ADMIN)
  const admin = await other.newPage()
  await admin.goto('/settings/record')
  await admin.getByRole('button', { name: 'Replace', exact: true }).click()
  await admin.getByRole('button', { name: 'Yes, replace it' }).click()
  await expect(admin.getByText('Signs along')).toBeVisible()
  await sound(admin)
  await picture(admin, 'evidence-pack-record')
  await admin.goto(`/releases/${world.code}/timeline`)
  const download = admin.waitForEvent('download')
  await admin.getByRole('button', { name: 'Evidence pack' }).click()
  const zip = path.join(folder, 'rotated.zip')
  await (await download).saveAs(zip)
  expect(verify(zip, '--key', old).status).toBe(0)
  await picture(admin, 'evidence-pack-timeline')
  await other.close()
})

test('writes the same from the command line while the server runs', () => {
  const zip = path.join(folder, 'console.zip')
  const { status, stderr } = spawnSync(process.execPath, ['bin/gatehouse.mjs', 'evidence-pack', world.code, '--out', zip], { encoding: 'utf8', env: { ...process.env, DATA_DIR: server.dataDir } })
  expect([status, stderr]).toEqual([0, expect.any(String)])
  expect(verify(zip).status).toBe(0)
  const run = (...words: string[]) => spawnSync(process.execPath, ['bin/gatehouse.mjs', 'checkpoint', ...words], { encoding: 'utf8', env: { ...process.env, DATA_DIR: server.dataDir } })
  expect(run('--list').stdout).toContain('Record checkpoint: entry ')
  expect(run('--public-key').stdout).toContain('BEGIN PUBLIC KEY')
  // The server has the database: what is signed is printed, and can be held against the log and the pack.
  const [letter = ''] = run().stdout.trim().split('\n')
  const file = path.join(folder, 'printed.json')
  writeFileSync(file, letter)
  expect(run('--check', file)).toMatchObject({ status: 0, stdout: expect.stringContaining('"sound"') })
  writeFileSync(file, letter.replace(/\\"hash\\":\\"[0-9a-f]{8}/, '\\"hash\\":\\"00000000'))
  expect(run('--check', file).status).toBe(1)
  expect(verify(zip, '--checkpoint', file).status).toBe(15)
})

test('finds what people wrote, leads to its place, and lets decisions go as Markdown', async () => {
  const [gate] = (await world.read()).gates
  const item = gate?.items.find((one) => one.kind === 'check')
  if (!gate || !item) throw new Error('there is nothing to write on')
  await world.tell('mara', { type: 'set-note', itemId: item.id, text: 'The quokka threshold is <b>0.93</b>, agreed with legal.', expects: 0 })
  await page.goto('/')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Release, model, place or action').fill('decisions')
  await expect(page.locator('[cmdk-item][data-selected=true]')).toHaveText('Decisions')
  await page.getByPlaceholder('Release, model, place or action').fill('quokka thresh')
  await page.getByText('Search what people wrote for “quokka thresh”').click()
  await expect(page).toHaveURL(/\/search\?q=quokka/)
  await expect(page.getByText('1 text with')).toBeVisible()
  await expect(page.locator('mark')).toHaveText(['quokka', 'threshold'])
  await sound(page)
  await picture(page, 'evidence-pack-search')
  await page.getByRole('link', { name: `Note on ${item.id}` }).click()
  await expect(page).toHaveURL(new RegExp(`/releases/${world.code}\\?gate=${gate.id}`))
  await page.goto('/search?q=%22*%20NEAR(%20nothing')
  await expect(page.getByText('No text has all of these words')).toBeVisible()

  await page.goto('/decisions')
  await page.getByRole('searchbox').fill('no decision says this')
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(page.getByRole('searchbox')).toHaveValue('')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export as Markdown' }).click()
  expect((await download).suggestedFilename()).toBe('decisions.zip')
})

test('shows where the time of the release went, by pointer, keys and table, and lets it go as a picture', async () => {
  await fillGate(world, 'scope')
  await signGate(world, 'scope')
  await page.goto(`/releases/${world.code}/timeline`)
  await page.getByRole('link', { name: 'Where time went' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Where the time of ${world.code} went`)
  const lanes = page.getByRole('region', { name: 'Lanes' })
  const waits = lanes.getByRole('img', { name: /waiting for the team/ })
  await expect(waits.first()).toHaveAccessibleName(/working time/)
  await waits.first().focus()
  await expect(lanes.getByText('of working time')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(waits.first()).not.toBeFocused()
  await expect(page.getByText('it needs 20 finished releases that had a go, and there are 0')).toBeVisible()
  await page.getByText('As a table').click()
  await expect(page.getByRole('table').getByRole('row', { name: 'waiting' })).toHaveCount(await waits.count())
  for (const [kind, begins] of [['SVG', '<svg '], ['PNG', '\u0089PNG']] as const) {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: `Save ${kind}` }).click()
    const file = path.join(folder, `lanes.${kind}`)
    await (await download).saveAs(file)
    expect(readFileSync(file, 'latin1').slice(0, begins.length)).toBe(begins)
  }
  await sound(page)
  await picture(page, 'lanes')
})

test('says where time goes once something has finished, and leads from a number to its releases', async () => {
  await page.goto('/insights')
  await expect(page.getByText('Nothing has finished here yet')).toBeVisible()
  await world.tell('mara', { type: 'cancel', reason: 'Nobody needs it any more.', as: 'cancelled' })
  await page.reload()
  await page.getByRole('link', { name: '1 cancelled' }).click()
  await expect(page).toHaveURL(/behind=cancelled/)
  const behind = page.getByRole('region', { name: 'Behind the number' })
  await expect(behind.getByRole('link', { name: world.code })).toBeVisible()
  await expect(behind.getByText('1 release', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Lead time' }).getByText('None in this period.')).toBeVisible()
  await page.getByRole('combobox', { name: 'risk' }).selectOption('high')
  await expect(page.getByText('Nothing has finished here yet')).toBeVisible()
  const csv = await page.request.get(`${server.origin}/api/v1/insights.csv`)
  expect((await csv.text()).split('\r\n')[1]).toContain(`${world.code},`)
  await sound(page)
})
