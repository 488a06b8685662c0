/** Reads where time went: the report of a period, the releases behind one of its numbers, and the same as a table for spreadsheets. */
import 'server-only'
import { countWithGo, finishedPages, finishedRange, finishedWithGo, placeNames, type FinishedFilter } from '@/db/finished'
import type { Store } from '@/db/store'
import { backtestSteps, LEAST_FINISHED, NEWEST_USED } from '@/lib/domain/flow/forecast'
import type { FinishedRelease } from '@/lib/domain/flow/finished'
import { behindSteps, forecastRecord, insightsSteps, type FlowTeam, type ForecastRecord } from '@/lib/domain/flow/insights'
import { clocksOver, preparing, readerOf, unitOfMeasure, type MeasureKey } from '@/lib/domain/flow/measure'
import { measureTitle } from '@/lib/domain/flow/words'
import type { InsightsFilter, InsightsView } from '@/lib/domain/flow/view'
import { kept, keptReports, type Listed } from '@/lib/server/flow/kept-reports'
import { gathered, unhurried } from '@/lib/server/flow/unhurried'
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
  readonly filter: FinishedFilter
  readonly names: Awaited<ReturnType<typeof placeNames>>
  readonly reach: Awaited<ReturnType<typeof finishedRange>>
  /** Names the releases that fit: as time goes on, the oldest leave a period. */
  readonly key: string
}

async function asked(store: Store, { period, model, environment, risk }: InsightsFilter, now: Date): Promise<Asked> {
  const names = await placeNames(store)
  const days = DAYS[period]
  const from = days === null ? null : new Date(now.getTime() - days * DAY_MS)
  const idOf = (map: ReadonlyMap<string, string>, slug: string) => [...map].find(([, one]) => one === slug)?.[0] ?? (slug === '' ? null : 'none')
  const filter = { from, to: null, modelId: idOf(names.models, model), environmentId: idOf(names.environments, environment), risk: risk === '' ? null : risk }
  const reach = await finishedRange(store, filter)
  return { filter, names, reach, key: JSON.stringify([reach, filter.modelId, filter.environmentId, filter.risk]) }
}

async function forecastNow(store: Store, finished: number): Promise<ForecastRecord> {
  return forecastRecord(finished, finished > LEAST_FINISHED ? await unhurried(backtestSteps(await finishedWithGo(store, MOST_READ))) : null)
}

function nameIn({ names }: Asked): (id: string) => string {
  return (id) => names.models.get(id) ?? names.environments.get(id) ?? 'gone'
}

/** The page. In: the filter, the number whose releases are listed, now. */
export async function insightsView(store: Store, filter: InsightsFilter & { readonly behind: MeasureKey | null }, now = new Date()): Promise<InsightsView> {
  const [found, teams, withGo, { reports, lists, forecasts }] = await Promise.all([asked(store, filter, now), flowTeams(store), countWithGo(store), keptReports(store)])
  const { names, reach } = found
  const key = `${found.key} ${JSON.stringify(teams)}`
  // Read once for all that has to be computed, and by nobody where all of it is kept.
  let read: Promise<readonly FinishedRelease[]> | undefined
  const rows = () => (read ??= gathered(finishedPages(store, found.filter)))
  const wanted = filter.behind
  const list = async (of: MeasureKey): Promise<Listed> => {
    const all = await unhurried(behindSteps(of, await rows(), clocksOver(teams, reach.range), nameIn(found)))
    return { total: all.length, rows: all.slice(0, MOST_LISTED) }
  }
  const [report, forecast, listed] = await Promise.all([
    kept(reports, key, async () => unhurried(insightsSteps(await rows(), teams))), kept(forecasts, String(withGo), () => forecastNow(store, withGo)),
    wanted === null ? null : kept(lists, `${wanted} ${key} ${JSON.stringify([...names.models, ...names.environments])}`, () => list(wanted)),
  ])
  const gates = new Map([...report.rework.gates, ...report.waiting.flatMap((one) => one.gates)].map((gate) => [gate.id, `${gate.number} ${gate.name}`] as const))
  return {
    filter: { period: filter.period, model: filter.model, environment: filter.environment, risk: filter.risk }, models: [...names.models.values()].toSorted(), environments: [...names.environments.values()].toSorted(),
    from: found.filter.from?.getTime() ?? reach.first, to: now.getTime(), report, forecast,
    behind: wanted === null || listed === null ? null : { key: wanted, title: measureTitle(wanted, (id) => teams.find((team) => team.id === id)?.name ?? null, (id) => gates.get(id) ?? null), unit: unitOfMeasure(wanted, new Set(teams.map((team) => team.id))), ...listed },
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
  const clocks = clocksOver(teams, found.reach.range)
  await unhurried(preparing(clocks))
  const name = nameIn(found)
  const head = ['release', 'model', 'environment', 'risk', 'outcome', 'opened', 'go', 'stable', 'finished', 'lead_time_h', 'time_to_go_h', 'restore_h', 'stale', 'reopened', 'rejected', 'waivers', 'not_applicable', ...teams.map((team) => `waited_${team.id.replaceAll('-', '_')}_working_h`), 'waited_clock_h', 'on_hold_h']
  const read = (key: MeasureKey) => readerOf(key, clocks)
  const [times, counts] = [(['lead-time', 'time-to-go', 'restore'] as const).map(read), (['stale', 'reopened', 'rejected'] as const).map(read)]
  const waits = [...teams.map((team) => team.id), 'clock', 'hold'].map((whom) => read(`wait:${whom}`))
  const lines = [head.join(',')]
  for (const row of await gathered(finishedPages(store, found.filter), (one) => [
    one.code, name(one.modelId), name(one.environmentId), one.risk, one.outcome, iso(one.openedAt), iso(one.goAt), iso(one.stableAt), iso(one.finishedAt), ...times.map((time) => hours(time(one))),
    ...counts.map((value) => value(one) ?? 0), one.body.waivers, one.body.notApplicable, ...waits.map((wait) => hours(wait(one)) ?? 0),
  ].map(cell).join(','))) lines.push(row)
  return `${lines.join('\r\n')}\r\n`
}
