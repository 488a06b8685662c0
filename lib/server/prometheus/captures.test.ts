import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import captures from '@/lib/domain/verdict/captures.json'
import { judge } from '@/lib/domain/verdict/judge'
import type { Rule } from '@/lib/domain/verdict/rule'
import { get, labelNames, labelValues, metadata, query, queryRange, series, type Result } from './client'
import type { Connection } from './connection'
import { answering, startDouble, type Double } from './double'
import { alerts, rules, targets } from './status'

type Name = keyof typeof captures

let double: Double
let connection: Connection
beforeAll(async () => {
  double = await startDouble()
  connection = { url: double.url, auth: { kind: 'none' }, headers: {} }
})
afterAll(() => double.close())

const RANGE = { start: 1_795_357_453, end: 1_795_357_513, stepSeconds: 10 }
const ways = {
  query: () => query(connection, 'up', null),
  range: () => queryRange(connection, 'up', RANGE),
  series: () => series(connection, ['up']),
  labels: () => labelNames(connection),
  values: () => labelValues(connection, 'job'),
  metadata: () => metadata(connection, null),
  alerts: () => alerts(connection),
  rules: () => rules(connection),
  targets: () => targets(connection),
  data: () => get(connection, '/api/v1/anything'),
} satisfies Record<string, () => Promise<Result<unknown>>>
type Way = keyof typeof ways

/** One sample, by what Prometheus wrote. */
const one = (raw: string) => ({ series: [{ samples: [{ raw }] }] })
const many = (length: number) => ({ series: { length } })
const EMPTY = { series: [] }

