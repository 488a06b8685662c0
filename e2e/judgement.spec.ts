/** What is done seldom and must work then: a newer checklist, changed steps, rules and risk, overriding, delegating, breaking the glass, an exception from a freeze, the end of a soak, standing down, taking a gate over. */
import { randomUUID } from 'node:crypto'
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test'
import { fillGate, makeReleaseWorld, PEOPLE, plainChoice, signGate, type Name, type ReleaseWorld } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { ADMIN, postAs, signIn } from '@/e2e/session'
import { picture } from '@/e2e/picture'
import { sound } from '@/e2e/sound'

const TEMPLATE = '01980000-0000-7000-8000-000000000001'
let server: TestServer
let world: ReleaseWorld
const pages = new Map<string, Page>()
const complaints: string[] = []

test.describe.configure({ mode: 'serial', timeout: 90_000 })
test.beforeAll(async () => {
  test.setTimeout(90_000)
  server = await startServer()
  world = await makeReleaseWorld(server)
})
test.afterAll(async () => {
  for (const page of pages.values()) await page.context().close()
  await server.stop()
  forget(server)
})

/** The one page of somebody, at the release (or elsewhere), live. */
async function as(browser: Browser, name: Name | 'ada', path = `/releases/${world.code}`): Promise<Page> {
  const page = pages.get(name) ?? await enter(browser, name)
  await page.goto(path)
  if (path.startsWith('/releases/')) await expect(page.getByText('live', { exact: true })).toBeVisible()
  return page
}

async function enter(browser: Browser, name: Name | 'ada'): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 } })
  await signIn(context, server, name === 'ada' ? ADMIN : PEOPLE[name])
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`${name}: ${error.message}`))
  pages.set(name, page)
  return page
}

const at = (gate: string) => `/releases/${world.code}?gate=${gate}`
const gateCard = (page: Page, name: string) => page.getByRole('region', { name })
const dialogOf = (page: Page) => page.getByRole('dialog')
const lies = (page: Page) => page.getByRole('list', { name: 'What lies over it' })

/** Fills the one text of a dialog and sends it. */
async function say(page: Page, label: string, text: string, confirm: string): Promise<void> {
  await dialogOf(page).getByLabel(label).fill(text)
  await dialogOf(page).getByRole('button', { name: confirm, exact: true }).click()
  await expect(dialogOf(page)).toHaveCount(0)
}

async function menu(page: Page, gateName: string, entry: string): Promise<void> {
  await gateCard(page, gateName).getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: entry, exact: true }).click()
}

