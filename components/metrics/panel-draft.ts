/** The panels of a release while they are changed: what is added, moved and removed, each step of which can be taken back. */
import { presetById } from '@/lib/domain/preset/catalogue'
import type { Panel } from '@/lib/domain/release/panel'

export type Comparator = NonNullable<Panel['threshold']>['comparator']

export interface Draft {
  readonly panels: readonly Panel[]
  /** Id of the panel whose fields are open. */
  readonly chosen: string | null
  /** What was there before each step that is worth taking back, newest last, with the step in words. */
  readonly past: readonly { readonly panels: readonly Panel[]; readonly chosen: string | null; readonly words: string }[]
}

const MOST_STEPS = 30

export function draftOf(panels: readonly Panel[]): Draft {
  return { panels, chosen: panels[0]?.id ?? null, past: [] }
}

export function nameOf(panel: Panel): string {
  return panel.title.trim() || 'the untitled panel'
}

function stepped(draft: Draft, next: Pick<Draft, 'panels' | 'chosen'>, words: string): Draft {
  return { ...next, past: [...draft.past, { panels: draft.panels, chosen: draft.chosen, words }].slice(-MOST_STEPS) }
}

/** Typing is not a step: the fields have their own way back. */
export function changed(draft: Draft, id: string, part: Partial<Panel>): Draft {
  return { ...draft, panels: draft.panels.map((panel) => (panel.id === id ? { ...panel, ...part } : panel)) }
}

export function removed(draft: Draft, id: string): Draft {
  const at = draft.panels.findIndex((panel) => panel.id === id)
  const gone = draft.panels[at]
  if (!gone) return draft
  const panels = draft.panels.filter((panel) => panel.id !== id)
  const chosen = draft.chosen === id ? (panels[Math.min(at, panels.length - 1)]?.id ?? null) : draft.chosen
  return stepped(draft, { panels, chosen }, `removed ${nameOf(gone)}`)
}

/** Moves a panel by so many places; at an end nothing happens. */
export function moved(draft: Draft, id: string, by: number): Draft {
  const at = draft.panels.findIndex((panel) => panel.id === id)
  const one = draft.panels[at]
  const to = at + by
  if (!one || to < 0 || to >= draft.panels.length) return draft
  const rest = draft.panels.filter((panel) => panel.id !== id)
  return stepped(draft, { panels: [...rest.slice(0, to), one, ...rest.slice(to)], chosen: draft.chosen }, `moved ${nameOf(one)}`)
}

export function added(draft: Draft, panel: Panel): Draft {
  return stepped(draft, { panels: [...draft.panels, panel], chosen: panel.id }, `added ${nameOf(panel)}`)
}

export function takenBack(draft: Draft): Draft {
  const last = draft.past.at(-1)
  return last ? { panels: last.panels, chosen: last.chosen, past: draft.past.slice(0, -1) } : draft
}

/** The comparator that a direction asks for: what is better lower has an upper limit. */
export function comparatorFor(direction: 'lower-is-better' | 'higher-is-better' | 'neutral'): Comparator {
  return direction === 'higher-is-better' ? '>=' : '<='
}

/** The fields that a preset decides. The title follows it unless somebody wrote one. */
export function asPreset(panel: Panel, presetId: string): Partial<Panel> {
  const preset = presetById(presetId)
  if (!preset) return {}
  const before = panel.presetId === null ? null : presetById(panel.presetId)
  const isOwnTitle = panel.title.trim() !== '' && panel.title !== before?.title
  return { presetId, query: null, unit: preset.unit, ...(isOwnTitle ? {} : { title: preset.title }) }
}

/** An own query; begins with the preset's, as something to change. */
export function asOwnQuery(panel: Panel): Partial<Panel> {
  const before = panel.presetId === null ? null : presetById(panel.presetId)
  return { presetId: null, query: panel.query ?? before?.query ?? '' }
}

export function presetPanel(presetId: string, taken: readonly Panel[]): Panel | null {
  const preset = presetById(presetId)
  if (!preset) return null
  return { id: freshId(presetId, taken), title: preset.title, presetId, query: null, unit: preset.unit, threshold: null }
}

export function ownPanel(taken: readonly Panel[]): Panel {
  return { id: freshId('own', taken), title: '', presetId: null, query: '', unit: 's', threshold: null }
}

function freshId(base: string, taken: readonly Panel[]): string {
  if (!taken.some((panel) => panel.id === base)) return base
  let number = 2
  while (taken.some((panel) => panel.id === `${base}-${number}`)) number += 1
  return `${base}-${number}`
}

export function linesOf(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`).join('\n')
}

/** Labels from lines of name=value; `null` when a line is none. */
export function labelsOf(text: string): Record<string, string> | null {
  const pairs = text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => /^([a-zA-Z_]\w*)\s*=\s*"?([^"]+)"?$/.exec(line))
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs.map((pair) => [pair[1] ?? '', pair[2] ?? ''])) : null
}
