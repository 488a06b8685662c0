/** The main job in browsers, on a real Prometheus: six people, each in a session of their own, take a version from opening to stable and watched, and roll a second one back from its canary. */
import { expect, test, type Locator, type Page } from '@playwright/test'
import { Checklist, CLAIM, openRelease } from '@/e2e/checklist'
import { PEOPLE, type Name } from '@/e2e/release-world'
import { Company, labelsOf, lacks, setScene, startParts, TEMPLATE, type Parts, type Scene } from '@/e2e/world'

const STABLE = '4.1.3'
const [FIRST, BETTER, SECOND] = ['4.2.0', '4.2.1', '4.3.0']

test.skip(lacks('prometheus'), 'There is no Prometheus on PATH or in PROMETHEUS_BIN.')
test.describe.configure({ mode: 'serial', timeout: 480_000 })
test.use({ actionTimeout: 20_000 })

let parts: Parts
let people: Company<Name>
let scene: Scene

test.beforeAll(async ({ browser }) => {
  parts = await startParts([FIRST, BETTER, SECOND], STABLE)
  people = await Company.enter(browser, parts.server, PEOPLE)
  scene = await setScene(parts, people.of('dana'), [STABLE, FIRST, BETTER, SECOND])
})
test.afterAll(async () => {
  await people?.leave()
  await parts?.stop()
})

const dialogOf = (page: Page) => page.getByRole('dialog')
const item = (page: Page, id: string): Locator => page.locator(`[id="item-${id}"]`)
const gateCard = (page: Page): Locator => page.getByRole('region').filter({ has: page.locator('#gate-title') })
const sentence = (page: Page): Locator => page.getByRole('region', { name: 'Where it stands' })

/** Shows a gate in the browser, by its place on the rail. */
async function look(page: Page, gateId: string, name: RegExp): Promise<void> {
  await page.goto(`${new URL(page.url()).pathname}?gate=${gateId}`)
  await expect(page.getByRole('heading', { name })).toBeVisible()
}

async function answer(page: Page, confirm: string, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await dialogOf(page).getByLabel(label, { exact: true }).fill(text)
  await dialogOf(page).getByRole('button', { name: confirm, exact: true }).click()
  await expect(dialogOf(page)).toBeHidden()
}

async function signInBrowser(page: Page): Promise<void> {
  await gateCard(page).getByRole('button', { name: /^Sign (off|again)/ }).click()
  await dialogOf(page).getByRole('button', { name: 'Sign off', exact: true }).click()
  await expect(dialogOf(page)).toBeHidden()
}

/** Where the traffic of production goes. */
function traffic(candidate: string, share: number, stable: string): void {
  parts.models.control({ version: candidate, share })
  parts.models.control({ version: stable, share: 1 - share })
}

