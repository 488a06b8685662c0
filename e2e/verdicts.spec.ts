/** Why a metric says what it says, in browsers and on a real Prometheus: a version goes from healthy over slow, erroring, idle and gone to healthy again, each verdict is seen and explained, and what was frozen is read after Prometheus and its data are gone. */
import { existsSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { openRelease, type Checklist } from '@/e2e/checklist'
import { picture } from '@/e2e/picture'
import { PEOPLE } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { adminOf, postAs } from '@/e2e/session'
import { only, shortTemplate } from '@/e2e/short-template'
import { sound } from '@/e2e/sound'
import { Company, lacks, setScene, type Scene } from '@/e2e/world'
import { ENVIRONMENT, SCOPE } from '@/lib/domain/template/default-preparation'
import { CANARY, DECISION, FULL_ROLLOUT } from '@/lib/domain/template/default-rollout'

const [STABLE, CANDIDATE] = ['4.1.3', '4.2.0']
const LATENCY = '9.3'
const ERRORS = '9.2'
const STAGING = '5.6'
/** A window of four scrapes: what a test changes is soon all that is measured. */
const OWN = `model_name="fraud-scorer",model_version="${CANDIDATE}"`
const QUERIES = {
  [LATENCY]: `histogram_quantile(0.95, sum by (le) (rate(model_request_duration_seconds_bucket{${OWN}}[4s])))`,
  [ERRORS]: `(sum(rate(model_requests_total{${OWN},code="500"}[4s])) or vector(0)) / sum(rate(model_requests_total{${OWN}}[4s]))`,
} as const
const PROPOSED = 'A roll-back is proposed: p95 latency past its limit.'
const SEEN = { timeout: 30_000 }

test.skip(lacks('prometheus'), 'There is no Prometheus on PATH or in PROMETHEUS_BIN.')
test.describe.configure({ mode: 'serial', timeout: 150_000 })

let server: TestServer
let models: Awaited<ReturnType<typeof startModelServer>>
let prometheus: Awaited<ReturnType<typeof startPrometheus>>
let people: Company<'mara' | 'dana' | 'omar'>
let scene: Scene
let checklist: Checklist

const SHORT = shortTemplate('Latency and errors', 'Two metrics of the canary, one of staging.', [
  only(SCOPE, [], '1.2'), only(ENVIRONMENT, ['scope'], STAGING), only(DECISION, ['scope', 'environment']), only(CANARY, ['decision'], '9.1', ERRORS, LATENCY), only(FULL_ROLLOUT, ['canary'], '10.2', '10.4'),
])

test.beforeAll(async ({ browser }) => {
  const versions = [{ version: STABLE, share: 0.75 }, { version: CANDIDATE, share: 0.25 }]
  ;[server, models] = await Promise.all([startServer(), startModelServer({ models: [{ name: 'fraud-scorer', requestsPerSecond: 20_000, versions }] })])
  prometheus = await startPrometheus({ intervalSeconds: 1, targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }] })
  people = await Company.enter(browser, server, { mara: PEOPLE.mara, dana: PEOPLE.dana, omar: PEOPLE.omar })
  scene = await setScene({ server, prometheus, stagingPrometheus: prometheus }, people.of('dana'), [STABLE, CANDIDATE])
  const templateId = randomUUID()
  await postAs(await adminOf(server), server, `/api/v1/templates/${templateId}/commands`, { type: 'create-template', content: SHORT })
  checklist = await openRelease(server, { ...scene, templateId }, people.of('mara'), CANDIDATE, { steps: SHORT.steps })
})
test.afterAll(async () => {
  await people?.leave()
  await prometheus?.stop()
  await models?.close()
  await server?.stop()
  if (server) forget(server)
})

const pill = (page: Page): Locator => page.getByRole('heading', { level: 1 }).locator('xpath=..').locator('span').first()
const why = (page: Page): Locator => page.getByRole('region', { name: /^Why it (says|said)/ })

/** Waits until the page of a verdict says what stands. */
async function says(page: Page, verdict: string): Promise<void> {
  await expect(pill(page)).toHaveText(verdict, SEEN)
}

