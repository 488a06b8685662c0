import { expect, it } from 'vitest'
import { same } from '@/lib/domain/same'

it.each([
  [{ promql: 'up', kind: 'promql' }, { kind: 'promql', promql: 'up' }, true],
  [[{ b: { d: 1, c: 2 }, a: 1 }], [{ a: 1, b: { c: 2, d: 1 } }], true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: null }, {}, false],
  [[1, 2], [2, 1], false],
  [{ a: '1' }, { a: 1 }, false],
  [null, null, true],
])('%j and %j', (a, b, expected) => {
  expect(same(a, b)).toBe(expected)
})
