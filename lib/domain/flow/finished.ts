/** A finished release as the time charts need it: a few instants and counts, made from its state alone, so that thousands can be read at once. */
import { courseOf, progressOf } from '@/lib/domain/release/course'
import type { ReleaseState, RiskTier, Wait } from '@/lib/domain/release/state'

/** How it ended for the counts: a roll-back is a change failure also after stable; cancelled and superseded moved nothing (PRODUCT, life of a release). */
export const OUTCOMES = ['stable', 'rolled-back', 'cancelled', 'superseded'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A stretch in which a gate waited for somebody, in ms. */
export type GateWait = readonly [gateId: string, on: Wait['on'], from: number, to: number]

/** What is kept of a gate: its number and name as they were then, and how often it had to be done again. */
export interface GateFlow {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly stale: number
  readonly reopened: number
  readonly rejected: number
}

export interface FinishedBody {
  readonly waits: readonly GateWait[]
  readonly gates: readonly GateFlow[]
  readonly waivers: number
  readonly notApplicable: number
  /** Share of the gates before the decision that were passed, from when on; instants in ms. */
  readonly progress: readonly (readonly [at: number, share: number])[]
}

export interface FinishedRelease {
  readonly releaseId: string
  readonly code: string
  readonly modelId: string
  readonly environmentId: string
  readonly risk: RiskTier
  readonly templateId: string
  readonly outcome: Outcome
  /** Epoch milliseconds. */
  readonly openedAt: number
  /** When the go was given under which it moved: the last one; `null`: it never had one. */
  readonly goAt: number | null
  readonly stableAt: number | null
  readonly finishedAt: number
  /** From the order to roll back to its confirmation. */
  readonly restoreMs: number | null
  readonly body: FinishedBody
}

function outcomeOf(state: ReleaseState): Outcome | null {
  if (state.end && state.end.kind !== 'closed') return state.end.kind
  // While a roll-back is under way nothing is finished, whatever it was before.
  if (state.rollBack && !state.rollBack.confirmed) return null
  return state.stableAt ? 'stable' : null
}

function gateFlows(state: ReleaseState, until: number): readonly GateFlow[] {
  const turns = courseOf(state).turns.filter(([at]) => Date.parse(at) <= until)
  return state.template.gates.map((gate) => {
    const own = state.gates[gate.id]
    return {
      id: gate.id, number: gate.number, name: gate.shortName,
      stale: turns.filter(([, gateId, status]) => gateId === gate.id && status === 'stale').length,
      reopened: own?.reopened.filter((once) => Date.parse(once.at) <= until).length ?? 0,
      rejected: own?.rejections.filter((one) => Date.parse(one.at) <= until).length ?? 0,
    }
  })
}

/** Waits up to an instant, in ms; those that were still on end there. */
export function waitsUntil(state: ReleaseState, until: number): readonly GateWait[] {
  return state.waits.map((wait): GateWait => [wait.gateId, wait.on, Date.parse(wait.from), Math.min(until, wait.to === null ? until : Date.parse(wait.to))])
    .filter(([, , from, to]) => to > from)
}

/**
 * What the time charts keep of a release. Out: `null` while it is not finished. It is finished when it became stable, or ended another
 * way; what the follow-up takes after stable counts nowhere, and a roll-back after stable makes it rolled back.
 */
export function finishedOf(state: ReleaseState): FinishedRelease | null {
  const outcome = outcomeOf(state)
  if (outcome === null) return null
  const finished = outcome === 'stable' ? state.stableAt : state.end?.at
  if (!finished) return null
  const finishedAt = Date.parse(finished)
  const go = state.decisions.findLast((one) => one.kind === 'go' || one.kind === 'go-with-conditions')
  const goAt = go ? Date.parse(go.at) : null
  const exemptions = courseOf(state).exemptions.filter((one) => Date.parse(one.at) <= finishedAt)
  return {
    releaseId: state.id, code: state.code, modelId: state.modelId, environmentId: state.environmentId, risk: state.risk, templateId: state.template.id, outcome,
    openedAt: Date.parse(state.openedAt), goAt, stableAt: state.stableAt ? Date.parse(state.stableAt) : null, finishedAt,
    restoreMs: state.rollBack?.confirmed ? Date.parse(state.rollBack.confirmed.at) - Date.parse(state.rollBack.at) : null,
    body: {
      waits: waitsUntil(state, finishedAt), gates: gateFlows(state, finishedAt),
      waivers: exemptions.filter((one) => one.kind === 'waiver').length, notApplicable: exemptions.filter((one) => one.kind === 'not-applicable').length,
      progress: progressOf(state).filter(([at]) => goAt === null || at <= goAt),
    },
  }
}
