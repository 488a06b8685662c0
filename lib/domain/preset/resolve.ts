/** Turns what an item or panel asks (a signal, a preset, own PromQL) into the query that is sent, with the labels that fit its stack. */

import type { MetricQuery } from '@/lib/domain/verdict/metric-spec'
import { PRESETS, presetById, presetFor } from './catalogue'
import type { Preset, StackId } from './preset'
import { fillQuery, type Selectors } from './selector'

const KNOWN_LABELS: ReadonlySet<string> = new Set(PRESETS.flatMap((preset) => preset.labels))

/** Stacks that lie under every model: only their own labels and those of the site fit them, never a label of a model server. */
const UNDER_ALL: ReadonlySet<StackId> = new Set(['kubernetes', 'dcgm', 'evidently'])

/** Labels that a scrape gives to whatever it scrapes; a release that names one means its server. */
const TARGET_LABELS: ReadonlySet<string> = new Set(['job', 'instance'])

function labelsOfStack(stack: StackId): ReadonlySet<string> {
  return new Set(PRESETS.filter((preset) => preset.stack === stack).flatMap((preset) => preset.labels))
}

/** Asked after the stacks of the release's own panels: the convention, and the resources that lie under every stack. */
const COMMON_STACKS: readonly StackId[] = ['model', 'kubernetes', 'dcgm']

/** The stacks that a release is measured on. In: the presets of its panels. Out: those first, then the common ones, each once. */
export function stacksOf(panels: readonly { readonly presetId: string | null }[]): readonly StackId[] {
  const own = panels.flatMap((panel) => (panel.presetId === null ? [] : (presetById(panel.presetId)?.stack ?? [])))
  return [...new Set([...own, ...COMMON_STACKS])]
}

/**
 * The labels of a release that a preset understands: its usual ones, those that no stack is known for (such as `cluster`), and what names the scraped server.
 * Where the release uses none of the labels that are usual for a model server, its site has labels of its own: then all of them count, whatever they are.
 * `null` when nothing narrows the query down: it would count every model on the source, which must not be judged.
 */
export function labelsFor(preset: Preset, selectors: Selectors): Selectors | null {
  const all = Object.entries(selectors)
  const isServer = !UNDER_ALL.has(preset.stack)
  const ofStack = labelsOfStack(preset.stack)
  if (isServer && all.length > 0 && !all.some(([name]) => ofStack.has(name))) return selectors
  const fitting = all.filter(([name]) => preset.labels.includes(name) || !KNOWN_LABELS.has(name) || (isServer && TARGET_LABELS.has(name)))
  const isNarrow = fitting.some(([name]) => preset.labels.includes(name) || (isServer && TARGET_LABELS.has(name)))
  return isNarrow || (!isServer && fitting.length > 0) ? Object.fromEntries(fitting) : null
}

/** The three questions behind one value, ready to send. */
export interface Questions {
  readonly value: string
  readonly samples: string | null
  readonly age: string | null
}

export type Resolved =
  | { readonly ok: true; readonly preset: Preset | null; readonly ask: (selectors: Selectors, windowSeconds: number) => Questions | null }
  | { readonly ok: false; readonly reason: string }

function chosenPreset(query: Exclude<MetricQuery, { kind: 'promql' }>, stacks: readonly StackId[]): Preset | null {
  if (query.kind === 'preset') return presetById(query.presetId)
  for (const stack of stacks) {
    const preset = presetFor(stack, query.signal)
    if (preset) return preset
  }
  return null
}

/**
 * Resolves a query. In: what is asked, the release's stacks in order of preference.
 * Out: the preset (null for own PromQL) and a function that fills it for a version's labels; that answers `null` when no label fits.
 */
export function resolveQuery(query: MetricQuery, stacks: readonly StackId[]): Resolved {
  if (query.kind === 'promql') {
    const { promql, samples } = query
    return {
      ok: true,
      preset: null,
      ask: (selectors, windowSeconds) => ({
        value: fillQuery(promql, selectors, windowSeconds),
        samples: samples === undefined ? null : fillQuery(samples, selectors, windowSeconds),
        age: null,
      }),
    }
  }
  const preset = chosenPreset(query, stacks)
  if (!preset) {
    const asked = query.kind === 'preset' ? `the preset ${query.presetId}` : query.signal
    return { ok: false, reason: `No stack of this release exports ${asked}. Add a panel of the stack that does, or write a query.` }
  }
  return {
    ok: true,
    preset,
    ask: (selectors, windowSeconds) => {
      const labels = labelsFor(preset, selectors)
      if (!labels) return null
      const fill = (template: string | undefined) => (template === undefined ? null : fillQuery(template, labels, windowSeconds))
      return { value: fillQuery(preset.query, labels, windowSeconds), samples: fill(preset.samples), age: fill(preset.age) }
    },
  }
}

/** Why a preset could not be asked with a release's labels, in words. */
export function missingLabels(preset: Preset | null): string {
  return preset ? `This release sets none of the labels by which ${preset.title} is found (${preset.labels.slice(0, 4).join(', ')}).` : 'The query has no labels.'
}
