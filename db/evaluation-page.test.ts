/** Pages, counts and thin points of kept evaluations, and turns out of the log, on every database of the contract. */
import { afterAll, describe, expect, it } from 'vitest'
import { keepEvaluations, type Evaluation } from '@/db/evaluation'
import { evaluationById, evaluationPage, evaluationPoints, evaluationTally } from '@/db/evaluation-page'
import { dialects } from '@/db/testing/stores'

const START = Date.parse('2026-11-01T00:00:00Z')

function row(minute: number, verdict: Evaluation['verdict'], value: number | null, compared: number | null = null): Evaluation {
  return { id: `e-${String(minute).padStart(4, '0')}`, ownerId: 'release-1', itemId: '9.2', sourceId: null, at: new Date(START + minute * 60_000), verdict, value, samples: minute, body: { compared, reason: `minute ${minute}` } }
}

describe.each(dialects)('evaluations for people on %s', async (_name, open) => {
  const store = await open()
  afterAll(() => store.close())

  it('are paged without a gap or a repeat, also when two are of one instant', async () => {
    const twin: Evaluation = { ...row(3, 'fail', 9, 1.5), id: 'e-0003b' }
    await keepEvaluations(store, [row(1, 'pass', 1, 1.1), row(2, 'pass', 2), row(3, 'fail', 3, 1.4), twin, row(4, 'idle', null), { ...row(5, 'pass', 5), itemId: '9.3' }])
    const ids: string[] = []
    for (let before: { at: Date; id: string } | null = null; ;) {
      const page = await evaluationPage(store, 'release-1', '9.2', { verdicts: [], before, most: 2 })
      ids.push(...page.map((one) => one.id))
      const last = page.at(-1)
      if (!last || page.length < 2) break
      before = last
    }
    expect(ids).toEqual(['e-0004', 'e-0003b', 'e-0003', 'e-0002', 'e-0001'])
    const failed = await evaluationPage(store, 'release-1', '9.2', { verdicts: ['fail', 'idle'], before: null, most: 10 })
    expect(failed.map((one) => one.id)).toEqual(['e-0004', 'e-0003b', 'e-0003'])
  })

  it('are counted by verdict, from the oldest on', async () => {
    expect(await evaluationTally(store, 'release-1', '9.2')).toEqual({ counts: { pass: 2, fail: 2, idle: 1 }, oldest: new Date(START + 60_000) })
    expect(await evaluationTally(store, 'release-1', 'unknown')).toEqual({ counts: {}, oldest: null })
  })

  it('give the newest points oldest first, values or what was compared', async () => {
    const values = await evaluationPoints(store, 'release-1', '9.2', new Date(START), { of: 'value', most: 3 })
    expect(values.map(({ value, verdict }) => `${value} ${verdict}`).toSorted()).toEqual(['3 fail', '9 fail', 'null idle'])
    expect(values.at(-1)?.verdict).toBe('idle')
    const compared = await evaluationPoints(store, 'release-1', '9.2', new Date(START), { of: 'compared', most: 9 })
    expect(compared.map(({ value }) => value).toSorted()).toEqual([1.1, 1.4, 1.5, null, null])
  })

  it('are found one by one by their item only', async () => {
    expect((await evaluationById(store, 'release-1', '9.2', 'e-0003'))?.value).toBe(3)
    expect(await evaluationById(store, 'release-1', '9.3', 'e-0003')).toBeNull()
  })
})
