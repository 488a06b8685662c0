/** How a metric item is measured, changed in a browser on a real Prometheus: said in words, tried before it is saved, refused in words, agreed to by a second team. */
import { expect, test } from '@playwright/test'
import { openRelease } from '@/e2e/checklist'
import { picture } from '@/e2e/picture'
import type { TestPerson } from '@/e2e/session'
import { fits, sound } from '@/e2e/sound'
import { Company, lacks, setScene, startParts, type Parts, type Scene } from '@/e2e/world'

const PEOPLE = {
  pia: { name: 'Pia Brandt', email: 'pia@example.org', isAdmin: false, memberships: [{ team: 'product', role: 'lead' }] },
  dana: { name: 'Dana Weiss', email: 'dana@example.org', isAdmin: false, memberships: [{ team: 'data-science', role: 'lead' }] },
  mara: { name: 'Mara Lindqvist', email: 'mara@example.org', isAdmin: false, memberships: [{ team: 'ops', role: 'lead' }] },
} as const satisfies Record<string, TestPerson>

const [STABLE, CANDIDATE] = ['1.0.0', '1.1.0']

test.skip(lacks('prometheus'), 'There is no Prometheus on PATH or in PROMETHEUS_BIN.')
test.describe.configure({ mode: 'serial', timeout: 120_000 })
test.use({ actionTimeout: 15_000 })

let parts: Parts
let people: Company<keyof typeof PEOPLE>
let scene: Scene
let code: string

test.beforeAll(async ({ browser }) => {
  parts = await startParts([CANDIDATE], STABLE)
  people = await Company.enter(browser, parts.server, PEOPLE)
  scene = await setScene(parts, people.of('dana'), [STABLE, CANDIDATE])
})
test.afterAll(async () => {
  await people?.leave()
  await parts?.stop()
})

test('a lead changes how an item is measured, after trying it, and a second team agrees', async () => {
  const [pia, mara] = [people.of('pia'), people.of('mara')]
  const checklist = await openRelease(parts.server, scene, pia, CANDIDATE)
  code = checklist.code
  await checklist.fill(pia, 'scope')
  await checklist.collect('scope', [pia, mara])
  const page = await mara.open(`/releases/${checklist.code}?gate=environment#item-5.6`)
  await page.getByRole('button', { name: 'Change what it asks' }).click()
  const dialog = page.getByRole('dialog', { name: 'How 5.6 is measured' })
  const words = dialog.getByRole('status', { name: 'The rule in words' })
  await expect(words).toContainText('Passes while p95 latency over 60 s is at most')

  // Faults stand at their fields, and the button says the first of them.
  const limit = dialog.getByLabel('Limit', { exact: true })
  await limit.fill('fast')
  await expect(dialog.getByText('Write the limit as a number.').first()).toBeVisible()
  await expect(words).toContainText('when every field can be read')
  await limit.fill('0.4')
  await expect(dialog.getByText('That is 400 ms.')).toBeVisible()
  await expect(words).toContainText('is at most 400 ms')

  // An objective that cannot be reached by a latency.
  await dialog.getByLabel('Held against').selectOption('burn-rate')
  await expect(dialog.getByText('A burn rate is read from a ratio of errors.').first()).toBeVisible()
  await dialog.getByLabel('Signal').selectOption('error-ratio')
  await dialog.getByLabel('Unit').selectOption('ratio')
  await expect(words).toContainText('the error budget of 99.9 % is spent at most 14.4 times as fast')
  await picture(page, 'metric-item-burn-rate', 'window')
  await sound(page)

  // Back to a limit, tried on what the last hour holds.
  await dialog.getByLabel('Held against').selectOption('threshold')
  await dialog.getByLabel('Signal').selectOption('latency-p95')
  await dialog.getByLabel('Unit').selectOption('s')
  await dialog.getByRole('combobox', { name: 'now and over' }).selectOption('1h')
  const trial = dialog.getByRole('region', { name: 'What it would say' })
  await expect(async () => {
    await dialog.getByRole('button', { name: 'Try it' }).click()
    await expect(trial).toContainText('Now: pass.', { timeout: 2000 })
    // The look back ends at a whole quarter of a minute: what is younger than that is in no past yet.
    await expect(trial.getByRole('img', { name: /Verdicts over this time: .*pass \d/ })).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 60_000 })
  await expect(trial).toContainText('limit ≤ 400 ms')
  await trial.scrollIntoViewIfNeeded()
  await picture(page, 'metric-item-trial', 'window')
  await sound(page)

  await dialog.getByLabel('Reason').fill('The new hardware is slower, and the product can bear it.')
  await dialog.getByRole('button', { name: 'Change it' }).click()
  await expect(dialog).toBeHidden()

  // A higher limit asks less: it waits for another team (rule 11).
  const other = await pia.open(`/releases/${checklist.code}?gate=environment#item-5.6`)
  await other.getByRole('button', { name: 'Agree to the change' }).click()
  await expect(other.locator('[id="item-5.6"]')).toContainText('≤ 400 ms')
  await expect.poll(async () => (await checklist.gate('environment')).items.find((item) => item.id === '5.6')?.verdict?.verdict, { timeout: 30_000 }).toBe('pass')
})

test('what a phone shows works by keyboard, and the API refuses what the form refuses', async () => {
  const dana = people.of('dana')
  const page = await dana.open(`/releases/${code}?gate=data#item-2.8`)
  await page.setViewportSize({ width: 390, height: 844 })
  const opener = page.getByRole('button', { name: 'Change what it asks' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'How 2.8 is measured' })
  await expect(dialog.getByRole('status', { name: 'The rule in words' })).toContainText('Passes while')
  await fits(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener).toBeFocused()
  const form: unknown = await (await dana.api.get(`${parts.server.origin}/api/v1/releases/${code}/items/2.8/metric`)).json()
  const spec: unknown = typeof form === 'object' && form !== null ? Reflect.get(form, 'start') : null
  const tried = (more: object) => dana.api.post(`${parts.server.origin}/api/v1/releases/${code}/metrics/dry-run`, { data: { itemId: '2.8', spec: { ...Object(spec), ...more } }, headers: { origin: parts.server.origin } })
  expect((await tried({})).status()).toBe(200)
  const late = await tried({ kind: 'standing', validForDays: 3 })
  expect([late.status(), await late.json()]).toEqual([422, expect.objectContaining({ detail: expect.stringContaining('only a snapshot grows old') })])
  expect((await tried({ windowSeconds: -1 })).status()).toBe(422)
})
