/** Builds the page on where time goes: each measure with its values, its distribution and its months, from the releases that finished in a period. */
import type { TeamShape } from '@/lib/domain/rail'
import type { WorkingHours } from '@/lib/domain/working-time'
import type { FinishedRelease } from './finished'
import { LEAST_FINISHED, type Backtest } from './forecast'
import { clocksFor, readerOf, unitOfMeasure, type Clocks, type MeasureKey } from './measure'
import { distributionOf, shareInterval, type Distribution } from './quantile'

/** Dots that one chart shows, the newest; its numbers count all. */
const MOST_DOTS = 300

export interface Dot {
  readonly code: string
  readonly at: number
  readonly value: number
}

export interface Month extends Distribution {
  /** `2026-11`, in UTC. */
  readonly month: string
}

export interface Measured {
  readonly key: MeasureKey
  readonly unit: 'time' | 'working-time' | 'count'
  readonly distribution: Distribution
  /** Sum of all values. */
  readonly total: number
  readonly dots: readonly Dot[]
  readonly months: readonly Month[]
}

export interface FlowTeam {
  readonly id: string
  readonly name: string
  readonly shape: TeamShape
  readonly workingHours: WorkingHours
}

export interface WaiterFlow {
  /** A team, or the clock or a hold, which have no mark. */
  readonly id: string
  readonly name: string
  readonly shape: TeamShape | null
  readonly all: Measured
  readonly gates: readonly { readonly id: string; readonly number: number; readonly name: string; readonly waiting: Measured }[]
}

export interface ReworkGate {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly redone: Measured
  readonly stale: number
  readonly reopened: number
  readonly rejected: number
}

export interface InsightsReport {
  readonly finished: number
  readonly outcomes: { readonly stable: number; readonly rolledBack: number; readonly cancelled: number; readonly superseded: number }
  readonly leadTime: Measured
  readonly timeToGo: Measured
  readonly restore: Measured
  readonly waiting: readonly WaiterFlow[]
  readonly rework: { readonly all: Measured; readonly stale: Measured; readonly reopened: Measured; readonly rejected: Measured; readonly gates: readonly ReworkGate[] }
  readonly waivers: Measured
  /** `interval`: Wilson's at 90 %; `null` where nothing went live. */
  readonly changeFailure: { readonly failures: number; readonly changes: number; readonly interval: readonly [number, number] | null }
}

/** Where the forecast stands: how many releases with a go have finished of those that it needs, and how past forecasts did. */
export interface ForecastRecord {
  readonly finished: number
  readonly least: number
  readonly backtest: Backtest | null
}

export function forecastRecord(finishedWithGo: number, backtest: Backtest | null): ForecastRecord {
  return { finished: finishedWithGo, least: LEAST_FINISHED, backtest }
}

const DAY_MS = 86_400_000
const monthNames = new Map<number, string>()

/** The month of an instant in UTC; remembered by day, because each of thousands of values asks. */
function monthOf(at: number): string {
  const day = Math.floor(at / DAY_MS)
  const known = monthNames.get(day)
  if (known !== undefined) return known
  const name = new Date(day * DAY_MS).toISOString().slice(0, 7)
  monthNames.set(day, name)
  return name
}

/** One measure over the releases. */
export function measure(key: MeasureKey, rows: readonly FinishedRelease[], clocks: Clocks): Measured {
  const reader = readerOf(key, clocks)
  const dots: Dot[] = []
  for (const row of rows) {
    const value = reader(row)
    if (value !== null) dots.push({ code: row.code, at: row.finishedAt, value })
  }
  const months = new Map<string, number[]>()
  for (const dot of dots) {
    const month = monthOf(dot.at)
    const values = months.get(month)
    if (values) values.push(dot.value)
    else months.set(month, [dot.value])
  }
  return {
    key, unit: unitOfMeasure(key, clocks), distribution: distributionOf(dots.map((dot) => dot.value)), total: dots.reduce((sum, dot) => sum + dot.value, 0),
    dots: dots.slice(-MOST_DOTS), months: [...months].map(([month, values]) => ({ month, ...distributionOf(values) })),
  }
}

interface GateName {
  readonly id: string
  readonly number: number
  readonly name: string
}

