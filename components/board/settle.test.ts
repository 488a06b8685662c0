/** Rows that would move wait; contents renew; the count of waiting moves is right. */
import { describe, expect, it } from 'vitest'
import { settle } from '@/components/board/settle'
import { sampleBoard } from '@/components/board/testing/sample-board'
import type { BoardGroup } from '@/lib/domain/board'

const [sample] = sampleBoard().groups.flatMap((g) => g.rows)

function group(key: string, ids: string, note = ''): BoardGroup {
  return { key, title: key, rows: ids === '' || !sample ? [] : ids.split('').map((id) => ({ ...sample, id, targetNote: note })) }
}

const order = (groups: readonly BoardGroup[]) => groups.map((g) => g.rows.map((r) => r.id).join('')).join('|')

describe('settle', () => {
  it('shows the newest as they are when nothing moves', () => {
    const newest = [group('a', 'xy', 'new'), group('b', 'z')]
    expect(settle([group('a', 'xy'), group('b', 'z')], newest)).toEqual({ groups: newest, changes: 0 })
  })

  it('keeps the places and renews the contents', () => {
    const shown = settle([group('a', 'xy'), group('b', 'z')], [group('a', 'yx', 'new'), group('b', 'z', 'new')])
    expect(order(shown.groups)).toBe('xy|z')
    expect(shown.groups[0]?.rows.map((r) => r.targetNote)).toEqual(['new', 'new'])
    expect(shown.changes).toBe(1)
  })

  it.each([
    ['a row appears', 'xy', 'z', 'xyw', 'z', 1],
    ['a row leaves', 'xy', 'z', 'x', 'z', 1],
    ['a row changes its group', 'xy', 'z', 'x', 'zy', 1],
    ['the first goes last among many', 'uvwxy', 'z', 'vwxyu', 'z', 1],
    ['everything turns around', 'uvw', '', 'wvu', '', 2],
    ['a row leaves, one comes, one moves', 'uvw', 'z', 'wun', 'z', 3],
  ])('%s', (_, a, b, nextA, nextB, changes) => {
    const shown = settle([group('a', a), group('b', b)], [group('a', nextA), group('b', nextB)])
    expect(order(shown.groups)).toBe(`${a}|${b}`)
    expect(shown.changes).toBe(changes)
  })

  it('counts a group that is new on the screen by its rows', () => {
    expect(settle([group('a', 'x')], [group('attention', 'yz'), group('a', 'x')]).changes).toBe(2)
  })
})
