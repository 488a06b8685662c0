import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addHealth, healthSince } from '@/db/source-health'
import { dayOf, dayWords, SLOT_MS, slotOf } from '@/lib/domain/source/health'
import { freshMemory, freshPglite } from '@/db/testing/stores'
import type { Store } from '@/db/store'
import { makeAsker } from './asker'
import { beat, healthDays, makeLedger } from './health'

const NOW = slotOf(Date.parse('2026-11-22T10:10:00Z')) + 600_000
const down = { kind: 'refused', message: 'x refuses the connection.' } as const

describe.each([['SQLite', freshMemory], ['Postgres', freshPglite]] as const)('the health of a source on %s', (_name, open) => {
  let store: Store
  beforeAll(async () => { store = await open() })
  afterAll(async () => { await store.close() })

  it('is counted by half hours, and outlives the process', async () => {
    const asker = makeAsker({ findSource: async () => null })
    const first = makeLedger()
    first.heard('s', null, NOW - SLOT_MS)
    first.heard('s', down, NOW - SLOT_MS)
    first.heard('s', null, NOW)
    first.heard('s', { kind: 'bad-query', message: 'Our own fault.' }, NOW)
    first.heard('s', { kind: 'aborted', message: 'Given up.' }, NOW)
    await addHealth(store, first.drain())
    expect(first.drain()).toEqual([])
    const second = makeLedger()
    second.heard('s', down, NOW)
    second.heard('t', down, NOW)
    const days = await healthDays(store, second, NOW)
    const day = days.get('s') ?? []
    expect(day).toHaveLength(48)
    expect(day.slice(-2)).toMatchObject([{ answered: 1, failed: 1, state: 'partly', failure: 'refused' }, { answered: 2, failed: 1, state: 'partly' }])
    expect(day.slice(0, -2).every((slot) => slot.state === 'none')).toBe(true)
    expect(days.get('t')?.at(-1)).toMatchObject({ state: 'bad', answered: 0, failed: 1 })
    await addHealth(store, second.drain())
    expect((await healthDays(store, makeLedger(), NOW)).get('s')?.at(-1)).toMatchObject({ answered: 2, failed: 1 })
    // A beat forgets what is older than two days.
    await beat(store, asker, makeLedger(), NOW + 3 * 86_400_000)
    expect(await healthSince(store, new Date(0))).toEqual([])
  })

  it('says what is known and what is not', () => {
    expect(dayWords([])).toBe('Not asked in the last day.')
    const some = dayOf(new Map([[slotOf(NOW), { answered: 999, failed: 1, failure: 'timeout' }]]), NOW)
    expect(dayWords(some)).toBe('Answered 99.9 % of 1,000 questions in the last day, of which 0.5 h are known.')
    const all = dayOf(new Map(Array.from({ length: 48 }, (_, at) => [slotOf(NOW) - at * SLOT_MS, { answered: 10, failed: 0, failure: null }])), NOW)
    expect(dayWords(all)).toBe('Answered 100 % of 480 questions in the last day.')
  })
})
