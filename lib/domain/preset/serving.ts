/** Presets of model servers: Triton, KServe, Knative, Seldon, MLServer, TorchServe, TF Serving, BentoML, Ray Serve. Checked against their metric names, not against running servers. */

import { gauge, orZero, perSecond, presence, quantile, ratio, requests, requestsOfAll, share } from './build'
import type { Preset } from './preset'

const p95 = { kind: 'histogram', quantile: 0.95 } as const
const average = { kind: 'average' } as const
const lower = 'lower-is-better'
const neutral = 'neutral'

const triton = { stack: 'triton', labels: ['model', 'version', 'namespace', 'pod'] } as const
const tritonAll = `(${perSecond('nv_inference_request_success')} + ${orZero(perSecond('nv_inference_request_failure'))})`
const tritonRequests = requests('nv_inference_request_success')
const kserve = { stack: 'kserve', labels: ['model_name', 'namespace', 'pod', 'revision'] } as const
const kserveRequests = requests('request_predict_seconds_count')
const knative = { stack: 'knative', labels: ['kn_revision_name', 'kn_service_name', 'k8s_namespace_name'] } as const
/** OpenTelemetry names become Prometheus names with or without the unit, by the setting of the collector. */
const knNames = ['kn_serving_invocation_duration_seconds', 'kn_serving_invocation_duration'] as const
const knCount = ['kn_serving_invocation_duration_seconds_count', 'kn_serving_invocation_duration_count'] as const
const knAlternates = ['kn_serving_invocation_duration'] as const
const knOld = { stack: 'knative-opencensus', labels: ['revision_name', 'service_name', 'namespace_name'] } as const
const seldon = { stack: 'seldon', labels: ['model', 'server'] } as const
const mlserver = { stack: 'mlserver', labels: ['model', 'version'] } as const
const mlserverAll = `(${perSecond('model_infer_request_success_total')} + ${orZero(perSecond('model_infer_request_failure_total'))})`
const torchserve = { stack: 'torchserve', labels: ['model_name', 'model_version', 'hostname'] } as const
const tf = { stack: 'tf-serving', labels: ['model_name', 'job', 'pod'] } as const
const tfCount = ':tensorflow:serving:request_count'
const bento = { stack: 'bentoml', labels: ['service_name', 'service_version', 'endpoint'] } as const
const bentoCount = 'bentoml_service_request_total'
const ray = { stack: 'ray-serve', labels: ['application', 'deployment'] } as const
const rayLatency = 'ray_serve_deployment_processing_latency_ms'
/** Older Ray exports its counters without `_total`. */
const rayGood = ['ray_serve_deployment_request_counter_total', 'ray_serve_deployment_request_counter'] as const
const rayBad = ['ray_serve_deployment_error_counter_total', 'ray_serve_deployment_error_counter'] as const
const rayErrors = orZero(perSecond(rayBad))

