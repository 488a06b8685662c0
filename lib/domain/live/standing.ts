/** How a live version stands: at risk, steady, partly or not measured; from its watch and the alerts that fire. Zod-free. */
import type { Alert } from '@/lib/domain/alert/alert'
import type { LiveState, Watch } from './state'

/** `unwatched`: nobody set up a watch; `nothing-live`: nothing is known to be live there. */
export type LiveStanding = 'at-risk' | 'steady' | 'unmeasured' | 'unwatched' | 'nothing-live'

/** Rule 7: only a verdict past its limit, or an alert that asks for a roll-back, is a risk; what is not measured is none. */
export function isPastLimit(watch: Pick<Watch, 'items'>, alerts: readonly Alert[]): boolean {
  return Object.values(watch.items).some((one) => one.verdict === 'fail') || alerts.some((alert) => alert.isProposing && alert.endsAt === null)
}

/** How it stands. An alert counts also where nothing is watched. */
export function liveStanding(live: LiveState): LiveStanding {
  if (live.lastStable === null) return 'nothing-live'
  if (isPastLimit(live.watch ?? { items: {} }, live.alerts ?? [])) return 'at-risk'
  if (live.watch === null) return 'unwatched'
  const verdicts = Object.values(live.watch.items)
  return verdicts.some((one) => one.verdict === 'pass') ? 'steady' : 'unmeasured'
}

export const STANDING_WORDS: Readonly<Record<LiveStanding, string>> = {
  'at-risk': 'at risk', steady: 'steady', unmeasured: 'not measured', unwatched: 'not watched', 'nothing-live': 'nothing live',
}
