/** What runs after its release, in browsers and on a real Prometheus and Alertmanager: an adopted version gets its watch, a canary that errs is proposed for roll-back by its plan and by an alert, nothing happens by itself, and one line takes it back. */
import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { startAlertmanager } from '@/bin/alertmanager.mjs'
import { startPrometheus } from '@/bin/prometheus.mjs'
import { startModelServer } from '@/bin/synthetic-model-server.mjs'
import { openRelease, type Checklist } from '@/e2e/checklist'
import { picture } from '@/e2e/picture'
import { PEOPLE } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { adminOf, postAs } from '@/e2e/session'
import { only, shortTemplate } from '@/e2e/short-template'
import { sound } from '@/e2e/sound'
import { Company, labelsOf, lacks, raise, setScene, type Scene } from '@/e2e/world'
import { SCOPE } from '@/lib/domain/template/default-preparation'
import { CANARY, DECISION, FULL_ROLLOUT } from '@/lib/domain/template/default-rollout'

const [STABLE, CANDIDATE] = ['4.1.3', '4.2.0']
const SEEN = { timeout: 30_000 }

test.skip(lacks('alertmanager', 'prometheus'), 'There is no Prometheus or no Alertmanager here.')
test.describe.configure({ mode: 'serial', timeout: 240_000 })

let server: TestServer
let models: Awaited<ReturnType<typeof startModelServer>>
let alertmanager: Awaited<ReturnType<typeof startAlertmanager>>
let prometheus: Awaited<ReturnType<typeof startPrometheus>>
let people: Company<'mara' | 'dana' | 'omar'>
let scene: Scene
let checklist: Checklist

const SHORT = shortTemplate('Errors only', 'One metric of the canary.', [only(SCOPE, [], '1.2'), only(DECISION, ['scope']), only(CANARY, ['decision'], '9.1', '9.2', '9.3'), only(FULL_ROLLOUT, ['canary'], '10.2', '10.4')])

/** Errors of each version over four seconds: what a test changes is soon all that is measured. */
const ERRORS = '(sum by (model_name, model_version) (rate(model_requests_total{code="500"}[4s]))) / sum by (model_name, model_version) (rate(model_requests_total[4s])) > 0.05'

async function tokenFor(...scopes: readonly string[]): Promise<string> {
  const answer = await (await adminOf(server)).post(`${server.origin}/api/v1/tokens`, { headers: { origin: server.origin }, data: { name: scopes.join(' '), scopes, modelIds: [] } })
  const body: unknown = await answer.json()
  return typeof body === 'object' && body !== null && 'secret' in body && typeof body.secret === 'string' ? body.secret : raise(`no token: ${JSON.stringify(body)}`)
}

test.beforeAll(async ({ browser }) => {
  const versions = [{ version: STABLE, share: 0.75 }, { version: CANDIDATE, share: 0.25 }]
  ;[server, models] = await Promise.all([startServer(), startModelServer({ models: [{ name: 'fraud-scorer', requestsPerSecond: 20_000, versions }] })])
  alertmanager = await startAlertmanager({ webhook: `${server.origin}/api/v1/alerts/alertmanager?environment=production-eu`, token: await tokenFor('alert') })
  prometheus = await startPrometheus({
    intervalSeconds: 1, targets: [{ job: 'models', address: `127.0.0.1:${models.port}` }], alertmanagers: [alertmanager.address],
    rules: [
      { alert: 'ModelErrors', expr: ERRORS, labels: { severity: 'critical' }, annotations: { summary: '{{ $labels.model_version }} answers more than 5 % with errors' } },
      { alert: 'NodeFull', expr: 'vector(1)', labels: { severity: 'warning', node: 'n1' }, annotations: { summary: 'Nothing to do with a model' } },
    ],
  })
  people = await Company.enter(browser, server, { mara: PEOPLE.mara, dana: PEOPLE.dana, omar: PEOPLE.omar })
  scene = await setScene({ server, prometheus, stagingPrometheus: prometheus }, people.of('dana'), [STABLE, CANDIDATE])
})
test.afterAll(async () => {
  await people?.leave()
  await prometheus?.stop()
  await alertmanager?.stop()
  await models?.close()
  await server?.stop()
  if (server) forget(server)
})

