/** A pipeline asks: a token made in the browser, a shell script with curl that posts what CI knows, and a command that blocks until ops has taken the step. */
import { execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { fillGate, makeReleaseWorld, PEOPLE, signGate, type ReleaseWorld } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { signIn } from '@/e2e/session'

const ROOT = path.join(import.meta.dirname, '..')
const BEFORE_GO = ['scope', 'data', 'quality', 'reproducible', 'environment', 'monitoring', 'rollback', 'decision']

test.describe.configure({ mode: 'serial', timeout: 120_000 })

let server: TestServer
let world: ReleaseWorld
let page: Page
let token = ''

test.beforeAll(async ({ browser }) => {
  server = await startServer()
  world = await makeReleaseWorld(server, 'low')
  const context = await browser.newContext({ baseURL: server.origin })
  await signIn(context, server, PEOPLE.omar)
  page = await context.newPage()
})
test.afterAll(async () => {
  await page?.context().close()
  await server?.stop()
  if (server) forget(server)
})

interface Ran { readonly code: number; readonly out: string }

/** Runs the pipeline's script. Out: its exit code (22: refused) and what it printed. */
function pipeline(...words: readonly string[]): Promise<Ran> {
  const env = { ...process.env, GATEHOUSE_URL: server.origin, GATEHOUSE_TOKEN: token, NO_PROXY: 'localhost,127.0.0.1' }
  return new Promise((resolve) => {
    const child = execFile('sh', [path.join(ROOT, 'e2e', 'pipeline.sh'), ...words], { env }, (_fault, stdout) => resolve({ code: child.exitCode ?? -1, out: stdout }))
  })
}

/** Starts `npm run gatehouse -- wait`. Out: what it has said so far, and its end. */
function wait(...words: readonly string[]) {
  const env = { ...process.env, GATEHOUSE_URL: server.origin, GATEHOUSE_TOKEN: token }
  const child = spawn('npm', ['run', '--silent', 'gatehouse', '--', 'wait', ...words], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { said, ended, isRunning: () => child.exitCode === null }
}

test('the token is shown once, and never again', async () => {
  await page.goto('/settings/tokens')
  await page.getByRole('button', { name: 'Create a token' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('deploy fraud')
  for (const scope of ['evidence', 'observe', 'read']) await dialog.getByLabel(scope, { exact: false }).first().check()
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  token = await dialog.getByLabel('Secret').inputValue()
  expect(token).toMatch(/^ghp_/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await expect(page.getByRole('listitem').filter({ hasText: 'deploy fraud' })).toContainText('never used')
  expect(await page.content()).not.toContain(token)
})

test('posts a test report and a value, which are seen in the browser as the pipeline’s', async () => {
  await page.goto(`/releases/${world.code}?gate=reproducible`)
  const report = test.info().outputPath('unit-tests.xml')
  writeFileSync(report, '<testsuites><testsuite name="unit"><testcase name="a"/><testcase name="b"/><testcase name="c"/></testsuite></testsuites>')
  expect(await pipeline('report', world.code, '4.3', report)).toMatchObject({ code: 0 })
  await expect(page.locator('[id="item-4.3"]')).toContainText('unit-tests.xml: 3 passed')
  expect(await pipeline('value', world.code, '2.7', '14')).toMatchObject({ code: 0 })
  expect((await world.read()).gates.find((gate) => gate.id === 'data')?.items.find((item) => item.id === '2.7')?.isSettled).toBe(true)
})

test('a hostile report is read without keeping anybody waiting, and refused', async () => {
  const report = `<testsuite ${Array.from({ length: 100_000 }, (_, at) => `a${at}="1"`).join(' ')}></testsuite>`
  const begun = performance.now()
  let longest = 0
  let isRead = false
  const posted = fetch(`${server.origin}/api/v1/import-result`, { method: 'POST', body: report, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/xml' } }).finally(() => { isRead = true })
  while (!isRead) {
    const asked = performance.now()
    expect((await fetch(`${server.origin}/api/v1/releases/${world.code}`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
    longest = Math.max(longest, performance.now() - asked)
  }
  const answer = await posted
  expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ code: 'invalid', detail: expect.stringContaining('no checks') })])
  expect(longest).toBeLessThan((performance.now() - begun) / 2)
})

test('a token signs nothing', async () => {
  const { code, out } = await pipeline('sign', world.code, 'scope')
  expect(code).toBe(22)
  expect(JSON.parse(out)).toMatchObject({ status: 403, detail: expect.stringContaining('token') })
})

test('may not proceed, with what blocks; waits; and goes on with the digest once ops has started the step', async () => {
  const no: unknown = JSON.parse((await pipeline('ask', world.code, '0')).out)
  expect(no).toMatchObject({ mayProceed: false, digest: null, blockers: expect.arrayContaining([expect.objectContaining({ message: expect.any(String) })]) })
  for (const gateId of BEFORE_GO) {
    await fillGate(world, gateId)
    await signGate(world, gateId)
  }
  await world.tell('mara', {
    type: 'decide', kind: 'go', title: 'Go', reason: 'All gates passed.', options: [], deciderIds: [world.ids.mara], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null,
    checkInId: null, conditions: [], itemId: null, until: null, seen: (await world.read()).gates.find((gate) => gate.id === 'decision')?.seen ?? null,
  })
  const waiting = wait(world.code, '--step', '0', '--every', '1', '--timeout', '2')
  await expect.poll(() => waiting.said.err, { timeout: 30_000 }).toContain('Ops has not started the rollout yet.')
  expect(waiting.isRunning()).toBe(true)
  await page.goto(`/releases/${world.code}`)
  await page.getByRole('region', { name: 'Where it stands' }).getByRole('button', { name: 'Start the rollout' }).click()
  expect(await waiting.ended).toBe(0)
  const digest = waiting.said.out.trim()
  expect(digest).toContain('sha256:999')
  expect(JSON.parse((await pipeline('ask', world.code, '0')).out)).toMatchObject({ mayProceed: true, digest, step: { index: 0, share: 5 } })
  const wrong = await pipeline('acknowledge', world.code, '5', 'sha256:0000')
  expect(wrong.code).toBe(22)
  expect(wrong.out).toContain('The pipeline deployed sha256:0000')
  expect(await pipeline('acknowledge', world.code, '5', digest)).toMatchObject({ code: 0 })
  await expect(page.getByRole('region', { name: /^Rollout to/ })).toContainText('said by the pipeline')
})

test('a revoked token is nobody', async () => {
  await page.goto('/settings/tokens')
  await page.getByRole('button', { name: 'Revoke deploy fraud' }).click()
  await page.getByRole('button', { name: 'Revoke deploy fraud' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'deploy fraud' })).toContainText('revoked')
  const { code, out } = await pipeline('ask', world.code, '0')
  expect(code).toBe(22)
  expect(JSON.parse(out)).toMatchObject({ status: 401 })
  const waiting = wait(world.code, '--every', '1')
  expect(await waiting.ended).not.toBe(0)
})