test('a template is revised in its deeper fields by two leads, and a release adopts what asks less only with another team', async ({ browser }) => {
  await fillGate(world, 'scope')
  await signGate(world, 'scope')
  const mara = await as(browser, 'mara', `/settings/templates/${TEMPLATE}`)
  await mara.getByRole('link', { name: 'Revise' }).click()
  const line = async (itemId: string): Promise<Locator> => {
    await mara.getByRole('button', { name: new RegExp(`^${itemId.replace('.', '\\.')} `) }).click()
    return mara.getByRole('group', { name: `Item ${itemId}`, exact: true })
  }
  const gate = (name: string) => mara.getByRole('navigation', { name: 'Gates of the draft' }).getByRole('button', { name }).click()
  await (await line('1.2')).getByLabel('Required').uncheck()
  await (await line('1.4')).getByLabel('From risk').selectOption('high')
  await (await line('1.3')).getByLabel('May be marked not applicable').check()
  await gate('2. Data readiness')
  await (await line('2.5')).getByLabel('At most, days').fill('15')
  await gate('6. Monitoring ready')
  await mara.getByLabel('New item').selectOption('evidence')
  await mara.getByLabel('Its title').fill('Runbook read aloud once')
  await mara.getByRole('button', { name: 'Add', exact: true }).click()
  await mara.getByRole('group', { name: 'Signatures' }).getByLabel('Product').fill('1')
  await sound(mara)
  await mara.getByRole('button', { name: 'Save…' }).click()
  await expect(dialogOf(mara).getByText('Changes who must sign: Monitoring ready.')).toBeVisible()
  await sound(mara)
  await say(mara, 'Reason', 'Learnt from CHURN-31', 'Propose the revision')
  await expect(mara.getByRole('region', { name: 'Waiting revision' }).getByRole('button', { name: 'Confirm' })).toHaveAttribute('aria-disabled', 'true')
  const dana = await as(browser, 'dana', `/settings/templates/${TEMPLATE}`)
  await dana.getByRole('region', { name: 'Waiting revision' }).getByRole('button', { name: 'Confirm' }).click()
  await expect(dana.getByText('revision 2', { exact: true })).toBeVisible()

  await as(browser, 'mara', at('scope'))
  await lies(mara).getByRole('button', { name: 'Adopt it' }).click()
  await expect(dialogOf(mara).getByRole('region', { name: 'Asks less, so that a second team decides' })).toContainText('1.4 is no longer asked')
  await expect(dialogOf(mara).getByRole('region', { name: 'Sign-offs that have to be affirmed' })).toContainText('1. Scope and intent: ')
  await expect(dialogOf(mara).getByRole('region', { name: '1 line added' })).toContainText('Runbook read aloud once')
  await expect(dialogOf(mara).getByRole('button', { name: 'Propose it' })).toHaveAttribute('aria-disabled', 'true')
  await sound(mara)
  await say(mara, 'Reason', 'Learnt from CHURN-31', 'Propose it')
  await expect(lies(mara).getByText('Adopt revision 2 of the checklist: 1.4 is no longer asked, 1.2 asks less, 1.3 asks less.')).toBeVisible()
  await as(browser, 'dana', at('scope'))
  await lies(dana).getByRole('button', { name: 'Agree' }).click()
  await expect(gateCard(mara, '1 Scope and intent').getByText('stale', { exact: false }).first()).toBeVisible()
  await expect(gateCard(mara, '1 Scope and intent').getByRole('button', { name: '1.2' }).first()).toBeVisible()
})

test('steps, a target and the risk change with a reason; what asks less waits for a second team', async ({ browser }) => {
  const dana = await as(browser, 'dana', at('data'))
  await dana.getByRole('button', { name: 'Change steps' }).click()
  await dialogOf(dana).getByLabel('Soak, minutes, step 1').fill('30')
  await dialogOf(dana).getByRole('button', { name: 'Add a step before full traffic' }).click()
  await dialogOf(dana).getByLabel('Share, %, step 2').fill('5')
  await expect(dialogOf(dana).getByRole('button', { name: 'Change it' })).toHaveAttribute('aria-disabled', 'true')
  await dialogOf(dana).getByRole('button', { name: 'Remove step 2' }).click()
  await sound(dana)
  await say(dana, 'Reason', 'Half an hour shows the nightly job', 'Change it')
  await expect(dana.getByText('5 % 30 min → 100 %')).toBeVisible()

  await dana.getByRole('button', { name: /^2\.5 / }).click()
  await dana.locator('[id="item-2.5"]').getByRole('button', { name: 'Change what it asks' }).click()
  await dialogOf(dana).getByLabel('Target, days').fill('18')
  await say(dana, 'Reason', 'The vendor is slow', 'Change it')
  await expect(lies(dana).getByText('Change what 2.5 asks.')).toBeVisible()
  await expect(lies(dana).getByRole('button', { name: 'Agree' })).toHaveAttribute('aria-disabled', 'true')
  const olga = await as(browser, 'olga', at('data'))
  await lies(olga).getByRole('button', { name: 'Agree' }).click()
  await expect(lies(dana).getByText('Change what 2.5 asks.')).toHaveCount(0)

  await dana.getByRole('button', { name: 'Change the risk' }).click()
  await dialogOf(dana).getByLabel('Risk').selectOption('high')
  await say(dana, 'Reason', 'A new market', 'Change it')
  await expect(dana.getByText('strict separation').first()).toBeVisible()
  await dana.getByRole('button', { name: 'Change the risk' }).click()
  await dialogOf(dana).getByLabel('Risk').selectOption('medium')
  await say(dana, 'Reason', 'The market waits', 'Propose it')
  await expect(lies(olga).getByText('Lower the risk from high to medium.')).toBeVisible()
  await lies(olga).getByRole('button', { name: 'Agree' }).click()
  await expect(dana.getByText('small team', { exact: false }).first()).toBeVisible()
})

