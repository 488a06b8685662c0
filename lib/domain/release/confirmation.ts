/** Whether a decision has to be looked at again: what was planned to confirm it, what the checks said, and when the next one is due. */
import type { Decision } from './state'

/** `none`: nothing was planned, or the decision is superseded; `open`: it says how, but not when. */
export type ConfirmationStanding = 'none' | 'open' | 'planned' | 'due' | 'held' | 'not-held'

type Confirmed = Pick<Decision, 'confirmation' | 'checks' | 'supersededBy'>

/** When it has to be checked next: what the last check said, else what the decision planned; null when nothing is due any more. */
export function confirmAt({ confirmation, checks = [], supersededBy }: Confirmed): string | null {
  if (supersededBy !== null) return null
  const last = checks.at(-1)
  return last ? last.nextAt : (confirmation?.dueAt ?? null)
}

/** How its confirmation stands at an instant. */
export function confirmationStanding(decision: Confirmed, now: Date): ConfirmationStanding {
  if (decision.supersededBy !== null) return 'none'
  const at = confirmAt(decision)
  if (at !== null) return Date.parse(at) <= now.getTime() ? 'due' : 'planned'
  return decision.checks?.at(-1)?.outcome ?? (decision.confirmation ? 'open' : 'none')
}
