/** Counts how sources answer, keeps the counts through restarts, and asks those that nobody else asks once a minute. */
import 'server-only'
import { loadAggregates } from '@/db/aggregate'
import { addHealth, healthSince, sweepHealth, type HealthRow } from '@/db/source-health'
import type { Store } from '@/db/store'
import { dayOf, slotOf, SLOT_MS, SLOTS, type HealthCount, type HealthSlot } from '@/lib/domain/source/health'
import { processWide } from '@/lib/public/process-wide'
import { isSourceFault, type SourceFailure } from '@/lib/server/prometheus/failure'
import type { Asker } from './asker'

const BEAT_MS = 60_000
const KEEP_MS = 2 * SLOTS * SLOT_MS

export interface Ledger {
  /** Tells how a call went: `null` for an answer. Faults of the question count as answers, as the breaker has it. */
  heard(sourceId: string, failure: SourceFailure | null, now: number): void
  /** What was counted since the last time, and forgets it. */
  drain(): readonly HealthRow[]
  /** The same without forgetting. */
  waiting(): readonly HealthRow[]
  /** When the source was last heard, unix ms; 0 when it was not. */
  lastHeard(sourceId: string): number
}

export function makeLedger(): Ledger {
  let counts = new Map<string, HealthRow>()
  const heardAt = new Map<string, number>()
  return {
    heard(sourceId, failure, now) {
      if (failure?.kind === 'aborted') return
      heardAt.set(sourceId, now)
      const at = new Date(slotOf(now))
      const key = `${sourceId} ${at.getTime()}`
      const before = counts.get(key) ?? { sourceId, at, answered: 0, failed: 0, failure: null }
      const isFault = failure !== null && isSourceFault(failure.kind)
      counts.set(key, { ...before, answered: before.answered + (isFault ? 0 : 1), failed: before.failed + (isFault ? 1 : 0), failure: isFault ? failure.kind : before.failure })
    },
    drain() {
      const rows = [...counts.values()]
      counts = new Map()
      return rows
    },
    waiting: () => [...counts.values()],
    lastHeard: (sourceId) => heardAt.get(sourceId) ?? 0,
  }
}

/** The one ledger of this process. */
export function sharedLedger(): Ledger {
  return processWide('source-ledger', makeLedger)
}

/** The last day of every source that was asked, by its id; what is not yet written counts too. */
export async function healthDays(store: Store, ledger: Ledger, now: number): Promise<ReadonlyMap<string, readonly HealthSlot[]>> {
  const kept = await healthSince(store, new Date(slotOf(now) - (SLOTS - 1) * SLOT_MS))
  const bySource = new Map<string, Map<number, HealthCount>>()
  for (const { sourceId, at, answered, failed, failure } of [...kept, ...ledger.waiting()]) {
    const counts = bySource.get(sourceId) ?? new Map<number, HealthCount>()
    bySource.set(sourceId, counts)
    const before = counts.get(at.getTime()) ?? { answered: 0, failed: 0, failure: null }
    counts.set(at.getTime(), { answered: before.answered + answered, failed: before.failed + failed, failure: failure ?? before.failure })
  }
  return new Map([...bySource].map(([sourceId, counts]) => [sourceId, dayOf(counts, now)]))
}

/** One beat: asks the sources that were not heard for a minute, writes the counts, forgets what is older than two days. Throws on broken I/O. */
export async function beat(store: Store, asker: Asker, ledger: Ledger, now: number): Promise<void> {
  const sources = await loadAggregates(store, 'source', 'all')
  const quiet = [...sources.values()].filter(({ state }) => state.archivedAt === null && now - ledger.lastHeard(state.id) >= BEAT_MS * 0.9)
  await Promise.all(quiet.map(({ state }) => asker.instant(state.id, 'vector(1)', Math.floor(now / 1000))))
  const rows = ledger.drain()
  const known = rows.filter((row) => sources.has(row.sourceId))
  await addHealth(store, known)
  await sweepHealth(store, new Date(now - KEEP_MS))
}

/** Beats once a minute. Out: ends it, after the counts were written. */
export function startHealth(store: Store, asker: Asker, ledger: Ledger, onFault: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const turn = () => { running = running.then(() => beat(store, asker, ledger, Date.now())).catch(onFault) }
  const timer = setInterval(turn, BEAT_MS)
  const first = setTimeout(turn, 2000)
  timer.unref()
  first.unref()
  return async () => {
    clearInterval(timer)
    clearTimeout(first)
    await running
    await addHealth(store, ledger.drain()).catch(onFault)
  }
}
