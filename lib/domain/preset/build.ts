/** The few PromQL shapes that presets are made of, each with its trap handled once. */

/**
 * Names under which builds export the same metric, the one to prefer first. All are asked in one query, joined by `or`:
 * Prometheus takes the first that is there, for each series by itself, so that a candidate may be of another build than the stable version,
 * and a chart goes on across the upgrade.
 */
export type Names = string | readonly [string, ...string[]]

function any(names: Names, write: (name: string) => string): string {
  return typeof names === 'string' ? write(names) : names.map(write).join(' or ')
}

/** Quantile of a classic histogram. `scale` divides the result into the base unit. */
export function quantile(q: number, names: Names, scale = ''): string {
  return `histogram_quantile(${q}, sum by (le) (${any(names, (name) => `rate(${name}_bucket{$sel}[$w])`)}))${scale}`
}

/** Requests in the window. */
export function requests(names: Names, extra = ''): string {
  return `sum(${any(names, (name) => `increase(${name}{$sel${extra}}[$w])`)})`
}

/** Per second. */
export function perSecond(names: Names, extra = ''): string {
  return `sum(${any(names, (name) => `rate(${name}{$sel${extra}}[$w])`)})`
}

/** A gauge over its series. */
export function gauge(fold: 'sum' | 'max' | 'min' | 'avg', names: Names): string {
  return `${fold}(${any(names, (name) => `${name}{$sel}`)})`
}

/** Whether the version is scraped at all: how many series it has. */
export function presence(names: Names): string {
  return `count(${any(names, (name) => `${name}{$sel}`)})`
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
export function share(counters: Names): string {
  return `${orZero(perSecond(counters))} / sum(${any(counters, (counter) => `rate(${counter}{$base}[$w])`)})`
}

/** Requests to all versions of the model in the window. */
export function requestsOfAll(counters: Names): string {
  return `sum(${any(counters, (counter) => `increase(${counter}{$base}[$w])`)})`
}

/**
 * Age in seconds of pushed gauges, which never go stale: the oldest push among the groups that hold them counts.
 * A group is told by job and instance, under either name that a scrape of a Pushgateway gives them.
 */
export function pushAge(metric: string): string {
  return `time() - min(push_time_seconds and on (job, instance, exported_job, exported_instance) ${metric}{$sel})`
}

/** The same for a gauge that may be scraped as well as pushed: what is not pushed is as old as its scrape. */
export function pushedAge(metric: string): string {
  return `${pushAge(metric)} or vector(0)`
}
