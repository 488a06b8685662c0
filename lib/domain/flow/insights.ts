/** Builds the page on where time goes: each measure with its values, its distribution and its months, from the releases that finished in a period. */
import type { TeamShape } from '@/lib/domain/rail'
import type { WorkingHours } from '@/lib/domain/working-time'
import type { FinishedRelease } from './finished'
import { LEAST_FINISHED, type Backtest } from './forecast'
import { clocksFor, preparing, readerOf, unitOfMeasure, type Clocks, type MeasureKey } from './measure'
import { drain, each } from './steps'
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

/** The steps of a report; see `drain`. */
type Steps<T> = Generator<void, T>

/** One measure over the releases. */
function* measure(key: MeasureKey, rows: readonly FinishedRelease[], clocks: Clocks): Steps<Measured> {
  const reader = readerOf(key, clocks)
  const dots: Dot[] = []
  yield* each(rows, (row) => {
    const value = reader(row)
    if (value !== null) dots.push({ code: row.code, at: row.finishedAt, value })
  })
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
function* gatesOf(rows: readonly FinishedRelease[]): Steps<readonly GateName[]> {
  const named = new Map<string, GateName>()
  yield* each(rows, (row) => { for (const { id, number, name } of row.body.gates) named.set(id, { id, number, name }) })
  return [...named.values()].toSorted((a, b) => a.number - b.number || a.id.localeCompare(b.id))
}

function* waitingOf(rows: readonly FinishedRelease[], teams: readonly FlowTeam[], clocks: Clocks, gates: readonly GateName[]): Steps<readonly WaiterFlow[]> {
  const seen = new Set<string>()
  yield* each(rows, (row) => { for (const [gateId, on] of row.body.waits) seen.add(`${on} ${gateId}`) })
  const waiters: readonly (Omit<FlowTeam, 'shape' | 'workingHours'> & { readonly shape: TeamShape | null })[] = [...teams, { id: 'clock', name: 'Measuring and soaking', shape: null }, { id: 'hold', name: 'On hold', shape: null }]
  const found: WaiterFlow[] = []
  for (const { id, name, shape } of waiters) {
    const all = yield* measure(`wait:${id}`, rows, clocks)
    if (all.distribution.n === 0) continue
    const own: { id: string; number: number; name: string; waiting: Measured }[] = []
    if (shape !== null) for (const gate of gates) if (seen.has(`${id} ${gate.id}`)) own.push({ ...gate, waiting: yield* measure(`wait:${id}:${gate.id}`, rows, clocks) })
    found.push({ id, name, shape, all, gates: own })
  }
  return found
}

function* reworkOf(rows: readonly FinishedRelease[], clocks: Clocks, gates: readonly GateName[]): Steps<InsightsReport['rework']> {
  const sums = new Map<string, { stale: number; reopened: number; rejected: number }>()
  yield* each(rows, (row) => {
    for (const { id, stale, reopened, rejected } of row.body.gates) {
      const sum = sums.get(id) ?? { stale: 0, reopened: 0, rejected: 0 }
      sums.set(id, { stale: sum.stale + stale, reopened: sum.reopened + reopened, rejected: sum.rejected + rejected })
    }
  })
  const found: ReworkGate[] = []
  for (const gate of gates) {
    const redone = yield* measure(`rework:${gate.id}`, rows, clocks)
    if (redone.distribution.n > 0) found.push({ ...gate, redone, ...(sums.get(gate.id) ?? { stale: 0, reopened: 0, rejected: 0 }) })
  }
  return {
    all: yield* measure('rework', rows, clocks), stale: yield* measure('stale', rows, clocks), reopened: yield* measure('reopened', rows, clocks), rejected: yield* measure('rejected', rows, clocks),
    gates: found.toSorted((a, b) => b.redone.total - a.redone.total || a.number - b.number),
  }
}

function* count(key: MeasureKey, rows: readonly FinishedRelease[], clocks: Clocks): Steps<number> {
  const reader = readerOf(key, clocks)
  let sum = 0
  yield* each(rows, (row) => { if (reader(row) !== null) sum += 1 })
  return sum
}

/** The report in steps. In: the releases of the period, oldest first, and the teams with their hours. */
export function* insightsSteps(rows: readonly FinishedRelease[], teams: readonly FlowTeam[]): Steps<InsightsReport> {
  const clocks = clocksFor(teams, rows)
  yield* preparing(clocks)
  const gates = yield* gatesOf(rows)
  const failures = yield* count('rolled-back', rows, clocks)
  const changes = yield* count('changes', rows, clocks)
  return {
    finished: rows.length,
    outcomes: { stable: yield* count('stable', rows, clocks), rolledBack: failures, cancelled: yield* count('cancelled', rows, clocks), superseded: yield* count('superseded', rows, clocks) },
    leadTime: yield* measure('lead-time', rows, clocks), timeToGo: yield* measure('time-to-go', rows, clocks), restore: yield* measure('restore', rows, clocks),
    waiting: yield* waitingOf(rows, teams, clocks, gates), rework: yield* reworkOf(rows, clocks, gates), waivers: yield* measure('waivers', rows, clocks),
    changeFailure: { failures, changes, interval: shareInterval(failures, changes) },
  }
}

/** The report at once, without giving way: for tests. */
export function insightsOf(rows: readonly FinishedRelease[], teams: readonly FlowTeam[]): InsightsReport {
  return drain(insightsSteps(rows, teams))
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
  return drain(behindSteps(key, rows, clocks, nameOf))
}

/** The same in steps: the server runs these, and gives way in between. */
export function* behindSteps(key: MeasureKey, rows: readonly FinishedRelease[], clocks: Clocks, nameOf: (id: string) => string): Steps<readonly BehindRow[]> {
  const reader = readerOf(key, clocks)
  const found: BehindRow[] = []
  yield* preparing(clocks)
  yield* each(rows, (row) => {
    const value = reader(row)
    if (value !== null) found.push({ code: row.code, model: nameOf(row.modelId), environment: nameOf(row.environmentId), risk: row.risk, outcome: row.outcome, finishedAt: row.finishedAt, value })
  })
  return found.toSorted((a, b) => b.value - a.value || b.finishedAt - a.finishedAt)
}