test('from opening to stable and watched', async ({ browser }) => {
  const [mara, paul, dana, sami, omar, olga] = (['mara', 'paul', 'dana', 'sami', 'omar', 'olga'] as const).map((name) => people.of(name))
  if (!mara || !paul || !dana || !sami || !omar || !olga) throw new Error('somebody is missing')
  const checklist = new Checklist(parts.server, 'FRAUD-1', mara)
  const [science, ops] = [await dana.open('/'), await omar.open('/')]
  const product = await mara.open('/releases/new?model=fraud-scorer')

  await test.step('product opens the release, and it appears on the boards of the others', async () => {
    await expect(product.getByText(`last stable ${STABLE}`)).toBeVisible()
    await product.getByLabel('Candidate version').selectOption(scene.versions.get(FIRST) ?? '')
    await product.getByLabel('Environment', { exact: true }).selectOption({ label: 'production-eu' })
    await product.getByLabel('Staging environment').selectOption({ label: 'staging-eu' })
    await product.getByLabel('Template').selectOption({ label: `${TEMPLATE}, revision 1` })
    for (const [label, value] of [
      ['Memory, GiB', CLAIM.memoryGiB], ['CPU, cores', CLAIM.cpuCores], ['GPUs', CLAIM.gpuCount], ['Memory of each GPU, GiB', CLAIM.gpuMemoryGiB], ['Storage, GiB', CLAIM.storageGiB],
      ['Expected peak, requests/s', CLAIM.peakPerSecond], ['Growth in six months, %', CLAIM.growthPercent], ['Label delay, days', 0],
    ] as const) await product.getByLabel(label, { exact: true }).fill(String(value))
    for (const step of [1, 2]) await product.getByRole('button', { name: `Remove step ${step}`, exact: true }).click()
    for (const [label, value] of [['Share, %', 25], ['Soak, minutes', 0], ['Minimum requests', 500], ['Soak, minutes of step 2', 0], ['Minimum requests of step 2', 500]] as const) await product.getByLabel(label, { exact: true }).fill(String(value))
    await product.getByLabel('Labels of the candidate').fill(Object.entries(labelsOf(FIRST)).map(([name, value]) => `${name}=${value}`).join('\n'))
    await product.getByRole('button', { name: 'Open the release' }).click()
    await expect(product).toHaveURL(/\/releases\/(?!new)/)
    for (const page of [science, ops]) await page.getByRole('link', { name: new RegExp(`FRAUD-1.*${FIRST}`) }).click()
  })

  await test.step('scope: ticks and a link in the browser, seen by the others as they happen; product signs', async () => {
    for (const page of [product, science, ops]) await look(page, 'scope', /^1 Scope and intent/)
    await item(product, '1.2').getByRole('button', { name: 'Mark done' }).click()
    for (const page of [science, ops]) await expect(item(page, '1.2')).toContainText('Mara Lindqvist')
    await item(product, '1.1').getByRole('button', { name: 'Link document' }).or(item(product, '1.1').getByRole('button', { name: 'Add evidence' })).first().click()
    await answer(product, 'Add evidence', { Address: 'https://docs.example.org/model-card', 'Title optional': 'Model card' })
    await expect(item(science, '1.1').getByRole('link', { name: 'Model card' })).toBeVisible()
    await checklist.fill(mara, 'scope')
    const second = await paul.open('/releases/FRAUD-1?gate=scope')
    await signInBrowser(second)
    for (const page of [product, science, ops]) await expect(gateCard(page).getByText('passed', { exact: true })).toBeVisible()
    await second.close()
  })

  await test.step('data: a JUnit file is imported and counted, Prometheus says how fresh the data is; a rejection is made and withdrawn', async () => {
    for (const page of [product, science, ops]) await look(page, 'data', /^2 Data readiness/)
    await item(science, '2.6').getByRole('button', { name: 'Add evidence' }).click()
    await dialogOf(science).getByText('Test result').click()
    const report = '<testsuite name="features" tests="3"><testcase name="a"/><testcase name="b"/><testcase name="c"><skipped/></testcase></testsuite>'
    await dialogOf(science).getByLabel('Report').setInputFiles({ name: 'features.xml', mimeType: 'application/xml', buffer: Buffer.from(report) })
    await expect(dialogOf(science).getByText('2 passed, 1 skipped')).toBeVisible()
    await dialogOf(science).getByRole('button', { name: 'Add evidence', exact: true }).click()
    await expect(item(product, '2.6')).toContainText('2 passed, 1 skipped')
    await checklist.fill(dana, 'data')
    await expect(item(ops, '2.8').getByRole('img', { name: 'passed' })).toBeVisible({ timeout: 30_000 })
    await gateCard(science).getByRole('button', { name: 'Reject', exact: true }).click()
    await answer(science, 'Reject', { Reason: 'The snapshot misses the last week.' })
    await expect(gateCard(product)).toContainText('Dana Weiss rejected it for Data science')
    await expect(sentence(ops)).toContainText('reject')
    await gateCard(science).getByRole('listitem').filter({ hasText: 'rejected it' }).getByRole('button', { name: 'Withdraw' }).click()
    await answer(science, 'Withdraw', { Reason: 'The week is there, I read the wrong report.' })
    const second = await sami.open('/releases/FRAUD-1?gate=data')
    await signInBrowser(second)
    await expect(gateCard(ops).getByText('passed', { exact: true })).toBeVisible()
    await second.close()
  })

  await test.step('a better candidate: what rests on the artefact goes stale, what rests on data does not, and one press re-affirms', async () => {
    await checklist.fill(dana, 'quality')
    await checklist.sign('quality', sami, paul)
    await checklist.fill(dana, 'reproducible')
    await checklist.sign('reproducible', sami, olga)
    for (const page of [product, ops]) await look(page, 'quality', /^3 Model quality/)
    await expect(gateCard(product).getByText('passed', { exact: true })).toBeVisible()
    await look(science, 'quality', /^3 Model quality/)
    await science.getByRole('main').getByRole('button', { name: 'Replace', exact: true }).click()
    await dialogOf(science).getByLabel('Version').selectOption(scene.versions.get(BETTER) ?? '')
    await answer(science, 'Replace', { Reason: 'Trained with the label bug mended.' })
    for (const page of [product, ops]) await expect(gateCard(page).getByText('sign-offs stale')).toBeVisible()
    const { gates } = await checklist.read()
    expect(gates.filter((gate) => gate.status === 'stale').map((gate) => gate.id)).toEqual(['quality', 'reproducible'])
    expect(gates.filter((gate) => gate.status.startsWith('passed')).map((gate) => gate.id)).toEqual(['scope', 'data'])
    const again = await sami.open('/releases/FRAUD-1?gate=quality')
    await expect(gateCard(again).getByRole('table').first()).toContainText('artefact')
    await gateCard(again).getByRole('button', { name: 'Re-affirm' }).click()
    await again.close()
    const counter = await paul.open('/releases/FRAUD-1?gate=quality')
    await gateCard(counter).getByRole('button', { name: 'Re-affirm' }).click()
    await expect(gateCard(product).getByText('passed', { exact: true })).toBeVisible()
    await counter.close()
    await checklist.sign('reproducible', sami, olga)
  })

  await test.step('environment: the choice compares two, staging is measured, what is not measured is waived by two people', async () => {
    for (const page of [product, ops]) await look(page, 'environment', /^5 Environment and resources/)
    await item(ops, '5.1').getByRole('button', { name: 'Decide' }).click()
    await dialogOf(ops).getByLabel('Option 2').fill('On-premises')
    await dialogOf(ops).getByLabel(/^Latency/).first().fill('12 ms to the caller')
    await answer(ops, 'Record: Choice', { Reason: 'The team runs Kubernetes there already.' })
    await expect(item(product, '5.1').getByRole('link', { name: 'D-1' })).toBeVisible()
    await checklist.fill(omar, 'environment')
    await checklist.measured('environment', ['5.10'])
    await expect(item(product, '5.6')).toContainText('ms')
    await item(ops, '5.10').getByRole('button', { name: /^5.10/ }).click()
    await item(ops, '5.10').getByRole('button', { name: 'Ask for a waiver' }).click()
    await answer(ops, 'Ask for the waiver', { Reason: 'The volume has no exporter yet; it is 40 GiB and a third full.' })
    await item(product, '5.10').getByRole('button', { name: 'Approve waiver' }).click()
    await expect(item(ops, '5.10')).toContainText('approved by Mara Lindqvist')
    const second = await olga.open('/releases/FRAUD-1?gate=environment')
    await signInBrowser(second)
    await expect(gateCard(product).getByText('passed, 1 waived')).toBeVisible()
    await second.close()
  })

  await test.step('the other gates, and the go, which freezes what was seen', async () => {
    await checklist.fill(omar, 'monitoring')
    await checklist.measured('monitoring')
    await checklist.sign('monitoring', olga, sami)
    await checklist.fill(omar, 'rollback')
    await checklist.sign('rollback', olga, sami)
    await look(product, 'decision', /^8 Go/)
    await checklist.sign('decision', dana, omar)
    await signInBrowser(product)
    await gateCard(product).getByRole('button', { name: 'Record the go' }).click()
    await answer(product, 'Record: Go', { Reason: 'Every gate has passed and the slice table holds.' })
    await expect(sentence(ops).getByRole('button', { name: 'Start the rollout' })).toBeVisible()
    const { decisions } = await checklist.read()
    expect(decisions[0]).toMatchObject({ kind: 'go', number: 2 })
    expect(decisions[0]?.metrics.some((metric) => metric.itemId === '5.6' && metric.verdict.verdict === 'pass')).toBe(true)
  })

  await test.step('rollout: each step is live only when Prometheus sees it', async () => {
    const card = (page: Page) => page.getByRole('region', { name: /^Rollout to/ })
    await sentence(ops).getByRole('button', { name: 'Start the rollout' }).click()
    await expect(card(science)).toContainText('not seen yet')
    traffic(BETTER, 0.3, STABLE)
    await expect(card(science)).toContainText('seen by metric', { timeout: 40_000 })
    await checklist.soaked(25)
    await checklist.fill(paul, 'canary')
    await checklist.measured('canary')
    await checklist.sign('canary', omar)
    await sentence(ops).getByRole('button', { name: 'Advance to 100 %' }).click()
    await expect(card(product)).toContainText('not seen yet')
    traffic(BETTER, 1, STABLE)
    await checklist.soaked(100)
    await checklist.fill(mara, 'full-rollout')
    await checklist.measured('full-rollout')
    await look(ops, 'full-rollout', /^10 Full rollout/)
    await signInBrowser(ops)
    await checklist.sign('full-rollout', paul)
    await expect(ops.locator('header').getByText('Stable', { exact: true })).toBeVisible()
    await checklist.phase('stable')
  })

  await test.step('stable: it is the last stable version, it is watched, and everybody can see it', async () => {
    await science.goto('/models/fraud-scorer')
    const live = science.getByRole('region', { name: 'Live versions' })
    await expect(live).toContainText(BETTER)
    parts.models.control({ version: BETTER, mode: 'drifting' })
    await expect(live.getByText('at risk')).toBeVisible({ timeout: 40_000 })
    parts.models.control({ version: BETTER, mode: 'healthy' })
    await expect(live.getByText('at risk')).toBeHidden({ timeout: 40_000 })
    const visitor = await browser.newContext({ javaScriptEnabled: false, baseURL: parts.server.origin })
    const outside = await visitor.newPage()
    await outside.goto('/status')
    await expect(outside.getByRole('listitem').filter({ hasText: 'Fraud check' }).filter({ hasText: BETTER })).toBeVisible()
    await visitor.close()
    await expect(sentence(ops)).toContainText('Waiting on Product')
    await product.goto('/')
    await expect(product.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(product.getByRole('link', { name: /FRAUD-1/ })).toHaveCount(0)
  })
})

test('a second release goes back from its canary by one person with one line', async () => {
  const [mara, paul, dana, sami, omar, olga] = (['mara', 'paul', 'dana', 'sami', 'omar', 'olga'] as const).map((name) => people.of(name))
  if (!mara || !paul || !dana || !sami || !omar || !olga) throw new Error('somebody is missing')
  const checklist = await openRelease(parts.server, scene, mara, SECOND)
  await checklist.prepare({ product: [mara, paul], science: [dana, sami], ops: [omar, olga] })
  const back = (await checklist.read()).lastStable?.label ?? STABLE
  const [first, second] = [await omar.open(`/releases/${checklist.code}`), await sami.open(`/releases/${checklist.code}`)]
  await sentence(first).getByRole('button', { name: 'Start the rollout' }).click()
  traffic(SECOND, 0.3, back)
  await checklist.soaked(25)
  await expect(second.getByRole('region', { name: /^Rollout to/ })).toContainText('seen by metric')

  parts.models.control({ version: SECOND, mode: 'erroring' })
  const risk = second.getByRole('list', { name: 'What lies over it' })
  await expect(risk).toContainText('9.2 Error ratio against the stable version fails since', { timeout: 90_000 })
  await expect(risk).toContainText('The rollout is halted')

  const third = await olga.open(`/releases/${checklist.code}`)
  await third.getByRole('button', { name: /^Roll back/ }).first().click()
  await dialogOf(third).getByLabel('What is wrong, in one line').fill('Error ratio went to 9 % on the canary')
  await dialogOf(third).getByRole('button', { name: 'Roll back now' }).click()
  await expect(dialogOf(third)).toBeHidden()
  for (const page of [first, second]) await expect(page.getByText(`Rolling back to ${back}`).first()).toBeVisible()
  traffic(SECOND, 0, back)
  await checklist.phase('rolled-back')
  for (const page of [first, second]) await expect(page.locator('header').getByText('Rolled back', { exact: true })).toBeVisible()
  expect((await checklist.read()).rollBack).toMatchObject({ to: back, confirmed: { how: 'metric' }, by: { name: 'Olga Brandt' } })

  await first.goto('/models/fraud-scorer')
  const live = first.getByRole('region', { name: 'Live versions' })
  await expect(live).toContainText(`${SECOND} held`)
  await expect(live).toContainText('Error ratio went to 9 % on the canary')
  await second.goto('/releases/new?model=fraud-scorer')
  await second.getByLabel('Candidate version').selectOption(scene.versions.get(SECOND) ?? '')
  await second.getByRole('button', { name: 'Open the release' }).click()
  await expect(second.getByText(`${SECOND} was rolled back here and is held`).first()).toBeVisible()
})
