// Writes what serving stacks would export about one model version, in the Prometheus text format, from a few simulated counters.

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 0.75, 1, 2.5, 5]
const TOKEN_SECONDS = [0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.2, 0.5]

/** Upper bounds of the latency histograms, seconds; `+Inf` is added when they are written. */
export const BOUNDS = { seconds: SECONDS, tokens: TOKEN_SECONDS }

const escape = (value) => String(value).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')

/** Collects samples by metric family, so that each family is written once with its type, as the format demands. */
export class Page {
  families = new Map()

  constructor(hidden) {
    this.hidden = hidden
  }

  add(family, type, name, labels, value) {
    if (this.hidden.some((start) => name.startsWith(start))) return
    const lines = this.families.get(family) ?? { type, samples: [] }
    this.families.set(family, lines)
    const inner = Object.entries(labels).map(([key, text]) => `${key}="${escape(text)}"`).join(',')
    lines.samples.push(`${name}${inner ? `{${inner}}` : ''} ${value}`)
  }

  counter(name, labels, value) {
    this.add(name, 'counter', name, labels, Math.floor(value))
  }

  exactCounter(name, labels, value) {
    this.add(name, 'counter', name, labels, value.toFixed(4))
  }

  gauge(name, labels, value) {
    this.add(name, 'gauge', name, labels, value)
  }

  histogram(name, labels, bounds, counts, sum, total, scale = 1) {
    bounds.forEach((bound, at) => this.add(name, 'histogram', `${name}_bucket`, { ...labels, le: Number((bound * scale).toPrecision(12)) }, Math.floor(counts[at])))
    this.add(name, 'histogram', `${name}_bucket`, { ...labels, le: '+Inf' }, Math.floor(total))
    this.add(name, 'histogram', `${name}_sum`, labels, (sum * scale).toFixed(4))
    this.add(name, 'histogram', `${name}_count`, labels, Math.floor(total))
  }

  summary(name, labels, quantiles, sum, total) {
    for (const [quantile, value] of Object.entries(quantiles)) this.add(name, 'summary', name, { ...labels, quantile }, value)
    this.add(name, 'summary', `${name}_sum`, labels, sum.toFixed(4))
    this.add(name, 'summary', `${name}_count`, labels, Math.floor(total))
  }

  text() {
    return [...this.families].map(([family, { type, samples }]) => `# TYPE ${family} ${type}\n${samples.join('\n')}\n`).join('')
  }
}

/** The product's own `model_*` convention. */
function convention(page, model, v) {
  const labels = { model_name: model, model_version: v.version }
  page.histogram('model_request_duration_seconds', labels, SECONDS, v.latency, v.latencySum, v.requests)
  // Not rounded: the small shares of a canary would come out as steps.
  page.exactCounter('model_requests_total', { ...labels, code: '200' }, v.requests - v.errors)
  if (v.errors >= 1) page.exactCounter('model_requests_total', { ...labels, code: '500' }, v.errors)
  page.counter('model_invalid_predictions_total', labels, v.invalid)
  page.exactCounter('model_request_cost_total', labels, v.requests * 0.0021)
  page.gauge('model_quality_accuracy', labels, v.accuracy.toFixed(4))
  for (const feature of ['age', 'amount']) page.gauge('model_drift_score', { ...labels, feature }, (v.drift * (feature === 'age' ? 1 : 0.7)).toFixed(4))
  page.gauge('model_skew_score', { ...labels, feature: 'age' }, (v.drift * 0.4).toFixed(4))
  page.gauge('model_labelled_ratio', labels, 0.42)
  page.gauge('model_label_delay_seconds', labels, 259_200)
  page.gauge('model_disagreement_ratio', labels, (1 - v.accuracy).toFixed(4))
  page.gauge('model_groundedness_ratio', labels, (v.accuracy + 0.02).toFixed(4))
  page.gauge('model_data_timestamp_seconds', labels, Math.floor(v.now / 1000) - 600)
  page.gauge('model_traffic_share', labels, v.share)
  // What a Pushgateway adds to each group that batch jobs push.
  page.gauge('push_time_seconds', labels, Math.floor(v.now / 1000))
}