/** Every capture: how it is asked for, and what the client makes of it; a word is the kind of a failure. */
const TABLE: Readonly<Record<Name, readonly [Way, unknown]>> = {
  query_vector: ['query', many(4)], query_scalar: ['query', { type: 'scalar', ...one('2') }], query_string: ['query', { type: 'string', series: [] }],
  query_matrix: ['query', { type: 'matrix' }], query_empty: ['query', EMPTY], query_special_floats: ['query', { type: 'vector' }], query_scalar_nan: ['query', one('NaN')],
  query_div0: ['query', one('NaN')], query_hist_empty_rate: ['query', EMPTY], query_hist_p95: ['query', { type: 'vector' }],
  query_at_time_ms_float: ['query', { series: [{ samples: [{ at: 1_795_357_513.123, value: 1 }] }] }], query_at_time_rfc3339: ['query', { series: [{ samples: [{ at: 1_767_323_045 }] }] }],
  query_at_bad_time: ['query', 'bad-query'], query_post: ['query', { type: 'vector' }], query_post_json_body: ['query', 'bad-query'], err_parse: ['query', 'bad-query'],
  err_missing_query: ['query', 'bad-query'], err_type_range_in_instant: ['query', 'bad-query'], err_exec_many_to_many: ['query', 'execution'], err_bad_timeout: ['query', 'bad-query'],
  err_timeout: ['query', 'bad-query'], err_timeout_range: ['range', 'query-timeout'], err_too_many_points: ['range', 'bad-query'], ok_11000_points: ['range', { type: 'matrix' }],
  range_ok: ['range', { type: 'matrix', ...many(1) }], range_unaligned: ['range', { type: 'matrix' }], range_step_duration: ['range', { type: 'matrix' }], range_gap_partial: ['range', { type: 'matrix' }],
  range_empty: ['range', EMPTY], err_range_step0: ['range', 'bad-query'], err_range_no_step: ['range', 'bad-query'], err_range_end_before_start: ['range', 'bad-query'],
  err_range_matrix_expr: ['range', 'bad-query'], range_inf: ['range', { type: 'matrix' }], labels: ['labels', expect.arrayContaining(['__name__', 'job'])],
  labels_match: ['labels', expect.arrayContaining(['code'])], labels_post: ['labels', expect.arrayContaining(['code'])], label_values: ['values', expect.arrayContaining(['node'])],
  label_values_name_match: ['values', expect.arrayContaining(['push_time_seconds'])], label_values_unknown: ['values', []], label_values_limit: ['values', expect.any(Array)],
  err_label_values_badname: ['values', 'bad-query'], label_values_post: ['values', 'method'], series: ['series', expect.arrayContaining([expect.objectContaining({ __name__: 'demo_total' })])],
  err_series_nomatch: ['series', 'bad-query'], err_series_emptymatcher: ['series', 'bad-query'], err_query_emptymatcher: ['query', 'bad-query'], series_none: ['series', []],
  metadata_metric: ['metadata', { demo_latency_seconds: [{ type: 'histogram' }] }], metadata_limit: ['metadata', expect.any(Object)], metadata_none: ['metadata', {}],
  err_rules_type: ['rules', 'bad-query'], alerts: ['alerts', [{ labels: { alertname: 'TargetDown' }, state: 'firing', value: 0 }, { state: 'pending', value: 1 }]],
  alertmanagers: ['data', { activeAlertmanagers: expect.any(Array) }], status_tsdb: ['data', { headStats: expect.any(Object) }],
  targets_active: ['targets', [{ health: 'down', labels: { job: 'dead' }, scrapeInterval: 2 }, { health: 'up' }, { health: 'up' }, { health: 'up' }]], targets_metadata: ['data', [{ type: 'counter' }]],
  query_exemplars: ['data', []], format_query: ['data', 'foo / bar'], query_stats: ['query', one('1')], query_limit_ignored: ['query', many(4)], err_404_api: ['query', 'not-found'],
  err_404_prefix: ['query', 'not-found'], err_method_put: ['query', 'method'], err_tsdb_admin: ['data', 'unavailable'], healthy: ['query', 'not-prometheus'], ready: ['query', 'not-prometheus'],
  root_redirect: ['query', 'redirect'], query_offset_future: ['query', EMPTY], query_lookback_edge: ['query', { type: 'vector' }], query_absent: ['query', one('1')], query_or_zero: ['query', one('0')],
  query_ratio_nodata: ['query', EMPTY], query_ratio_ornodata: ['query', { type: 'vector' }], query_unicode_label: ['query', { type: 'vector' }], query_p95_single_sample: ['query', EMPTY],
  query_p95_idle_nan: ['query', one('NaN')], query_bool_cmp: ['query', many(4)], auth_401_no_creds: ['query', 'unauthorized'], auth_401_wrong: ['query', 'unauthorized'], auth_ok_prefix: ['query', one('1')],
  prefix_missing_with_prefix_server: ['query', 'not-found'], err_max_samples: ['query', 'execution'], err_max_samples_range: ['range', { type: 'matrix' }],
  native_hist_instant: ['query', { series: [{ samples: [], histograms: 1 }] }], native_hist_range: ['range', { type: 'matrix' }], native_hist_quantile: ['query', { type: 'vector' }],
  native_hist_fraction: ['query', { type: 'vector' }], stale_marker: ['query', { type: 'vector', ...many(1) }], query_multi_series_gate: ['query', { type: 'vector' }], query_baseline_ratio: ['query', { type: 'vector' }],
  query_burn_rate: ['query', { type: 'vector' }], query_filter_false_is_empty: ['query', EMPTY], query_quantile_over_inf_bucket: ['query', one('2.5')], query_range_p95: ['range', { type: 'matrix' }],
  not_ready_503: ['query', 'unavailable'],
}

const isName = (name: string): name is Name => name in captures
const RULE: Rule = { test: { kind: 'threshold', comparator: '>=', limit: -Infinity }, direction: 'neutral', unit: 'score' }

describe('the captures of a real Prometheus', () => {
  it.each(Object.keys(captures).filter(isName))('%s', async (name) => {
    const { status, contentType, body } = captures[name]
    const [way, expected] = TABLE[name]
    double.behave(answering(status, contentType, body))
    const result = await ways[way]()
    if (typeof expected !== 'string' || way === 'data') {
      if (status === 200) return expect(result).toMatchObject({ ok: true, value: expected })
    }
    expect(result).toMatchObject({ ok: false, failure: { kind: expected, message: expect.stringMatching(/^[A-Z0-9].*\.$/) } })
    if (!result.ok) expect(judge({ candidate: { ok: false, reason: result.failure.message }, now: 1_795_357_513 }, RULE).verdict).toBe('error')
  })
})
