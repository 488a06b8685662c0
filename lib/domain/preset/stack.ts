/** The serving stacks by the names that people use, in the versions whose metric names the presets were checked against. */

import type { StackId } from './preset'

export interface Stack {
  readonly name: string
  /** The source of the metric names, such as "the V1 metrics design (docs/design/metrics.md)". */
  readonly checkedAgainst: string
  /** Server of models, or what lies under every server. */
  readonly kind: 'server' | 'under'
  /** Its usual label of the version, in words. */
  readonly versionLabel: string
  /** What its metrics cannot tell, each one sentence. */
  readonly blind: readonly string[]
  /** How to make it export what is read here. */
  readonly setUp: readonly string[]
}

export const STACK_FACTS: Readonly<Record<StackId, Stack>> = {
  model: {
    name: 'The model_* convention', checkedAgainst: 'this project’s own convention (docs/metrics.md)', kind: 'server', versionLabel: '`model_version`',
    blind: ['Nothing beyond what you export: each metric is yours to write.'],
    setUp: ['Export the metrics with the labels `model_name` and `model_version`.', 'Batch jobs push gauges through a Pushgateway, scraped with `honor_labels: true`; `push_time_seconds` tells their age.'],
  },
  vllm: {
    name: 'vLLM', checkedAgainst: 'vLLM V1 (docs/design/metrics.md, vllm/v1/metrics/loggers.py), and the older names of its V0 engine', kind: 'server', versionLabel: 'none: give each version a served name of its own (`--served-model-name`), or select by pod or job',
    blind: ['There is no error counter: the HTTP answers are counted without a model name and in groups (2xx, 4xx, 5xx), so select them by job or pod.', 'Aborts by clients are no errors of the server.'],
    setUp: ['Metrics are on by default at `/metrics`.'],
  },
  sglang: {
    name: 'SGLang', checkedAgainst: 'SGLang production metrics (docs, production_metrics.md)', kind: 'server', versionLabel: 'none: select by served name, pod or job',
    blind: ['There is no error counter.', 'Requests are counted when they end, by the latency histogram.'],
    setUp: ['Start the server with `--enable-metrics`.'],
  },
  tgi: {
    name: 'Text Generation Inference (TGI)', checkedAgainst: 'TGI 3 (docs/source/reference/metrics.md, router/src/server.rs); the project is in maintenance mode', kind: 'server', versionLabel: 'none, and no model label either: select by job, pod or container',
    blind: ['No metric says which model it is about.', 'The highest bucket of its latency histograms is about 145 s; anything above is “at least” that.'],
    setUp: ['Metrics are on by default at `/metrics`.'],
  },
  triton: {
    name: 'Triton Inference Server', checkedAgainst: 'Triton (server, docs/user_guide/metrics.md)', kind: 'server', versionLabel: '`version`',
    blind: ['Latency is an average unless summaries are switched on; a slow tail hides behind an average.', 'Ensembles are counted twice: once by themselves, once by their parts.', 'GPU metrics have no model label.'],
    setUp: ['p95 by summary: `--metrics-config summary_latencies=true`.', 'First response by histogram: `--metrics-config histogram_latencies=true`.'],
  },
  kserve: {
    name: 'KServe (Python runtimes)', checkedAgainst: 'KServe (python/kserve/kserve/metrics.py)', kind: 'server', versionLabel: 'none: a revision or pod label from the scrape',
    blind: ['There is no error counter; take it from Knative or the ingress.', 'Other runtimes (Triton, vLLM, TorchServe) export their own names.'],
    setUp: ['The annotation `serving.kserve.io/enable-metric-aggregation` gathers the pod’s metrics on port 9088.'],
  },
  knative: {
    name: 'Knative (OpenTelemetry names)', checkedAgainst: 'Knative 1.20 (serving-metrics.md); the Prometheus names are translated, see the alternates', kind: 'server', versionLabel: '`kn_revision_name`',
    blind: ['Nothing about the model: only what its HTTP answers tell.', 'Exporters that keep dotted UTF-8 names (`kn.serving.…`) are not found; translate the names in the collector.'],
    setUp: ['Scrape the queue-proxy, or send its OpenTelemetry metrics to a collector with a Prometheus exporter.'],
  },
  'knative-opencensus': {
    name: 'Knative (OpenCensus names)', checkedAgainst: 'Knative 1.10 (serving metrics)', kind: 'server', versionLabel: '`revision_name`',
    blind: ['Nothing about the model: only what its HTTP answers tell.'],
    setUp: ['Scrape the queue-proxy (port 9091).'],
  },
  seldon: {
    name: 'Seldon Core v2', checkedAgainst: 'Seldon Core v2 (scheduler/pkg/metrics/agent.go, gateway.go)', kind: 'server', versionLabel: 'inside `model_internal` (name_version); otherwise give versions a model name of their own',
    blind: ['Latency of one model is an average: the histogram has no model label.', '`code` is an HTTP code for REST and a name (“OK”) for gRPC; both are understood.'],
    setUp: ['Scrape the agent of each server.'],
  },
  mlserver: {
    name: 'MLServer', checkedAgainst: 'MLServer (mlserver/handlers/dataplane.py, rest/app.py)', kind: 'server', versionLabel: '`version`',
    blind: ['Latency of one model is an average: the Python summary has no quantiles.', 'The REST histogram is about all models of the server.'],
    setUp: ['Metrics are on by default at `/metrics`; custom ones have `model_name` and `model_version` instead of `model` and `version`.'],
  },
  torchserve: {
    name: 'TorchServe', checkedAgainst: 'TorchServe (ts/configs/metrics.yaml); the project is no longer maintained', kind: 'server', versionLabel: '`model_version`',
    blind: ['Latency is an average; there is no histogram.', 'Errors and GPUs are counted per host, without a model label.'],
    setUp: ['Set `metrics_mode=prometheus`; the metrics are on port 8082.'],
  },
  'tf-serving': {
    name: 'TensorFlow Serving', checkedAgainst: 'TensorFlow Serving (servables/tensorflow/util.cc, util/prometheus_exporter.cc)', kind: 'server', versionLabel: 'none: select by pod or job',
    blind: ['No metric names the version of the model.'],
    setUp: ['Switch on `prometheus_config` in the monitoring configuration and scrape `/monitoring/prometheus/metrics`.'],
  },
  bentoml: {
    name: 'BentoML', checkedAgainst: 'BentoML 1 (src/bentoml/_internal/server/http/instruments.py)', kind: 'server', versionLabel: '`service_version`',
    blind: ['Names are for the HTTP server; gRPC services export others.'],
    setUp: ['Metrics are on by default at `/metrics`.'],
  },
  'ray-serve': {
    name: 'Ray Serve', checkedAgainst: 'Ray (serve/_private/replica.py and the dashboard’s panels), and the older names without `_total`', kind: 'server', versionLabel: 'none: an application or deployment per version',
    blind: ['The request counter holds successes only; the total is taken as successes and errors.'],
    setUp: ['Start Ray with `--metrics-export-port` and scrape its nodes.'],
  },
  dcgm: {
    name: 'GPUs by DCGM', checkedAgainst: 'dcgm-exporter (etc/default-counters.csv)', kind: 'under', versionLabel: 'none: pod and namespace',
    blind: ['Slices of a GPU (MIG) have no utilisation; the activity of the engine is tried instead.', 'Which model uses the GPU is told by pod labels only; without `honor_labels` they are called `exported_pod` and `exported_namespace`.'],
    setUp: ['Run dcgm-exporter with its Kubernetes mapping, and enable the profiling counters for engine activity.'],
  },
  kubernetes: {
    name: 'Containers (cAdvisor, kube-state-metrics, kubelet)', checkedAgainst: 'cAdvisor (docs/storage/prometheus.md) and kube-state-metrics (docs/metrics)', kind: 'under', versionLabel: 'none: pod and namespace',
    blind: ['Labels of pods need `--metric-labels-allowlist` of kube-state-metrics.', 'Without a memory limit there is no “memory of its limit”.'],
    setUp: ['Scrape the kubelet’s cAdvisor and volume metrics, and kube-state-metrics.'],
  },
  evidently: {
    name: 'Evidently (old example exporter)', checkedAgainst: 'Evidently’s example of 0.1.27; today’s Evidently has no Prometheus code', kind: 'under', versionLabel: 'none: one data set name per version',
    blind: ['Exists only where somebody runs the old example; export `model_drift_score` instead.'],
    setUp: ['Nothing to set up in new installations.'],
  },
}

/** The name that people use. */
export function stackName(stack: StackId): string {
  return STACK_FACTS[stack].name
}
