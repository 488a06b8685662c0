/** Says how far a release is in words that the public may read, and draws its rail without a private name. */

import type { PublicField } from '@/lib/domain/model/publication'
import { TEAM_SHAPES, type MarkState, type RailGate, type RailModel, type TeamShape } from '@/lib/domain/rail'
import type { Phase, ReleaseReading } from '@/lib/domain/release/phase'
import { railOf } from '@/lib/domain/release/rail-of'
import type { ReleaseState } from '@/lib/domain/release/state'
import { ballsOf } from '@/lib/domain/release/waiting'
import type { GatePhase } from '@/lib/domain/template/template'
import type { StatusTeam } from './facts'

const PHASE: Readonly<Record<Phase, string>> = {
  'preparing': 'preparing', 'ready': 'ready, waits for the decision', 'approved': 'approved, waits for its start', 'rolling-out': 'rolling out', 'soaking': 'at full traffic, soaking',
  'stable': 'stable', 'rolling-back': 'rolling back', 'rolled-back': 'rolled back', 'cancelled': 'cancelled', 'superseded': 'superseded', 'closed': 'closed',
}

interface Allowed {
  readonly shows: (field: PublicField) => boolean
  readonly teams: readonly StatusTeam[]
}

/** In: a release in flight and what may be said. Out: words such as "rolling out, 20 % of traffic" or "preparing, waits for Ops". */
export function progressOf(state: ReleaseState, reading: ReleaseReading, { shows, teams }: Allowed): string {
  const parts: string[] = []
  if (shows('phase')) {
    parts.push(PHASE[reading.phase])
    const share = state.rollout?.share?.percent
    if (reading.phase === 'rolling-out' && share !== undefined) parts.push(`${share} % of traffic`)
  }
  if (shows('holds') && state.hold) parts.push('on hold')
  else if (shows('team')) {
    const ids = new Set(ballsOf(state).map((ball) => ball.on))
    const names = teams.filter((team) => ids.has(team.id)).map((team) => team.name)
    if (names.length > 0) parts.push(`waits for ${names.join(' and ')}`)
  }
  return parts.length === 0 ? 'on its way' : parts.join(', ')
}

const GATE_NAME: Readonly<Record<GatePhase, string>> = {
  'before-decision': 'Preparation', 'decision': 'Decision', 'rollout': 'Canary', 'final': 'Full rollout', 'follow-up': 'Follow-up',
}

/**
 * The rail for the public: that of the release, under other words. Gates are named by their place in the life of a release, because a
 * team's own template may name them after something private; lanes are named only where teams are published; waivers, stale sign-offs
 * and, unless published, holds are the teams' own business.
 */
export function publicRail(state: ReleaseState, reading: ReleaseReading, { shows, teams }: Allowed): RailModel {
  const rail = railOf(state, reading, teams.map((team) => ({ id: team.id, name: team.name, shape: shapeOf(team.shape) })))
  const lanes = new Map(rail.teams.map((team, index) => [team.id, `lane-${index + 1}`]))
  const phases = new Map(reading.gates.map((standing) => [standing.gate.id, standing.gate.phase]))
  return {
    teams: rail.teams.map((team, index) => ({ id: `lane-${index + 1}`, name: shows('team') ? team.name : `Team ${index + 1}`, shape: team.shape })),
    gates: rail.gates.map((gate): RailGate => {
      const name = GATE_NAME[phases.get(gate.id) ?? 'before-decision']
      return {
        id: `gate-${gate.number}`, number: gate.number, name, shortName: name, isPassed: gate.isPassed, hasBall: gate.hasBall,
        lanes: gate.lanes.map((lane) => ({ team: lanes.get(lane.team) ?? 'lane-0', state: publicMark(lane.state, shows('holds')) })),
      }
    }),
  }
}

function publicMark(mark: MarkState, areHoldsShown: boolean): MarkState {
  if (mark === 'waived') return 'passed'
  return mark === 'stale' || (mark === 'held' && !areHoldsShown) ? 'waiting' : mark
}

function shapeOf(shape: string): TeamShape {
  return TEAM_SHAPES.find((one) => one === shape) ?? 'disc'
}
