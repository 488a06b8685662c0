/** The daily record of the demo's live versions, as it would have been counted: from their turns, with an outage of the measuring now and then. */
import 'server-only'
import { loadAggregates } from '@/db/aggregate'
import { dayWrite } from '@/db/live-day'
import type { Store } from '@/db/store'
import { countDays, MINUTE_MS } from '@/lib/domain/live/day'
import { segmentsOf } from '@/lib/domain/live/history'
import { liveHistory } from '@/lib/server/live/history'

const DAY_MS = 86_400_000
/** One day in about so many, at no rhythm that an eye finds, the source was down for some hours, and with it the measuring of everything. */
const EVERY_DAYS = 21
const LEAST_HOURS = 2
const GOLDEN = (Math.sqrt(5) - 1) / 2

function isDown(at: number): boolean {
  const chance = (Math.floor(at / DAY_MS) * GOLDEN) % 1
  return chance < 1 / EVERY_DAYS && new Date(at).getUTCHours() < LEAST_HOURS + chance * EVERY_DAYS * 6
}

/** Counts every live version up to the start of the demo; from there on the product counts itself. */
export async function keepRecords(store: Store, start: Date): Promise<void> {
  for (const id of (await loadAggregates(store, 'live', 'all')).keys()) {
    const segments = segmentsOf(await liveHistory(store, id))
    const first = segments[0]
    if (!first) continue
    const to = Math.floor((start.getTime() - 3 * MINUTE_MS) / MINUTE_MS) * MINUTE_MS
    const times: number[] = []
    for (let at = first.from; at < to; at += MINUTE_MS) if (!isDown(at)) times.push(at)
    const writes = countDays(segments, times, first.from, to).map((count) => dayWrite(id, count, new Date(Math.min(to, Date.parse(`${count.day}T00:00:00Z`) + DAY_MS)), null))
    if (writes.length > 0) await store.commit({ writes })
  }
}
