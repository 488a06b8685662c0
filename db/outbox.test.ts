import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxDraft } from '@/db/commit'
import { attemptsOf, claimDeliveries, completeDelivery, type Delivery, failDelivery, holdWrite, listDeliveries, nextDueAt, releaseLeases, replayWrite, reviveLost, waitingLanes } from '@/db/outbox'
import { absorbDeliveries, freeStranded, hastenWrite, postponeDelivery, waitingBehind } from '@/db/outbox-gather'
import { dialects } from '@/db/testing/stores'

const T0 = Date.parse('2026-01-02T03:00:00Z')
const at = (seconds: number) => new Date(T0 + seconds * 1000)

function draft(id: string, orderingKey = id, more: Partial<OutboxDraft> = {}): OutboxDraft {
  return { id, dedupeKey: id, topic: 'told', orderingKey, destinationId: 'd', payload: { id }, nextAt: at(0), ...more }
}

describe.each(dialects)('the outbox on %s', async (_name, open) => {
  const store = await open()
  afterAll(() => store.close())
  beforeEach(async () => {
    await store.db.delete(store.t.outbox).returning()
    await store.db.delete(store.t.deliveryAttempt).returning()
  })
  const put = (...outbox: OutboxDraft[]) => store.commit({ writes: [], outbox })
  /** One of each destination, as a worker claims. */
  const claimOnce = async (owner: string, seconds: number) => {
    await reviveLost(store, at(seconds))
    const lanes = (await waitingLanes(store)).filter(({ dueAt }) => dueAt <= at(seconds)).map(({ lane }) => lane)
    return claimDeliveries(store, { owner, now: at(seconds), until: at(seconds + 30), lanes })
  }
  /** Everything that could go out now. */
  const claim = async (owner: string, seconds: number): Promise<readonly Delivery[]> => {
    const some = await claimOnce(owner, seconds)
    return some.length === 0 ? [] : [...some, ...(await claim(owner, seconds))].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }
  const report = (id: string, seconds: number) => ({ attemptId: id, at: at(seconds), status: '200', durationMs: 5, excerpt: null })

  it('hands a delivery to one worker, and takes the same fact only once', async () => {
    await put(draft('a'), draft('b'))
    await put(draft('again', 'a', { dedupeKey: 'a' }))
    expect(await nextDueAt(store)).toEqual(at(0))
    const [one, two] = await Promise.all([claim('w1', 1), claim('w2', 1)])
    expect([...one, ...two].map((row) => row.id).sort()).toEqual(['a', 'b'])
    expect(await nextDueAt(store)).toBeNull()
    for (const row of [...one, ...two]) expect(await completeDelivery(store, row, report(`r-${row.id}`, 2))).toBe(true)
    expect((await listDeliveries(store, { states: ['delivered'], limit: 10 })).map((row) => row.id)).toEqual(['b', 'a'])
  })

  it('hands out one of each destination, and leaves what waits behind it alone', async () => {
    await put(...Array.from({ length: 40 }, (_, i) => draft(`a${String(i).padStart(2, '0')}`, `key ${i % 3}`)), draft('b', 'b', { destinationId: 'other' }), draft('c', 'c', { destinationId: 'later', nextAt: at(60) }))
    expect((await waitingLanes(store)).toSorted((x, y) => String(x.lane).localeCompare(String(y.lane)))).toEqual([{ lane: 'd', dueAt: at(0) }, { lane: 'later', dueAt: at(60) }, { lane: 'other', dueAt: at(0) }])
    expect((await claimOnce('w', 1)).map((row) => row.id)).toEqual(['a00', 'b'])
    expect((await claimOnce('w', 1)).map((row) => row.id)).toEqual(['a01'])
    expect((await listDeliveries(store, { limit: 50 })).filter((row) => row.attempts > 0)).toHaveLength(3)
    expect(await claimDeliveries(store, { owner: 'w', now: at(1), until: at(2), lanes: [] })).toEqual([])
  })

  it('keeps the order within a key, also over a failure, and lets other keys pass', async () => {
    await put(draft('1', 'release'), draft('2', 'release'), draft('3', 'other'))
    const first = await claim('w', 1)
    expect(first.map((row) => row.id)).toEqual(['1', '3'])
    const [one] = first
    if (!one) throw new Error('nothing claimed')
    await failDelivery(store, one, report('f1', 1), { error: 'HTTP 500', nextAt: at(60) })
    expect((await claim('w', 5)).map((row) => row.id)).toEqual([])
    const [retried] = await claim('w', 61)
    expect(retried).toMatchObject({ id: '1', attempts: 2, lastError: 'HTTP 500' })
    if (!retried) throw new Error('not retried')
    await failDelivery(store, retried, report('f2', 61), { error: 'gone', nextAt: null })
    expect((await claim('w', 62)).map((row) => row.id)).toEqual(expect.arrayContaining(['2']))
    expect((await attemptsOf(store, '1')).map((attempt) => attempt.id)).toEqual(['f1', 'f2'])
  })

  it('takes over from a worker that did not come back, whose late answer counts for nothing', async () => {
    await put(draft('a'))
    const [lost] = await claim('dead', 1)
    expect(await claim('w', 20)).toEqual([])
    const [taken] = await claim('w', 40)
    expect(taken?.id).toBe('a')
    if (!lost || !taken) throw new Error('nothing claimed')
    expect(await completeDelivery(store, lost, report('late', 41))).toBe(false)
    expect(await completeDelivery(store, taken, report('good', 42))).toBe(true)
    expect((await attemptsOf(store, 'a')).map((attempt) => attempt.id)).toEqual(['good'])
  })

  it('digs up a dead one, holds and frees a destination, and gives leases back at the end', async () => {
    await put(draft('a'), draft('b', 'b', { destinationId: 'off' }))
    await store.commit({ writes: [holdWrite('off', true)] })
    const [row] = await claim('w', 1)
    if (!row) throw new Error('nothing claimed')
    await failDelivery(store, row, report('x', 1), { error: '404', nextAt: null })
    expect(await claim('w', 2)).toEqual([])
    await store.commit({ writes: [replayWrite('a', at(3)), holdWrite('off', false)] })
    await expect(store.commit({ writes: [replayWrite('a', at(3))] })).rejects.toThrow()
    expect((await claim('w', 4)).map((one) => [one.id, one.attempts])).toEqual([['a', 1], ['b', 1]])
    await releaseLeases(store, 'w')
    expect((await claim('w2', 4)).map((one) => [one.id, one.attempts])).toEqual([['a', 1], ['b', 1]])
  })

  it('puts what waits into one, puts one off, and lets what cannot wait take along what stands before it', async () => {
    const later = { nextAt: at(60), createdAt: at(0) }
    await put(draft('1', 'release', later), draft('2', 'release', later), draft('3', 'release', later), draft('x', 'other', later))
    expect(await claim('w', 1)).toEqual([])
    await put(draft('4', 'release', { nextAt: at(2), createdAt: at(2) }))
    const [first] = await claimOnce('w', 2)
    if (!first) throw new Error('nothing claimed')
    expect(first.id).toBe('1')
    const behind = await waitingBehind(store, first)
    expect(behind.map((row) => [row.id, row.nextAt])).toEqual([['2', at(2)], ['3', at(2)], ['4', at(2)]])
    expect(await absorbDeliveries(store, first, { said: 'all' }, ['2', '3'])).toBe(true)
    expect(await absorbDeliveries(store, first, { said: 'twice' }, ['2', '4'])).toBe(false)
    expect((await listDeliveries(store, { limit: 9 })).map((row) => [row.id, row.payload])).toEqual([['x', { id: 'x' }], ['4', { id: '4' }], ['1', { said: 'all' }]])
    await postponeDelivery(store, first, at(100))
    expect((await claimOnce('w', 99)).map((row) => row.id)).toEqual(['x'])
    expect((await claimOnce('w', 101)).map((row) => [row.id, row.attempts])).toEqual([['1', 1]])
  })

  it('frees what a clock that was set back would strand, and what waits for hours that were given up', async () => {
    await put(draft('a', 'a', { nextAt: at(90_060), createdAt: at(90_000) }), draft('b', 'b', { nextAt: at(600), createdAt: at(0), destinationId: 'e' }))
    await freeStranded(store, at(0), 120_000)
    expect((await claim('w', 1)).map((row) => row.id)).toEqual(['a'])
    await store.commit({ writes: [hastenWrite('e', at(2))] })
    expect((await claim('w', 3)).map((row) => row.id)).toEqual(['b'])
  })
})
