/** Every page that there is, in a filled world, in both themes: axe finds nothing, and a phone needs no horizontal scroll. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type BrowserContext } from '@playwright/test'
import { fillGate, makeReleaseWorld, signGate, type ReleaseWorld } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { ADMIN, adminOf, postAs, signIn } from '@/e2e/session'
import { sound } from '@/e2e/sound'

const APP = path.join(import.meta.dirname, '..', 'app')
const TEMPLATE = '01980000-0000-7000-8000-000000000001'

/** Addresses of the folders with a page, such as `/releases/[code]`; groups in round brackets are no part of them. */
const ROUTES = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx')
  .map((file) => `/${path.dirname(file).split(path.sep).filter((part) => part !== '.' && !part.startsWith('(')).join('/')}`)
  .toSorted()

test.describe.configure({ mode: 'serial', timeout: 180_000 })

let server: TestServer
let world: ReleaseWorld
let inside: BrowserContext
let outside: BrowserContext
let invitation = ''
let checkInId = ''

test.beforeAll(async ({ browser }) => {
  server = await startServer()
  world = await makeReleaseWorld(server)
  for (const gateId of ['scope', 'data']) {
    await fillGate(world, gateId)
    await signGate(world, gateId)
  }
  await fillGate(world, 'environment')
  await world.tell('dana', { type: 'reject', gateId: 'quality', reason: 'The worst slice is not named.' })
  await world.tell('olga', { type: 'comment', commentId: crypto.randomUUID(), gateId: 'data', itemId: null, text: 'Looks good to me, @Mara Lindqvist.', mentions: [world.ids.mara] })
  await world.tell('omar', { type: 'attach-document', documentId: crypto.randomUUID(), title: 'Runbook', url: 'https://docs.example.org/runbook', kind: 'runbook', provider: 'web', ownerTeam: 'ops', pinnedRevision: null, gateId: null, itemId: null })
  await world.tell('omar', { type: 'hold', reason: 'Waits for the new nodes.', checkInId: null })
  const queue = { source: 'environment', query: { kind: 'promql', promql: 'max(queue_depth)' }, windowSeconds: 300, rule: { test: { kind: 'threshold', comparator: '<=', limit: 50 }, direction: 'lower-is-better', unit: 'count' }, kind: 'standing', validForDays: null }
  await postAs(world.who.omar, server, `/api/v1/live/${world.modelId}:${world.productionId}/commands`, { type: 'set-watch', labels: { model: 'fraud' }, stack: null, items: [{ id: 'queue', title: 'Queue', spec: queue, proposes: false }], reviewAt: null })
  checkInId = crypto.randomUUID()
  await postAs(world.who.mara, server, `/api/v1/check-ins/${checkInId}/commands`, { type: 'schedule', title: 'Monday check-in', durationMinutes: 30, startsAt: new Date(Date.now() + 3_600_000).toISOString(), zone: 'Europe/Berlin', releaseIds: 'all', teams: ['product', 'data-science', 'ops'], previousId: null })
  const admin = await adminOf(server)
  const invited = await postAs(admin, server, '/api/v1/people', { name: 'Vera Guest', email: 'vera@example.org', isAdmin: false, memberships: [] })
  invitation = typeof invited === 'object' && invited !== null && 'url' in invited ? String(invited.url).split('/').at(-1) ?? '' : ''
  inside = await browser.newContext({ baseURL: server.origin })
  await signIn(inside, server, ADMIN)
  outside = await browser.newContext({ baseURL: server.origin })
})
test.afterAll(async () => {
  await Promise.all([inside?.close(), outside?.close()])
  await server?.stop()
  if (server) forget(server)
})

/** Where a route leads in this world; whoever adds a route with a variable says here what stands for it. */
function addressOf(route: string): string {
  const names: Readonly<Record<string, string>> = {
    '/releases/[code]': world.code, '/releases/[code]/metrics': world.code, '/releases/[code]/timeline': world.code, '/releases/[code]/timeline/lanes': world.code, '/releases/[code]/decisions/[number]': world.code,
    '/live/[model]/[environment]': 'fraud-scorer', '/live/[model]/[environment]/verdicts/[item]': 'fraud-scorer', '/releases/[code]/verdicts/[item]': world.code,
    '/models/[slug]': 'fraud-scorer', '/models/[slug]/versions/new': 'fraud-scorer', '/settings/templates/[id]': TEMPLATE, '/settings/templates/[id]/edit': TEMPLATE,
    '/invite/[code]': invitation, '/reset/[code]': 'used-up', '/check-ins/[id]': checkInId,
  }
  return route.replace('[number]', '1').replace('[environment]', 'production-eu').replace('[item]', route.startsWith('/live/') ? 'queue' : '5.6').replace(/\[\w+\]/, () => {
    const name = names[route]
    if (name === undefined) throw new Error(`Say in e2e/accessibility.spec.ts what stands for the variable of ${route}.`)
    return name
  })
}

const isOutside = (route: string) => /^\/(sign-in|set-up|invite|reset|docs)/.test(route)

for (const route of [...ROUTES, '/status', '/no-such-page']) {
  test(`${route} is sound`, async () => {
    const page = await (isOutside(route) || route === '/status' ? outside : inside).newPage()
    await page.goto(addressOf(route))
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    // Or a page that is missing in this world would be found sound by its stand-in.
    await expect(page.getByText('There is nothing at this address.')).toHaveCount(route === '/no-such-page' ? 1 : 0)
    await sound(page)
    await page.close()
  })
}
