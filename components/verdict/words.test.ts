/** Each kind of test says its limit in its own measure, whatever its sentence is. */
import { expect, it } from 'vitest'
import { limitText } from '@/components/verdict/words'
import { limitOf } from '@/lib/domain/verdict/limit'
import type { MetricTest } from '@/lib/domain/verdict/rule'

const TABLE: readonly (readonly [MetricTest, boolean, string])[] = [
  [{ kind: 'threshold', comparator: '<=', limit: 0.25 }, true, '≤ 250 ms'],
  [{ kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2, withoutBaseline: { comparator: '<=', limit: 0.3 } }, true, '≤ 1.2 × stable'],
  [{ kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2, withoutBaseline: { comparator: '<=', limit: 0.3 } }, false, '≤ 300 ms'],
  [{ kind: 'stable', by: 'difference', comparator: '<', limit: 0.02 }, true, '< 20 ms'],
  [{ kind: 'stable', by: 'ratio', comparator: '<=', limit: 1.2 }, false, ''],
  [{ kind: 'presence' }, true, ''],
]

it.each(TABLE)('%j, stable beside it: %s', (test, hasStable, words) => {
  expect(limitText(limitOf(test, hasStable), { unit: 's' })).toBe(words)
})

it('speaks of ages, factors and shares as such', () => {
  expect(limitText({ of: 'compared', measure: 'age', comparator: '<=', limit: 7200 }, { unit: 's' })).toBe('≤ 2 h')
  expect(limitText({ of: 'compared', measure: 'factor', comparator: '<=', limit: 14.4 }, { unit: 'ratio' })).toBe('≤ 14.4 ×')
  expect(limitText({ of: 'compared', measure: 'share', comparator: '<=', limit: 0.8 }, { unit: 'bytes' })).toBe('≤ 80 %')
})
