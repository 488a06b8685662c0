/** Presets of what a version uses: GPUs by DCGM, containers by cAdvisor and kube-state-metrics, volumes by the kubelet; and Evidently's old exporter. */

import type { Preset } from './preset'

const lower = 'lower-is-better'
const dcgm = { stack: 'dcgm', theme: 'T1', labels: ['namespace', 'pod', 'container', 'exported_pod', 'Hostname'], direction: lower } as const
const kubernetes = { stack: 'kubernetes', theme: 'T1', labels: ['namespace', 'pod', 'container'], direction: lower } as const

export const RESOURCE_PRESETS: readonly Preset[] = [
  { ...dcgm, id: 'dcgm.gpu', signal: 'gpu-use', title: 'GPU use', query: 'avg(DCGM_FI_DEV_GPU_UTIL{$sel}) / 100 or avg(DCGM_FI_PROF_GR_ENGINE_ACTIVE{$sel})', alternates: ['DCGM_FI_PROF_GR_ENGINE_ACTIVE'], unit: 'ratio', exported: '0–100', note: 'Slices of a GPU (MIG) have no such series; the engine activity is tried instead.' },
  { ...dcgm, id: 'dcgm.gpu-engine', signal: 'gpu-use', title: 'GPU engine active', query: 'avg(DCGM_FI_PROF_GR_ENGINE_ACTIVE{$sel})', unit: 'ratio' },
  { ...dcgm, id: 'dcgm.gpu-memory', signal: 'gpu-memory', title: 'GPU memory', query: 'sum(DCGM_FI_DEV_FB_USED{$sel}) / (sum(DCGM_FI_DEV_FB_USED{$sel}) + sum(DCGM_FI_DEV_FB_FREE{$sel}) + (sum(DCGM_FI_DEV_FB_RESERVED{$sel}) or vector(0)))', unit: 'ratio', exported: 'MiB' },
  { ...dcgm, id: 'dcgm.gpu-memory-bytes', signal: 'gpu-memory-bytes', title: 'GPU memory in use', query: 'sum(DCGM_FI_DEV_FB_USED{$sel}) * 1048576', unit: 'bytes', exported: 'MiB' },

  { ...kubernetes, id: 'kubernetes.cpu', signal: 'cpu', title: 'CPU', query: 'sum(rate(container_cpu_usage_seconds_total{$sel,container!=""}[$w]))', unit: 'cores' },
  { ...kubernetes, id: 'kubernetes.memory', signal: 'memory-use', title: 'Memory of its limit', query: 'sum(container_memory_working_set_bytes{$sel,container!=""}) / sum(kube_pod_container_resource_limits{$sel,resource="memory"})', unit: 'ratio' },
  { ...kubernetes, id: 'kubernetes.memory-bytes', signal: 'memory-bytes', title: 'Memory in use', query: 'sum(container_memory_working_set_bytes{$sel,container!=""})', unit: 'bytes' },
  { ...kubernetes, id: 'kubernetes.cpu-throttling', signal: 'cpu-throttling', title: 'CPU throttling', query: 'sum(rate(container_cpu_cfs_throttled_periods_total{$sel}[$w])) / sum(rate(container_cpu_cfs_periods_total{$sel}[$w]))', unit: 'ratio' },
  { ...kubernetes, id: 'kubernetes.restarts', signal: 'restarts', title: 'Restarts', query: 'sum(increase(kube_pod_container_status_restarts_total{$sel}[$w]))', unit: 'count' },
  { ...kubernetes, id: 'kubernetes.replicas', signal: 'replicas', title: 'Replicas available', query: 'sum(kube_deployment_status_replicas_available{$sel}) / sum(kube_deployment_spec_replicas{$sel})', unit: 'ratio', direction: 'higher-is-better', labels: ['namespace', 'deployment'] },
  { ...kubernetes, id: 'kubernetes.volume', signal: 'volume-use', title: 'Volume in use', query: 'max(kubelet_volume_stats_used_bytes{$sel} / kubelet_volume_stats_capacity_bytes{$sel})', unit: 'ratio', labels: ['namespace', 'persistentvolumeclaim'] },

  { stack: 'evidently', labels: ['dataset_name'], id: 'evidently.drift', signal: 'drift', title: 'Data set drift', theme: 'T3', query: 'max(evidently:data_drift:dataset_drift{$sel})', unit: 'score', direction: lower, note: 'Names of the old example exporter only.' },
  { stack: 'evidently', labels: ['dataset_name'], id: 'evidently.drifted-features', signal: 'skew', title: 'Drifted features', theme: 'T3', query: 'sum(evidently:data_drift:n_drifted_features{$sel})', unit: 'count', direction: lower },
]
