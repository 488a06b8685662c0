/** An upgrade over a database whose states have another shape: they are folded anew once, before anybody reads them. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { v7 as uuid } from 'uuid'
import { loadAggregate } from '@/db/aggregate'
import { verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { leaveState } from '@/db/testing/older-rows'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { registry } from '@/lib/domain/registry'
import { destinationContext } from '@/lib/server/context/destination'
import { executeIn } from '@/lib/server/execute'
import { renewStates } from './renew-states'

const admin: Actor = { kind: 'person', personId: 'p-mara', name: 'Mara', memberships: [], isAdmin: true, delegatedBy: [] }
const id = uuid()
let store: Store
beforeEach(async () => {
  store = await freshMemory()
  const command = { type: 'add-destination', kind: 'webhook', name: 'endpoint', team: null, eventKinds: ['stable'], secretId: uuid(), hint: 'hint' }
  const added = await executeIn({ store, contexts: { destination: destinationContext }, foldings: registry, projections }, { kind: 'destination', id, command, actor: admin, key: uuid() })
  expect(added.ok).toBe(true)
})
afterEach(() => store.close())

it('folds what an older version wrote, once, and leaves what has its shape', async () => {
  const before = await loadAggregate(store, 'destination', id)
  // As a version wrote it that knew no signing.
  await leaveState(store, 'destination', id, '{"id":"old"}')
  expect(await verifyStates(store)).toHaveLength(1)
  expect(await renewStates(store, 'rules of today')).toBe(1)
  expect(await loadAggregate(store, 'destination', id)).toEqual(before)
  expect(await verifyStates(store)).toEqual([])
  expect(await renewStates(store, 'rules of today')).toBe(0)
  expect(await renewStates(store, 'rules of tomorrow')).toBe(1)
})
