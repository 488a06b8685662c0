/** Presets of servers of large language models: vLLM, SGLang, TGI. Checked against their metric names, not against running servers. */

import { gauge, perSecond, presence, quantile, ratio, requests } from './build'
import type { Preset } from './preset'

const vllm = { stack: 'vllm', labels: ['model_name', 'job', 'pod', 'engine'] } as const
const vllmRequests = requests('vllm:request_success_total')
const sglang = { stack: 'sglang', labels: ['model_name', 'job', 'pod'] } as const
const sglangRequests = requests('sglang:e2e_request_latency_seconds_count')
const tgi = { stack: 'tgi', labels: ['job', 'pod', 'container'] } as const
const tgiRequests = requests('tgi_request_count')
const p95 = { kind: 'histogram', quantile: 0.95 } as const
const lower = 'lower-is-better'

export const LLM_PRESETS: readonly Preset[] = [
  { ...vllm, id: 'vllm.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, 'vllm:e2e_request_latency_seconds'), samples: vllmRequests, unit: 's', latency: p95, direction: lower },
  { ...vllm, id: 'vllm.ttft-p95', signal: 'ttft-p95', title: 'p95 time to first token', theme: 'T3', query: quantile(0.95, 'vllm:time_to_first_token_seconds'), samples: vllmRequests, unit: 's', latency: p95, direction: lower },
  { ...vllm, id: 'vllm.itl-p95', signal: 'itl-p95', title: 'p95 between tokens', theme: 'T3', query: quantile(0.95, ['vllm:inter_token_latency_seconds', 'vllm:time_per_output_token_seconds']), alternates: ['vllm:time_per_output_token_seconds'], samples: vllmRequests, unit: 's', latency: p95, direction: lower },
  { ...vllm, id: 'vllm.queue-p95', signal: 'queue-time', title: 'p95 wait in queue', theme: 'T3', query: quantile(0.95, 'vllm:request_queue_time_seconds'), samples: vllmRequests, unit: 's', latency: p95, direction: lower },
  { ...vllm, id: 'vllm.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond('vllm:request_success_total'), samples: vllmRequests, unit: 'req/s', direction: 'neutral' },
  { ...vllm, id: 'vllm.tokens', signal: 'tokens', title: 'Tokens generated', theme: 'T3', query: perSecond('vllm:generation_tokens_total'), unit: 'tok/s', direction: 'neutral' },
  { ...vllm, id: 'vllm.error-ratio', signal: 'error-ratio', title: 'HTTP error ratio', theme: 'T3', query: ratio(perSecond('http_requests_total', ',status="5xx"'), perSecond('http_requests_total')), samples: requests('http_requests_total'), unit: 'ratio', direction: lower, labels: ['job', 'pod', 'handler'], note: 'vLLM has no error counter of its own; these are HTTP answers without a model name, so select by job or pod.' },
  { ...vllm, id: 'vllm.abort-ratio', signal: 'abort-ratio', title: 'Aborted by clients', theme: 'T3', query: ratio(perSecond('vllm:request_success_total', ',finished_reason="abort"'), perSecond('vllm:request_success_total')), samples: vllmRequests, unit: 'ratio', direction: lower, note: 'Clients that gave up; not server errors.' },
  { ...vllm, id: 'vllm.kv-cache', signal: 'cache', title: 'KV cache in use', theme: 'T1', query: gauge('max', ['vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc']), alternates: ['vllm:gpu_cache_usage_perc'], unit: 'ratio', direction: lower, note: '0 to 1, despite its name.' },
  { ...vllm, id: 'vllm.queue-depth', signal: 'queue-depth', title: 'Requests waiting', theme: 'T1', query: 'sum(vllm:num_requests_waiting{$sel})', unit: 'req', direction: lower },
  { ...vllm, id: 'vllm.prefix-hits', signal: 'cache-hits', title: 'Prefix cache hits', theme: 'T1', query: `${perSecond('vllm:prefix_cache_hits_total')} / ${perSecond('vllm:prefix_cache_queries_total')}`, unit: 'ratio', direction: 'higher-is-better' },
  { ...vllm, id: 'vllm.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: presence('vllm:num_requests_running'), unit: 'count', direction: 'neutral' },

  { ...sglang, id: 'sglang.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, 'sglang:e2e_request_latency_seconds'), samples: sglangRequests, unit: 's', latency: p95, direction: lower, note: 'Needs --enable-metrics.' },
  { ...sglang, id: 'sglang.ttft-p95', signal: 'ttft-p95', title: 'p95 time to first token', theme: 'T3', query: quantile(0.95, 'sglang:time_to_first_token_seconds'), samples: sglangRequests, unit: 's', latency: p95, direction: lower },
  { ...sglang, id: 'sglang.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond('sglang:e2e_request_latency_seconds_count'), samples: sglangRequests, unit: 'req/s', direction: 'neutral' },
  { ...sglang, id: 'sglang.tokens', signal: 'tokens', title: 'Tokens generated', theme: 'T3', query: perSecond('sglang:generation_tokens_total'), unit: 'tok/s', direction: 'neutral' },
  { ...sglang, id: 'sglang.queue-depth', signal: 'queue-depth', title: 'Requests waiting', theme: 'T1', query: 'sum(sglang:num_queue_reqs{$sel})', unit: 'req', direction: lower },
  { ...sglang, id: 'sglang.token-usage', signal: 'cache', title: 'KV cache in use', theme: 'T1', query: 'max(sglang:token_usage{$sel})', unit: 'ratio', direction: lower },
  { ...sglang, id: 'sglang.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: presence('sglang:num_queue_reqs'), unit: 'count', direction: 'neutral' },

  { ...tgi, id: 'tgi.latency-p95', signal: 'latency-p95', title: 'p95 latency', theme: 'T3', query: quantile(0.95, 'tgi_request_duration'), samples: tgiRequests, unit: 's', latency: p95, direction: lower, note: 'No model label: select by job, pod or container.' },
  { ...tgi, id: 'tgi.itl-p95', signal: 'itl-p95', title: 'p95 per token', theme: 'T3', query: quantile(0.95, 'tgi_request_mean_time_per_token_duration'), samples: tgiRequests, unit: 's', latency: p95, direction: lower },
  { ...tgi, id: 'tgi.error-ratio', signal: 'error-ratio', title: 'Error ratio', theme: 'T3', query: ratio(perSecond('tgi_request_failure'), perSecond('tgi_request_count')), samples: tgiRequests, unit: 'ratio', direction: lower },
  { ...tgi, id: 'tgi.traffic', signal: 'throughput', title: 'Requests', theme: 'T3', query: perSecond('tgi_request_count'), samples: tgiRequests, unit: 'req/s', direction: 'neutral' },
  { ...tgi, id: 'tgi.queue-p95', signal: 'queue-time', title: 'p95 wait in queue', theme: 'T3', query: quantile(0.95, 'tgi_request_queue_duration'), samples: tgiRequests, unit: 's', latency: p95, direction: lower },
  { ...tgi, id: 'tgi.presence', signal: 'series-exist', title: 'This version is scraped', theme: 'T3', query: presence('tgi_request_count'), unit: 'count', direction: 'neutral' },
  { ...tgi, id: 'tgi.queue-depth', signal: 'queue-depth', title: 'Requests waiting', theme: 'T1', query: 'sum(tgi_queue_size{$sel})', unit: 'req', direction: lower },
]
