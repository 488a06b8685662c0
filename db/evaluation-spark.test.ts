/** Sparks read the newest values of each item, oldest first, on every database of the contract. */
import { afterAll, describe, expect, it } from 'vitest'
import { keepEvaluations, type Evaluation } from '@/db/evaluation'
import { sparkRows } from '@/db/evaluation-spark'
import { dialects } from '@/db/testing/stores'

function seen(ownerId: string, minutesAgo: number, value: number): Evaluation {
  return { id: `${ownerId}-${minutesAgo}`, ownerId, itemId: '6.3', sourceId: null, at: new Date(Date.now() - minutesAgo * 60_000), verdict: 'pass', value, samples: 1, body: { compared: value * 2 } }
}

describe.each(dialects)('sparks on %s', async (_name, open) => {
  const store = await open()
  afterAll(() => store.close())

  it('gives the newest values oldest first, at most so many, and none that is too old', async () => {
    await keepEvaluations(store, [seen('a', 30, 1), seen('a', 20, 2), seen('a', 10, 3), seen('a', 600, 9), seen('b', 5, 4)])
    const found = await sparkRows(store, [{ ownerId: 'a', itemId: '6.3' }, { ownerId: 'b', itemId: '6.3', isCompared: true }], 2)
    expect(found.get('a 6.3')).toEqual([{ value: 2 }, { value: 3 }])
    expect(found.get('b 6.3')).toEqual([{ value: 8 }])
    expect((await sparkRows(store, [{ ownerId: 'a', itemId: '6.3' }], 24)).get('a 6.3')).toHaveLength(3)
  })

  it('answers every wish of a list by itself, in whatever order they come, and says nothing of what was never measured', async () => {
    await keepEvaluations(store, [seen('d', 8, 5), seen('c', 9, 6), seen('c', 7, 7), { ...seen('c', 6, 0), value: null }, { ...seen('e', 5, 0), body: {} }])
    const plain = await sparkRows(store, ['d', 'never', 'c'].map((ownerId) => ({ ownerId, itemId: '6.3' })), 24)
    expect([...plain]).toEqual([['d 6.3', [{ value: 5 }]], ['c 6.3', [{ value: 6 }, { value: 7 }, { value: null }]]])
    expect((await sparkRows(store, [{ ownerId: 'e', itemId: '6.3', isCompared: true }], 24)).get('e 6.3')).toEqual([{ value: null }])
  })
})
