/** Keeps a source that is down from being asked by everybody: after a few faults in a row one question at a time tries again, ever more seldom. */
import 'server-only'
import type { SourceHealth } from '@/lib/domain/source/view'
import { isSourceFault, type SourceFailure } from '@/lib/server/prometheus/failure'

const FAULTS_IN_A_ROW = 3
const FIRST_PAUSE_MS = 2000
const LONGEST_PAUSE_MS = 60_000

interface Standing {
  faults: number
  pausedUntil: number
  isTrying: boolean
  failure: SourceFailure | null
  checkedAt: number
  lastGoodAt: number | null
}

export class Breaker {
  readonly #standing = new Map<string, Standing>()

  constructor(private readonly now: () => number, private readonly random: () => number = Math.random) {}

  #of(sourceId: string): Standing {
    const known = this.#standing.get(sourceId)
    if (known) return known
    const fresh: Standing = { faults: 0, pausedUntil: 0, isTrying: false, failure: null, checkedAt: 0, lastGoodAt: null }
    this.#standing.set(sourceId, fresh)
    return fresh
  }

  /** The failure that stands while the source is not asked; `null` when the caller may ask (and then must `report`). */
  enter(sourceId: string): SourceFailure | null {
    const standing = this.#of(sourceId)
    if (standing.faults < FAULTS_IN_A_ROW || !standing.failure) return null
    if (this.now() < standing.pausedUntil || standing.isTrying) return standing.failure
    standing.isTrying = true
    return null
  }

  /** Tells how a call went: `null` for an answer. Faults of the question count as answers. */
  report(sourceId: string, failure: SourceFailure | null): void {
    const standing = this.#of(sourceId)
    const now = this.now()
    standing.isTrying = false
    if (failure?.kind === 'aborted') return
    standing.checkedAt = now
    if (failure === null || !isSourceFault(failure.kind)) {
      standing.faults = 0
      standing.failure = null
      standing.lastGoodAt = now
      return
    }
    standing.faults += 1
    standing.failure = failure
    const doubled = FIRST_PAUSE_MS * 2 ** Math.max(0, standing.faults - FAULTS_IN_A_ROW)
    standing.pausedUntil = now + Math.min(LONGEST_PAUSE_MS, doubled) * (0.8 + 0.4 * this.random())
  }

  /** Forgets a source, so that a change of its settings is tried at once. */
  reset(sourceId: string): void {
    this.#standing.delete(sourceId)
  }

  /** How the source stands; `null` when it was not asked since the start. */
  health(sourceId: string): SourceHealth | null {
    const standing = this.#standing.get(sourceId)
    if (!standing || standing.checkedAt === 0) return null
    return {
      isUp: standing.failure === null,
      checkedAt: new Date(standing.checkedAt).toISOString(),
      message: standing.failure?.message ?? null,
      lastGoodAt: standing.lastGoodAt === null ? null : new Date(standing.lastGoodAt).toISOString(),
    }
  }
}
