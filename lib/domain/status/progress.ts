/** Says how far a release is in words that the public may read, and draws its rail without a private name. */

import type { RailGate, RailModel } from '@/lib/domain/rail'
import { isPassed, type GateStanding } from '@/lib/domain/release/gate-standing'
import type { Phase, ReleaseReading } from '@/lib/domain/release/phase'
import type { ReleaseState } from '@/lib/domain/release/state'
import { ballsOf } from '@/lib/domain/release/waiting'
import type { GatePhase } from '@/lib/domain/template/template'
import type { PublicField } from '@/lib/domain/model/publication'
import { TEAM_SHAPES, type MarkState, type TeamShape } from '@/lib/domain/rail'
import type { StatusTeam } from './build'

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
 * The rail for the public. Gates are named by their place in the life of a release, because a team's own template may name them after
 * something private; lanes are named only where teams are published.
 */
export function publicRail(state: ReleaseState, reading: ReleaseReading, teams: readonly StatusTeam[], areTeamsShown: boolean): RailModel {
  const asked = new Set(reading.gates.flatMap(lanesOf))
  const lanes = teams.filter((team) => asked.has(team.id))
  const balls = new Set(ballsOf(state).filter((ball) => ball.on !== 'clock').map((ball) => ball.gateId))
  return {
    teams: lanes.map((team, index) => ({ id: `lane-${index + 1}`, name: areTeamsShown ? team.name : `Team ${index + 1}`, shape: shapeOf(team.shape) })),
    gates: reading.gates.map((standing): RailGate => {
      const own = new Set(lanesOf(standing))
      const mark = markOf(standing, reading)
      return {
        id: `gate-${standing.gate.number}`,
        number: standing.gate.number,
        name: GATE_NAME[standing.gate.phase],
        shortName: GATE_NAME[standing.gate.phase],
        lanes: lanes.flatMap((team, index) => (own.has(team.id) ? [{ team: `lane-${index + 1}`, state: mark }] : [])),
        isPassed: isPassed(standing),
        hasBall: balls.has(standing.gate.id),
      }
    }),
  }
}

function lanesOf(standing: GateStanding): readonly string[] {
  const teams = standing.rule.teams.map((entry) => entry.team)
  return teams.length > 0 ? teams : [standing.gate.ownerTeam]
}

/** Waivers and stale sign-offs are the teams' own business: in public a gate is passed, at work, held up, or still to come. */
function markOf(standing: GateStanding, reading: ReleaseReading): MarkState {
  if (isPassed(standing)) return 'passed'
  if (reading.atRisk.some((risk) => risk.gateId === standing.gate.id)) return 'risk'
  switch (standing.status) {
    case 'later': return 'later'
    case 'rejected': return 'failed'
    case 'failed': return 'failed'
    case 'open': return 'open'
    default: return reading.soak && !reading.soak.isDone && standing.gate.phase === 'rollout' ? 'soaking' : 'waiting'
  }
}

function shapeOf(shape: string): TeamShape {
  return TEAM_SHAPES.find((one) => one === shape) ?? 'disc'
}
