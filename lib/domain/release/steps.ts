/** What may be said about the steps of a rollout: that a canary comes before full traffic, and that they are not eased once a go rests on them. */
import type { GateTemplate } from '@/lib/domain/template/template'
import type { RolloutStep } from './state'

export const CANARY_FIRST = 'The checklist has a canary gate, so at least one step has to come before full traffic.'

/** Whether the steps leave room for the canary that the checklist asks. */
export function isFullTrafficLast(of: { readonly template: { readonly gates: readonly GateTemplate[] } }, steps: readonly RolloutStep[]): boolean {
  const asksCanary = of.template.gates.some((gate) => gate.items.some((line) => line.kind === 'computed' && line.computed === 'steps-soaked'))
  return !asksCanary || steps.some((step) => step.share < 100)
}

/** Whether new steps ask less than those before: one of them is gone, soaks shorter, needs fewer requests, or the first share is larger (rules 9 and 11). */
export function isEased(before: readonly RolloutStep[], after: readonly RolloutStep[]): boolean {
  const asksLess = before.some((old) => {
    const same = after.find((step) => step.share === old.share)
    return !same || same.soakMinutes < old.soakMinutes || same.minimumRequests < old.minimumRequests
  })
  return asksLess || (after[0]?.share ?? 0) > (before[0]?.share ?? 0)
}
