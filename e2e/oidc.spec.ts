/** Signing in by an identity provider, against a real one on loopback: PKCE, groups to teams by id, a missing claim, the key of an identity. */
import { createServer, type Server } from 'node:http'
import { expect, test, type Page } from '@playwright/test'
import { freePort } from '@/bin/program.mjs'
import { Provider } from 'oidc-provider'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { ADMIN, adminOf, postAs } from '@/e2e/session'

/** What the provider says of each person; tests change it between sign-ins. */
const people = new Map<string, { name: string; email?: string; groups?: readonly string[] }>()
const dismissed = new Set<string>()
const authorizations: URLSearchParams[] = []

let provider: Server
let server: TestServer

test.beforeAll(async () => {
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  server = await startServer({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'gatehouse', OIDC_CLIENT_SECRET: 'a-secret-of-the-test', OIDC_GROUPS_CLAIM: 'groups', OIDC_RECHECK_MINUTES: '0.03' })
  const oidc = new Provider(issuer, {
    clients: [{ client_id: 'gatehouse', client_secret: 'a-secret-of-the-test', redirect_uris: [`${server.origin}/api/auth/callback/oidc`], id_token_signed_response_alg: 'RS256', grant_types: ['authorization_code', 'refresh_token'] }],
    claims: { openid: ['sub'], profile: ['name', 'groups', 'email'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    issueRefreshToken: async () => true,
    features: { devInteractions: { enabled: true } },
    findAccount: (_context: unknown, id: string) => (dismissed.has(id) ? undefined : { accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    cookies: { keys: ['only for this test'] },
  })
  const answer = oidc.callback()
  provider = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    if (url.pathname === '/auth') authorizations.push(url.searchParams)
    void answer(request, response)
  })
  await new Promise<void>((resolve) => provider.listen(port, () => resolve()))
})

test.describe.configure({ mode: 'serial' })

test.afterAll(async () => {
  await server.stop()
  forget(server)
  provider.closeAllConnections()
  provider.close()
})

async function arrive(page: Page, login: string): Promise<void> {
  await page.goto(`${server.origin}/sign-in?next=/account`)
  await page.getByRole('button', { name: 'Sign in with single sign-on' }).click()
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('whatever')
  await page.locator('button[type=submit]').click()
  // The form that asks for consent has a button of the same kind.
  await expect(page.locator('input[name=password]')).toHaveCount(0)
  await page.locator('button[type=submit]').click()
}

test('groups give places in teams by their id, at each sign-in; a missing claim gives none', async ({ browser }) => {
  const admin = await adminOf(server)
  await postAs(admin, server, '/api/v1/installation/installation/commands', { type: 'map-group', groupId: '0f-11', team: 'ops', role: 'lead' })
  people.set('mia', { name: 'Mia', groups: ['0f-11', 'Ops'] })
  const visit = async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await arrive(page, 'mia')
    return { context, page }
  }
  const first = await visit()
  await expect(first.page.getByText('You are lead of Ops.')).toBeVisible()
  const asked = authorizations.at(-1)
  expect(asked?.get('code_challenge_method')).toBe('S256')
  for (const check of ['code_challenge', 'state', 'nonce']) expect(asked?.get(check)).toBeTruthy()

  people.set('mia', { name: 'Mia' })
  const second = await visit()
  await expect(second.page.getByText('You are a viewer')).toBeVisible()
  // The other session is not older in its rights: roles are read per request.
  await first.page.reload()
  await expect(first.page.getByText('You are a viewer')).toBeVisible()
  await first.context.close()
  await second.context.close()
})

test('an identity is issuer and subject: the address of an admin opens nothing', async ({ browser }) => {
  await adminOf(server)
  people.set('mallory', { name: 'Mallory', email: ADMIN.email, groups: [] })
  const context = await browser.newContext()
  const page = await context.newPage()
  await arrive(page, 'mallory')
  await expect(page.getByRole('heading', { name: 'Mallory', level: 1 })).toBeVisible()
  await expect(page.getByText('You are a viewer')).toBeVisible()
  await context.close()
})

test('an archived person does not come in by the provider either', async ({ browser }) => {
  const admin = await adminOf(server)
  people.set('otto', { name: 'Otto', groups: [] })
  const context = await browser.newContext()
  const page = await context.newPage()
  await arrive(page, 'otto')
  await expect(page.getByRole('heading', { name: 'Otto', level: 1 })).toBeVisible()
  const account: { id: string } = await (await context.request.get(`${server.origin}/api/v1/session`)).json()
  await postAs(admin, server, `/api/v1/people/${account.id}/commands`, { type: 'archive' })
  expect((await context.request.get(`${server.origin}/api/v1/people`)).status()).toBe(401)
  const again = await browser.newContext()
  const other = await again.newPage()
  await arrive(other, 'otto')
  await expect(other.getByRole('alert').filter({ hasText: 'may not come in here' })).toBeVisible()
  await context.close()
  await again.close()
})

test('groups are asked again while somebody is signed in, without a new sign-in; who is gone there is gone here', async ({ browser }) => {
  people.set('nora', { name: 'Nora', groups: ['0f-11'] })
  const context = await browser.newContext()
  const page = await context.newPage()
  await arrive(page, 'nora')
  await expect(page.getByText('You are lead of Ops.')).toBeVisible()
  people.set('nora', { name: 'Nora', groups: [] })
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('You are a viewer')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 15_000 })
  dismissed.add('nora')
  await expect.poll(async () => (await context.request.get(`${server.origin}/api/v1/people`)).status(), { timeout: 15_000 }).toBe(401)
  await context.close()
})
