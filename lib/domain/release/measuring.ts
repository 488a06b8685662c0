/** Says whether a metric item of a release is measured now, and if not, why not and when again: the question behind "why is this so old?". Pure. */
import { TIERS } from '@/lib/domain/template/template'
import { differences, partsOf } from './fingerprint'
import { gateStandings } from './gate-standing'
import { labelsDueAt } from './labels-due'
import { metricItemsDue, specOfItem } from './measured'
import type { ItemState, ReleaseState } from './state'

export interface Measuring {
  readonly isDue: boolean
  /** One clause: "measured now", or why it rests. */
  readonly words: string
}

/** In: the release, the item, the instant. Out: whether the evaluator measures it now, and the words. The answer is that of `metricItemsDue`; this only says why. */
export function measuringOf(state: ReleaseState, item: ItemState, now: Date): Measuring {
  const rests = (words: string): Measuring => ({ isDue: false, words })
  if (metricItemsDue(state, now).some((one) => one.itemId === item.id)) return { isDue: true, words: 'Measured now.' }
  if (state.end) return rests(`Not measured any more: the release is ${state.end.kind.replace('-', ' ')}.`)
  if (state.rollBack) return rests('Not measured any more: the release is rolling back.')
  const spec = specOfItem(item)
  if (!item.metric || !spec) return rests('Not measured: no limit is set yet.')
  if (item.notApplicable?.counterSignedBy) return rests('Not measured: it does not apply here.')
  const line = state.template.gates.find((gate) => gate.id === item.gateId)?.items.find((one) => one.id === item.id)
  if (line && TIERS.indexOf(line.minTier) > TIERS.indexOf(state.risk)) return rests(`Not measured: it is asked from risk ${line.minTier} up.`)
  if (item.metric.isAfterLabelDelay) {
    const due = labelsDueAt(state, item)
    return rests(due === null ? `Measured ${state.feedback.labelDelayDays} days after the release is stable, when the labels are in.` : `Due when the labels are in, on ${due.toISOString().slice(0, 10)}.`)
  }
  if (spec.kind === 'snapshot') {
    if (state.stableAt) return rests('Not measured any more: the release is stable, and its standing watch has taken over.')
    const signed = (state.gates[item.gateId]?.signOffs ?? []).findLast((one) => one.withdrawn === null && differences(one.seen.parts, partsOf(state)).length === 0)
    if (signed) return rests('Frozen by the sign-off of its gate; measured again when that goes stale or the pass expires.')
    const missing = gateStandings(state, now).find((one) => one.gate.id === item.gateId)?.missingNeeds ?? []
    const needs = state.template.gates.filter((gate) => missing.includes(gate.id)).map((gate) => `${gate.number} ${gate.name}`)
    return rests(needs.length === 0 ? 'Not measured now.' : `Measured as soon as its gate opens: ${needs.join(', ')} first.`)
  }
  if (state.stableAt) return rests('Handed to the standing watch of the live version.')
  return rests(state.rollout ? 'Measured when its step of the rollout is reached.' : 'Measured from the start of the rollout on.')
}