test('an adopted version is watched for what somebody chooses, and reviewed', async () => {
  const omar = people.of('omar')
  const page = await omar.open('/live')
  await expect(page.getByRole('region', { name: 'Live versions' }).getByText('not watched', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'fraud-scorer' }).click()
  await expect(page.getByText('Nobody watches it', { exact: true })).toBeVisible()
  await sound(page)
  await page.getByRole('button', { name: 'Choose what is watched' }).last().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Labels of its series').fill(Object.entries(labelsOf(STABLE)).map(([name, value]) => `${name}=${value}`).join('\n'))
  await dialog.getByRole('checkbox', { name: /error ratio/i }).first().check()
  await dialog.getByLabel('Limit, ratio').fill('0.05')
  await dialog.getByRole('checkbox', { name: 'Proposes a roll-back' }).check()
  await dialog.getByRole('checkbox', { name: /p95/i }).first().check()
  await sound(page)
  await picture(page, 'live-choose')
  await dialog.getByRole('button', { name: 'Watch 2 lines' }).click()
  const watch = page.getByRole('region', { name: 'Standing watch' })
  await expect(watch.getByText('passes', { exact: true })).toHaveCount(2, SEEN)
  await expect(page.getByText('Steady.')).toBeVisible()
  await page.getByRole('button', { name: 'Record a review' }).click()
  await page.getByRole('dialog').getByLabel('What you found').fill('Drift is flat, and support is calm.')
  await page.getByRole('dialog').getByRole('button', { name: 'Record the review' }).click()
  await expect(page.getByRole('region', { name: 'Review' })).toContainText(`Reviewed by ${omar.name}`)
  const posted = await page.request.post(`/api/v1/live/${scene.modelId}:${scene.productionId}/feedback`, {
    headers: { authorization: `Bearer ${await tokenFor('evidence')}` },
    data: { from: '2026-01-05T00:00:00Z', to: '2026-01-12T00:00:00Z', predictions: 40_000, labelled: 12_000, disagreement: 0.031, delayDays: 9 },
  })
  expect(posted.status()).toBe(200)
  for (const words of ['30 %', '9 days', '3.1 %']) await expect(page.getByRole('region', { name: 'Feedback loop' })).toContainText(words, SEEN)
  await picture(page, 'live-adopted')
  await page.close()
})

