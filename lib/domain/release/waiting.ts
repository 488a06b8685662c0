/** Whom a release waits for, and since when: the ball in court, kept as intervals so that waiting time can be summed (PRODUCT rule 24). */
import type { TeamId } from '@/lib/domain/actor'
import { union, workingMs, type Span, type WorkingHours } from '@/lib/domain/working-time'
import { isPassed, teamsAsked, type GateStanding } from './gate-standing'
import type { ReleaseReading } from './phase'
import type { ReleaseState, Wait } from './state'

export type Waiter = TeamId | 'clock' | 'hold' | 'freeze' | 'outside'

/** Gates that someone or something has to move now: open in the phase that the release is in. */
export function movableGates(reading: ReleaseReading): readonly GateStanding[] {
  const { phase } = reading
  return reading.gates.filter((standing) => {
    if (isPassed(standing)) return false
    if (standing.status === 'later') return false
    const stage = standing.gate.phase
    if (stage === 'follow-up') return phase === 'stable'
    if (stage === 'rollout' || stage === 'final') return phase === 'approved' || phase === 'rolling-out' || phase === 'soaking'
    return true
  })
}

/** Lines that only measuring or time can settle: nobody's hand is needed. */
function isForTheClock(state: ReleaseState, standing: GateStanding): boolean {
  if (standing.unsettled.length === 0 || standing.rejections.length > 0) return false
  return standing.unsettled.every((line) => {
    const item = state.items[line.itemId]
    if (line.status === 'failed') return false
    if (line.status === 'due-later') return true
    return item?.kind === 'metric' || item?.computed === 'steps-soaked' || item?.computed === 'final-soak'
  })
}

/** Whom one gate waits for now. */
export function waitersOf(state: ReleaseState, standing: GateStanding): readonly Waiter[] {
  const stage = standing.gate.phase
  const isRolloutGate = stage === 'rollout' || stage === 'final'
  if (isRolloutGate && !state.rollout) return [standing.gate.ownerTeam]
  if (isRolloutGate && state.rollout && state.rollout.stepLiveAt === null) return [standing.gate.ownerTeam]
  if (isForTheClock(state, standing)) return ['clock']
  return teamsAsked(standing)
}

/** Every wait that is on at an instant, as gate and waiter. */
export function waitsNow(state: ReleaseState, reading: ReleaseReading): readonly { readonly gateId: string; readonly on: Waiter }[] {
  if (state.end) return []
  if (reading.phase === 'rolling-back') return [{ gateId: 'roll-back', on: 'ops' }]
  const waits = movableGates(reading).flatMap((standing) => waitersOf(state, standing).map((on) => ({ gateId: standing.gate.id, on })))
  const first = waits[0]?.gateId ?? 'release'
  return state.hold ? [...waits, { gateId: first, on: 'hold' }] : waits
}

/** Carries the intervals to the instant of a reading: waits that are over are closed, new ones begin. Called after every event by the fold. */
export function settleWaits(state: ReleaseState, reading: ReleaseReading, at: string): readonly Wait[] {
  const now = waitsNow(state, reading)
  const isOn = (wait: Wait) => now.some((entry) => entry.gateId === wait.gateId && entry.on === wait.on)
  const carried = state.waits.map((wait) => (wait.to === null && !isOn(wait) ? { ...wait, to: at } : wait))
  const begun = now.filter((entry) => !carried.some((wait) => wait.to === null && wait.gateId === entry.gateId && wait.on === entry.on))
  return [...carried, ...begun.map((entry) => ({ ...entry, from: at, to: null }))]
}

export interface Ball {
  readonly on: Waiter
  readonly gateId: string
  readonly since: string
}

/** Who holds the ball now, longest wait first, humans before the clock. */
export function ballsOf(state: ReleaseState): readonly Ball[] {
  return state.waits.filter((wait) => wait.to === null).map((wait) => ({ on: wait.on, gateId: wait.gateId, since: wait.from }))
    .toSorted((a, b) => Number(a.on === 'clock') - Number(b.on === 'clock') || a.since.localeCompare(b.since))
}

/** From and to in ms; `null`: it still waits. */
export type WaitSpan = readonly [from: number, to: number | null]

/** The intervals in which a team was waited for that reach past an instant. */
export function waitSpans(state: ReleaseState, team: TeamId, since: Date): readonly WaitSpan[] {
  return state.waits.filter((wait) => wait.on === team && (wait.to === null || Date.parse(wait.to) > since.getTime()))
    .map((wait): WaitSpan => [Date.parse(wait.from), wait.to === null ? null : Date.parse(wait.to)])
}

/** Milliseconds that the intervals cover together between two instants, in the team's working hours where they are given; never more than the clock (rule 24). */
export function coveredMs(intervals: readonly WaitSpan[], from: Date, to: Date, hours: WorkingHours | null): number {
  const clipped = intervals.map(([start, end]): Span => [Math.max(start, from.getTime()), Math.min(end ?? to.getTime(), to.getTime())])
  return hours ? workingMs(clipped, hours) : union(clipped).reduce((sum, [start, end]) => sum + end - start, 0)
}

/** Milliseconds that a team has waited between two instants: the union of its intervals in its working hours (rule 24). */
export function waitedMs(state: ReleaseState, team: TeamId, from: Date, to: Date, hours: WorkingHours | null): number {
  return coveredMs(waitSpans(state, team, from), from, to, hours)
}
