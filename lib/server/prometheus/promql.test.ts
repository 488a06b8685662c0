import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRESETS } from '@/lib/domain/preset/catalogue'
import { fillQuery } from '@/lib/domain/preset/selector'
import { metricNames, shape, syntaxFault } from './promql'

describe('PromQL', () => {
  it('parses every preset, its alternates and its counts, with and without labels', () => {
    for (const preset of PRESETS) {
      for (const template of [preset.query, ...(preset.alternates ?? []), ...(preset.samples ? [preset.samples] : []), ...(preset.age ? [preset.age] : [])]) {
        expect([preset.id, syntaxFault(fillQuery(template, { a: 'b' }, 60))]).toEqual([preset.id, null])
        expect([preset.id, syntaxFault(fillQuery(template, {}, 60))]).toEqual([preset.id, null])
      }
    }
  })

  it('never lets a hostile value change the shape of a query', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('"} or vector(1) #', '\\', '\\"', '"', "'", '`', '\n', '\r\n', '{}', '$w', '$sel', 'a"} or up{b="', '\u0000', '\u2028', '\ud800', '[5m])', '.*', '*', '\\*', '((', '[*'),
      fc.array(fc.constantFrom('"', '\\', '\n', '{', '}', '*', '$', '#', '`', 'x'), { maxLength: 12 }).map((parts) => parts.join('')),
    )
    const template = '(sum(rate(a_total{$sel,code=~"5.."}[$w])) or vector(0)) / sum(rate(a_total{$base}[$w]))'
    const plain = shape(fillQuery(template, { model: 'x', pod: 'y' }, 60))
    const prefixed = shape(fillQuery(template, { model: 'x*', pod: 'y' }, 60))
    fc.assert(fc.property(hostile, (value) => {
      const filled = fillQuery(template, { model: value, pod: 'y' }, 60)
      expect(shape(filled)).toBe(value.endsWith('*') && value.length > 1 ? prefixed : plain)
    }), { numRuns: 5000 })
  })

  it('marks where a query breaks, and names its metrics', () => {
    expect(syntaxFault('sum(up')).toMatchObject({ at: 6 })
    expect(syntaxFault('')).toMatchObject({ at: 0 })
    expect(syntaxFault('sum by (le) (rate(a_bucket[5m]))')).toBeNull()
    expect(metricNames('sum(rate(a_total{b="c"}[5m])) / a_total + :tensorflow:x')).toEqual(['a_total', ':tensorflow:x'])
  })
})
