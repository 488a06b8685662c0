/** Keeps the daily record of live versions: counts on from where it stopped, also after a restart, and counts no minute twice. */
import 'server-only'
import pino from 'pino'
import { loadAggregates } from '@/db/aggregate'
import { loggable } from '@/db/conflict'
import { KEEP_EVALUATIONS_MS } from '@/db/evaluation'
import { dayWrite, evaluationTimes, lastDay } from '@/db/live-day'
import type { Store } from '@/db/store'
import { AggregateConflict } from '@/db/write'
import { countDays, MINUTE_MS } from '@/lib/domain/live/day'
import { segmentsOf, type Segment } from '@/lib/domain/live/history'
import { registerStop } from '@/lib/public/lifecycle'
import { liveHistory } from '@/lib/server/live/history'
import { rawStore } from '@/lib/server/raw-store'

const log = pino({ name: 'live record', level: process.env['LOG_LEVEL'] ?? 'info' })
const EVERY_MS = 5 * MINUTE_MS
/** Evaluations are written in batches; what is younger may not be there yet. */
const SETTLES_MS = 2 * MINUTE_MS
/** Before the span, evaluations that still speak for its first minutes. */
const BEFORE_MS = 3 * MINUTE_MS

type Known = Map<string, { readonly version: number; readonly segments: readonly Segment[]; readonly items: readonly string[] }>

async function historyOf(store: Store, id: string, version: number, known: Known): Promise<{ readonly segments: readonly Segment[]; readonly items: readonly string[] }> {
  const before = known.get(id)
  if (before?.version === version) return before
  const events = await liveHistory(store, id)
  const items = new Set(events.flatMap((event) => (event.type === 'watch-turned' ? [event.itemId] : event.type === 'stable-set' ? Object.keys(event.watch.items) : event.type === 'watch-set' ? event.own.items.map((item) => item.id) : [])))
  const fresh = { version, segments: segmentsOf(events), items: [...items] }
  known.set(id, fresh)
  return fresh
}

async function countOne(store: Store, id: string, version: number, now: Date, known: Known): Promise<void> {
  const { segments, items } = await historyOf(store, id, version, known)
  const first = segments[0]
  if (!first) return
  const last = await lastDay(store, id)
  const to = Math.floor((now.getTime() - SETTLES_MS) / MINUTE_MS) * MINUTE_MS
  const from = Math.max(Math.floor(first.from / MINUTE_MS) * MINUTE_MS, last?.upTo.getTime() ?? now.getTime() - KEEP_EVALUATIONS_MS)
  if (to <= from) return
  const times = await evaluationTimes(store, id, items, new Date(from - BEFORE_MS), new Date(to))
  const counts = countDays(segments, times, from, to)
  const writes = counts.map((count) => {
    const dayEnd = Math.min(to, Date.parse(`${count.day}T00:00:00Z`) + 86_400_000)
    const before = last?.day === count.day ? last : null
    const sum = before === null ? count : {
      day: count.day, goodMinutes: before.goodMinutes + count.goodMinutes, badMinutes: before.badMinutes + count.badMinutes, unknownMinutes: before.unknownMinutes + count.unknownMinutes,
    }
    return dayWrite(id, sum, new Date(dayEnd), before?.upTo ?? null)
  })
  // While nothing is live no day is written; the next count begins at the same place, which costs one walk over minutes.
  if (writes.length > 0) await store.commit({ writes })
}

/** Counts every live version up to now. Another process that counted meanwhile is left its count. */
export async function countRecords(store: Store, now: Date, known: Known = new Map()): Promise<void> {
  for (const [id, { version }] of await loadAggregates(store, 'live', 'all')) {
    try {
      await countOne(store, id, version, now, known)
    } catch (error) {
      if (!(error instanceof AggregateConflict)) throw error
    }
  }
}

/** Starts keeping the record. The first count catches up; it comes before evaluations of thirty days ago are swept. */
export async function startLiveRecord(): Promise<void> {
  const store = await rawStore()
  const known: Known = new Map()
  let running: Promise<void> = Promise.resolve()
  const count = (): void => {
    running = running.then(() => countRecords(store, new Date(), known)).catch((error: unknown) => log.error({ err: loggable(error) }, 'the daily record could not be counted'))
  }
  const beat = setInterval(count, EVERY_MS).unref()
  registerStop('the record of live versions', async () => {
    clearInterval(beat)
    await running
  })
  count()
}
