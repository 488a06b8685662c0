/** The loops that keep the page fresh, as they run in the product, under a moved clock: made anew each minute at the latest, and older in words while nothing can be read. */
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { publicDocuments } from '@/lib/public/document'
import { stopParts } from '@/lib/public/lifecycle'
import { startStatusDocuments } from '@/lib/public/status-documents'
import { contexts } from '@/lib/server/context'
import { executeIn } from '@/lib/server/execute'
import { announce } from '@/lib/server/bus'

const slot = vi.hoisted((): { store: unknown } => {
  process.env['LOG_LEVEL'] = 'silent'
  return { store: null }
})
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => slot.store }))
const { startStatus } = await import('./start')

const START = new Date('2026-11-22T10:00:00.000Z')
let store: Store

beforeEach(async () => {
  process.env['GATEHOUSE_SECRET'] = 'x'.repeat(40)
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'], now: START })
  store = await freshMemory()
  slot.store = store
  const command = { type: 'set-up', name: 'Acme', admin: { id: uuid(), name: 'Ada', email: 'ada@example.org', memberships: [] } }
  await executeIn({ store, contexts, foldings: registry, projections }, { kind: 'installation', id: INSTALLATION_ID, command, actor: { kind: 'system', name: 'setup' }, key: uuid() })
  startStatusDocuments({ publicUrl: 'https://gate.example' })
  await startStatus()
})
afterEach(async () => {
  vi.useRealTimers()
  await stopParts()
  await store.close()
})

const page = () => publicDocuments().get('/status')?.variants.identity
/** As of when the page says that it is, in seconds from the start. */
const asOf = () => (Date.parse(/As of <time dateTime="([^"]+)"/.exec(page()?.body.toString() ?? '')?.[1] ?? '') - START.getTime()) / 1000

test('without any change the document is made anew within each minute, and a change moves it within two seconds', async () => {
  expect(asOf()).toBe(0)
  const tags = new Set([page()?.etag])
  for (let minute = 1; minute <= 5; minute += 1) {
    await vi.advanceTimersByTimeAsync(60_000)
    expect(minute * 60 - asOf()).toBeLessThanOrEqual(60)
    expect(asOf()).toBeGreaterThan((minute - 1) * 60)
    tags.add(page()?.etag)
  }
  expect(tags.size).toBe(6)
  const configure = { type: 'configure-status', title: 'Another title', zone: 'UTC', isIndexed: false }
  const admin = { kind: 'person' as const, personId: uuid(), name: 'Ada', isAdmin: true, delegatedBy: [], memberships: [] }
  const done = await executeIn({ store, contexts, foldings: registry, projections }, { kind: 'installation', id: INSTALLATION_ID, command: configure, actor: admin, key: uuid() })
  if (!done.ok) throw new Error(done.refusal.message)
  announce({ kind: 'installation', id: INSTALLATION_ID, version: done.version, seq: 2 })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(page()?.body.toString()).toContain('Another title')
})

test('while the database cannot be read the page stays, is made anew, and says how old it is; it recovers by itself', async () => {
  slot.store = { get db(): never { throw new Error('the disk is gone') }, t: store.t }
  await vi.advanceTimersByTimeAsync(60_000)
  expect(page()?.body.toString()).not.toContain('cannot be renewed')
  await vi.advanceTimersByTimeAsync(90_000)
  expect(asOf()).toBe(0)
  expect(page()?.body.toString()).toContain('cannot be renewed at the moment')
  const tag = page()?.etag
  await vi.advanceTimersByTimeAsync(180_000)
  expect(page()?.etag).not.toBe(tag)
  expect(page()?.body.toString()).toContain('5 minutes ago')
  slot.store = store
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asOf()).toBeGreaterThan(300)
  expect(page()?.body.toString()).not.toContain('cannot be renewed')
})

test('a database that takes no writes renews the page all the same', async () => {
  store.sqlite?.pragma('query_only = on')
  await vi.advanceTimersByTimeAsync(61_000)
  expect(asOf()).toBeGreaterThan(20)
  store.sqlite?.pragma('query_only = off')
})
