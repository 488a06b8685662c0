import { expect, it } from 'vitest'
import type { PanelMark } from '@/lib/domain/preset/panel-view'
import { clusters } from './mark-clusters'

const mark = (at: number): PanelMark => ({ at, kind: 'step', label: String(at) })

it('groups what would overlap, leaves out what is elsewhere, and says how much room there is', () => {
  const found = clusters([mark(-5), mark(0), mark(10), mark(19), mark(500), mark(1000), mark(1200)], 0, 1000, 1000)
  expect(found.map((one) => [one.marks.length, one.at, Math.round(one.room)])).toEqual([[3, 0, 500], [1, 0.5, 500], [1, 1, 0]])
  const many = clusters(Array.from({ length: 300 }, (_, k) => mark(k * 3)), 0, 900, 326)
  expect(many.length).toBeLessThanOrEqual(326 / 20 + 1)
  expect(many.reduce((sum, one) => sum + one.marks.length, 0)).toBe(300)
})
