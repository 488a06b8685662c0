/** Completion asks a source once for everybody, says why when it cannot, and hands out no more than its bound. */
import { expect, it } from 'vitest'
import { answering, startDouble, type Double } from '@/lib/server/prometheus/double'
import { makeCompletion, MOST_NAMES } from './completion'

it('asks once a minute, bounds what it tells, and says what is wrong', async () => {
  const double: Double = await startDouble()
  let now = 1_800_000_000_000
  const completion = makeCompletion(async (id) => (id === 's' ? { name: 's', connection: { url: double.url, auth: { kind: 'none' }, headers: {} }, scrapeIntervalSeconds: 15 } : null), () => now)
  const list = (names: readonly string[]) => answering(200, 'application/json', JSON.stringify({ status: 'success', data: names }))
  try {
    double.behave(list(Array.from({ length: MOST_NAMES + 3 }, (_, k) => `metric_${k}`)))
    const [first, second] = await Promise.all([completion.values('s', '__name__', null), completion.values('s', '__name__', null)])
    expect(first).toEqual(second)
    expect(first).toMatchObject({ ok: true, value: { isCut: true } })
    expect(first?.ok && first.value.names.length).toBe(MOST_NAMES)
    expect(double.asked).toHaveLength(1)
    double.behave(list(['job']))
    expect(await completion.labels('s', 'up"} or {a="')).toMatchObject({ ok: true, value: { names: ['job'], isCut: false } })
    expect(double.asked.at(-1)?.params.get('match[]')).toBe('{__name__="up\\"} or {a=\\""}')
    now += 61_000
    double.behave(answering(503, 'text/plain', 'Service Unavailable'))
    expect(await completion.values('s', '__name__', null)).toMatchObject({ ok: false })
    double.behave(list(['up']))
    expect(await completion.values('s', '__name__', null)).toMatchObject({ ok: true, value: { names: ['up'] } })
    expect(await completion.labels('none', null)).toBeNull()
  } finally {
    await double.close()
  }
})
