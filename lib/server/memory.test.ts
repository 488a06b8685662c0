import { expect, it } from 'vitest'
import { tidier } from '@/lib/server/memory'

const MB = 1024 * 1024

it('tidies when nobody asks and the heap has grown, and not again for what it could not give back', () => {
  let times = 0
  const look = tidier(() => {
    times += 1
    return 80 * MB
  })
  expect(look({ busy: 0.6, heap: 200 * MB })).toBe(false)
  expect(look({ busy: 0.01, heap: 200 * MB })).toBe(true)
  expect(look({ busy: 0.01, heap: 85 * MB })).toBe(false)
  expect(look({ busy: 0.01, heap: 95 * MB })).toBe(true)
  expect(times).toBe(2)
})
