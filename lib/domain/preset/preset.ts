/** The shape of a preset: one metric of one serving stack as PromQL, with what a reader must know to trust the number. */

import { PRESET_ROLES } from '@/lib/domain/template/template'
import type { Direction } from '@/lib/domain/verdict/rule'
import type { Unit } from './unit'

export const STACKS = [
  'model', 'vllm', 'sglang', 'tgi', 'triton', 'kserve', 'knative', 'knative-opencensus', 'seldon', 'mlserver', 'torchserve',
  'tf-serving', 'bentoml', 'ray-serve', 'dcgm', 'kubernetes', 'evidently',
] as const

/** Where a metric comes from. `model` is the product's own `model_*` convention. */
export type StackId = (typeof STACKS)[number]

/** Signals that no template asks for, but panels show. */
export const EXTRA_SIGNALS = [
  'tokens', 'queue-time', 'queue-depth', 'in-flight', 'abort-ratio', 'cache', 'cache-hits', 'batch', 'server-latency',
  'feedback-delay', 'push-age', 'labelled-share', 'disagreement', 'cpu', 'memory-bytes', 'gpu-memory-bytes', 'restarts', 'replicas',
] as const

export const SIGNALS = [...PRESET_ROLES, ...EXTRA_SIGNALS] as const

/** What a metric tells, whatever the stack: templates name signals (their roles), a release's stacks turn them into presets. */
export type Signal = (typeof SIGNALS)[number]

/** How a latency came about. Averages hide the tail, so that every screen says which it is. */
export type LatencyKind = 'histogram' | 'summary' | 'average'

export interface Preset {
  /** `stack.name`, stable: releases and templates refer to it. */
  readonly id: string
  readonly stack: StackId
  readonly signal: Signal
  readonly title: string
  readonly theme: 'T1' | 'T2' | 'T3' | 'T4' | 'T5' | 'T6'
  /** PromQL with `$sel` (matchers of the version), `$base` (the same without the version) and `$w` (window). */
  readonly query: string
  /** Names of older or newer builds that the query tries besides, in this order. */
  readonly alternates?: readonly string[]
  /** Counts the requests that the value rests on, in the same window. */
  readonly samples?: string
  /** Age in seconds of what the value rests on, for gauges that never go stale (Pushgateway). */
  readonly age?: string
  readonly unit: Unit
  /** What the exporter gives before the query scales it, when it differs from `unit`. */
  readonly exported?: 'µs' | 'ms' | '0–100' | 'MiB'
  readonly latency?: { readonly kind: LatencyKind; readonly quantile?: number }
  readonly direction: Direction
  /** Selector labels that are usual for this stack, in the order in which a form offers them. */
  readonly labels: readonly string[]
  readonly note?: string
}

/** How the number came about, in words for the panel: "p95 by histogram", "average", "p95 by summary". */
export function latencyWords(preset: Preset): string {
  if (!preset.latency) return ''
  const { kind, quantile } = preset.latency
  return quantile === undefined ? kind : `p${Math.round(quantile * 100)} by ${kind}`
}

/** Whether a metric name is one that only another build uses. In: the name as queries have it, with the suffix of a histogram. */
export function isAlternateName(preset: Preset, name: string): boolean {
  return (preset.alternates ?? []).some((alternate) => name === alternate || name.replace(/_(bucket|count|sum)$/, '') === alternate)
}
