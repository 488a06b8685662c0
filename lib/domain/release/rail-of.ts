/** Draws the gate rail from the record: which mark each team's lane has at each gate, and where the ball is. */
import { railWith } from '@/lib/domain/board-rail'
import type { MarkState, RailModel, RailTeam } from '@/lib/domain/rail'
import type { GateStanding } from './gate-standing'
import { isPassed } from './gate-standing'
import type { ReleaseReading } from './phase'
import type { ItemStatus } from './item-standing'
import type { ReleaseState } from './state'
import { ballsOf } from './waiting'

/** The mark of one item. */
export function itemMark(status: ItemStatus): MarkState {
  switch (status) {
    case 'met': return 'passed'
    case 'waived': case 'not-applicable': return 'waived'
    case 'failed': return 'failed'
    case 'expired': return 'stale'
    case 'no-data': case 'idle': case 'error': case 'inconclusive': return 'no-data'
    case 'awaits-counter-signature': return 'waiting'
    case 'due-later': case 'not-asked': return 'later'
    case 'open': return 'waiting'
  }
}

/** The mark of a gate as a whole. */
export function gateMark(state: ReleaseState, reading: ReleaseReading, standing: GateStanding): MarkState {
  if (isPassed(standing)) return standing.status === 'passed' ? 'passed' : 'waived'
  const isRollout = standing.gate.phase === 'rollout' || standing.gate.phase === 'final'
  const isMoving = isRollout && state.rollout !== null && standing.status !== 'later'
  if (isMoving && reading.atRisk.some((item) => item.gateId === standing.gate.id)) return 'risk'
  if (standing.status === 'rejected' || standing.status === 'failed') return 'failed'
  if (standing.status === 'stale') return 'stale'
  if (standing.status === 'later') return 'later'
  if (isMoving && state.rollout?.stepLiveAt && reading.soak && !reading.soak.isDone) return reading.soak.condition === 'unmeasured' ? 'no-data' : 'soaking'
  return standing.status === 'open' ? 'open' : 'waiting'
}

/** Teams with a lane at the gate: those that sign it, else its owner. */
function laneTeams(standing: GateStanding): readonly string[] {
  const signing = standing.rule.teams.map((entry) => entry.team)
  return signing.length > 0 ? signing : [standing.gate.ownerTeam]
}

function laneMark(standing: GateStanding, team: string, whole: MarkState): MarkState {
  const hasSigned = standing.valid.some((signOff) => signOff.teams.includes(team))
  if (!hasSigned || whole === 'passed' || whole === 'waived' || whole === 'failed' || whole === 'risk') return whole
  return 'passed'
}

/** In: the release, its reading, the teams in lane order. Out: the rail; the ball rings the gate that has waited longest for people, else for the clock. */
export function railOf(state: ReleaseState, reading: ReleaseReading, teams: readonly RailTeam[]): RailModel {
  const risk = reading.atRisk[0]?.gateId
  const ball = state.end || reading.phase === 'stable' && ballsOf(state).length === 0 ? null : (risk ?? firstBall(state, reading))
  return railWith(teams, reading.gates.map((standing) => {
    const whole = state.hold && standing.gate.id === ball ? 'held' : gateMark(state, reading, standing)
    return {
      id: standing.gate.id, number: standing.gate.number, name: standing.gate.name, shortName: standing.gate.shortName,
      lanes: laneTeams(standing).map((team) => ({ team, state: laneMark(standing, team, whole) })),
      isPassed: isPassed(standing), hasBall: standing.gate.id === ball,
    }
  }))
}

/** The gate that the sentence speaks of first: the lowest-numbered one that waits for people, else the one that waits for the clock. */
function firstBall(state: ReleaseState, reading: ReleaseReading): string | null {
  const balls = ballsOf(state)
  const order = (gateId: string) => reading.gates.findIndex((standing) => standing.gate.id === gateId)
  const known = balls.filter((ball) => order(ball.gateId) >= 0)
  const human = known.filter((ball) => ball.on !== 'clock')
  const from = human.length > 0 ? human : known
  return from.toSorted((a, b) => order(a.gateId) - order(b.gateId))[0]?.gateId ?? null
}
