/** All presets, and how a signal that a template names becomes the preset of the stack that a release runs on. */

import { MODEL_PRESETS } from './convention'
import { LLM_PRESETS } from './llm'
import type { Preset, Signal, StackId } from './preset'
import { RESOURCE_PRESETS } from './resources'
import { SERVING_PRESETS } from './serving'

export const PRESETS: readonly Preset[] = [...MODEL_PRESETS, ...LLM_PRESETS, ...SERVING_PRESETS, ...RESOURCE_PRESETS]

const BY_ID: ReadonlyMap<string, Preset> = new Map(PRESETS.map((preset) => [preset.id, preset]))

export function presetById(id: string): Preset | null {
  return BY_ID.get(id) ?? null
}

export function presetsOf(stack: StackId): readonly Preset[] {
  return PRESETS.filter((preset) => preset.stack === stack)
}

/** The preset that tells the signal on the stack: the first in the list is the one to prefer. `null`: this stack does not export it. */
export function presetFor(stack: StackId, signal: Signal): Preset | null {
  return PRESETS.find((preset) => preset.stack === stack && preset.signal === signal) ?? null
}
