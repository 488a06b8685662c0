/** The soak of a rollout step: time counts only while its metrics pass, and it ends at its duration and its minimum of requests (PRODUCT rule 9). */
import type { ReleaseState, Soak } from './state'

export interface SoakReading {
  /** Milliseconds that count. */
  readonly creditMs: number
  readonly neededMs: number
  readonly pausedMs: number
  readonly requests: number
  readonly neededRequests: number
  readonly condition: Soak['condition']
  readonly isInconclusive: boolean
  readonly isDone: boolean
  /** When it will be done if nothing turns, `null` while it is paused, restarted, done, or only requests are missing. */
  readonly endsAt: string | null
  readonly words: string
}

/** More than this share of the elapsed time unmeasured makes the soak inconclusive. */
const MOST_PAUSED = 0.25

function hours(ms: number): string {
  const minutes = ms / 60_000
  if (minutes < 120) return `${Math.floor(minutes)} min`
  return `${Math.floor(minutes / 60)} h`
}

/** Brings a soak to an instant: the time since its last turn goes to credit or to pause, or the credit is lost. */
export function soakAt(soak: Soak, at: string): Soak {
  const passed = Math.max(0, Date.parse(at) - Date.parse(soak.since))
  if (soak.condition === 'passing') return { ...soak, creditMs: soak.creditMs + passed, since: at }
  if (soak.condition === 'unmeasured') return { ...soak, pausedMs: soak.pausedMs + passed, since: at }
  return { ...soak, since: at }
}

/** The soak after its metrics turned. `failing` restarts it: credit and pause begin anew when they pass again. */
export function soakTurned(soak: Soak, condition: Soak['condition'], at: string): Soak {
  const now = soakAt(soak, at)
  if (condition === 'failing') return { ...now, condition, creditMs: 0, pausedMs: 0, restarts: now.restarts + 1, endedEarly: null }
  return { ...now, condition }
}

/** A soak that begins now. `condition` is what its standing metrics say at this instant. */
export function newSoak(at: string, condition: Soak['condition'], restarts = 0): Soak {
  return { startedAt: at, creditMs: 0, pausedMs: 0, condition, since: at, requests: 0, restarts, endedEarly: null }
}

/** How far the current step's soak is. In: the release and the instant. Out: the reading, or `null` while no step is live. */
export function soakReading(state: ReleaseState, now: Date): SoakReading | null {
  const rollout = state.rollout
  const step = rollout && state.steps[rollout.stepIndex]
  if (!rollout?.soak || !step) return null
  const soak = soakAt(rollout.soak, now.toISOString())
  const neededMs = step.soakMinutes * 60_000
  const isInconclusive = soak.pausedMs > MOST_PAUSED * (soak.creditMs + soak.pausedMs) && soak.pausedMs > 0
  const isTimeUp = soak.creditMs >= neededMs
  const hasRequests = soak.requests >= step.minimumRequests
  const isDone = soak.endedEarly !== null || (isTimeUp && hasRequests && !isInconclusive && soak.condition === 'passing')
  const endsAt = !isDone && soak.condition === 'passing' && !isTimeUp ? new Date(now.getTime() + neededMs - soak.creditMs).toISOString() : null
  const progress = `${hours(Math.min(soak.creditMs, neededMs))} of ${hours(neededMs)} steady`
  const words = soak.condition === 'failing' ? 'restarts when the metrics pass again'
    : soak.condition === 'unmeasured' ? `paused, not measured; ${progress}`
    : isInconclusive ? `more than a quarter was not measured; ${progress}`
    : isTimeUp && !hasRequests ? `${soak.requests} of ${step.minimumRequests} requests seen` : progress
  return { creditMs: soak.creditMs, neededMs, pausedMs: soak.pausedMs, requests: soak.requests, neededRequests: step.minimumRequests, condition: soak.condition, isInconclusive, isDone, endsAt, words }
}
