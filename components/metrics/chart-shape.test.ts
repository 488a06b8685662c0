import { describe, expect, it } from 'vitest'
import { valueSpan } from '@/components/metrics/chart-shape'

const panel = (values: readonly (number | null)[], limit?: number) => ({
  candidate: values.map((value, i): readonly [number, number | null] => [i, value]), stable: [], threshold: limit === undefined ? null : { comparator: '<=' as const, value: limit },
})

describe('the span of values of a chart', () => {
  it('leaves room around the data, and none below zero where nothing is below it', () => {
    expect(valueSpan(panel([0, 0, null]))[0]).toBe(0)
    expect(valueSpan(panel([0.001, 1]))[0]).toBe(0)
    const [low, high] = valueSpan(panel([100, 200]))
    expect(low).toBeCloseTo(92)
    expect(high).toBeCloseTo(208)
    expect(valueSpan(panel([-1, 1]))[0]).toBeLessThan(-1)
  })

  it('holds a limit that is near, and not one that would flatten the line', () => {
    expect(valueSpan(panel([1, 2], 4))[1]).toBeGreaterThan(4)
    expect(valueSpan(panel([1, 2], 400))[1]).toBeLessThan(3)
  })
})
