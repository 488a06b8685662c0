import { expect, it } from 'vitest'
import { reach } from '@/components/board/near'

const starts = Array.from({ length: 101 }, (_, i) => i * 10)

it('draws what reaches into the window, with some beyond both edges', () => {
  expect(reach(starts, 0, 95, 0)).toEqual([0, 10])
  expect(reach(starts, 0, 95, 6)).toEqual([0, 16])
  expect(reach(starts, 500, 599, 2)).toEqual([48, 62])
  expect(reach(starts, 505, 505, 0)).toEqual([50, 51])
})

it('stays inside of the list wherever the window is', () => {
  expect(reach(starts, -900, -100, 3)).toEqual([0, 4])
  expect(reach(starts, 5_000, 6_000, 3)).toEqual([96, 100])
  expect(reach([0], 0, 100, 6)).toEqual([0, 0])
})
