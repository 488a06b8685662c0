/** The way between a metric line of a template and the form of a metric test: a plain limit and "times the stable version" stay rules of the line, every other kind is a test of its own. */
import { draftOf, specOf, type Draft, type Faults } from '@/components/metric-item/draft'
import { unitOf } from '@/lib/domain/preset/unit'
import type { MetricAsk, MetricRule } from '@/lib/domain/template/template'
import { specOfAsk } from '@/lib/domain/verdict/ask-spec'
import type { MetricTest } from '@/lib/domain/verdict/rule'

/** The form that shows a line. A limit that is said when a release is opened is an empty field. */
export function draftOfAsk(ask: MetricAsk): Draft {
  const spec = specOfAsk(ask, null)
  if (spec) return draftOf(spec)
  const stand = specOfAsk({ ...ask, rule: { ...ask.rule, threshold: 0 } }, null)
  if (!stand) throw new Error('A line with a limit has a specification.')
  return { ...draftOf(stand), limit: '' }
}

/** The line that the form says. In: the form, the line as it was. Out: it, with the faults of fields that could not be read (then it is not to be used). */
export function askOfDraft(draft: Draft, before: MetricAsk): { readonly ask: MetricAsk; readonly faults: Faults } {
  const isOpen = draft.testKind === 'threshold' && draft.limit.trim() === ''
  const { spec, faults } = specOf({ ...draft, ...(isOpen ? { limit: '0', comparator: draft.comparator === '>=' ? '>=' : '<=' } : {}) }, before.mode)
  const { rule: { test, minSamples = 0, unit } } = spec
  const { test: _test, ...line } = before
  const { timesStable: _times, ignoreBelow: _ignore, ...kept } = before.rule
  const rule: MetricRule = {
    ...kept, unit: unit === unitOf(kept.unit) ? kept.unit : unit, windowMinutes: Math.min(10_080, Math.max(1, Math.round(spec.windowSeconds / 60))),
    minimumSamples: test.kind === 'burn-rate' ? test.minRequests : minSamples,
  }
  if (isOpen) return { ask: { ...line, rule: { ...rule, comparison: draft.comparator === '>=' ? 'at-least' : 'at-most', threshold: null } }, faults }
  const comparison = comparisonOf(test)
  if (comparison && test.kind === 'threshold') return { ask: { ...line, rule: { ...rule, comparison, threshold: test.limit } }, faults }
  if (comparison && test.kind === 'stable' && test.by === 'ratio' && (test.withoutBaseline === undefined || test.withoutBaseline.comparator === test.comparator)) {
    return { ask: { ...line, rule: { ...rule, comparison, threshold: test.withoutBaseline?.limit ?? null, timesStable: test.limit, ...(test.ignoreBelow === undefined ? {} : { ignoreBelow: test.ignoreBelow }) } }, faults }
  }
  return { ask: { ...line, rule: { ...rule, comparison: isLower(test, rule) ? 'at-most' : 'at-least', threshold: null }, test }, faults }
}

/** Where a line's own words say it: at most, at least. */
function comparisonOf(test: MetricTest): MetricRule['comparison'] | null {
  if (test.kind !== 'threshold' && test.kind !== 'stable') return null
  return test.comparator === '<=' ? 'at-most' : test.comparator === '>=' ? 'at-least' : null
}

function isLower(test: MetricTest, rule: MetricRule): boolean {
  if (test.kind === 'threshold' || test.kind === 'stable') return test.comparator === '<=' || test.comparator === '<'
  return test.kind === 'presence' ? rule.comparison === 'at-most' : true
}
