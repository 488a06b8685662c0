/** Old passes lose their answers, everything else keeps them, each row is visited once; on both databases. */
import { v7 as uuid } from 'uuid'
import { expect, it } from 'vitest'
import { evaluationsOf, keepEvaluations } from '@/db/evaluation'
import { thinEvaluations } from '@/db/evaluation-thin'
import { dialects } from '@/db/testing/stores'

it.each(dialects)('on %s', { timeout: 180_000 }, async (_name, open) => {
  const store = await open()
  try {
    const at = (minutes: number) => new Date(Date.parse('2026-11-20T12:00:00.000Z') + minutes * 60_000)
    const body = { reason: 'Within its limit.', exchanges: [{ role: 'candidate', series: [{ value: '1' }] }], advice: { p: 0.2 }, standing: 'pass' }
    const row = (minutes: number, verdict: 'pass' | 'fail') => ({ id: uuid(), ownerId: 'o', itemId: 'i', sourceId: 's', at: at(minutes), verdict, value: 1, samples: 9, body })
    await keepEvaluations(store, [row(0, 'pass'), row(1, 'fail'), row(5, 'pass'), row(10, 'pass')])
    expect(await thinEvaluations(store, at(6))).toBe(2)
    const rows = await evaluationsOf(store, 'o', 'i', at(-1))
    expect(rows.map((one) => one.body)).toEqual([{ reason: body.reason, standing: 'pass' }, body, { reason: body.reason, standing: 'pass' }, body])
    // Again: only what has aged since.
    expect(await thinEvaluations(store, at(7))).toBe(0)
    expect(await thinEvaluations(store, at(20))).toBe(1)
    expect(rows.map((one) => [one.verdict, one.value, one.samples])).toEqual([['pass', 1, 9], ['fail', 1, 9], ['pass', 1, 9], ['pass', 1, 9]])
  } finally {
    await store.close()
  }
})
