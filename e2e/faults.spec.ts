/** What fails around the product: Prometheus in the middle of a rollout, sources that answer nonsense, and the server itself killed while commands come in. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, request, test } from '@playwright/test'
import { startFakeSlack } from '@/bin/fake-slack.mjs'
import { freePort } from '@/bin/program.mjs'
import { takeWordsAway } from '@/db/testing/broken-table'
import { type Checklist, openRelease } from '@/e2e/checklist'
import { makeReleaseWorld, PEOPLE, type Name } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { adminOf, openSession, postAs } from '@/e2e/session'
import { Company, lacks, setScene, startParts, type Parts, type Scene } from '@/e2e/world'

const isBlind = lacks('prometheus')

test.describe('a source that is not what it should be', () => {
  test.skip(isBlind, 'There is no Prometheus on PATH or in PROMETHEUS_BIN.')
  test.describe.configure({ mode: 'serial', timeout: 420_000 })
  let parts: Parts
  let people: Company<Name>
  let scene: Scene

  test.beforeAll(async ({ browser }) => {
    parts = await startParts(['4.2.0'], '4.1.3')
    people = await Company.enter(browser, parts.server, PEOPLE)
    scene = await setScene(parts, people.of('dana'), ['4.1.3', '4.2.0', ...Object.keys(ANSWERS)])
  })
  test.afterAll(async () => {
    await people?.leave()
    await parts?.stop()
  })

  test('answers with HTML, nothing, no number, several series, a redirect or a value: the verdict follows the rules, and only the value passes', async () => {
    const admin = await adminOf(parts.server)
    const doubles: { readonly name: string; readonly double: Awaited<ReturnType<typeof startDouble>>; readonly checklist: Checklist }[] = []
    for (const [name, { body }] of Object.entries(ANSWERS)) {
      const double = await startDouble(body)
      const [sourceId, environmentId] = [randomUUID(), randomUUID()]
      await postAs(admin, parts.server, '/api/v1/sources/add', { id: sourceId, name, url: double.url, auth: 'none', headerNames: [], scrapeIntervalSeconds: 1, secret: null })
      await postAs(admin, parts.server, `/api/v1/environments/${environmentId}/commands`, { type: 'add-environment', slug: name, name, kind: 'cloud', orchestrator: 'kubernetes', sourceId, zone: 'UTC' })
      doubles.push({ name, double, checklist: await openRelease(parts.server, scene, people.of('mara'), name, { stagingEnvironmentId: environmentId }) })
    }
    for (const { checklist } of doubles) {
      // Only what an open gate asks is measured.
      await checklist.fill(people.of('mara'), 'scope')
      await checklist.collect('scope', [people.of('paul'), people.of('mara'), people.of('dana'), people.of('sami'), people.of('omar')])
    }
    for (const { name, checklist } of doubles) {
      const verdict = async () => (await checklist.gate('monitoring')).items.find((item) => item.id === '6.3')?.verdict?.verdict
      await expect.poll(verdict, { message: name, timeout: 60_000 }).toBe(ANSWERS[name]?.verdict)
      const item = (await checklist.gate('monitoring')).items.find((one) => one.id === '6.3')
      expect(item?.isSettled, name).toBe(ANSWERS[name]?.verdict === 'pass')
      if (name !== 'a-value') expect(item?.verdict?.reason, name).toMatch(/\w+ .*\.$/)
    }
    expect((await fetch(`${parts.server.origin}/readyz`)).status).toBe(200)
    for (const { double, checklist } of doubles) {
      await checklist.tell(people.of('mara'), { type: 'cancel', reason: 'The test is over.', as: 'cancelled' })
      await double.close()
    }
  })

  test('Prometheus dies during a rollout: not measured with its age, the next step refused, everything else goes on', async () => {
    const [mara, paul, dana, sami, omar, olga] = [people.of('mara'), people.of('paul'), people.of('dana'), people.of('sami'), people.of('omar'), people.of('olga')]
    const checklist = await openRelease(parts.server, scene, mara, '4.2.0')
    await checklist.prepare({ product: [mara, paul], science: [dana, sami], ops: [omar, olga] })
    await checklist.tell(omar, { type: 'start-rollout' })
    parts.models.control({ version: '4.2.0', share: 0.3 })
    parts.models.control({ version: '4.1.3', share: 0.7 })
    await checklist.soaked(25)
    await checklist.fill(paul, 'canary')
    await checklist.measured('canary')
    await checklist.sign('canary', omar)
    const page = await omar.open(`/releases/${checklist.code}?gate=canary`)
    const rollout = page.getByRole('region', { name: 'Where it stands' })
    await expect(rollout.getByRole('button', { name: 'Advance to 100 %' })).toBeEnabled()

    await parts.prometheus.stop()
    await expect(page.getByText(/metrics are not measured/)).toBeVisible({ timeout: 60_000 })
    await expect(page.locator('[id="item-9.4"]')).toContainText('refuses the connection')
    await expect(page.locator('[id="item-9.4"]')).toContainText(/just now|\d+ s ago/)
    await expect(rollout.getByRole('button', { name: 'Advance to 100 %' })).toHaveAttribute('aria-disabled', 'true')
    await expect(checklist.tell(omar, { type: 'advance' })).rejects.toThrow(/not measured|error/)
    // Nothing else is held up: people talk, and a roll-back starts.
    await checklist.tell(sami, { type: 'comment', commentId: randomUUID(), gateId: 'canary', itemId: null, text: 'Prometheus is gone.', mentions: [] })
    await expect(page.getByText('Prometheus is gone.')).toBeVisible()
    await page.getByRole('banner').or(page.locator('header')).getByRole('button', { name: /^Roll back/ }).first().click()
    await page.getByRole('dialog').getByLabel('What is wrong, in one line').fill('Blind since Prometheus died')
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back now' }).click()
    await checklist.phase('rolling-back')
    await page.close()
  })
})

const ANSWERS: Readonly<Record<string, { readonly body: (response: http.ServerResponse) => void; readonly verdict: string }>> = {
  'html': { body: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'), verdict: 'error' },
  'nothing': { body: (response) => vector(response, []), verdict: 'no-data' },
  'not-a-number': { body: (response) => vector(response, ['NaN']), verdict: 'idle' },
  'several': { body: (response) => vector(response, ['2', '2']), verdict: 'inconclusive' },
  'elsewhere': { body: (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(), verdict: 'error' },
  'a-value': { body: (response) => vector(response, ['2']), verdict: 'pass' },
}

function vector(response: http.ServerResponse, values: readonly string[]): void {
  const result = values.map((value, at) => ({ metric: { series: String(at) }, value: [Date.now() / 1000, value] }))
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
}

/** A source on loopback that gives everybody the same answer. */
async function startDouble(answer: (response: http.ServerResponse) => void): Promise<{ url: string; close(): Promise<void> }> {
  const port = await freePort()
  const server = http.createServer((asked, response) => {
    asked.resume().on('end', () => answer(response))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }) }
}

