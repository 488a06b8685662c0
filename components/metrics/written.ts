/** How panels write their values and limits: the unit's own way, or the words of a panel whose unit is its own. */
import type { PanelState, PanelView } from '@/lib/domain/preset/panel-view'
import { unitOf, valueText, writeValue } from '@/lib/domain/preset/unit'

const STATE_WORDS: Readonly<Record<Exclude<PanelState, 'ok'>, string>> = { inconclusive: 'inconclusive', 'no-data': 'no data', idle: 'idle', error: 'not measured' }
const SIGNS: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥', '<': '<', '>': '>', '==': '=' }

/** The value in the panel's unit; words that are no known unit stand behind the number as they are. */
export function written(value: number, unit: string): { readonly number: string; readonly unit: string } {
  const known = writeValue(value, unitOf(unit))
  return { number: known.number, unit: known.unit || (unitOf(unit) === 'score' && unit !== 'score' && unit !== '1' ? unit : '') }
}

/** The same in one text; a dash where there is none. */
export function writtenText(value: number | null, unit: string): string {
  return value === null ? '–' : valueText(value, unitOf(unit))
}

export function stateWords(panel: Pick<PanelView, 'state'>): string {
  return panel.state === 'ok' ? 'no data' : STATE_WORDS[panel.state]
}

/** "≤ 250 ms", or `null` without a limit. */
export function limitText({ threshold, unit }: Pick<PanelView, 'threshold' | 'unit'>): string | null {
  return threshold === null ? null : `${SIGNS[threshold.comparator] ?? threshold.comparator} ${writtenText(threshold.value, unit)}`
}

const NEXT: Readonly<Partial<Record<PanelState, string>>> = {
  'no-data': 'Look at the labels of the release under Panels, or choose what its stack exports.', idle: 'It is drawn as soon as requests arrive.',
  inconclusive: 'Reduce it to one series, such as by sum or max.',
}

/** Why a chart is empty, and what to do. */
export function emptyText({ state, reason }: Pick<PanelView, 'state' | 'reason'>): string {
  return state === 'ok' || reason === '' ? 'Nothing to draw in this time.' : `${reason} ${NEXT[state] ?? ''}`.trim()
}

/** How far the candidate is from stable, "+10 %"; `null` where that says nothing. */
export function apartText(candidate: number | null, stable: number | null): string | null {
  if (candidate === null || stable === null || stable === 0) return null
  const percent = (candidate / stable - 1) * 100
  if (!Number.isFinite(percent) || Math.abs(percent) >= 1000) return null
  const rounded = Math.abs(percent) < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${Math.abs(rounded)} %`
}

/** What a panel says when it is read out. */
export function spoken(panel: PanelView, candidateLabel: string, stableLabel: string | null): string {
  const limit = limitText(panel)
  const own = panel.value === null ? `${stateWords(panel)}. ${panel.reason}` : `${candidateLabel} ${writtenText(panel.value, panel.unit)}`
  const beside = panel.stableValue === null ? '' : `, stable ${stableLabel ?? ''} ${writtenText(panel.stableValue, panel.unit)}`
  const held = limit === null ? '' : `, limit ${limit}${panel.isBreached ? ', outside of it' : ''}`
  return `${panel.title}: ${own}${beside}${held}`
}