test('a rejection is overridden by the leads of the other teams together', async ({ browser }) => {
  const [olga, mara, dana] = [await as(browser, 'olga', at('environment')), await as(browser, 'mara', at('environment')), await as(browser, 'dana', at('environment'))]
  await gateCard(olga, '5 Environment and resources').getByRole('button', { name: 'Reject' }).click()
  await say(olga, 'Reason', 'The claim is twice what staging used.', 'Reject')
  await mara.getByRole('button', { name: 'Override', exact: true }).click()
  await say(mara, 'Reason', 'The claim is for the peak.', 'Override')
  await expect(gateCard(dana, '5 Environment and resources').getByText('Override asked by Product; the leads of the other teams have to agree.')).toBeVisible()
  await expect(mara.getByRole('button', { name: 'Override', exact: true })).toHaveAttribute('aria-disabled', 'true')
  await dana.getByRole('button', { name: 'Override', exact: true }).click()
  await say(dana, 'Reason', 'Agreed.', 'Override')
  await expect(gateCard(olga, '5 Environment and resources').getByText('Overridden')).toBeVisible()
  await expect(gateCard(olga, '5 Environment and resources').getByText('rejected', { exact: true })).toHaveCount(0)
  await sound(olga)
})

test('a delegate signs for who is away, and it says so', async ({ browser }) => {
  const omar = await as(browser, 'omar', '/account')
  await omar.getByLabel('Signs for me').selectOption({ label: PEOPLE.paul.name })
  await omar.getByLabel('until the end of').fill(new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10))
  await omar.getByRole('button', { name: 'Delegate' }).click()
  await expect(omar.getByText('Paul Okafor signs for you until')).toBeVisible()
  for (const gate of ['scope', 'data', 'quality', 'reproducible']) {
    await fillGate(world, gate)
    await signGate(world, gate)
  }
  await fillGate(world, 'environment')
  const paul = await as(browser, 'paul', at('environment'))
  await gateCard(paul, '5 Environment and resources').getByRole('button', { name: /^Sign off/ }).click()
  await expect(dialogOf(paul).getByText('For Ops.')).toBeVisible()
  await expect(dialogOf(paul).getByLabel('You sign', { exact: true })).toHaveValue(world.ids.omar)
  await dialogOf(paul).getByRole('button', { name: 'Sign off' }).click()
  await expect(gateCard(paul, '5 Environment and resources').getByText('passed', { exact: false }).first()).toBeVisible()
  await expect(gateCard(paul, '5 Environment and resources').getByText('on behalf of Omar Reyes')).toBeVisible()
})

test('an admin breaks the glass: a banner, a mark, and an action that somebody else closes', async ({ browser }) => {
  await fillGate(world, 'monitoring')
  const ada = await as(browser, 'ada', at('monitoring'))
  await expect(gateCard(ada, '6 Monitoring ready').getByRole('button', { name: /^Sign off/ })).toHaveAttribute('aria-disabled', 'true')
  await menu(ada, '6 Monitoring ready', 'Break glass: sign for a team')
  await dialogOf(ada).getByLabel('For the team').selectOption({ label: 'Product' })
  await sound(ada)
  await say(ada, 'Reason', 'All of product are on one plane.', 'Sign by break-glass')
  await expect(lies(ada).getByText('Break-glass: Ada Admin signed gate 6 for a team.')).toBeVisible()
  await expect(gateCard(ada, '6 Monitoring ready').getByText('break-glass').first()).toBeVisible()
  await expect(ada.getByText('Review the break-glass sign-off of gate 6 Monitoring ready')).toBeVisible()
  await signGate(world, 'monitoring')
})