test('each verdict is seen and explained, and what was frozen outlives Prometheus', async () => {
  const [mara, dana, omar] = [people.of('mara'), people.of('dana'), people.of('omar')]
  const prefix = '/releases/FRAUD-1'

  await test.step('the checklist up to the rollout', async () => {
    for (const [itemId, query] of Object.entries(QUERIES)) {
      await checklist.tell(omar, { type: 'change-item', itemId, isRequired: true, metric: null, target: null, query, reason: 'A window as short as the scrapes.' })
      const { proposals } = await checklist.read()
      await checklist.tell(dana, { type: 'confirm-change', proposalId: proposals.find((one) => one.itemId === itemId)?.id })
    }
    const plan = { way: 'last-stable', triggers: 'p95 over 250 ms', deciderId: null, rehearsedAt: null, restoreMinutes: 5, conditions: [{ id: 'latency', title: 'p95 latency past its limit', itemId: LATENCY, spec: null }] }
    await checklist.tell(omar, { type: 'change', change: { part: 'rollback-plan', value: plan }, reason: '' })
    await checklist.fill(mara, 'scope')
    await checklist.sign('scope', mara)
    await checklist.measured('environment')
    await checklist.sign('environment', omar)
    await checklist.sign('decision', dana, omar, mara)
    await checklist.go(mara)
  })

  const release = await omar.open(prefix)
  const [latency, errors] = await Promise.all([dana.open(`${prefix}/verdicts/${LATENCY}`), dana.open(`${prefix}/verdicts/${ERRORS}`)])

  await test.step('never measured: it says why, and when it will be', async () => {
    await expect(latency.getByText('Measured from the start of the rollout on.').first()).toBeVisible()
    await expect(latency.getByText('Never measured', { exact: true })).toBeVisible()
    await checklist.tell(omar, { type: 'start-rollout' })
  })

  await test.step('healthy: pass, with the question as sent and the answer as received', async () => {
    for (const page of [latency, errors]) await says(page, 'pass')
    await expect(why(latency).getByRole('img', { name: 'held' })).toHaveCount(7)
    const asked = latency.getByRole('region', { name: 'Asked and answered' })
    await expect(asked.getByRole('region', { name: 'Query' }).first()).toContainText(`model_version="${CANDIDATE}"`)
    await expect(asked.getByText('value as received').first()).toBeVisible()
    await expect(latency.getByText(/^Passes while .+250 ms/).first()).toBeVisible()
  })

  await test.step('slow: fail, at risk, a roll-back is proposed and one press away, and nothing is done by itself', async () => {
    models.control({ version: CANDIDATE, mode: 'slow' })
    await says(latency, 'fail')
    await expect(why(latency).getByRole('img', { name: 'decided it' })).toBeVisible()
    await expect(why(latency)).toContainText(/outside its limit, ≤ 250 ms/)
    await expect(release.getByText(PROPOSED, { exact: true })).toBeVisible()
    // The proposal says it; the line of the failing item beside it would say it twice.
    await expect(release.getByText(new RegExp(`${LATENCY} .+ fails since`))).toHaveCount(0)
    await expect(release.getByRole('region', { name: 'Where it stands' })).toContainText(/^Roll-back proposed: .+ The rollout is halted/)
    await expect(release.getByRole('button', { name: 'Roll back' }).first()).toBeEnabled()
    await expect(release.getByRole('link', { name: 'Why it says that' }).first()).toHaveAttribute('href', `${prefix}/verdicts/${LATENCY}`)
    await says(errors, 'pass')
    await checklist.tell(omar, { type: 'hold', reason: 'The latency has to be looked at.', checkInId: null })
    await checklist.tell(omar, { type: 'resume', reason: 'Seen; it may be measured on.' })
  })

  await test.step('erroring: the latency passes again, the errors fail', async () => {
    models.control({ version: CANDIDATE, mode: 'erroring' })
    await says(errors, 'fail')
    await says(latency, 'pass')
    await expect(release.getByText(PROPOSED, { exact: true })).toBeHidden()
  })

  await test.step('idle, then gone: neither is a pass nor a failure, and the release says that it is not measured', async () => {
    models.control({ version: CANDIDATE, mode: 'idle' })
    for (const page of [latency, errors]) await says(page, 'idle')
    await expect(why(latency)).toContainText('no traffic')
    await expect(release.getByText(/not measured\./).first()).toBeVisible()
    models.control({ version: CANDIDATE, mode: 'gone' })
    for (const page of [latency, errors]) await says(page, 'no data')
    await expect(why(latency)).toContainText('no series matches')
  })

  await test.step('healthy again: pass, and every turn is listed; j and k walk the measurements', async () => {
    models.control({ version: CANDIDATE, mode: 'healthy' })
    for (const page of [latency, errors]) await says(page, 'pass')
    await latency.getByRole('group', { name: 'Show only' }).getByRole('button', { name: /^fail/ }).click()
    await expect(latency).toHaveURL(/verdict=fail/)
    await latency.getByRole('region', { name: 'Evaluations' }).getByRole('button').first().click()
    await expect(latency).toHaveURL(/at=/)
    await expect(why(latency)).toContainText('outside')
    const first = latency.url()
    await latency.keyboard.press('j')
    await expect(latency).not.toHaveURL(first)
    await latency.keyboard.press('k')
    await expect(latency).toHaveURL(first)
    await sound(latency)
    await picture(latency, 'verdict-failed')
    await errors.getByRole('button', { name: 'Turns' }).click()
    const turns = errors.getByRole('region', { name: 'Turns' }).getByRole('listitem')
    for (const verdict of ['pass', 'no data', 'idle', 'fail']) await expect(turns.filter({ has: errors.getByText(verdict, { exact: true }) }).first()).toBeVisible()
  })

  await test.step('Prometheus and its data are deleted: what was frozen, and what was kept, is still read', async () => {
    await prometheus.stop()
    expect(existsSync(prometheus.folder)).toBe(false)
    await expect(errors.getByText(/does not answer/).first()).toBeVisible(SEEN)
    await latency.reload()
    await expect(why(latency)).toContainText('outside')
    await expect(latency.getByRole('region', { name: 'Asked and answered' }).getByText('value as received').first()).toBeVisible()
    await release.goto(`${prefix}?gate=environment`)
    await release.getByText('What was measured then').click()
    const frozen = release.getByRole('listitem').filter({ hasText: 'Rule and query then' }).last()
    await expect(frozen).toContainText('Then')
    await expect(frozen.getByText(/\d+ ms/).first()).toBeVisible()
    const hold = (await checklist.read()).decisions.find((one) => one.kind === 'hold')
    await release.goto(`${prefix}/decisions/${hold?.number}`)
    const then = release.getByRole('listitem').filter({ has: release.getByRole('link', { name: new RegExp(`^${LATENCY}`) }) }).last()
    await expect(then.getByRole('figure', { name: /^Values then/ })).toBeVisible()
    await expect(then.getByRole('definition').first()).toContainText(/\d+ msfail/)
    await expect(release.getByRole('link', { name: new RegExp(`^${STAGING}`) })).toBeVisible()
    await sound(release)
    await picture(release, 'verdict-decision')
    await says(latency, 'error')
    await errors.getByRole('button', { name: 'Measurements' }).click()
    await picture(errors, 'verdict-error')
    await sound(errors)
  })
})
