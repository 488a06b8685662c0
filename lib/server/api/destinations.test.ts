/** An address that nothing would ever be sent to is refused when it is entered, by the rule and the allow-list of sending. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freshMemory } from '@/db/testing/stores'
import type { Store } from '@/db/store'
import type { PersonActor } from '@/lib/domain/actor'
import { Refused } from '@/lib/server/api/problem'

const slot = vi.hoisted((): { store: Store | null } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => slot.store }))

const admin: PersonActor = { kind: 'person', personId: crypto.randomUUID(), name: 'Ada', memberships: [], isAdmin: true, delegatedBy: [] }
let run: (id: string, params: Readonly<Record<string, string>>, body: object) => Promise<unknown>

beforeAll(async () => {
  vi.stubEnv('GATEHOUSE_SECRET', 'x'.repeat(40))
  vi.stubEnv('WEBHOOK_HOSTS', '10.0.0.7:8080,127.0.0.2')
  slot.store = await freshMemory()
  const { destinationOperations } = await import('@/lib/server/api/destinations')
  run = async (id, params, body) => {
    const found = destinationOperations.find((one) => one.id === id)
    return found?.run({ actor: admin, params, query: {}, body, request: new Request('http://localhost/'), key: crypto.randomUUID() })
  }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await slot.store?.close()
})

const add = (url: string, kind = 'webhook') => run('add-destination', {}, { kind, name: 'Inside', team: null, eventKinds: ['roll-back'], url })
const refusal = (work: Promise<unknown>) => work.then(() => 'taken', (error: unknown) => (error instanceof Refused ? `${error.refusal.code}: ${error.refusal.message}` : Promise.reject(error)))

describe('a private address', () => {
  it.each(['https://10.1.2.3/hook', 'https://127.0.0.1/hook', 'https://localhost/hook', 'https://[::1]/hook', 'https://169.254.169.254/latest', 'https://0x7f.1/hook'])('is refused when %s is added, and nothing of it is kept', async (url) => {
    expect(await refusal(add(url))).toMatch(/^invalid: .* may not be called\. Give an address on the open network/)
    expect(await slot.store?.db.select().from(slot.store.t.secret)).toEqual([])
  })

  it('is taken where the operator named its host, changed only to another such, and a name that nobody knows now is taken', async () => {
    const added = await add('http://10.0.0.7:8080/hook')
    const id = typeof added === 'object' && added !== null && 'id' in added ? String(added.id) : ''
    expect(await refusal(run('change-destination-address', { id }, { url: 'https://10.0.0.8/hook' }))).toContain('may not be called')
    expect(await refusal(run('change-destination-address', { id }, { url: 'http://127.0.0.2/hook' }))).toBe('taken')
    expect(await refusal(add('https://no-such-host.invalid/hook'))).toBe('taken')
  })
})