export const SERVING_PRESETS: readonly Preset[] = [
  { ...triton, id: 'triton.latency-average', signal: 'latency-p95', title: 'Average latency', theme: 'T3', query: `${perSecond('nv_inference_request_duration_us')} / ${perSecond('nv_inference_request_success')} / 1e6`, samples: tritonRequests, unit: 's', exported: 'µs', latency: average, direction: lower, note: 'Triton gives averages unless it is told otherwise; a tail may hide behind it.' },
  { ...triton, id: 'triton.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: 'max(nv_inference_request_summary_us{$sel,quantile="0.95"}) / 1e6', samples: tritonRequests, unit: 's', exported: 'µs', latency: { kind: 'summary', quantile: 0.95 }, direction: lower, note: 'Needs --metrics-config summary_latencies=true. The slowest instance counts: summaries cannot be averaged.' },
  { ...triton, id: 'triton.first-response-p95', signal: 'ttft-p95', title: 'p95 first response', theme: 'T3', query: quantile(0.95, 'nv_inference_first_response_histogram_ms', ' / 1e3'), samples: tritonRequests, unit: 's', exported: 'ms', latency: p95, direction: lower, note: 'Needs histogram_latencies=true.' },
  { ...triton, id: 'triton.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: tritonAll, samples: tritonRequests, unit: 'req/s', direction: neutral },
  { ...triton, id: 'triton.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond('nv_inference_request_failure'), tritonAll), samples: tritonRequests, unit: 'ratio', direction: lower },
  { ...triton, id: 'triton.queue-depth', signal: 'queue-depth', title: 'Requests pending', theme: 'T1', query: 'sum(nv_inference_pending_request_count{$sel})', unit: 'req', direction: lower },
  { ...triton, id: 'triton.queue-time', signal: 'queue-time', title: 'Average wait in queue', theme: 'T3', query: `${perSecond('nv_inference_queue_duration_us')} / ${perSecond('nv_inference_request_success')} / 1e6`, samples: tritonRequests, unit: 's', exported: 'µs', latency: average, direction: lower },
  { ...triton, id: 'triton.batch', signal: 'batch', title: 'Average batch', theme: 'T1', query: `${perSecond('nv_inference_count')} / ${perSecond('nv_inference_exec_count')}`, unit: 'count', direction: 'higher-is-better' },
  { ...triton, id: 'triton.gpu', signal: 'gpu-use', title: 'GPU use', theme: 'T1', query: 'avg(nv_gpu_utilization{$sel})', unit: 'ratio', direction: lower, labels: ['gpu_uuid', 'namespace', 'pod'], note: 'Per GPU; there is no model label.' },
  { ...triton, id: 'triton.gpu-memory', signal: 'gpu-memory', title: 'GPU memory', theme: 'T1', query: 'sum(nv_gpu_memory_used_bytes{$sel}) / sum(nv_gpu_memory_total_bytes{$sel})', unit: 'ratio', direction: lower, labels: ['gpu_uuid', 'namespace', 'pod'] },
  { ...triton, id: 'triton.version-share', signal: 'version-share', title: 'Share of traffic', theme: 'T4', query: share('nv_inference_request_success'), samples: requestsOfAll('nv_inference_request_success'), unit: 'ratio', direction: neutral },
  { ...triton, id: 'triton.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: 'count(nv_inference_request_success{$sel})', unit: 'count', direction: neutral },

  { ...kserve, id: 'kserve.latency-p95', signal: 'latency-p95', title: 'p95 predict', theme: 'T3', query: quantile(0.95, 'request_predict_seconds'), samples: kserveRequests, unit: 's', latency: p95, direction: lower, note: 'Python runtimes only; Triton and vLLM runtimes export their own names.' },
  { ...kserve, id: 'kserve.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond('request_predict_seconds_count'), samples: kserveRequests, unit: 'req/s', direction: neutral },
  { ...kserve, id: 'kserve.version-share', signal: 'version-share', title: 'Share of traffic', theme: 'T4', query: share('request_predict_seconds_count'), samples: requestsOfAll('request_predict_seconds_count'), unit: 'ratio', direction: neutral, note: 'Only where a revision label is set on the target.' },
  { ...kserve, id: 'kserve.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: 'count(request_predict_seconds_count{$sel})', unit: 'count', direction: neutral },

  { ...knative, id: 'knative.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, knNames), alternates: knAlternates, samples: requests(knCount), unit: 's', latency: p95, direction: lower, note: 'Knative 1.20 and later (OpenTelemetry names).' },
  { ...knative, id: 'knative.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond(knCount), alternates: knAlternates, samples: requests(knCount), unit: 'req/s', direction: neutral },
  { ...knative, id: 'knative.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond(knCount, ',http_response_status_code=~"5.."'), perSecond(knCount)), alternates: knAlternates, samples: requests(knCount), unit: 'ratio', direction: lower },
  { ...knative, id: 'knative.version-share', signal: 'version-share', title: 'Share of traffic', theme: 'T4', query: share(knCount), alternates: knAlternates, samples: requestsOfAll(knCount), unit: 'ratio', direction: neutral },
  { ...knative, id: 'knative.queue-depth', signal: 'queue-depth', title: 'Requests queued', theme: 'T1', query: gauge('sum', 'kn_serving_queue_depth'), unit: 'req', direction: lower },
  { ...knative, id: 'knative.presence', signal: 'series-exist', title: 'This revision is scraped', theme: 'T3', query: presence(knCount), alternates: knAlternates, unit: 'count', direction: neutral },
  { ...knOld, id: 'knative-opencensus.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, 'revision_app_request_latencies', ' / 1e3'), samples: requests('revision_app_request_count'), unit: 's', exported: 'ms', latency: p95, direction: lower, note: 'Knative before the OpenTelemetry names.' },
  { ...knOld, id: 'knative-opencensus.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond('revision_app_request_count', ',response_code_class="5xx"'), perSecond('revision_app_request_count')), samples: requests('revision_app_request_count'), unit: 'ratio', direction: lower },
  { ...knOld, id: 'knative-opencensus.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond('revision_app_request_count'), samples: requests('revision_app_request_count'), unit: 'req/s', direction: neutral },
  { ...knOld, id: 'knative-opencensus.queue-depth', signal: 'queue-depth', title: 'Requests queued', theme: 'T1', query: gauge('sum', 'revision_queue_depth'), unit: 'req', direction: lower },
  { ...knOld, id: 'knative-opencensus.version-share', signal: 'version-share', title: 'Share of traffic', theme: 'T4', query: share('revision_app_request_count'), samples: requestsOfAll('revision_app_request_count'), unit: 'ratio', direction: neutral },
  { ...knOld, id: 'knative-opencensus.presence', signal: 'series-exist', title: 'This revision is scraped', theme: 'T3', query: presence('revision_app_request_count'), unit: 'count', direction: neutral },

  { ...seldon, id: 'seldon.latency-average', signal: 'latency-p95', title: 'Average latency', theme: 'T3', query: `${perSecond('seldon_model_infer_seconds_total')} / ${perSecond('seldon_model_infer_total')}`, samples: requests('seldon_model_infer_total'), unit: 's', latency: average, direction: lower, note: 'The histogram of Seldon Core v2 has no model label.' },
  { ...seldon, id: 'seldon.server-latency-p95', signal: 'server-latency', title: 'p95 latency of the server', theme: 'T3', query: quantile(0.95, 'seldon_model_infer_api_seconds'), unit: 's', latency: p95, direction: lower, labels: ['server'], note: 'All models of the server together.' },
  { ...seldon, id: 'seldon.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond('seldon_model_infer_total', ',code!~"2..|OK"'), perSecond('seldon_model_infer_total')), samples: requests('seldon_model_infer_total'), unit: 'ratio', direction: lower },
  { ...seldon, id: 'seldon.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond('seldon_model_infer_total'), samples: requests('seldon_model_infer_total'), unit: 'req/s', direction: neutral },
  { ...seldon, id: 'seldon.memory-bytes', signal: 'memory-bytes', title: 'Memory of the loaded model', theme: 'T1', query: gauge('sum', 'seldon_loaded_model_memory_bytes_gauge'), unit: 'bytes', direction: lower, labels: ['model_internal', 'server'], note: 'model_internal is name_version.' },
  { ...seldon, id: 'seldon.presence', signal: 'series-exist', title: 'This model is scraped', theme: 'T3', query: presence('seldon_model_infer_total'), unit: 'count', direction: neutral },

  { ...mlserver, id: 'mlserver.latency-average', signal: 'latency-p95', title: 'Average latency', theme: 'T3', query: `${perSecond('model_infer_request_duration_sum')} / ${perSecond('model_infer_request_duration_count')}`, samples: requests('model_infer_request_duration_count'), unit: 's', latency: average, direction: lower },
  { ...mlserver, id: 'mlserver.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond('model_infer_request_failure_total'), mlserverAll), samples: requests('model_infer_request_success_total'), unit: 'ratio', direction: lower },
  { ...mlserver, id: 'mlserver.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: mlserverAll, samples: requests('model_infer_request_success_total'), unit: 'req/s', direction: neutral },
  { ...mlserver, id: 'mlserver.server-latency-p95', signal: 'server-latency', title: 'p95 latency of the server', theme: 'T3', query: quantile(0.95, ['rest_server_request_duration_seconds', 'rest_server_requests_duration_seconds']), alternates: ['rest_server_requests_duration_seconds'], unit: 's', latency: p95, direction: lower, labels: ['path', 'job', 'pod'], note: 'REST only, all models of the server together; the name differs between its code and its documentation.' },
  { ...mlserver, id: 'mlserver.version-share', signal: 'version-share', title: 'Share of traffic', theme: 'T4', query: share('model_infer_request_success_total'), samples: requestsOfAll('model_infer_request_success_total'), unit: 'ratio', direction: neutral },
  { ...mlserver, id: 'mlserver.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: presence('model_infer_request_success_total'), unit: 'count', direction: neutral },

  { ...torchserve, id: 'torchserve.latency-average', signal: 'latency-p95', title: 'Average latency', theme: 'T3', query: `${perSecond('ts_inference_latency_microseconds')} / ${perSecond('ts_inference_requests_total')} / 1e6`, samples: requests('ts_inference_requests_total'), unit: 's', exported: 'µs', latency: average, direction: lower, note: 'Needs metrics_mode=prometheus.' },
  { ...torchserve, id: 'torchserve.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond('ts_inference_requests_total'), samples: requests('ts_inference_requests_total'), unit: 'req/s', direction: neutral },
  { ...torchserve, id: 'torchserve.error-ratio', signal: 'error-ratio', title: 'Error ratio of the host', theme: 'T3', query: ratio(perSecond('Requests5XX'), `(${orZero(perSecond('Requests2XX'))} + ${orZero(perSecond('Requests4XX'))} + ${orZero(perSecond('Requests5XX'))} + 0 * count({__name__=~"Requests[245]XX",$sel}))`), unit: 'ratio', direction: lower, labels: ['Level', 'Hostname'], note: 'Counted per host, without a model label.' },
  { ...torchserve, id: 'torchserve.version-share', signal: 'version-share', title: 'Share of traffic', theme: 'T4', query: share('ts_inference_requests_total'), samples: requestsOfAll('ts_inference_requests_total'), unit: 'ratio', direction: neutral },
  { ...torchserve, id: 'torchserve.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: presence('ts_inference_requests_total'), unit: 'count', direction: neutral },
  { ...torchserve, id: 'torchserve.gpu', signal: 'gpu-use', title: 'GPU use', theme: 'T1', query: 'avg(GPUUtilization{$sel}) / 100', unit: 'ratio', exported: '0–100', direction: lower, labels: ['Level', 'Hostname'] },

  { ...tf, id: 'tf-serving.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, ':tensorflow:serving:request_latency', ' / 1e6'), samples: requests(tfCount), unit: 's', exported: 'µs', latency: p95, direction: lower, note: 'Scrape /monitoring/prometheus/metrics. There is no version label.' },
  { ...tf, id: 'tf-serving.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond(tfCount, ',status!="OK"'), perSecond(tfCount)), samples: requests(tfCount), unit: 'ratio', direction: lower },
  { ...tf, id: 'tf-serving.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond(tfCount), samples: requests(tfCount), unit: 'req/s', direction: neutral },
  { ...tf, id: 'tf-serving.presence', signal: 'series-exist', title: 'This model is scraped', theme: 'T3', query: `count(${tfCount}{$sel})`, unit: 'count', direction: neutral },

  { ...bento, id: 'bentoml.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, 'bentoml_service_request_duration_seconds'), samples: requests(bentoCount), unit: 's', latency: p95, direction: lower },
  { ...bento, id: 'bentoml.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond(bentoCount, ',http_response_code=~"5.."'), perSecond(bentoCount)), samples: requests(bentoCount), unit: 'ratio', direction: lower },
  { ...bento, id: 'bentoml.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond(bentoCount), samples: requests(bentoCount), unit: 'req/s', direction: neutral },
  { ...bento, id: 'bentoml.in-flight', signal: 'in-flight', title: 'Requests in flight', theme: 'T1', query: 'sum(bentoml_service_request_in_progress{$sel})', unit: 'req', direction: lower },
  { ...bento, id: 'bentoml.version-share', signal: 'version-share', title: 'Share of traffic', theme: 'T4', query: share(bentoCount), samples: requestsOfAll(bentoCount), unit: 'ratio', direction: neutral },
  { ...bento, id: 'bentoml.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: `count(${bentoCount}{$sel})`, unit: 'count', direction: neutral },

  { ...ray, id: 'ray-serve.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, rayLatency, ' / 1e3'), samples: requests(`${rayLatency}_count`), unit: 's', exported: 'ms', latency: p95, direction: lower },
  { ...ray, id: 'ray-serve.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: `${perSecond(rayGood)} + ${rayErrors}`, alternates: [rayGood[1], rayBad[1]], samples: requests(rayGood), unit: 'req/s', direction: neutral },
  { ...ray, id: 'ray-serve.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: `${rayErrors} / (${perSecond(rayGood)} + ${rayErrors})`, alternates: [rayGood[1], rayBad[1]], samples: requests(rayGood), unit: 'ratio', direction: lower, note: 'The request counter holds successes only; the total is the sum of both.' },
  { ...ray, id: 'ray-serve.queue-depth', signal: 'queue-depth', title: 'Requests queued', theme: 'T1', query: gauge('sum', 'ray_serve_deployment_queued_queries'), unit: 'req', direction: lower },
  { ...ray, id: 'ray-serve.in-flight', signal: 'in-flight', title: 'Requests in flight', theme: 'T1', query: gauge('sum', 'ray_serve_replica_processing_queries'), unit: 'req', direction: lower },
  { ...ray, id: 'ray-serve.presence', signal: 'series-exist', title: 'This deployment is scraped', theme: 'T3', query: presence(rayGood), alternates: [rayGood[1]], unit: 'count', direction: neutral },
]
