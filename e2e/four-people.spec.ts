/** A team of four, one of them in two teams, takes a low-risk release to stable under the small-team policy. */
import { expect, test } from '@playwright/test'
import { openRelease } from '@/e2e/checklist'
import type { TestPerson } from '@/e2e/session'
import { Company, lacks, setScene, startParts, type Parts, type Scene } from '@/e2e/world'

const PEOPLE = {
  pia: { name: 'Pia Brandt', email: 'pia@example.org', isAdmin: false, memberships: [{ team: 'product', role: 'lead' }] },
  dana: { name: 'Dana Weiss', email: 'dana@example.org', isAdmin: false, memberships: [{ team: 'data-science', role: 'lead' }] },
  mara: { name: 'Mara Lindqvist', email: 'mara@example.org', isAdmin: false, memberships: [{ team: 'data-science', role: 'member' }, { team: 'ops', role: 'lead' }] },
  omar: { name: 'Omar Reyes', email: 'omar@example.org', isAdmin: false, memberships: [{ team: 'ops', role: 'member' }] },
} as const satisfies Record<string, TestPerson>

const [STABLE, CANDIDATE] = ['1.0.0', '1.1.0']

test.skip(lacks('prometheus'), 'There is no Prometheus on PATH or in PROMETHEUS_BIN.')
test.describe.configure({ mode: 'serial', timeout: 420_000 })
test.use({ actionTimeout: 20_000 })

let parts: Parts
let people: Company<keyof typeof PEOPLE>
let scene: Scene

test.beforeAll(async ({ browser }) => {
  parts = await startParts([CANDIDATE], STABLE)
  people = await Company.enter(browser, parts.server, PEOPLE)
  scene = await setScene(parts, people.of('dana'), [STABLE, CANDIDATE])
})
test.afterAll(async () => {
  await people?.leave()
  await parts?.stop()
})

test('one person stands for two teams, a go has two, and it becomes stable', async () => {
  const [pia, dana, mara, omar] = [people.of('pia'), people.of('dana'), people.of('mara'), people.of('omar')]
  const checklist = await openRelease(parts.server, scene, pia, CANDIDATE)
  const page = await mara.open(`/releases/${checklist.code}?gate=monitoring`)
  await expect(page.getByRole('main').getByText('small team')).toBeVisible()
  await checklist.fill(pia, 'scope')
  await checklist.collect('scope', [pia, omar])
  await checklist.fill(omar, 'monitoring')
  await checklist.measured('monitoring')

  const card = page.getByRole('region').filter({ has: page.locator('#gate-title') })
  await card.getByRole('button', { name: /^Sign off/ }).click()
  const dialog = page.getByRole('dialog')
  for (const team of ['Data science', 'Ops']) await expect(dialog.getByLabel(team)).toBeChecked()
  await dialog.getByRole('button', { name: 'Sign off', exact: true }).click()
  await expect(card.getByRole('list', { name: 'Sign-offs' })).toContainText('Mara Lindqvist for Ops and Data science')
  await expect(card.getByText('passed', { exact: true })).toBeVisible()

  await checklist.prepare({ product: [pia], science: [dana, mara], ops: [omar, mara] })
  expect(new Set((await checklist.gate('decision')).signOffs.map((signOff) => signOff.by.id)).size).toBeGreaterThanOrEqual(2)
  await page.getByRole('region', { name: 'Where it stands' }).getByRole('button', { name: 'Start the rollout' }).click()
  parts.models.control({ version: CANDIDATE, share: 0.3 })
  parts.models.control({ version: STABLE, share: 0.7 })
  await checklist.soaked(25)
  await checklist.fill(omar, 'canary')
  await checklist.fill(pia, 'canary')
  await checklist.measured('canary')
  await checklist.collect('canary', [mara, omar])
  await page.getByRole('region', { name: 'Where it stands' }).getByRole('button', { name: 'Advance to 100 %' }).click()
  parts.models.control({ version: CANDIDATE, share: 1 })
  parts.models.control({ version: STABLE, share: 0 })
  await checklist.soaked(100)
  await checklist.fill(omar, 'full-rollout')
  await checklist.fill(pia, 'full-rollout')
  await checklist.measured('full-rollout')
  await checklist.collect('full-rollout', [mara, pia, omar])
  await checklist.phase('stable')
  await expect(page.locator('header').getByText('Stable', { exact: true })).toBeVisible()
})
