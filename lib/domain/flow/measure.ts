/** What each number of the time charts counts, for one finished release; the charts and the lists behind them ask the same function, so they cannot differ. */
import { union, type Span, type WorkingHours } from '@/lib/domain/working-time'
import type { FinishedRelease } from './finished'
import { coveredBy, workingClock, type WorkingClock } from './working-clock'

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
  return new Map(rows.length === 0 ? [] : teams.map(({ id, workingHours }) => [id, workingClock(workingHours, from, to)]))
}

function waited(row: FinishedRelease, on: string, gateId: string | undefined, clocks: Clocks): number | null {
  const spans = row.body.waits.filter((wait) => wait[1] === on && (gateId === undefined || wait[0] === gateId)).map(([, , from, to]): Span => [from, to])
  if (spans.length === 0) return null
  const clock = clocks.get(on)
  return clock ? coveredBy(clock, spans) : union(spans).reduce((sum, [from, to]) => sum + to - from, 0)
}

/** `null` where nothing happened: a release without it is not behind the number. */
function some(count: number): number | null {
  return count > 0 ? count : null
}

function redone(row: FinishedRelease, gateId?: string): number {
  return row.body.gates.filter((gate) => gateId === undefined || gate.id === gateId).reduce((sum, gate) => sum + gate.stale + gate.reopened + gate.rejected, 0)
}

/**
 * The value that a release adds to a measure, milliseconds or a count; `null`: it does not belong to it. Lead time counts stable
 * releases only, a roll-back is a change failure, cancelled and superseded are neither (PRODUCT, life of a release).
 */
export function valueOf(key: MeasureKey, row: FinishedRelease, clocks: Clocks): number | null {
  const [kind, first = '', second] = key.split(':')
  if (kind === 'wait') return waited(row, first, second, clocks)
  if (kind === 'rework' && first !== '') return some(redone(row, first))
  const sum = (field: 'stale' | 'reopened' | 'rejected') => some(row.body.gates.reduce((total, gate) => total + gate[field], 0))
  switch (kind) {
    case 'finished': return 1
    case 'stable': case 'rolled-back': case 'cancelled': case 'superseded': return row.outcome === kind ? 1 : null
    case 'changes': return row.outcome === 'stable' || row.outcome === 'rolled-back' ? 1 : null
    case 'lead-time': return row.outcome === 'stable' && row.stableAt !== null ? row.stableAt - row.openedAt : null
    case 'time-to-go': return row.goAt === null ? null : row.goAt - row.openedAt
    case 'restore': return row.restoreMs
    case 'rework': return some(redone(row))
    case 'stale': case 'reopened': case 'rejected': return sum(kind)
    case 'waivers': return some(row.body.waivers + row.body.notApplicable)
    default: return null
  }
}

/** Whether the values of a measure are times in ms, in working hours, or counts. */
export function unitOfMeasure(key: MeasureKey, clocks: { has(team: string): boolean }): 'time' | 'working-time' | 'count' {
  const [kind, first = ''] = key.split(':')
  if (kind === 'wait') return clocks.has(first) ? 'working-time' : 'time'
  return kind === 'lead-time' || kind === 'time-to-go' || kind === 'restore' ? 'time' : 'count'
}
