/** What counts as one client, and how long attempts are remembered. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { v7 as newId } from 'uuid'
import { addAttempt, countAttempts } from '@/db/access'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { beginAttempt, networkOf } from '@/lib/server/auth/limiter'

const now = new Date('2026-11-22T10:00:00.000Z')
let store: Store
beforeAll(async () => { store = await freshMemory() })
afterAll(() => store.close())

describe('the limit on guesses', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'], ['::ffff:192.0.2.7', '192.0.2.7'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8:1:2::', '2001:db8:1:2::/64'], ['2001:DB8:1:2:ffff::1', '2001:db8:1:2::/64'], ['', ''], ['unknown', 'unknown'],
  ])('takes %s for %s', (address, network) => { expect(networkOf(address)).toBe(network) })

  it('is one for all addresses of a line, and another for the next line', async () => {
    const guess = async (address: string) => (await beginAttempt(store, 'ada@example.org', address, now)).isAllowed
    const came: boolean[] = []
    for (let host = 1; host <= 6; host += 1) came.push(await guess(`2001:db8:1:2::${host}`))
    expect(came).toEqual([true, true, true, true, true, false])
    expect(await guess('2001:db8:1:3::1')).toBe(true)
  })

  it('forgets nothing that another limit still counts: a sign-in leaves what was asked earlier in the day', async () => {
    const [key, earlier] = ['asked for by mail', new Date(now.getTime() - 23 * 3_600_000)]
    await addAttempt(store, [{ id: newId(), key }], earlier)
    await beginAttempt(store, 'bo@example.org', '192.0.2.8', now)
    expect(await countAttempts(store, key, new Date(now.getTime() - 86_400_000), newId())).toBe(1)
  })
})
