/** Says in one sentence what the panels of a release show: what is outside its limit, else what is not measured, else that all is well. */
import type { PanelView, ReleaseMetricsView } from './panel-view'
import { unitOf, valueText } from './unit'

const SIGNS: Readonly<Record<string, string>> = { '<=': 'at most', '>=': 'at least', '<': 'below', '>': 'above', '==': 'exactly' }

function joined(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

function few(panels: readonly PanelView[]): string {
  const shown = panels.slice(0, 3).map((panel) => panel.title)
  return joined(panels.length > 3 ? [...shown, `${panels.length - 3} more`] : shown)
}

/** In: the view. Out: sentences for the top of a page; never says that all is well of what was not measured. */
export function panelSentence({ panels, trouble, candidateLabel }: Pick<ReleaseMetricsView, 'panels' | 'trouble' | 'candidateLabel'>): string {
  if (panels.length === 0) return 'No panel yet: choose a preset of the stack that serves this model, or write a query.'
  if (trouble !== null) return 'Nothing can be measured now; what is drawn is from before.'
  const breached = panels.filter((panel) => panel.isBreached)
  const silent = panels.filter((panel) => panel.value === null)
  const limited = panels.filter((panel) => panel.threshold !== null && panel.value !== null)
  const rest = silent.length === 0 ? '' : silent.length === panels.length ? ` No panel has a value for ${candidateLabel}.` : ` ${few(silent)} ${silent.length === 1 ? 'has' : 'have'} no value now.`
  const [first] = breached
  if (first?.value != null && first.threshold) {
    const others = breached.length === 1 ? '' : ` ${few(breached.slice(1))} ${breached.length === 2 ? 'is' : 'are'} outside too.`
    return `${first.title} is ${valueText(first.value, unitOf(first.unit))}, and should be ${SIGNS[first.threshold.comparator] ?? first.threshold.comparator} ${valueText(first.threshold.value, unitOf(first.unit))}.${others}${rest}`
  }
  if (limited.length === 0) return silent.length === panels.length ? rest.trim() : `No panel has a limit.${rest}`
  return `${limited.length === 1 ? 'The one limit holds' : `All ${limited.length} limits hold`} for ${candidateLabel}.${rest}`
}
