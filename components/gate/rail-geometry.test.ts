/** Places of lanes, gates, hand-offs and the ring, for the usual rail and for odd ones. */
import { describe, expect, it } from 'vitest'
import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { railGeometry } from '@/components/gate/rail-geometry'
import { Rail } from '@/components/gate/rail'
import { ReleaseRail } from '@/components/gate/release-rail'
import { describeRail, type MarkState, type RailModel } from '@/lib/domain/rail'

const SHAPES = ['diamond', 'disc', 'square', 'triangle', 'hexagon'] as const

function model(teams: number, gates: readonly (readonly [number, MarkState][])[], ball = -1): RailModel {
  return {
    teams: Array.from({ length: teams }, (_, i) => ({ id: `t${i}`, name: `Team ${i}`, shape: SHAPES[i] ?? 'disc' })),
    gates: gates.map((lanes, i) => ({
      id: `g${i}`, number: i + 1, name: `Gate name ${i + 1}`, shortName: `G${i + 1}`,
      lanes: lanes.map(([team, state]) => ({ team: `t${team}`, state })),
      isPassed: lanes.every(([, s]) => s === 'passed'), hasBall: i === ball,
    })),
  }
}

const usual = model(3, [[[0, 'passed']], [[1, 'waiting']], [[1, 'open'], [2, 'passed']], [[0, 'later'], [1, 'later'], [2, 'later']]], 1)

describe('railGeometry', () => {
  it('puts a gate into the lanes of its teams and the path through their middle', () => {
    const g = railGeometry(usual, 'board')
    expect(g.lanes.map((l) => l.y)).toEqual([10.5, 27, 43.5])
    expect(g.nodes.map((n) => n.x)).toEqual([0, 33.33, 66.67, 100])
    expect(g.nodes.map((n) => n.y)).toEqual([10.5, 27, 35.25, 27])
    expect(g.nodes[2]?.marks.map((m) => m.y)).toEqual([27, 43.5])
  })

  it('draws the hand-off solid only behind a passed gate', () => {
    expect(railGeometry(usual, 'board').paths.map((p) => p.isWalked)).toEqual([true, false, false])
  })

  it.each([1, 2, 3, 4, 5])('keeps the marks of %d lanes apart and inside of the height', (lanes) => {
    for (const size of ['board', 'release', 'public'] as const) {
      const g = railGeometry(model(lanes, [Array.from({ length: lanes }, (_, i): [number, MarkState] => [i, 'open'])]), size)
      const ys = g.lanes.map((l) => l.y)
      for (const [i, y] of ys.entries()) {
        expect(y - g.radius).toBeGreaterThanOrEqual(0)
        expect(y + g.radius).toBeLessThanOrEqual(g.height)
        const next = ys[i + 1]
        if (next !== undefined) expect(next - y).toBeGreaterThan(g.radius * 2)
      }
    }
  })

  it('takes no gate, one gate and thirty gates', () => {
    expect(railGeometry(model(3, []), 'board').nodes).toEqual([])
    expect(railGeometry(model(3, [[[0, 'open']]]), 'board').nodes[0]?.x).toBe(50)
    const many = railGeometry(model(3, Array.from({ length: 30 }, (): [number, MarkState][] => [[0, 'open']])), 'release')
    expect(many.minWidth).toBeGreaterThan(2_000)
  })
})

describe('Rail', () => {
  it('says in words what it shows', () => {
    expect(describeRail(usual)).toBe('1 of 4 gates passed. Gate 2, Gate name 2: waiting; the ball is here. Gate 3, Gate name 3: Team 1 open, Team 2 passed.')
    expect(renderToStaticMarkup(createElement(Rail, { model: usual, size: 'board' }))).toContain('role="img" aria-label="1 of 4 gates passed.')
  })

  it('makes every gate a link on the release, and none elsewhere', () => {
    const html = renderToStaticMarkup(createElement(ReleaseRail, { model: usual, hrefOf: (gate: { id: string }) => `#gate-${gate.id}` }))
    expect([...html.matchAll(/href="(#gate-g\d)"/g)].map((m) => m[1])).toEqual(['#gate-g0', '#gate-g1', '#gate-g2', '#gate-g3'])
    expect(html).not.toContain('role="img"')
  })

  it('carries nothing on the public page that its policy or its missing style sheet would take away', () => {
    const html = renderToStaticMarkup(createElement(Rail, { model: usual, size: 'public' }))
    expect(html).not.toMatch(/<a|style=|class=/)
  })
})
