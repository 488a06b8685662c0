/** When the go of a release in preparation may come, from how long finished releases still took at the same point; and how well such forecasts did. */
import type { FinishedRelease } from './finished'
import { quantile } from './quantile'
import { drain } from './steps'

/** None before so many releases with a go have finished. */
export const LEAST_FINISHED = 20
/** Older ones say less about how people work now, and bound the work. */
export const NEWEST_USED = 200
/** So few at the very same point are taken as they are; with fewer, all that came through this point count. */
const LEAST_SAME_POINT = 12

/** The intervals that are said: half of all, and six of seven. */
export const COVERAGES = [0.5, 0.85] as const

/** What the forecast needs of a finished release. */
export type Precedent = Pick<FinishedRelease, 'releaseId' | 'openedAt' | 'templateId'> & { readonly goAt: number; readonly progress: FinishedRelease['body']['progress'] }

/** Where a release in preparation stands: the share of its gates before the decision that are passed, and since when. Instants in ms. */
export interface Standing {
  readonly share: number
  readonly since: number
  readonly templateId: string
}

export interface Forecast {
  /** Instants in ms. */
  readonly median: number
  readonly intervals: readonly { readonly coverage: number; readonly from: number; readonly to: number }[]
  /** How many finished releases it rests on. */
  readonly n: number
  /** `same-point`: those that stood as long at this share; `same-share`: all that came through it, because too few stood as long. */
  readonly basis: 'same-point' | 'same-share'
  readonly isSameTemplate: boolean
}

/** Those that a forecast may rest on: finished with a go, newest first in, at most so many. */
export function precedentsOf(finished: readonly FinishedRelease[]): readonly Precedent[] {
  return finished.flatMap(({ releaseId, openedAt, templateId, goAt, body }) => (goAt === null ? [] : [{ releaseId, openedAt, templateId, goAt, progress: body.progress }]))
    .toSorted((a, b) => b.goAt - a.goAt).slice(0, NEWEST_USED)
}

/** Shares are fractions with other denominators in other templates; what differs by less is the same. */
const ALIKE = 1e-9

/** When a precedent first came to a share, and when it went past it. */
function visit(precedent: Precedent, share: number): { readonly from: number; readonly to: number } {
  const from = precedent.progress.find(([, reached]) => reached >= share - ALIKE)?.[0] ?? precedent.goAt
  const to = precedent.progress.find(([at, reached]) => at >= from && reached > share + ALIKE)?.[0] ?? precedent.goAt
  return { from, to }
}

/**
 * The forecast of a go. In: the precedents, where the release stands, now in ms. Out: `null` while there are too few. Each comparable
 * release is one possible future: its remaining time from the point at which it had the same share passed, for as long. Drawing from
 * them again and again gives their own distribution, so the quantiles are taken directly, and the same question gives the same answer.
 */
export function forecastGo(precedents: readonly Precedent[], standing: Standing, now: number): Forecast | null {
  if (precedents.length < LEAST_FINISHED) return null
  const own = precedents.filter((one) => one.templateId === standing.templateId)
  const isSameTemplate = own.length >= LEAST_FINISHED
  const all = isSameTemplate ? own : precedents
  const stood = Math.max(0, now - standing.since)
  const visits = all.map((one) => ({ one, ...visit(one, standing.share) }))
  const alike = visits.filter(({ from, to }) => to - from > stood).map(({ one, from }) => one.goAt - from - stood)
  const isAlike = alike.length >= LEAST_SAME_POINT
  const remaining = (isAlike ? alike : visits.map(({ one, from }) => Math.max(0, one.goAt - from))).toSorted((a, b) => a - b)
  const at = (p: number) => now + (quantile(remaining, p) ?? 0)
  return {
    median: at(0.5), n: remaining.length, basis: isAlike ? 'same-point' : 'same-share', isSameTemplate,
    intervals: COVERAGES.map((coverage) => ({ coverage, from: at((1 - coverage) / 2), to: at((1 + coverage) / 2) })),
  }
}

export interface Backtest {
  /** Releases that forecasts could have been made for, and the forecasts: at their opening, and at each gate that they passed. */
  readonly releases: readonly string[]
  readonly forecasts: number
  readonly hits: readonly { readonly coverage: number; readonly hits: number }[]
}

/** Releases whose past forecasts are checked, newest first. */
const MOST_CHECKED = 100

/**
 * How past forecasts did: for each finished release the forecasts that would have been made at its opening and whenever a gate passed,
 * from only those releases whose go had been given by then. Out: how many there were and how often the go lay within each interval.
 */
export function backtest(finished: readonly FinishedRelease[]): Backtest {
  return drain(backtestSteps(finished))
}

/** The same in steps: the server runs these, and gives way in between. */
export function* backtestSteps(finished: readonly FinishedRelease[]): Generator<void, Backtest> {
  const all = finished.flatMap(({ releaseId, openedAt, templateId, goAt, body }): Precedent[] => (goAt === null ? [] : [{ releaseId, openedAt, templateId, goAt, progress: body.progress }]))
    .toSorted((a, b) => b.goAt - a.goAt)
  const hits = COVERAGES.map(() => 0)
  const releases: string[] = []
  let forecasts = 0
  for (const tested of all.slice(0, MOST_CHECKED)) {
    let isTested = false
    yield
    for (const [at, share] of tested.progress) {
      if (at >= tested.goAt) continue
      const known = all.filter((one) => one.goAt <= at).slice(0, NEWEST_USED)
      const forecast = forecastGo(known, { share, since: at, templateId: tested.templateId }, at)
      if (!forecast) continue
      isTested = true
      forecasts += 1
      forecast.intervals.forEach((interval, i) => {
        if (interval.from <= tested.goAt && tested.goAt <= interval.to) hits[i] = (hits[i] ?? 0) + 1
      })
    }
    if (isTested) releases.push(tested.releaseId)
  }
  return { releases, forecasts, hits: COVERAGES.map((coverage, i) => ({ coverage, hits: hits[i] ?? 0 })) }
}