/** Servers of language models; the served name carries the version, because these stacks have no version label. */
function languageModels(page, model, v) {
  const served = `${model}-${v.version}`
  const vllm = { model_name: served, engine: '0' }
  page.histogram('vllm:e2e_request_latency_seconds', vllm, SECONDS, v.latency, v.latencySum, v.requests)
  page.histogram('vllm:time_to_first_token_seconds', vllm, SECONDS, v.latency, v.latencySum * 0.3, v.requests)
  page.histogram('vllm:inter_token_latency_seconds', vllm, TOKEN_SECONDS, v.tokenLatency, v.tokenLatencySum, v.tokens)
  page.histogram('vllm:request_queue_time_seconds', vllm, SECONDS, v.latency, v.latencySum * 0.1, v.requests)
  page.gauge('vllm:num_requests_running', vllm, v.inFlight)
  page.gauge('vllm:num_requests_waiting', vllm, v.waiting)
  page.gauge('vllm:kv_cache_usage_perc', vllm, 0.42)
  page.counter('vllm:request_success_total', { ...vllm, finished_reason: 'stop' }, v.requests * 0.96)
  page.counter('vllm:request_success_total', { ...vllm, finished_reason: 'abort' }, v.requests * 0.04)
  page.counter('vllm:prompt_tokens_total', vllm, v.requests * 200)
  page.counter('vllm:generation_tokens_total', vllm, v.tokens)
  page.counter('vllm:prefix_cache_queries_total', vllm, v.requests * 100)
  page.counter('vllm:prefix_cache_hits_total', vllm, v.requests * 60)
  const http = { handler: '/v1/completions', method: 'POST', pod: v.pod }
  page.counter('http_requests_total', { ...http, status: '2xx' }, v.requests - v.errors)
  if (v.errors >= 1) page.counter('http_requests_total', { ...http, status: '5xx' }, v.errors)
  const sglang = { model_name: served }
  page.histogram('sglang:e2e_request_latency_seconds', sglang, SECONDS, v.latency, v.latencySum, v.requests)
  page.histogram('sglang:time_to_first_token_seconds', sglang, SECONDS, v.latency, v.latencySum * 0.3, v.requests)
  page.gauge('sglang:num_queue_reqs', sglang, v.waiting)
  page.gauge('sglang:token_usage', sglang, 0.28)
  page.counter('sglang:generation_tokens_total', sglang, v.tokens)
  const tgi = { pod: v.pod }
  page.counter('tgi_request_count', tgi, v.requests)
  if (v.errors >= 1) page.counter('tgi_request_failure', { ...tgi, err: 'generation' }, v.errors)
  page.histogram('tgi_request_duration', tgi, SECONDS, v.latency, v.latencySum, v.requests)
  page.histogram('tgi_request_mean_time_per_token_duration', tgi, TOKEN_SECONDS, v.tokenLatency, v.tokenLatencySum, v.tokens)
  page.histogram('tgi_request_queue_duration', tgi, SECONDS, v.latency, v.latencySum * 0.1, v.requests)
  page.gauge('tgi_queue_size', tgi, v.waiting)
}

