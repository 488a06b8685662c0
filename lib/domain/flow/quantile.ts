/** Quantiles and what may honestly be said of few values: dots below five, a median from five on, quarters from eight on. */

/** Below this many values nothing is summed up: the values themselves are shown. */
export const LEAST_FOR_MEDIAN = 5
/** Below this many values a quarter would be one or two releases. */
export const LEAST_FOR_QUARTERS = 8

/**
 * The quantile by Weibull's plotting positions (type 6 of Hyndman and Fan, 1996): with n values the interval between two order
 * statistics i < j covers the next one with probability (j − i) / (n + 1), which is what a forecast needs. In: values in ascending
 * order, p in 0…1. Out: `null` of nothing; at most the largest value, at least the smallest.
 */
export function quantile(sorted: readonly number[], p: number): number | null {
  const n = sorted.length
  const place = (n + 1) * p
  const low = sorted[Math.min(n, Math.max(1, Math.floor(place))) - 1]
  const high = sorted[Math.min(n, Math.max(1, Math.ceil(place))) - 1]
  if (low === undefined || high === undefined) return null
  return low + (high - low) * (place - Math.floor(place))
}

export interface Distribution {
  readonly n: number
  readonly least: number | null
  readonly quarter: number | null
  readonly median: number | null
  readonly threeQuarters: number | null
  readonly most: number | null
}

/** What may be said of some values. Quarters and median are `null` while there are too few. */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  return {
    n, least: sorted[0] ?? null, most: sorted.at(-1) ?? null,
    median: n >= LEAST_FOR_MEDIAN ? quantile(sorted, 0.5) : null,
    quarter: n >= LEAST_FOR_QUARTERS ? quantile(sorted, 0.25) : null,
    threeQuarters: n >= LEAST_FOR_QUARTERS ? quantile(sorted, 0.75) : null,
  }
}

/** Wilson's interval of a share at 90 %, which stays within 0…1 also for few; `null` of nothing. */
export function shareInterval(hits: number, n: number): readonly [number, number] | null {
  if (n === 0) return null
  const z = 1.6449
  const p = hits / n
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