test('kill -9 during commands: every acknowledged one is there after the restart, the log verifies, and what was to be told is told', async () => {
  test.setTimeout(180_000)
  const slack = await startFakeSlack({ perSecond: 200 })
  const outbound = { WEBHOOK_HOSTS: new URL(slack.origin).host }
  const first = await startServer(outbound)
  const world = await makeReleaseWorld(first, 'low')
  const admin = await adminOf(first)
  await postAs(admin, first, '/api/v1/destinations/add', { name: '#releases', team: null, eventKinds: ['mention'], url: slack.url('hook') })
  // Few enough to be told within the test: a channel takes about one message a second.
  const acknowledged: string[] = []
  const isOver = { now: false }
  const kill = () => {
    process.kill(first.pid, 'SIGKILL')
    isOver.now = true
  }
  const told = async (name: Name) => {
    for (let turn = 0; !isOver.now; turn += 1) {
      const text = `${name} says ${turn}`
      try {
        await world.tell(name, { type: 'comment', commentId: randomUUID(), gateId: 'scope', itemId: null, text, mentions: [world.ids.mara] })
        acknowledged.push(text)
        // In the middle of what the others say, and after the same number on any machine.
        if (acknowledged.length === 10) kill()
      } catch {
        return
      }
    }
  }
  const talkers = (['dana', 'sami', 'omar', 'olga'] as const).map(told)
  await Promise.all(talkers)
  expect(acknowledged.length).toBeGreaterThan(9)
  await first.stop()

  const second: TestServer = await startServer(outbound, first.dataDir)
  const reader = await request.newContext()
  await openSession(reader, second, PEOPLE.mara.email)
  const seen = JSON.stringify(await (await reader.get(`${second.origin}/api/v1/releases/${world.code}`)).json())
  expect(acknowledged.filter((text) => !seen.includes(`"${text}"`))).toEqual([])
  await expect.poll(() => acknowledged.filter((text) => !slack.messages.some((message) => JSON.stringify(message.payload).includes(text))), { timeout: 60_000 }).toEqual([])
  const verified = await promisify(execFile)(process.execPath, ['bin/gatehouse.mjs', 'verify'], { cwd: path.join(import.meta.dirname, '..'), env: { ...process.env, DATA_DIR: second.dataDir } })
  expect(verified.stdout).toContain('The log verifies')

  // A page that cannot be rendered is told once, by its route, and never in the framework's own words.
  takeWordsAway(path.join(second.dataDir, 'gatehouse.db'))
  expect((await reader.get(`${second.origin}/releases/${world.code}`)).status()).toBe(500)
  await expect.poll(() => second.output()).toContain('/releases/[code] could not be answered')
  expect(second.output()).not.toContain('⨯')
  await second.stop()
  forget(second)
  await slack.close()
})
