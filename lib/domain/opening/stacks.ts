/** Which serving stacks a release can be measured on, with the panels that each brings and the labels that tell versions apart. */
import { presetsOf } from '@/lib/domain/preset/catalogue'
import type { Preset, StackId } from '@/lib/domain/preset/preset'
import { withoutVersion } from '@/lib/domain/preset/selector'
import type { Panel } from '@/lib/domain/release/panel'
import type { OpeningStack } from './view'

const STACK_NAMES: readonly (readonly [StackId, string])[] = [
  ['model', 'Own metrics (model_*)'], ['vllm', 'vLLM'], ['sglang', 'SGLang'], ['tgi', 'Text Generation Inference'], ['triton', 'Triton'], ['kserve', 'KServe'],
  ['knative', 'Knative'], ['knative-opencensus', 'Knative (before OpenTelemetry)'], ['seldon', 'Seldon Core'], ['mlserver', 'MLServer'],
  ['torchserve', 'TorchServe'], ['tf-serving', 'TensorFlow Serving'], ['bentoml', 'BentoML'], ['ray-serve', 'Ray Serve'],
]

/** Signals that get a panel by themselves; the others can be added on the release. */
const SHOWN: readonly string[] = [
  'latency-p95', 'ttft-p95', 'itl-p95', 'throughput', 'error-ratio', 'quality', 'drift', 'skew', 'invalid-predictions', 'version-share',
  'memory-use', 'cpu-throttling', 'gpu-memory', 'gpu-use', 'volume-use',
]

function panelOf(preset: Preset): Panel {
  return { id: preset.id, title: preset.title, presetId: preset.id, query: null, unit: preset.unit, threshold: null }
}

/** One panel for each signal that the stack exports: its first preset. */
function panelsOf(stack: StackId): readonly Panel[] {
  const presets = presetsOf(stack)
  return SHOWN.flatMap((signal) => presets.find((preset) => preset.signal === signal) ?? []).map(panelOf)
}

/** The stacks in the order in which a form offers them. */
export function openingStacks(): readonly OpeningStack[] {
  return STACK_NAMES.map(([id, name]) => {
    const labels = presetsOf(id)[0]?.labels ?? []
    return { id, name, labels: labels.map((label) => ({ name: label, isVersion: Object.keys(withoutVersion({ [label]: 'x' })).length === 0 })), panels: panelsOf(id) }
  })
}

/** Panels of what lies under every stack: containers and GPUs. */
export function resourcePanels(): readonly Panel[] {
  return [...panelsOf('kubernetes'), ...panelsOf('dcgm')]
}