test('a freeze refuses the start until an exception is granted; a soak ends early by a decision; standing down takes it back', async ({ browser }) => {
  for (const gate of ['rollback', 'decision']) {
    await fillGate(world, gate)
    await signGate(world, gate)
  }
  const decision = (await world.read()).gates.find((gate) => gate.id === 'decision')
  await world.tell('mara', { type: 'decide', kind: 'go', title: 'Go', reason: 'All gates passed.', options: [], deciderIds: [world.ids.mara], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null, checkInId: null, conditions: [], itemId: null, until: null, seen: decision?.seen })
  const olga = await as(browser, 'olga')
  await expect(olga.getByRole('button', { name: 'Start the rollout' })).not.toHaveAttribute('aria-disabled', 'true')
  await postAs(world.who.omar, server, `/api/v1/environments/${world.productionId}/commands`, { type: 'add-freeze', freezeId: randomUUID(), from: new Date(Date.now() - 60_000).toISOString(), to: new Date(Date.now() + 86_400_000).toISOString(), zone: 'Europe/Berlin', reason: 'Black Friday' })
  const mara = await as(browser, 'mara')
  await as(browser, 'olga')
  await expect(olga.getByRole('region', { name: 'Where it stands' })).toContainText('Frozen')
  await expect(olga.getByRole('button', { name: 'Start the rollout' })).toHaveAttribute('aria-disabled', 'true')
  await expect(lies(olga).getByRole('button', { name: 'Grant an exception' })).toHaveAttribute('aria-disabled', 'true')
  await lies(mara).getByRole('button', { name: 'Grant an exception' }).click()
  await say(mara, 'Reason', 'The fix is for the sale itself', 'Grant the exception')
  await expect(lies(olga).getByText('Frozen until')).toHaveCount(0)
  await olga.getByRole('button', { name: 'Start the rollout' }).click()
  await olga.getByRole('button', { name: 'Confirm 5 %' }).click()
  await say(olga, 'What you saw', '5 % in the mesh', '5 % is live')

  const omar = await as(browser, 'omar')
  const rollout = (page: Page) => page.getByRole('region', { name: /^Rollout to/ })
  await expect(rollout(olga).getByText('Before the next step:')).toBeVisible()
  const blockers = await rollout(olga).getByRole('list').last().getByRole('listitem').allInnerTexts()
  expect(blockers.length).toBeGreaterThan(0)
  expect(new Set(blockers.map((line) => line.slice(0, 4))).size, blockers.join(' | ')).toBe(blockers.length)
  await expect(rollout(olga).getByRole('button', { name: 'End the soak early' })).toHaveAttribute('aria-disabled', 'true')
  await rollout(omar).getByRole('button', { name: 'End the soak early' }).click()
  await say(omar, 'Reason', 'Twice the requests that were asked', 'End the soak')
  await expect(rollout(omar).getByRole('button', { name: 'End the soak early' })).toHaveCount(0)

  await rollout(olga).getByRole('button', { name: 'Stand down' }).click()
  await say(olga, 'Reason', 'A hot-fix goes first', 'Stand down')
  await expect(mara.getByText('Standing down').first()).toBeVisible()
  await olga.getByRole('button', { name: 'Confirm 0 %' }).first().click()
  await say(olga, 'What you saw', '0 % in the mesh', '0 % is live')
  await expect(mara.getByText('Approved', { exact: false }).first()).toBeVisible()
  await expect(mara.getByText('Rolled back')).toHaveCount(0)
})

