import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundBody, briefExchanges, exchangeOf, MOST_BODY_BYTES, type Exchange, type ExchangeRole, type Replied } from './exchange'

const answered = (count: number, size = 8): Replied => ({ ok: true, answer: { type: 'vector', warnings: ['w'], infos: [], series: Array.from({ length: count }, (_, at) => ({ labels: { pod: 'p'.repeat(size), n: String(at) }, histograms: 0, samples: [{ at: 1, value: at, raw: `${at}` }] })) } })
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length

describe('what is kept of a question', () => {
  it('keeps the first ten series and counts all of them', () => {
    const kept = exchangeOf('candidate', 'up', 100, answered(12), 3.4)
    expect(kept).toMatchObject({ role: 'candidate', query: 'up', at: 100, ok: true, totalSeries: 12, warnings: ['w'], error: null, tookMs: 3 })
    expect(kept.series).toHaveLength(10)
    expect(kept.series[3]).toEqual({ labels: { pod: 'pppppppp', n: '3' }, value: '3' })
  })
  it('keeps why there was no answer', () => {
    expect(exchangeOf('samples', 'up', 1, { ok: false, reason: 'x', failure: { kind: 'timeout', message: 'It is slow.' } }, 8000)).toMatchObject({ ok: false, series: [], error: { kind: 'timeout', message: 'It is slow.' } })
    expect(exchangeOf('samples', 'up', 1, { ok: false, reason: 'Gone.' }, 1).error).toEqual({ kind: 'unknown', message: 'Gone.' })
  })
  it('fits any body into 16 kB and keeps the numbers true', () => {
    const roles: readonly ExchangeRole[] = ['candidate', 'stable', 'samples', 'age', 'bounds', 'history', 'stable-history', 'short-window', 'capacity']
    fc.assert(fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 6000 }), (series, size, questions, query) => {
      const exchanges: readonly Exchange[] = roles.slice(0, questions).map((role) => exchangeOf(role, 'q'.repeat(query), 1, answered(series * 3, size), 1))
      const body = boundBody({ reason: 'because', exchanges })
      expect(bytes(body)).toBeLessThanOrEqual(MOST_BODY_BYTES)
      expect(body.exchanges[0]).toMatchObject({ role: 'candidate', totalSeries: series * 3 })
    }))
  })
  it('keeps of a pass like the one before what decided', () => {
    const exchanges = (['candidate', 'samples', 'bounds', 'history'] as const).map((role) => exchangeOf(role, role, 1, answered(5), 1))
    expect(briefExchanges(exchanges).map((one) => [one.role, one.series.length, one.totalSeries])).toEqual([['candidate', 1, 5], ['samples', 1, 5]])
  })
})