/** Gates by id as the newest release names them, in their order. */
function gatesOf(rows: readonly FinishedRelease[]): readonly GateName[] {
  const named = new Map<string, GateName>()
  for (const row of rows) for (const { id, number, name } of row.body.gates) named.set(id, { id, number, name })
  return [...named.values()].toSorted((a, b) => a.number - b.number || a.id.localeCompare(b.id))
}

function waitingOf(rows: readonly FinishedRelease[], teams: readonly FlowTeam[], clocks: Clocks, gates: readonly GateName[]): readonly WaiterFlow[] {
  const seen = new Set(rows.flatMap((row) => row.body.waits.map((wait) => `${wait[1]} ${wait[0]}`)))
  const waiters: readonly (Omit<FlowTeam, 'shape' | 'workingHours'> & { readonly shape: TeamShape | null })[] = [...teams, { id: 'clock', name: 'Measuring and soaking', shape: null }, { id: 'hold', name: 'On hold', shape: null }]
  return waiters.map(({ id, name, shape }): WaiterFlow => ({
    id, name, shape, all: measure(`wait:${id}`, rows, clocks),
    gates: shape === null ? [] : gates.filter((gate) => seen.has(`${id} ${gate.id}`)).map((gate) => ({ ...gate, waiting: measure(`wait:${id}:${gate.id}`, rows, clocks) })),
  })).filter((one) => one.all.distribution.n > 0)
}

function reworkOf(rows: readonly FinishedRelease[], clocks: Clocks, gates: readonly GateName[]): InsightsReport['rework'] {
  const of = (key: MeasureKey) => measure(key, rows, clocks)
  return {
    all: of('rework'), stale: of('stale'), reopened: of('reopened'), rejected: of('rejected'),
    gates: gates.flatMap((gate): ReworkGate[] => {
      const redone = of(`rework:${gate.id}`)
      if (redone.distribution.n === 0) return []
      const own = rows.flatMap((row) => row.body.gates.filter((one) => one.id === gate.id))
      const sum = (field: 'stale' | 'reopened' | 'rejected') => own.reduce((total, one) => total + one[field], 0)
      return [{ ...gate, redone, stale: sum('stale'), reopened: sum('reopened'), rejected: sum('rejected') }]
    }).toSorted((a, b) => b.redone.total - a.redone.total || a.number - b.number),
  }
}

/** The report. In: the releases of the period, oldest first, and the teams with their hours. */
export function insightsOf(rows: readonly FinishedRelease[], teams: readonly FlowTeam[]): InsightsReport {
  const clocks = clocksFor(teams, rows)
  const gates = gatesOf(rows)
  const count = (key: MeasureKey) => {
    const reader = readerOf(key, clocks)
    return rows.filter((row) => reader(row) !== null).length
  }
  const failures = count('rolled-back')
  const changes = count('changes')
  return {
    finished: rows.length,
    outcomes: { stable: count('stable'), rolledBack: failures, cancelled: count('cancelled'), superseded: count('superseded') },
    leadTime: measure('lead-time', rows, clocks), timeToGo: measure('time-to-go', rows, clocks), restore: measure('restore', rows, clocks),
    waiting: waitingOf(rows, teams, clocks, gates), rework: reworkOf(rows, clocks, gates), waivers: measure('waivers', rows, clocks),
    changeFailure: { failures, changes, interval: shareInterval(failures, changes) },
  }
}

export interface BehindRow {
  readonly code: string
  readonly model: string
  readonly environment: string
  readonly risk: string
  readonly outcome: string
  readonly finishedAt: number
  readonly value: number
}

/** The releases behind one number, largest value first. In: its key, the same releases that the report was made of with their clocks, the names of models and environments. */
export function behind(key: MeasureKey, rows: readonly FinishedRelease[], clocks: Clocks, nameOf: (id: string) => string): readonly BehindRow[] {
  const reader = readerOf(key, clocks)
  return rows.flatMap((row): BehindRow[] => {
    const value = reader(row)
    return value === null ? [] : [{ code: row.code, model: nameOf(row.modelId), environment: nameOf(row.environmentId), risk: row.risk, outcome: row.outcome, finishedAt: row.finishedAt, value }]
  }).toSorted((a, b) => b.value - a.value || b.finishedAt - a.finishedAt)
}