test('a decision is looked at on its day, work is grouped by what to do, an action sleeps, and the model has a score', async ({ browser }) => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString()
  const options = [{ title: 'Keep it', pros: 'Nothing to move\nThe team knows it', cons: 'Empty rows for new customers', isChosen: true }, { title: 'Move it', pros: 'One store less', cons: 'A quarter of work', isChosen: false }]
  await world.tell('dana', {
    ...plainChoice('Keep the feature store'), options, deciderIds: [world.ids.omar, world.ids.dana], informedIds: [world.ids.mara],
    confirmation: { how: 'Empty rows stay under 1 %', dueAt: yesterday }, context: 'New customers have no rows.', drivers: ['Error ratio', 'Work until the season'],
  })
  await world.tell('mara', { type: 'add-action', actionId: randomUUID(), title: 'Tell the partners', ownerId: world.ids.omar, team: null, dueAt: new Date(Date.now() + 9 * 86_400_000).toISOString(), checkInId: null })
  const omar = await as(browser, 'omar', '/my-work')
  const group = (name: string) => omar.getByRole('region', { name, exact: true })
  const held = group('Confirm').getByRole('link', { name: /Say whether D-\d+ held: Keep the feature store/ })
  await expect(held).toBeVisible()
  await omar.getByRole('button', { name: 'Change: Tell the partners' }).click()
  await dialogOf(omar).getByLabel('Why').fill('They answer next week.')
  await sound(omar)
  await dialogOf(omar).getByRole('button', { name: 'Snooze it' }).click()
  await expect(dialogOf(omar)).toHaveCount(0)
  await expect(group('Snoozed').getByText('They answer next week.')).toBeVisible()
  await omar.getByRole('button', { name: 'Change: Tell the partners' }).click()
  await dialogOf(omar).getByRole('radio', { name: 'Change its day or words' }).check()
  await dialogOf(omar).getByLabel('What there is to do').fill('Tell the partners and the press')
  await dialogOf(omar).getByLabel('Why').fill('The press asked.')
  await sound(omar)
  await dialogOf(omar).getByRole('button', { name: 'Change its day or words' }).click()
  await expect(dialogOf(omar)).toHaveCount(0)
  await expect(omar.getByRole('link', { name: 'Tell the partners and the press' })).toBeVisible()
  await omar.getByRole('button', { name: 'Undo' }).click()
  await expect(omar.getByRole('link', { name: 'Tell the partners', exact: true })).toBeVisible()
  for (const name of ['Confirm', 'Snoozed']) await expect(group(name).locator('header')).toContainText(`${name}${await group(name).getByRole('listitem').count()}`)
  await sound(omar)
  await picture(omar, 'my-work')

  await held.click()
  await expect(omar.getByText('due for confirmation')).toBeVisible()
  await expect(omar.getByText('New customers have no rows.')).toBeVisible()
  await omar.getByRole('button', { name: 'Say whether it held' }).click()
  await dialogOf(omar).getByLabel('It held').check()
  await sound(omar)
  await say(omar, 'What was seen', 'Empty rows are 0.2 %.', 'Record it')
  await expect(omar.getByRole('region', { name: 'Confirmation' }).getByText('Empty rows are 0.2 %.')).toBeVisible()
  await expect(omar.getByText('due for confirmation')).toHaveCount(0)
  await sound(omar)
  await picture(omar, 'decision-confirmed')
  const number = omar.url().split('/').at(-1)?.replace(/\D.*$/, '') ?? ''
  await omar.goto(`/decisions/${number}`)
  await expect(omar).toHaveURL(new RegExp(`/releases/${world.code}/decisions/${number}$`))
  await omar.goto(`/decisions?person=${world.ids.mara}&standing=in-force`)
  await expect(omar.getByRole('link', { name: /Keep the feature store/ })).toBeVisible()
  await expect(omar.getByText('held', { exact: true })).toBeVisible()
  await picture(omar, 'decisions')
  await omar.goto('/decisions?confirmation=due')
  await expect(omar.getByText('Nobody has to say whether a decision held.', { exact: false })).toBeVisible()

  await omar.goto('/models/fraud-scorer')
  const score = omar.getByRole('region', { name: 'ML Test Score' })
  await expect(score.getByText('The cheapest next')).toBeVisible()
  await score.getByText('Data', { exact: true }).first().click()
  await expect(score.getByText('What is expected of each feature is written as a schema').first()).toBeVisible()
  await sound(omar)
  await picture(omar, 'model-score')
})

