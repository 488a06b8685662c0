/** What each number of the time charts counts, for one finished release; the charts and the lists behind them ask the same function, so they cannot differ. */
import { union, type Span, type WorkingHours } from '@/lib/domain/working-time'
import type { FinishedRelease } from './finished'
import { workingClock, type WorkingClock } from './working-clock'

/** `wait:ops` is a team's waiting, `wait:ops:rollback` that of one gate; `rework:rollback` what one gate had to do again. */
export const PLAIN_MEASURES = ['finished', 'stable', 'rolled-back', 'cancelled', 'superseded', 'changes', 'lead-time', 'time-to-go', 'restore', 'rework', 'stale', 'reopened', 'rejected', 'waivers'] as const
export type PlainMeasure = (typeof PLAIN_MEASURES)[number]
export type MeasureKey = PlainMeasure | `wait:${string}` | `rework:${string}`

/** Whether a word of an address names a measure. */
export function isMeasure(word: string): word is MeasureKey {
  return PLAIN_MEASURES.some((one) => one === word) || /^(wait|rework):[a-z0-9-]{1,60}(:[a-z0-9-]{1,60})?$/.test(word)
}

/** Teams whose waiting is counted in their hours; everybody else (the clock, a hold) waits around the clock. */
export type Clocks = ReadonlyMap<string, WorkingClock>

/** A working clock for each team over all that the releases reach. */
export function clocksFor(teams: readonly { readonly id: string; readonly workingHours: WorkingHours }[], rows: readonly FinishedRelease[]): Clocks {
  const from = rows.reduce((least, row) => Math.min(least, row.openedAt), Number.POSITIVE_INFINITY)
  const to = rows.reduce((most, row) => Math.max(most, row.finishedAt), 0)
  return clocksOver(teams, rows.length === 0 ? null : { from, to })
}

/** The same over a range in ms; no clocks over none. */
export function clocksOver(teams: readonly { readonly id: string; readonly workingHours: WorkingHours }[], range: { readonly from: number; readonly to: number } | null): Clocks {
  return new Map(range === null ? [] : teams.map(({ id, workingHours }) => [id, workingClock(workingHours, range.from, range.to)]))
}

/** Walks the hours of all teams beforehand, in steps. */
export function* preparing(clocks: Clocks): Generator<void> {
  for (const clock of clocks.values()) yield* clock.prepare()
}

type SpansOf = ReadonlyMap<string, readonly Span[]>
const sorted = new WeakMap<FinishedRelease, SpansOf>()

/** The waits of a release by waiter, and by waiter and gate; sorted out once, because a page asks for dozens of them. */
function spansOf(row: FinishedRelease): SpansOf {
  const known = sorted.get(row)
  if (known) return known
  const made = new Map<string, Span[]>()
  for (const [gateId, on, from, to] of row.body.waits) {
    for (const key of [on, `${on}:${gateId}`]) {
      const spans = made.get(key)
      if (spans) spans.push([from, to])
      else made.set(key, [[from, to]])
    }
  }
  sorted.set(row, made)
  return made
}

function waited(row: FinishedRelease, whom: string, clock: WorkingClock | undefined): number | null {
  const spans = spansOf(row).get(whom)
  if (!spans) return null
  const joined = spans.length === 1 ? spans : union(spans)
  return joined.reduce((sum, [from, to]) => sum + (clock ? clock(from, to) : to - from), 0)
}

/** `null` where nothing happened: a release without it is not behind the number. */
function some(count: number): number | null {
  return count > 0 ? count : null
}

function redone(row: FinishedRelease, gateId?: string): number {
  return row.body.gates.filter((gate) => gateId === undefined || gate.id === gateId).reduce((sum, gate) => sum + gate.stale + gate.reopened + gate.rejected, 0)
}

/** What a release adds to a measure, milliseconds or a count; `null`: it does not belong to it. */
export type Reader = (row: FinishedRelease) => number | null

/**
 * Reads one measure off releases. Lead time counts stable releases only, a roll-back is a change failure, cancelled and superseded
 * are neither (PRODUCT, life of a release).
 */
export function readerOf(key: MeasureKey, clocks: Clocks): Reader {
  const [kind, first = ''] = key.split(':')
  if (kind === 'wait') {
    const whom = key.slice('wait:'.length)
    const clock = clocks.get(first)
    return (row) => waited(row, whom, clock)
  }
  if (kind === 'rework' && first !== '') return (row) => some(redone(row, first))
  switch (kind) {
    case 'finished': return () => 1
    case 'stable': case 'rolled-back': case 'cancelled': case 'superseded': return (row) => (row.outcome === kind ? 1 : null)
    case 'changes': return (row) => (row.outcome === 'stable' || row.outcome === 'rolled-back' ? 1 : null)
    case 'lead-time': return (row) => (row.outcome === 'stable' && row.stableAt !== null ? row.stableAt - row.openedAt : null)
    case 'time-to-go': return (row) => (row.goAt === null ? null : row.goAt - row.openedAt)
    case 'restore': return (row) => row.restoreMs
    case 'rework': return (row) => some(redone(row))
    case 'stale': case 'reopened': case 'rejected': return (row) => some(row.body.gates.reduce((total, gate) => total + gate[kind], 0))
    case 'waivers': return (row) => some(row.body.waivers + row.body.notApplicable)
    default: return () => null
  }
}

/** Whether the values of a measure are times in ms, in working hours, or counts. */
export function unitOfMeasure(key: MeasureKey, clocks: { has(team: string): boolean }): 'time' | 'working-time' | 'count' {
  const [kind, first = ''] = key.split(':')
  if (kind === 'wait') return clocks.has(first) ? 'working-time' : 'time'
  return kind === 'lead-time' || kind === 'time-to-go' || kind === 'restore' ? 'time' : 'count'
}
