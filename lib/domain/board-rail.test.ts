import { expect, it } from 'vitest'
import { MARK_LETTERS, railPacker, railWith, unpackRail } from '@/lib/domain/board-rail'
import { describeRail, type MarkState, type RailGate } from '@/lib/domain/rail'

const teams = (['product', 'data-science', 'ops', 'legal'] as const).map((id, i) => ({ id, name: id, shape: (['diamond', 'disc', 'square', 'star'] as const)[i] ?? 'disc' }))
const states = Object.keys(MARK_LETTERS).filter((word): word is MarkState => word in MARK_LETTERS)

function gatesOf(shift: number, ball: number, extra: string): readonly RailGate[] {
  return Array.from({ length: 11 }, (_, i) => ({
    id: `g${i}`, number: i + 1, name: `Gate ${i}`, shortName: `G${i}`, isPassed: i % 3 === shift % 3, hasBall: i === ball,
    lanes: (i === 4 ? ['product', extra] : ['ops']).map((team, k) => ({ team, state: states[(i + k + shift) % states.length] ?? 'later' })),
  }))
}

it('gives back every rail as it was, with the lanes that it uses', () => {
  const packer = railPacker(teams)
  const rails = [gatesOf(0, 2, 'data-science'), gatesOf(5, -1, 'data-science'), gatesOf(3, 10, 'legal')]
  const packed = rails.map((gates) => packer.pack(gates))
  const frames = packer.frames()
  expect(Object.keys(frames.gates)).toHaveLength(2)
  expect(packed.map((rail) => unpackRail(JSON.parse(JSON.stringify(frames)), rail))).toEqual(rails.map((gates) => railWith(teams, gates)))
  expect(unpackRail(frames, packed[0] ?? { frame: '', marks: '', passed: '', ball: null }).teams).toHaveLength(3)
})

it('draws nothing for a frame that it does not know', () => {
  expect(describeRail(unpackRail({ teams, gates: {} }, { frame: '9', marks: 'pp', passed: '1', ball: null }))).toBeTypeOf('string')
})

it('has a letter of its own for every state', () => {
  expect(new Set(Object.values(MARK_LETTERS)).size).toBe(states.length)
})
