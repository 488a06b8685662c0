/** Presets of the product's own `model_*` convention, for teams that export their metrics themselves (also from batch jobs through a Pushgateway). */

import { perSecond, pushAge, pushedAge, quantile, ratio, requests, requestsOfAll, share } from './build'
import type { Preset } from './preset'

const labels = ['model_name', 'model_version']
const samples = requests('model_requests_total')
const own = { stack: 'model', labels } as const

export const MODEL_PRESETS: readonly Preset[] = [
  { ...own, id: 'model.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, 'model_request_duration_seconds'), samples, unit: 's', latency: { kind: 'histogram', quantile: 0.95 }, direction: 'lower-is-better' },
  { ...own, id: 'model.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond('model_requests_total'), samples, unit: 'req/s', direction: 'neutral' },
  { ...own, id: 'model.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond('model_requests_total', ',code=~"5.."'), perSecond('model_requests_total')), samples, unit: 'ratio', direction: 'lower-is-better' },
  { ...own, id: 'model.accuracy', signal: 'quality', title: 'Accuracy', theme: 'T3', query: 'min(model_quality_accuracy{$sel})', samples, age: pushedAge('model_quality_accuracy'), unit: 'ratio', direction: 'higher-is-better', note: 'The worst series counts, e.g. the worst slice.' },
  { ...own, id: 'model.drift', signal: 'drift', title: 'Score drift', theme: 'T3', query: 'max(model_drift_score{$sel})', samples, age: pushedAge('model_drift_score'), unit: 'score', direction: 'lower-is-better', note: 'The feature that drifts most counts.' },
  { ...own, id: 'model.skew', signal: 'skew', title: 'Training-serving skew', theme: 'T5', query: 'max(model_skew_score{$sel})', samples, age: pushedAge('model_skew_score'), unit: 'score', direction: 'lower-is-better' },
  { ...own, id: 'model.invalid-predictions', signal: 'invalid-predictions', title: 'Invalid predictions', theme: 'T3', query: ratio(perSecond('model_invalid_predictions_total'), perSecond('model_requests_total')), samples, unit: 'ratio', direction: 'lower-is-better', note: 'NaN, infinite or out of range, as a share of all answers.' },
  { ...own, id: 'model.data-age', signal: 'pipeline-freshness', title: 'Age of the newest training or feature data', theme: 'T5', query: 'time() - max(model_data_timestamp_seconds{$base})', unit: 's', direction: 'lower-is-better' },
  { ...own, id: 'model.push-age', signal: 'push-age', title: 'Age of the pushed quality', theme: 'T5', query: pushAge('model_quality_accuracy'), unit: 's', direction: 'lower-is-better', note: 'Pushgateway keeps a gauge for ever; this is the time since it was pushed.' },
  { ...own, id: 'model.feedback-delay', signal: 'feedback-delay', title: 'Label delay', theme: 'T5', query: 'max(model_label_delay_seconds{$sel})', unit: 's', direction: 'lower-is-better' },
  { ...own, id: 'model.labelled-share', signal: 'labelled-share', title: 'Labelled share', theme: 'T5', query: 'min(model_labelled_ratio{$sel})', unit: 'ratio', direction: 'higher-is-better' },
  { ...own, id: 'model.disagreement', signal: 'disagreement', title: 'Disagreement with labels', theme: 'T5', query: 'max(model_disagreement_ratio{$sel})', unit: 'ratio', direction: 'lower-is-better' },
  { ...own, id: 'model.live-quality', signal: 'live-quality', title: 'Live quality, by labels', theme: 'T3', query: '1 - max(model_disagreement_ratio{$sel})', samples, unit: 'ratio', direction: 'higher-is-better' },
  { ...own, id: 'model.drift-exported', signal: 'drift-exported', title: 'Drift and skew are exported', theme: 'T3', query: 'count(model_drift_score{$sel}) + count(model_skew_score{$sel})', unit: 'count', direction: 'neutral' },
  { ...own, id: 'model.groundedness', signal: 'groundedness', title: 'Groundedness', theme: 'T3', query: 'min(model_groundedness_ratio{$sel})', samples, unit: 'ratio', direction: 'higher-is-better' },
  { ...own, id: 'model.cost', signal: 'cost-per-1000', title: 'Cost per 1,000 requests', theme: 'T1', query: `1000 * ${perSecond('model_request_cost_total')} / ${perSecond('model_requests_total')}`, samples, unit: 'currency', direction: 'lower-is-better' },
  { ...own, id: 'model.version-share', signal: 'version-share', title: 'Share of traffic', theme: 'T4', query: share('model_requests_total'), samples: requestsOfAll('model_requests_total'), unit: 'ratio', direction: 'neutral' },
  { ...own, id: 'model.routed-share', signal: 'version-share', title: 'Share as the router has it', theme: 'T4', query: 'sum(model_traffic_share{$sel})', unit: 'ratio', direction: 'neutral' },
  { ...own, id: 'model.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: 'count(model_requests_total{$sel})', unit: 'count', direction: 'neutral' },
]