test('long lists are read a page at a time, and an action is changed where its release is', async ({ browser }) => {
  for (const page of pages.values()) await page.goto('about:blank') // They would read the release anew with each of these.
  await Promise.all(Array.from({ length: 26 }, (_, n) => world.tell('dana', plainChoice(`Choice ${n}`))))
  await Promise.all(Array.from({ length: 51 }, (_, n) => world.tell('mara', { type: 'add-action', actionId: randomUUID(), title: `Call partner ${n}`, ownerId: world.ids.omar, team: null, dueAt: null, checkInId: null })))
  const omar = await as(browser, 'omar', '/decisions')
  const paged = omar.getByRole('navigation', { name: 'Pages' })
  await expect(paged.getByRole('status')).toHaveText(/^1 to 25 of \d+ decisions$/)
  const total = Number(/of (\d+)/.exec(await paged.getByRole('status').innerText())?.[1])
  await paged.getByRole('link', { name: 'Older' }).click()
  await expect(paged.getByRole('status')).toHaveText(`26 to ${Math.min(50, total)} of ${total} decisions`)
  await paged.getByRole('link', { name: 'Newer' }).click()
  await expect(paged.getByRole('status')).toHaveText(`1 to 25 of ${total} decisions`)

  await as(browser, 'omar', '/my-work')
  const act = omar.getByRole('region', { name: 'Act', exact: true })
  await expect(act.getByRole('listitem')).toHaveCount(50)
  const rest = Number(/\d+/.exec(await act.getByRole('button', { name: /^Show the other \d+$/ }).innerText())?.[0])
  await act.getByRole('button', { name: /^Show the other \d+$/ }).click()
  await expect(act.getByRole('listitem')).toHaveCount(50 + rest)

  await as(browser, 'omar')
  await omar.getByRole('button', { name: 'Change: Tell the partners' }).click()
  await dialogOf(omar).getByRole('radio', { name: 'Hand it on' }).check()
  await dialogOf(omar).getByLabel('Who takes it over').selectOption({ label: PEOPLE.olga.name })
  await dialogOf(omar).getByRole('button', { name: 'Hand it on' }).click()
  await expect(omar.getByRole('listitem').filter({ hasText: 'Tell the partners' })).toContainText(PEOPLE.olga.name)
  await omar.getByRole('button', { name: /^Change: Review the break-glass/ }).click()
  await dialogOf(omar).getByRole('radio', { name: 'Drop it' }).check()
  await expect(dialogOf(omar).getByRole('button', { name: 'Drop it' })).toHaveAccessibleDescription(/is not dropped: somebody else has to look at it/)
})

test('a retry takes a gate over from the release before it, and refuses one that stood on a waiver', async ({ browser }) => {
  const { code } = world
  await world.tell('mara', { type: 'cancel', reason: 'The cluster failed', as: 'cancelled' })
  const next = randomUUID()
  const body: unknown = await (await world.who.mara.get(`${server.origin}/api/v1/releases/${code}`)).json()
  const old = typeof body === 'object' && body !== null ? body : {}
  const part = (name: string): unknown => Reflect.get(old, name)
  await postAs(world.who.mara, server, `/api/v1/releases/${next}/commands`, {
    type: 'open-release', modelId: world.modelId, versionId: world.versions.candidate, environmentId: world.productionId, stagingEnvironmentId: part('stagingEnvironmentId'), templateId: TEMPLATE, risk: 'medium', targetAt: null,
    claim: part('claim'), serving: part('serving'), evaluation: part('evaluation'), steps: [{ share: 5, soakMinutes: 0, minimumRequests: 0 }, { share: 100, soakMinutes: 0, minimumRequests: 0 }],
    rollbackPlan: { way: 'last-stable', triggers: '', deciderId: null, rehearsedAt: null, restoreMinutes: null }, feedback: { description: '', labelDelayDays: 14 }, owners: {}, onCallId: null, panels: [], selectors: { candidate: {}, stable: {}, shareQuery: null },
    limits: { '3.7': 0.9 },
  })
  const dana = await as(browser, 'dana', `/releases/${next}?gate=quality`)
  await menu(dana, '3 Model quality', 'Take over from a release')
  await expect(dialogOf(dana).getByLabel('From')).toContainText(code)
  await sound(dana)
  await dialogOf(dana).getByRole('button', { name: 'Take it over' }).click()
  await expect(dialogOf(dana)).toHaveCount(0)
  await expect(gateCard(dana, '3 Model quality').getByText(`from ${code}`).first()).toBeVisible()
  await dana.goto(`/releases/${next}?gate=data`)
  await menu(dana, '2 Data readiness', 'Take over from a release')
  await dialogOf(dana).getByRole('button', { name: 'Take it over' }).click()
  await expect(dialogOf(dana).getByRole('alert')).toContainText('stands on a waiver')
  expect(complaints).toEqual([])
})