test('a canary that errs is proposed for roll-back by its plan and by an alert; one line takes it back', async () => {
  const [mara, dana, omar] = [people.of('mara'), people.of('dana'), people.of('omar')]
  const templateId = randomUUID()
  await postAs(await adminOf(server), server, `/api/v1/templates/${templateId}/commands`, { type: 'create-template', content: SHORT })
  checklist = await openRelease(server, { ...scene, templateId }, mara, CANDIDATE, { steps: SHORT.steps })
  const page = await omar.open('/releases/FRAUD-1')

  await test.step('the plan says what is watched', async () => {
    await page.getByRole('button', { name: 'Change roll-back' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('When').selectOption('item 9.2')
    await dialog.getByRole('button', { name: 'Add the trigger' }).click()
    await picture(page, 'live-triggers')
    await sound(page)
    await dialog.getByRole('button', { name: /save|change/i }).last().click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText(/proposed by: .*error/i)).toBeVisible()
  })

  await test.step('the rollout starts', async () => {
    await checklist.fill(mara, 'scope')
    await checklist.sign('scope', mara)
    await checklist.sign('decision', dana, omar, mara)
    await checklist.go(mara)
    await checklist.tell(omar, { type: 'start-rollout' })
    await expect.poll(async () => (await checklist.read()).gates.flatMap((gate) => gate.items).find((item) => item.id === '9.2')?.status, SEEN).toBe('met')
  })

  const settings = await dana.open('/settings/alerts')

  await test.step('an alert that is about nothing here is listed with the reason', async () => {
    const line = settings.getByRole('listitem').filter({ hasText: 'NodeFull' })
    await expect(line).toContainText('Matched nothing.', SEEN)
    await expect(line).toContainText('Nearest is fraud-scorer 4.1.3 in production-eu')
  })

  await test.step('erroring: the trigger and the alert each propose, nothing is done', async () => {
    models.control({ version: CANDIDATE, mode: 'erroring' })
    const proposals = page.getByRole('list', { name: 'Proposed roll-backs' })
    await expect(proposals.getByText(/alert ModelErrors/)).toBeVisible(SEEN)
    await expect(proposals.getByText(/error ratio/i).first()).toBeVisible(SEEN)
    await expect(proposals.getByRole('listitem')).toHaveCount(2)
    await expect(page.getByText('Roll-back proposed:').first()).toBeVisible()
    await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('fires since')
    expect(await checklist.read()).toMatchObject({ rollBack: null })
    await sound(page)
    await picture(page, 'live-proposed')
    // A scrape that comes late lets it fire twice.
    await expect(settings.getByRole('listitem').filter({ hasText: 'ModelErrors' }).first()).toContainText('FRAUD-1', SEEN)
    await sound(settings)
    await picture(settings, 'live-inbound')
  })

  await test.step('dismissed with a reason, it does not come back while it lasts', async () => {
    const proposals = page.getByRole('list', { name: 'Proposed roll-backs' })
    await proposals.getByRole('listitem').filter({ hasText: 'alert ModelErrors' }).getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('A test client, being switched off.')
    await page.getByRole('dialog').getByRole('button', { name: 'Dismiss it' }).click()
    await expect(proposals.getByRole('listitem')).toHaveCount(1)
  })

  await test.step('healthy: the alert is resolved, what was proposed is withdrawn, and both stand as marks', async () => {
    models.control({ version: CANDIDATE, mode: 'healthy' })
    await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('resolved', SEEN)
    // The item looks back over a minute, so the last error is counted for as long.
    await expect(page.getByRole('list', { name: 'Proposed roll-backs' })).toHaveCount(0, { timeout: 90_000 })
    // The axis ends at the last step that was read, so the mark of this second comes with the next one.
    await expect.poll(async () => (await page.request.get('/api/v1/releases/FRAUD-1/metrics')).text(), SEEN).toContain('ModelErrors resolved')
  })

  await test.step('erring again: one line, prefilled with the evidence, takes it back', async () => {
    models.control({ version: CANDIDATE, mode: 'erroring' })
    const proposal = page.getByRole('list', { name: 'Proposed roll-backs' }).getByRole('listitem').filter({ hasText: 'alert ModelErrors' })
    await proposal.getByRole('button', { name: `Roll back to ${STABLE}` }).click(SEEN)
    await expect(page.getByRole('dialog').getByLabel('Reason, in one line')).toHaveValue(/alert ModelErrors/)
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
    await expect(page.getByText(/Rolling back to 4\.1\.3/).first()).toBeVisible()
    await expect(page.getByRole('list', { name: 'Proposed roll-backs' })).toHaveCount(0)
  })
})

test('the list says how everything that is live stands, and the status page shows the days where an admin allows it', async ({ page: stranger }) => {
  const page = await people.of('mara').open('/live')
  await expect(page.getByRole('img', { name: /record|measured/i }).first()).toBeVisible()
  await expect(page.getByText(/review on/)).toBeVisible()
  await sound(page)
  await picture(page, 'live-list')
  await postAs(await adminOf(server), server, `/api/v1/models/${scene.modelId}/commands`, { type: 'publish-model', publication: { name: 'Fraud check', fields: ['version', 'state', 'record'], environments: [{ environmentId: scene.productionId, name: 'Europe' }] } })
  await expect.poll(async () => { await stranger.goto(`${server.origin}/status`); return stranger.getByRole('img', { name: /90 days|measured/ }).count() }, SEEN).toBe(1)
  await sound(stranger)
  await picture(stranger, 'live-status')
})
