/** Finds the PromQL that people wrote into a specification; only leads and admins may. */

import type { MetricSpec } from './metric-spec'

/** In: a specification or none. Out: every query that is not a preset's. */
export function ownQueriesOf(spec: MetricSpec | null): readonly string[] {
  if (!spec) return []
  const { query, rule: { test } } = spec
  return [
    ...(query.kind === 'promql' ? [query.promql, ...(query.samples === undefined ? [] : [query.samples])] : []),
    ...(test.kind === 'headroom' && test.capacity.kind === 'query' ? [test.capacity.promql] : []),
  ]
}

/** Whether what is asked holds PromQL that somebody wrote and that was not asked before. In: the specifications as they would be, and as they are. */
export function writesOwnQuery(after: readonly (MetricSpec | null)[], before: readonly (MetricSpec | null)[]): boolean {
  const known = new Set(before.flatMap(ownQueriesOf))
  return after.flatMap(ownQueriesOf).some((query) => !known.has(query))
}
