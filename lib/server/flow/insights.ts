/** Reads where time went: the report of a period, the releases behind one of its numbers, and the same as a table for spreadsheets. */
import 'server-only'
import { countWithGo, finishedReleases, finishedWithGo, placeNames } from '@/db/finished'
import type { Store } from '@/db/store'
import { backtest, LEAST_FINISHED, NEWEST_USED } from '@/lib/domain/flow/forecast'
import type { FinishedRelease } from '@/lib/domain/flow/finished'
import { behind, forecastRecord, insightsOf, type FlowTeam, type ForecastRecord } from '@/lib/domain/flow/insights'
import { clocksFor, readerOf, unitOfMeasure, type Clocks, type MeasureKey } from '@/lib/domain/flow/measure'
import { measureTitle } from '@/lib/domain/flow/words'
import type { InsightsFilter, InsightsView } from '@/lib/domain/flow/view'
import { loadTeams } from '@/lib/server/view/people'

const DAY_MS = 86_400_000
const DAYS: Readonly<Record<InsightsFilter['period'], number | null>> = { '30d': 30, '90d': 90, '365d': 365, all: null }
/** Past forecasts that are checked, and those that the oldest of them could have known. */
const MOST_READ = 100 + NEWEST_USED
/** Rows behind a number that one answer lists. */
const MOST_LISTED = 500

/** The teams of the rail with their working hours. */
export async function flowTeams(store: Store): Promise<readonly FlowTeam[]> {
  return (await loadTeams(store)).map(({ id, name, shape, workingHours }) => ({ id, name, shape, workingHours }))
}

interface Asked {
  readonly rows: readonly FinishedRelease[]
  readonly names: Awaited<ReturnType<typeof placeNames>>
  readonly from: Date | null
}

async function asked(store: Store, filter: InsightsFilter, now: Date): Promise<Asked> {
  const names = await placeNames(store)
  const days = DAYS[filter.period]
  const from = days === null ? null : new Date(now.getTime() - days * DAY_MS)
  const idOf = (map: ReadonlyMap<string, string>, slug: string) => [...map].find(([, one]) => one === slug)?.[0] ?? (slug === '' ? null : 'none')
  const rows = await finishedReleases(store, { from, to: null, modelId: idOf(names.models, filter.model), environmentId: idOf(names.environments, filter.environment), risk: filter.risk === '' ? null : filter.risk })
  return { rows, names, from }
}

async function forecastNow(store: Store): Promise<ForecastRecord> {
  const finished = await countWithGo(store)
  return forecastRecord(finished, finished > LEAST_FINISHED ? backtest(await finishedWithGo(store, MOST_READ)) : null)
}

function nameIn({ names }: Asked): (id: string) => string {
  return (id) => names.models.get(id) ?? names.environments.get(id) ?? 'gone'
}

/** The page. In: the filter, the number whose releases are listed, now. */
export async function insightsView(store: Store, filter: InsightsFilter & { readonly behind: MeasureKey | null }, now = new Date()): Promise<InsightsView> {
  const [found, teams, forecast] = await Promise.all([asked(store, filter, now), flowTeams(store), forecastNow(store)])
  const { rows, names, from } = found
  const report = insightsOf(rows, teams)
  const key = filter.behind
  const clocks: Clocks = key === null ? new Map() : clocksFor(teams, rows)
  const listed = key === null ? [] : behind(key, rows, clocks, nameIn(found))
  const gates = new Map(rows.flatMap((row) => row.body.gates.map((gate) => [gate.id, `${gate.number} ${gate.name}`] as const)))
  return {
    filter: { period: filter.period, model: filter.model, environment: filter.environment, risk: filter.risk }, models: [...names.models.values()].toSorted(), environments: [...names.environments.values()].toSorted(),
    from: from?.getTime() ?? rows[0]?.finishedAt ?? null, to: now.getTime(), report, forecast,
    behind: key === null ? null : { key, title: measureTitle(key, (id) => teams.find((team) => team.id === id)?.name ?? null, (id) => gates.get(id) ?? null), unit: unitOfMeasure(key, new Set(teams.map((team) => team.id))), total: listed.length, rows: listed.slice(0, MOST_LISTED) },
  }
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  // A leading sign of calculation would be carried out by some spreadsheets.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const hours = (ms: number | null) => (ms === null ? null : Math.round(ms / 36_000) / 100)
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

/** One line for each finished release of the period, times in hours; RFC 4180. */
export async function insightsCsv(store: Store, filter: InsightsFilter, now = new Date()): Promise<string> {
  const [found, teams] = await Promise.all([asked(store, filter, now), flowTeams(store)])
  const clocks = clocksFor(teams, found.rows)
  const name = nameIn(found)
  const head = ['release', 'model', 'environment', 'risk', 'outcome', 'opened', 'go', 'stable', 'finished', 'lead_time_h', 'time_to_go_h', 'restore_h', 'stale', 'reopened', 'rejected', 'waivers', 'not_applicable', ...teams.map((team) => `waited_${team.id.replaceAll('-', '_')}_working_h`), 'waited_clock_h', 'on_hold_h']
  const lines = found.rows.map((row) => {
    const value = (key: MeasureKey) => readerOf(key, clocks)(row)
    return [
      row.code, name(row.modelId), name(row.environmentId), row.risk, row.outcome, iso(row.openedAt), iso(row.goAt), iso(row.stableAt), iso(row.finishedAt), hours(value('lead-time')), hours(value('time-to-go')), hours(value('restore')),
      value('stale') ?? 0, value('reopened') ?? 0, value('rejected') ?? 0, row.body.waivers, row.body.notApplicable, ...teams.map((team) => hours(value(`wait:${team.id}`)) ?? 0), hours(value('wait:clock')) ?? 0, hours(value('wait:hold')) ?? 0,
    ].map(cell).join(',')
  })
  return `${[head.join(','), ...lines].join('\r\n')}\r\n`
}
