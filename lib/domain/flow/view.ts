/** What the screens on where time goes are given, and how their address says what is asked. */
import type { Forecast } from './forecast'
import type { BehindRow, ForecastRecord, InsightsReport } from './insights'
import type { Lanes } from './lanes'
import { isMeasure, type MeasureKey } from './measure'

export const PERIODS = ['30d', '90d', '365d', 'all'] as const
export type Period = (typeof PERIODS)[number]
export const PERIOD_WORDS: Readonly<Record<Period, string>> = { '30d': '30 days', '90d': '90 days', '365d': 'a year', all: 'all time' }

/** Empty: all. Model and environment are slugs. */
export interface InsightsFilter {
  readonly period: Period
  readonly model: string
  readonly environment: string
  readonly risk: string
}

export interface InsightsView {
  readonly filter: InsightsFilter
  readonly models: readonly string[]
  readonly environments: readonly string[]
  /** First and last instant of the period in ms; `from` is that of the first release where it is all time, `null` when there is none. */
  readonly from: number | null
  readonly to: number
  readonly report: InsightsReport
  /** Of the whole installation, whatever the filter says. */
  readonly forecast: ForecastRecord
  /** The releases behind one number, where the address asks for them. */
  readonly behind: BehindView | null
}

export interface BehindView {
  readonly key: MeasureKey
  readonly title: string
  readonly unit: 'time' | 'working-time' | 'count'
  /** All of them; `rows` holds the first. */
  readonly total: number
  readonly rows: readonly BehindRow[]
}

export interface LanesView {
  readonly lanes: Lanes
  /** The go of a release in preparation; `null` where there is none to forecast, or too few have finished. */
  readonly forecast: Forecast | null
  /** Why there is no forecast, where one would be looked for. */
  readonly noForecast: string | null
}

/** Reads the filter out of an address; what it does not know counts as not asked. */
export function filterOf(search: { get(name: string): string | null }): InsightsFilter & { readonly behind: MeasureKey | null } {
  const word = (name: string) => (search.get(name) ?? '').slice(0, 80)
  const behind = word('behind')
  return {
    period: PERIODS.find((one) => one === word('period')) ?? '90d', model: word('model'), environment: word('environment'), risk: word('risk'), behind: isMeasure(behind) ? behind : null,
  }
}

/** The address of a filter, with what differs from the usual. */
export function searchOf({ period, model, environment, risk }: InsightsFilter, behind: string | null = null): string {
  const said = new URLSearchParams()
  if (period !== '90d') said.set('period', period)
  for (const [name, value] of [['model', model], ['environment', environment], ['risk', risk], ['behind', behind ?? '']] as const) if (value !== '') said.set(name, value)
  const text = said.toString()
  return text === '' ? '' : `?${text}`
}
