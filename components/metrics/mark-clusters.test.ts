import { expect, it } from 'vitest'
import type { PanelMark } from '@/lib/domain/preset/panel-view'
import { clusters } from './mark-clusters'

const mark = (at: number): PanelMark => ({ at, kind: 'step', label: String(at) })

it('groups what would overlap, leaves out what is elsewhere, and says where there is room for words', () => {
  const found = clusters([mark(-5), mark(0), mark(10), mark(19), mark(500), mark(1000), mark(1200)], 0, 1000, 1000)
  expect(found.map((one) => [one.at, one.words, one.side])).toEqual([[0, '3 events', 'right'], [0.5, '500', 'right'], [1, '1000', 'left']])
  expect(clusters([mark(900), mark(950)], 0, 1000, 500).map((one) => one.side)).toEqual(['left', 'right'].map((side, k) => (k === 0 ? side : null)))
  const many = clusters(Array.from({ length: 300 }, (_, k) => mark(k * 3)), 0, 900, 326)
  expect(many.length).toBeLessThanOrEqual(326 / 20 + 1)
  expect(many.reduce((sum, one) => sum + one.marks.length, 0)).toBe(300)
})
