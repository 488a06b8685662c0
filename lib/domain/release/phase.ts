/** The phase of a release and what lies over it, derived from gates, decisions and confirmed facts; nothing sets it by hand. */
import { gateStandings, goInForce, isPassed, type GateStanding } from './gate-standing'
import { openProposals } from './roll-back-proposal'
import { soakReading, type SoakReading } from './soak'
import type { ReleaseState } from './state'

export type Phase =
  | 'preparing' | 'ready' | 'approved' | 'rolling-out' | 'soaking' | 'stable'
  | 'rolling-back' | 'rolled-back' | 'cancelled' | 'superseded' | 'closed'

export interface Freeze {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly zone: string
  readonly reason: string
}

export interface ReleaseReading {
  readonly phase: Phase
  readonly isInFlight: boolean
  readonly gates: readonly GateStanding[]
  readonly soak: SoakReading | null
  /** Standing items of the running rollout whose metric failed past its limit (rule 7). */
  readonly atRisk: readonly { readonly gateId: string; readonly itemId: string; readonly title: string; readonly reason: string; readonly since: string }[]
  /** Standing items that are not measured: they refuse the next step, nothing more. */
  readonly unmeasured: readonly { readonly gateId: string; readonly itemId: string; readonly title: string }[]
  readonly isHalted: boolean
  readonly freeze: Freeze | null
  readonly isGoInForce: boolean
  /** Approved or later, but a gate before the decision is no longer passed. */
  readonly lapsed: readonly GateStanding[]
}

const UNMEASURED = new Set(['no-data', 'idle', 'error', 'inconclusive'])

function phaseOf(state: ReleaseState, gates: readonly GateStanding[]): Phase {
  if (state.end) return state.end.kind
  if (state.rollBack) return 'rolling-back'
  if (state.stableAt) return 'stable'
  if (state.rollout) return state.steps[state.rollout.stepIndex]?.share === 100 ? 'soaking' : 'rolling-out'
  // A go that was given stays given: what lapsed since then lies over it as stale and refuses the start.
  const isApproved = state.decisions.some((d) => (d.kind === 'go' || d.kind === 'go-with-conditions') && d.supersededBy === null)
    && state.decisions.filter((d) => d.kind === 'go' || d.kind === 'go-with-conditions' || d.kind === 'no-go' || d.kind === 'defer').at(-1)?.kind.startsWith('go') === true
  if (isApproved) return 'approved'
  return gates.filter((g) => g.gate.phase === 'before-decision').every(isPassed) ? 'ready' : 'preparing'
}

/** The freeze that is on now, unless an exception of this release covers it (rule 22). */
export function freezeNow(state: ReleaseState, freezes: readonly Freeze[], now: Date): Freeze | null {
  const at = now.getTime()
  const isOn = (freeze: Freeze) => Date.parse(freeze.from) <= at && at < Date.parse(freeze.to)
  const isExcepted = (freeze: Freeze) => state.freezeExceptions.some((e) => e.freezeId === freeze.id && Date.parse(e.until) > at)
  return freezes.find((freeze) => isOn(freeze) && !isExcepted(freeze)) ?? null
}

/** Standing items that count now: those of rollout gates once traffic moves, each with its verdict. */
export function standingItems(state: ReleaseState): readonly { gateId: string; itemId: string; title: string; verdict: string; reason: string; since: string; isRequired: boolean }[] {
  return state.template.gates.filter((gate) => gate.phase === 'rollout' || gate.phase === 'final').flatMap((gate) => gate.items.flatMap((line) => {
    const item = state.items[line.id]
    if (!item || item.metric?.mode !== 'standing' || item.notApplicable?.counterSignedBy) return []
    return [{
      gateId: gate.id, itemId: item.id, title: item.title, isRequired: item.isRequired,
      verdict: item.verdict?.verdict ?? 'no-data', reason: item.verdict?.reason ?? 'not measured yet', since: item.verdict?.at ?? state.openedAt,
    }]
  }))
}

/** Everything derived about a release at an instant. In: the state, the environment's freezes, the instant. */
export function readRelease(state: ReleaseState, freezes: readonly Freeze[], now: Date): ReleaseReading {
  const gates = gateStandings(state, now)
  const phase = phaseOf(state, gates)
  const isInFlight = state.end === null && phase !== 'stable'
  const isMoving = state.rollout !== null && state.stableAt === null && state.end === null
  const settled = new Set(gates.flatMap((g) => g.items.filter((item) => item.status === 'waived' || item.status === 'not-applicable').map((item) => item.itemId)))
  const standing = isMoving ? standingItems(state).filter((item) => !settled.has(item.itemId) && isDueNow(state, item.itemId) && !isFilling(state, item.itemId, now)) : []
  const atRisk = standing.filter((item) => item.verdict === 'fail')
  const unmeasured = standing.filter((item) => item.isRequired && UNMEASURED.has(item.verdict))
  const isAfterGo = phase === 'approved' || phase === 'rolling-out' || phase === 'soaking'
  return {
    phase, isInFlight, gates, atRisk, unmeasured,
    soak: soakReading(state, now),
    isHalted: atRisk.length > 0 || (isMoving && openProposals(state).length > 0),
    freeze: freezeNow(state, freezes, now),
    isGoInForce: goInForce(state) !== null,
    lapsed: isAfterGo ? gates.filter((g) => (g.gate.phase === 'before-decision' || g.gate.phase === 'decision') && !isPassed(g)) : [],
  }
}

/** Items of the final gate (version share at full traffic) are not asked before full traffic is live: until then the share is low because it has to be. */
export function isDueNow(state: ReleaseState, itemId: string): boolean {
  const gate = state.template.gates.find((g) => g.items.some((line) => line.id === itemId))
  if (gate?.phase !== 'final') return true
  return state.rollout !== null && state.rollout.stepLiveAt !== null && state.steps[state.rollout.stepIndex]?.share === 100
}

/** For the length of its window a final item still sees the steps before full traffic: it is measured and shown, but halts nothing yet. Its gate waits for the pass all the same. */
function isFilling(state: ReleaseState, itemId: string, now: Date): boolean {
  const gate = state.template.gates.find((g) => g.items.some((line) => line.id === itemId))
  const liveAt = state.rollout?.stepLiveAt
  const minutes = state.items[itemId]?.metric?.rule.windowMinutes
  if (gate?.phase !== 'final' || !liveAt || minutes === undefined) return false
  return now.getTime() < Date.parse(liveAt) + minutes * 60_000
}

/** What the standing metrics of the running step say together: one failing fails, one unmeasured pauses (rule 9). */
export function soakCondition(state: ReleaseState, now: Date): 'passing' | 'unmeasured' | 'failing' {
  const reading = readRelease(state, [], now)
  if (reading.atRisk.length > 0) return 'failing'
  return reading.unmeasured.length > 0 ? 'unmeasured' : 'passing'
}
