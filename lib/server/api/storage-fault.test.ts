/** What the API answers when the storage is full, read-only or held by somebody else: a problem document, nothing half-done, and reading goes on. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { encode } from 'next-auth/jwt'
import { findSession, replaceLink } from '@/db/access'
import { logHead, verifyChain } from '@/db/log'
import { openStore, type Store } from '@/db/store'
import { holdFile } from '@/db/testing/held-file'
import { migrationsFolder } from '@/db/testing/stores'
import { codeHash } from '@/lib/server/auth/code'
import { ABSOLUTE_MS, IDLE_MS, sessionCookieName, sessionSecret } from '@/lib/server/auth/session'
import { setUp } from '@/lib/server/auth/set-up'
import { signIn } from '@/lib/server/auth/sign-in'

const slot = vi.hoisted((): { store: unknown } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => slot.store, closeStore: async () => undefined }))
vi.mock('@/lib/server/store', () => ({ store: async () => slot.store }))
const { dispatch } = await import('./dispatch')

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fault-'))
const file = join(folder, 'fault.db')
let store: Store
let cookie = ''
let sessionId = ''

beforeAll(async () => {
  process.env['GATEHOUSE_SECRET'] = 'x'.repeat(40)
  store = await openStore(`file:${file}`, { migrate: true, migrations: migrationsFolder })
  slot.store = store
  const code = 'ABCD-EFGH-JKMN'
  await replaceLink(store, { hash: codeHash(code, true), purpose: 'setup', personId: null, expiresAt: new Date(Date.now() + 60_000) })
  await setUp(store, { code, installation: 'Acme', name: 'Ada', email: 'ada@example.org', password: 'correct horse battery', memberships: [{ team: 'ops', role: 'lead' }] }, '10.0.0.1', new Date())
  const come = await signIn(store, { email: 'ada@example.org', password: 'correct horse battery', address: '10.0.0.1', agent: 'test' }, new Date(Date.now() - IDLE_MS / 2))
  if (!come.ok) throw new Error(come.reason)
  sessionId = come.sessionId
  cookie = `${sessionCookieName()}=${await encode({ token: { sub: come.personId, sid: come.sessionId }, secret: sessionSecret(), maxAge: ABSOLUTE_MS / 1000 })}`
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const ENVIRONMENT = { type: 'add-environment', slug: 'prod', name: 'Production', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' }

function ask(method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
  return dispatch(new Request(`http://localhost/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }), path.split('/').filter(Boolean))
}

const add = (number: number): Promise<Response> => ask('POST', `/environments/01980000-0000-7000-8000-${String(number).padStart(12, '0')}/commands`, { ...ENVIRONMENT, slug: `prod-${number}`, name: `Production ${number}` })

async function expectFault(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, response.headers.get('content-type'), response.headers.get('retry-after') !== null]).toEqual([status, 'application/problem+json', true])
  expect(await response.json()).toMatchObject({ status, code, detail: expect.stringMatching(/^[A-Z].*\.$/) })
}

it.each([
  ['full', 507, 'storage-full', () => {
    const pages = Number(store.sqlite?.pragma('page_count', { simple: true }))
    store.sqlite?.pragma(`max_page_count = ${pages}`)
    return () => void store.sqlite?.pragma('max_page_count = 1000000')
  }],
  ['read-only', 503, 'storage-read-only', () => {
    store.sqlite?.pragma('query_only = on')
    return () => void store.sqlite?.pragma('query_only = off')
  }],
  ['held by another program', 503, 'storage-busy', () => holdFile(file)],
] as const)('a storage that is %s refuses commands with %i, lets people read, keeps nothing, and goes on afterwards', async (name, status, code, begin) => {
  const head = await logHead(store)
  const seen = await findSession(store, sessionId)
  const end = begin()
  try {
    // The session is old enough to be stamped, which cannot be written now.
    expect((await ask('GET', '/environments')).status).toBe(200)
    for (let number = 1; number <= 60; number += 1) {
      const response = await add(number + status + name.length * 100)
      if (response.status === 200) continue // what little room was left
      await expectFault(response, status, code)
      break
    }
  } finally {
    end()
  }
  expect((await verifyChain(store)).verdict).toBe('sound')
  if (name !== 'full') expect(await logHead(store)).toEqual(head)
  if (name === 'read-only') expect(await findSession(store, sessionId)).toEqual(seen)
  expect((await add(9000 + name.length)).status).toBe(200)
}, 60_000)