/** Model servers with a version label of their own. */
function modelServers(page, model, v) {
  const good = v.requests - v.errors
  const triton = { model, version: v.version }
  page.counter('nv_inference_request_success', triton, good)
  if (v.errors >= 1) page.counter('nv_inference_request_failure', { ...triton, reason: 'BACKEND' }, v.errors)
  page.counter('nv_inference_count', triton, v.requests * 4)
  page.counter('nv_inference_exec_count', triton, v.requests)
  page.counter('nv_inference_request_duration_us', triton, v.latencySum * 1e6)
  page.counter('nv_inference_queue_duration_us', triton, v.latencySum * 1e5)
  page.gauge('nv_inference_pending_request_count', triton, v.waiting)
  page.summary('nv_inference_request_summary_us', triton, { 0.5: Math.round(v.median * 1e6), 0.95: Math.round(v.p95 * 1e6) }, v.latencySum * 1e6, v.requests)
  page.histogram('nv_inference_first_response_histogram_ms', triton, SECONDS, v.latency, v.latencySum, v.requests, 1e3)
  page.gauge('nv_gpu_utilization', { gpu_uuid: `GPU-${v.pod}` }, v.gpu.toFixed(3))
  page.gauge('nv_gpu_memory_used_bytes', { gpu_uuid: `GPU-${v.pod}` }, 20e9)
  page.gauge('nv_gpu_memory_total_bytes', { gpu_uuid: `GPU-${v.pod}` }, 24e9)
  const bento = { endpoint: '/predict', service_name: model, service_version: v.version }
  page.counter('bentoml_service_request_total', { ...bento, http_response_code: '200' }, good)
  if (v.errors >= 1) page.counter('bentoml_service_request_total', { ...bento, http_response_code: '500' }, v.errors)
  page.histogram('bentoml_service_request_duration_seconds', { ...bento, http_response_code: '200' }, SECONDS, v.latency, v.latencySum, v.requests)
  page.gauge('bentoml_service_request_in_progress', bento, v.inFlight)
  const mlserver = { model, version: v.version }
  page.counter('model_infer_request_success_total', mlserver, good)
  if (v.errors >= 1) page.counter('model_infer_request_failure_total', mlserver, v.errors)
  page.summary('model_infer_request_duration', mlserver, {}, v.latencySum, v.requests)
  page.histogram('rest_server_request_duration_seconds', { path: `/v2/models/${model}/versions/${v.version}/infer`, method: 'POST', status_code: '200' }, SECONDS, v.latency, v.latencySum, v.requests)
  const seldon = { server: 'mlserver', server_replica: '0', model: `${model}-${v.version}`, method_type: 'rest' }
  page.counter('seldon_model_infer_total', { ...seldon, code: '200' }, good)
  if (v.errors >= 1) page.counter('seldon_model_infer_total', { ...seldon, code: '500' }, v.errors)
  page.exactCounter('seldon_model_infer_seconds_total', { ...seldon, code: '200' }, v.latencySum)
  page.histogram('seldon_model_infer_api_seconds', { server: `mlserver-${v.version}`, method: 'rest', code: '200' }, SECONDS, v.latency, v.latencySum, v.requests)
  page.gauge('seldon_loaded_model_memory_bytes_gauge', { server: `mlserver-${v.version}`, server_replica: '0', model_internal: `${model}_${v.version}` }, Math.round(v.memory))
  const torch = { model_name: model, model_version: v.version, hostname: v.pod }
  page.counter('ts_inference_requests_total', torch, v.requests)
  page.counter('ts_inference_latency_microseconds', torch, v.latencySum * 1e6)
  for (const [name, count] of [['Requests2XX', good], ['Requests4XX', 0], ['Requests5XX', v.errors]]) page.counter(name, { Level: 'Host', Hostname: v.pod }, count)
  page.gauge('GPUUtilization', { Level: 'Host', DeviceId: '0', Hostname: v.pod }, (v.gpu * 100).toFixed(1))
}

