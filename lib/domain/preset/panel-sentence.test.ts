import { expect, it } from 'vitest'
import { panelSentence } from './panel-sentence'
import type { PanelView } from './panel-view'

const panel = (title: string, more: Partial<PanelView> = {}): PanelView => ({
  id: title, title, presetId: null, unit: 's', words: '', query: '', state: 'ok', reason: '', value: 0.1, stableValue: null, measuredAt: null,
  threshold: { comparator: '<=', value: 0.25 }, isBreached: false, candidate: [], stable: [], ...more,
})
const say = (panels: readonly PanelView[], trouble: string | null = null) => panelSentence({ panels, trouble, candidateLabel: '4.2.0' })
const silent = { value: null, state: 'no-data' } as const

it.each([
  [[], 'No panel yet: choose a preset of the stack that serves this model, or write a query.'],
  [[panel('p95')], 'The one limit holds for 4.2.0.'],
  [[panel('p95'), panel('p99'), panel('Drift', silent)], 'All 2 limits hold for 4.2.0. Drift has no value now.'],
  [[panel('p95', { value: 0.312, isBreached: true }), panel('A', { isBreached: true })], 'p95 is 312 ms, and should be at most 250 ms. A is outside too.'],
  [[panel('p95', silent), panel('p99', silent)], 'No panel has a value for 4.2.0.'],
  [[panel('p95', { threshold: null })], 'No panel has a limit.'],
  [['A', 'B', 'C', 'D', 'E'].map((name) => panel(name, name === 'A' ? {} : silent)), 'The one limit holds for 4.2.0. B, C, D and 1 more have no value now.'],
] satisfies [PanelView[], string][])('says what matters most first', (panels, expected) => {
  expect(say(panels)).toBe(expected)
})

it('never says that all is well while nothing can be measured', () => {
  expect(say([panel('p95')], 'refuses the connection')).toBe('Nothing can be measured now; what is drawn is from before.')
})
