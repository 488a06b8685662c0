/** How a release went, as its state keeps it. */

export type GateStatus = 'later' | 'open' | 'waiting' | 'failed' | 'rejected' | 'stale' | 'passed' | 'passed-with-waivers'

/** A gate began to stand otherwise. */
export type GateTurn = readonly [at: string, gateId: string, status: GateStatus]

/** An item was let be: waived, or marked as not applicable with its counter-signature (counted together, PRODUCT rule 11). */
export interface Exemption {
  readonly at: string
  readonly gateId: string
  readonly itemId: string
  readonly kind: 'waiver' | 'not-applicable'
}

/** Traffic moved: the rollout began, a step was seen live at a share in percent, or the candidate stood down. */
export interface TrafficMark {
  readonly at: string
  readonly kind: 'started' | 'live' | 'stood-down'
  readonly share: number
}

export interface Course {
  readonly turns: readonly GateTurn[]
  readonly exemptions: readonly Exemption[]
  readonly traffic: readonly TrafficMark[]
  /** From and to; `null`: it still is. */
  readonly atRisk: readonly (readonly [from: string, to: string | null])[]
}
