/** The few PromQL shapes that presets are made of, each with its trap handled once. */

/** Quantile of a classic histogram. `scale` divides the result into the base unit. */
export function quantile(q: number, metric: string, scale = ''): string {
  return `histogram_quantile(${q}, sum by (le) (rate(${metric}_bucket{$sel}[$w])))${scale}`
}

/** Requests in the window. */
export function requests(metric: string, extra = ''): string {
  return `sum(increase(${metric}{$sel${extra}}[$w]))`
}

/** Per second. */
export function perSecond(metric: string, extra = ''): string {
  return `sum(rate(${metric}{$sel${extra}}[$w]))`
}

/** Zero where the series does not exist yet: right for error counters only, which appear with the first error. */
export function orZero(expression: string): string {
  return `(${expression} or vector(0))`
}

/** Bad among all. Only the numerator is filled with zero: no traffic stays NaN (idle), no series stays empty (no data). */
export function ratio(bad: string, total: string): string {
  return `${orZero(bad)} / ${total}`
}

/** Share of a version among all traffic of its model; 0 when it gets none while others do. */
export function share(counter: string): string {
  return `${orZero(`sum(rate(${counter}{$sel}[$w]))`)} / sum(rate(${counter}{$base}[$w]))`
}

/** Requests to all versions of the model in the window. */
export function requestsOfAll(counter: string): string {
  return `sum(increase(${counter}{$base}[$w]))`
}
