import { describe, expect, it } from 'vitest'
import { LONGEST_SECONDS, SHORTEST_SECONDS, widened, windowOf, windowWords } from './metrics-window'

describe('the window of charts', () => {
  it('is read from an address and written back the same', () => {
    expect(windowOf({ range: '24h' })).toBe('24h')
    const between = windowOf({ range: '1h', from: '2026-11-22T19:00:00Z', to: '2026-11-22T20:00:00+00:00' })
    expect(between).toEqual({ from: 1_795_374_000, to: 1_795_377_600 })
    expect(between && windowWords(between)).toBe('from=2026-11-22T19:00:00Z&to=2026-11-22T20:00:00Z')
    expect(windowOf(Object.fromEntries(new URLSearchParams(windowWords('7d'))))).toBe('7d')
  })
  it.each([
    {}, { range: '5h' }, { range: '6h', from: '2026-11-22T19:00:00Z' }, { from: 'x', to: 'y' }, { from: '2026-11-22T19:00:00Z', to: '2026-11-22T18:00:00Z' },
    { from: '2026-11-22T19:00:00Z', to: '2026-11-22T19:00:29Z' }, { from: '2026-01-22T19:00:00Z', to: '2026-11-22T19:00:00Z' },
  ])('is refused when it says nothing that can be shown: %j', (words) => { expect(windowOf(words)).toBeNull() })
  it('is never narrower than can be shown, whichever way it is drawn', () => {
    expect(widened(1000, 1005)).toEqual({ from: 987, to: 1017 })
    expect(widened(5000.4, 1000.6)).toEqual({ from: 1000, to: 5001 })
    const { from, to } = widened(10, 12)
    expect(to - from).toBeGreaterThanOrEqual(SHORTEST_SECONDS)
    expect(widened(0, 10 * LONGEST_SECONDS).to).toBe(LONGEST_SECONDS)
  })
})
