/** Reads the life of a live version out of its log: every turn with what was seen and until when it stood, and how it stood from when on. Pure. */
import type { ItemVerdict } from '@/lib/domain/release/state'
import { applyLive } from './apply'
import type { LiveEvent } from './events'
import { liveStanding } from './standing'
import type { LiveState } from './state'

/** One turn of one watched item. */
export interface HistoryTurn {
  readonly id: string
  readonly at: string
  /** When it was followed by another one, or its watch ended; null while it stands. */
  readonly until: string | null
  readonly itemId: string
  readonly title: string
  /** The version that was live. */
  readonly label: string
  readonly verdict: ItemVerdict
}

/** A stretch of time: `nothing` before anything was live. `byAlert`: bad because an alert says so, measured or not. */
export interface Segment {
  /** Unix milliseconds; it lasts until the next one. */
  readonly from: number
  readonly condition: 'nothing' | 'good' | 'bad' | 'unknown'
  readonly byAlert: boolean
}

const ENDS_WATCH: ReadonlySet<LiveEvent['type']> = new Set(['stable-set', 'watch-ended', 'watch-set', 'returned'])

/** In: the events of one live version, oldest first. Out: its turns, oldest first. */
export function turnsOf(events: readonly LiveEvent[]): readonly HistoryTurn[] {
  const turns: HistoryTurn[] = []
  const standing = new Map<string, number>()
  const end = (itemId: string, at: string) => {
    const index = standing.get(itemId)
    const turn = index === undefined ? undefined : turns[index]
    if (index !== undefined && turn) turns[index] = { ...turn, until: at }
    standing.delete(itemId)
  }
  let state: LiveState | null = null
  for (const [number, event] of events.entries()) {
    const next: LiveState = applyLive(state, event)
    // A roll-back of a release that is not live ends no watch.
    if (ENDS_WATCH.has(event.type) && next.watch !== state?.watch) for (const itemId of [...standing.keys()]) end(itemId, event.at)
    state = next
    if (event.type !== 'watch-turned') continue
    end(event.itemId, event.at)
    standing.set(event.itemId, turns.length)
    turns.push({ id: `${number}`, at: event.at, until: null, itemId: event.itemId, title: event.title, label: state.lastStable?.label ?? '', verdict: event.verdict })
  }
  return turns
}

/** In: the events of one live version, oldest first. Out: how it stood from when on; empty before its first event. */
export function segmentsOf(events: readonly LiveEvent[]): readonly Segment[] {
  const segments: Segment[] = []
  let state: LiveState | null = null
  for (const event of events) {
    state = applyLive(state, event)
    const standing = liveStanding(state)
    const condition = standing === 'nothing-live' ? 'nothing' : standing === 'at-risk' ? 'bad' : standing === 'steady' ? 'good' : 'unknown'
    const byAlert = (state.alerts ?? []).some((alert) => alert.isProposing && alert.endsAt === null)
    const last = segments.at(-1)
    if (last?.condition !== condition || last.byAlert !== byAlert) segments.push({ from: Date.parse(event.at), condition, byAlert })
  }
  return segments
}
