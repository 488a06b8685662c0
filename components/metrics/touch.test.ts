import { describe, expect, it } from 'vitest'
import { pinched, type Fingers } from './touch'

const near = (said: ReturnType<typeof pinched>) => (said === null || said === 'out' ? said : said.map((one) => Math.round(one * 1000) / 1000))

describe('two fingers', () => {
  it.each<[string, Fingers, Fingers, Fingers | 'out' | null]>([
    ['apart to the edges: what lay between them', [0.25, 0.75], [0, 1], [0.25, 0.75]],
    ['apart to twice the distance around one place', [0.4, 0.6], [0.3, 0.7], [0.25, 0.75]],
    ['apart, crossed hands', [0.6, 0.4], [0.7, 0.3], [0.25, 0.75]],
    ['apart at the left edge: nothing before the beginning', [0, 0.2], [0.2, 0.9], [0, 0.286]],
    ['together: back', [0.2, 0.8], [0.4, 0.6], 'out'],
    ['hardly moved', [0.2, 0.8], [0.22, 0.83], null],
    ['one beside the other and then together', [0.2, 0.8], [0.5, 0.505], 'out'],
    ['one clumsy finger', [0.5, 0.505], [0.3, 0.7], null],
  ])('%s', (_what, began, are, said) => {
    expect(near(pinched(began, are))).toEqual(said)
  })
})