/** Platforms, and servers whose served name carries the version. */
function platforms(page, model, v) {
  const good = v.requests - v.errors
  const served = `${model}-${v.version}`
  page.histogram('request_predict_seconds', { model_name: served, revision: v.version }, SECONDS, v.latency, v.latencySum, v.requests)
  const old = { revision_name: served, service_name: model, namespace_name: 'ml' }
  page.counter('revision_app_request_count', { ...old, response_code: '200', response_code_class: '2xx' }, good)
  if (v.errors >= 1) page.counter('revision_app_request_count', { ...old, response_code: '503', response_code_class: '5xx' }, v.errors)
  page.histogram('revision_app_request_latencies', { ...old, response_code_class: '2xx' }, SECONDS, v.latency, v.latencySum, v.requests, 1e3)
  page.gauge('revision_queue_depth', old, v.waiting)
  const kn = { kn_service_name: model, kn_revision_name: served, k8s_namespace_name: 'ml' }
  page.histogram('kn_serving_invocation_duration_seconds', { ...kn, http_response_status_code: '200' }, SECONDS, v.latency, v.latencySum, v.requests)
  page.gauge('kn_serving_queue_depth', kn, v.waiting)
  const tf = { model_name: served }
  page.counter(':tensorflow:serving:request_count', { ...tf, status: 'OK' }, good)
  if (v.errors >= 1) page.counter(':tensorflow:serving:request_count', { ...tf, status: 'INTERNAL' }, v.errors)
  page.histogram(':tensorflow:serving:request_latency', { ...tf, API: 'Predict', entrypoint: 'REST' }, SECONDS, v.latency, v.latencySum, v.requests, 1e6)
  const ray = { application: model, deployment: served, replica: 'r1' }
  page.counter('ray_serve_deployment_request_counter_total', ray, good)
  if (v.errors >= 1) page.counter('ray_serve_deployment_error_counter_total', { ...ray, exception_type: 'ValueError' }, v.errors)
  page.histogram('ray_serve_deployment_processing_latency_ms', ray, SECONDS, v.latency, v.latencySum, v.requests, 1e3)
  page.gauge('ray_serve_deployment_queued_queries', { application: model, deployment: served }, v.waiting)
  page.gauge('ray_serve_replica_processing_queries', ray, v.inFlight)
  page.gauge('evidently:data_drift:dataset_drift', { dataset_name: served }, v.drift > 0.2 ? 1 : 0)
  page.gauge('evidently:data_drift:n_drifted_features', { dataset_name: served }, v.drift > 0.2 ? 2 : 0)
}

/** What runs under the model: GPU, container, volume. */
function resources(page, v) {
  const gpu = { gpu: '0', UUID: `GPU-${v.pod}`, device: 'nvidia0', modelName: 'NVIDIA L4', Hostname: 'node-1', namespace: 'ml', pod: v.pod, container: 'server' }
  page.gauge('DCGM_FI_DEV_GPU_UTIL', gpu, Math.round(v.gpu * 100))
  page.gauge('DCGM_FI_PROF_GR_ENGINE_ACTIVE', gpu, v.gpu.toFixed(3))
  page.gauge('DCGM_FI_DEV_FB_USED', gpu, Math.round(22_500 * v.gpuMemory))
  page.gauge('DCGM_FI_DEV_FB_FREE', gpu, Math.round(22_500 * (1 - v.gpuMemory)))
  page.gauge('DCGM_FI_DEV_FB_RESERVED', gpu, 512)
  const pod = { namespace: 'ml', pod: v.pod, container: 'server' }
  page.exactCounter('container_cpu_usage_seconds_total', pod, v.cpuSeconds)
  page.counter('container_cpu_cfs_periods_total', pod, v.periods)
  page.exactCounter('container_cpu_cfs_throttled_periods_total', pod, v.throttled)
  page.gauge('container_memory_working_set_bytes', pod, Math.round(v.memory))
  page.gauge('kube_pod_container_resource_limits', { ...pod, resource: 'memory', unit: 'byte' }, 8e9)
  page.gauge('kube_pod_container_resource_limits', { ...pod, resource: 'cpu', unit: 'core' }, 4)
  page.counter('kube_pod_container_status_restarts_total', pod, 0)
  page.gauge('kube_deployment_status_replicas_available', { namespace: 'ml', deployment: v.deployment }, 2)
  page.gauge('kube_deployment_spec_replicas', { namespace: 'ml', deployment: v.deployment }, 2)
  const volume = { namespace: 'ml', persistentvolumeclaim: v.deployment }
  page.gauge('kubelet_volume_stats_used_bytes', volume, 13.6e9)
  page.gauge('kubelet_volume_stats_capacity_bytes', volume, 40e9)
}

/** One version under the product's own names and those of what runs under it. */
export function writeOwn(page, model, version) {
  convention(page, model, version)
  resources(page, version)
}

/** One version on the page, under the names of every stack. */
export function writeVersion(page, model, version) {
  convention(page, model, version)
  languageModels(page, model, version)
  modelServers(page, model, version)
  platforms(page, model, version)
  resources(page, version)
}
