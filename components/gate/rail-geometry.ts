/** Where everything on the gate rail stands: lanes, gates, the path of hand-offs and the ring of the ball; no drawing. */
import type { MarkState, RailModel } from '@/lib/domain/rail'

export type RailSize = 'board' | 'release' | 'public'

interface Measures {
  readonly height: number
  readonly radius: number
  /** Free room above the first and below the last lane. */
  readonly top: number
  readonly bottom: number
  /** Room at both ends, so that a ring or a name does not stand out. */
  readonly end: number
  /** Distance between two gates; on the release the least, below which the rail scrolls inside of itself. */
  readonly step: number
  /** Least distance between two lanes; with more teams the rail grows taller instead of its marks smaller. */
  readonly lane: number
}

const MEASURES: Record<RailSize, Measures> = {
  board: { height: 54, radius: 5.5, top: 10.5, bottom: 10.5, end: 11, step: 31, lane: 12 },
  release: { height: 148, radius: 9, top: 34, bottom: 16, end: 44, step: 78, lane: 30 },
  public: { height: 44, radius: 4.5, top: 9, bottom: 9, end: 10, step: 24, lane: 10 },
}

export interface RailNode {
  /** Position between the two ends, in percent. */
  readonly x: number
  /** The mean of its lanes: where the path enters and leaves. */
  readonly y: number
  readonly marks: readonly { readonly y: number; readonly state: MarkState; readonly team: string }[]
}

export interface RailGeometry extends Measures {
  readonly lanes: readonly { readonly team: string; readonly y: number }[]
  readonly nodes: readonly RailNode[]
  /** Hand-offs from gate to gate as path data; x runs from 0 to 100. */
  readonly paths: readonly { readonly d: string; readonly isWalked: boolean }[]
  /** The drawn width of the small rails; on the release the pixels below which it scrolls sideways in its own box. */
  readonly minWidth: number
}

/**
 * Lays out a rail. In: the model (any number of teams and gates) and the size. Out: y in pixels of the given height, x in percent,
 * so that the rail takes the width that it gets without being drawn again.
 */
export function railGeometry(model: RailModel, size: RailSize): RailGeometry {
  const m = MEASURES[size]
  const laneCount = Math.max(1, model.teams.length)
  const spacing = laneCount > 1 ? Math.max(m.lane, (m.height - m.top - m.bottom) / (laneCount - 1)) : 0
  const height = Math.max(m.height, m.top + spacing * (laneCount - 1) + m.bottom)
  const lanes = model.teams.map((team, i) => ({ team: team.id, y: round(laneCount > 1 ? m.top + spacing * i : (m.top + height - m.bottom) / 2) }))
  const radius = laneCount > 1 ? Math.max(2.5, Math.min(m.radius, spacing / 2 - 0.75)) : m.radius
  const laneOf = new Map(lanes.map((l) => [l.team, l.y]))
  const last = Math.max(1, model.gates.length - 1)

  const nodes = model.gates.map((gate, i): RailNode => {
    const marks = gate.lanes
      .map((lane) => ({ y: laneOf.get(lane.team) ?? height / 2, state: lane.state, team: lane.team }))
      .sort((a, b) => a.y - b.y)
    const sum = marks.reduce((total, mark) => total + mark.y, 0)
    return { x: round(model.gates.length > 1 ? (100 * i) / last : 50), y: round(marks.length > 0 ? sum / marks.length : height / 2), marks }
  })

  const paths = nodes.slice(0, -1).map((from, i) => {
    const to = nodes[i + 1] ?? from
    const middle = round((from.x + to.x) / 2)
    return { d: `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`, isWalked: model.gates[i]?.isPassed === true }
  })

  return { ...m, height, radius: round(radius), lanes, nodes, paths, minWidth: m.end * 2 + m.step * widestOf(model.gates.length, size) }
}

// A short template takes the width of the default one, so that the rails of a board stand in columns.
function widestOf(gates: number, size: RailSize): number {
  return Math.max(gates - 1, size === 'release' ? 0 : 10)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
