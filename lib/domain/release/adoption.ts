/** What a newer checklist makes of a running release: which lines are asked otherwise, and where it asks less (PRODUCT rules 11 and 17). Pure. */
import { same } from '@/lib/domain/same'
import { itemsForTier, ruleUnder, signatureCount, type GateTemplate, type ItemTemplate, type MetricAsk, type MetricRule, type SignOffRule, type TemplateRevision, type ValueAsk } from '@/lib/domain/template/template'
import type { ItemState, ReleaseState } from './state'

/** What an item is asked from now on. */
export interface Asked {
  readonly itemId: string
  readonly isRequired: boolean
  readonly metric: MetricAsk | null
  readonly ask: ValueAsk | null
}

export interface Adoption {
  /** Lines of the release that are asked otherwise than before: their verdicts are cleared and sign-offs on them go stale. */
  readonly changed: readonly Asked[]
  /** Where it asks less, one clause each; such an adoption waits for a second team. */
  readonly eased: readonly string[]
}

function metricOf(line: ItemTemplate | undefined): MetricAsk | null {
  return line?.kind === 'metric' ? line.metric : null
}

function askOf(line: ItemTemplate | undefined): ValueAsk | null {
  return line?.kind === 'value' ? line.value : null
}

/** What the new line asks of an item that stays: what was changed in this release on purpose is kept, the rest is as the template says. */
function askedOf(item: ItemState, old: ItemTemplate | undefined, line: ItemTemplate): Asked {
  const keep = <T>(own: T, before: T, next: T): T => (same(own, before) ? next : own)
  if (item.kind !== line.kind || !old) return { itemId: item.id, isRequired: line.isRequired, metric: metricOf(line), ask: askOf(line) }
  return {
    itemId: item.id, isRequired: keep(item.isRequired, old.isRequired, line.isRequired),
    // A measurement of its own stands whatever the template measures (it was changed by rule 11).
    metric: item.spec ? item.metric : keep(item.metric, metricOf(old), metricOf(line)), ask: keep(item.ask, askOf(old), askOf(line)),
  }
}

/** Whether a rule, target or required mark asks less than before; a measurement of something else may ask less, so it counts as such (rule 11). */
export function asksLess(before: Pick<ItemState, 'isRequired' | 'metric' | 'ask'>, after: Omit<Asked, 'itemId'>): boolean {
  if (before.isRequired && !after.isRequired) return true
  return metricAsksLess(before.metric, after.metric) || valueAsksLess(before.ask, after.ask)
}

function metricAsksLess(before: MetricAsk | null, after: MetricAsk | null): boolean {
  if (!before) return false
  if (!after) return true
  const { rule: old, shownBeside: _beside, ...how } = before
  const { rule: next, shownBeside: _otherBeside, ...otherHow } = after
  const isOther = !same(how, otherHow) || !same(withoutLimits(old), withoutLimits(next))
  const isLower = (a: number | null | undefined, b: number | null | undefined) => a != null && (b == null || (old.comparison === 'at-most' ? b > a : b < a))
  return isOther || isLower(old.threshold, next.threshold) || isLower(old.timesStable, next.timesStable) || (next.ignoreBelow ?? 0) > (old.ignoreBelow ?? 0)
    || next.minimumSamples < old.minimumSamples || next.failureLimit > old.failureLimit || (next.validDays ?? Infinity) > (old.validDays ?? Infinity)
}

/** What of a rule is compared as it is, because it cannot be said whether another one asks more or less. */
function withoutLimits({ threshold: _t, timesStable: _s, ignoreBelow: _i, minimumSamples: _m, failureLimit: _f, validDays: _v, ...rest }: MetricRule) {
  return rest
}

function valueAsksLess(before: ValueAsk | null, after: ValueAsk | null): boolean {
  if (!before) return false
  if (!after) return true
  if (before.direction !== after.direction || before.unit !== after.unit) return before.direction !== 'record' || after.unit !== before.unit
  if ((after.validDays ?? Infinity) > (before.validDays ?? Infinity)) return true
  if (before.direction === 'record' || before.target === null) return false
  return after.target === null || (before.direction === 'at-most' ? after.target > before.target : after.target < before.target)
}

function ruleAsksLess(before: SignOffRule, after: SignOffRule): boolean {
  const count = (rule: SignOffRule, team: string) => rule.teams.find((entry) => entry.team === team)?.count ?? 0
  return signatureCount(after) < signatureCount(before) || before.teams.some(({ team, count: needed }) => count(after, team) < needed)
}

function gateEased(state: ReleaseState, old: GateTemplate, gate: GateTemplate): readonly string[] {
  const named = `gate ${gate.number}`
  const isShorter = (before: readonly string[], after: readonly string[]) => before.some((one) => !after.includes(one))
  return [
    ...(ruleAsksLess(ruleUnder(old, state.separation), ruleUnder(gate, state.separation)) ? [`${named} asks fewer people to sign`] : []),
    ...(isShorter(old.needs, gate.needs) ? [`${named} needs fewer gates`] : []),
    ...(isShorter(old.parts, gate.parts) ? [`${named} rests on fewer parts`] : []),
    ...(old.phase !== gate.phase ? [`${named} stands elsewhere in the rollout`] : []),
  ]
}

/** In: the release and the revision that it may adopt. Out: what changes for lines that it has, and where less is asked. */
export function adoptionOf(state: ReleaseState, revision: Pick<TemplateRevision, 'gates' | 'deferred'>): Adoption {
  const before = state.template.gates
  const after = revision.gates
  const oldLines = new Map(before.flatMap((gate) => gate.items.map((line) => [line.id, line] as const)))
  const newLines = new Map(after.flatMap((gate) => gate.items.map((line) => [line.id, line] as const)))
  const askedThen = before.flatMap((gate) => itemsForTier(gate, state.risk))
  const askedNow = new Set(after.flatMap((gate) => itemsForTier(gate, state.risk).map((line) => line.id)))
  const changed: Asked[] = []
  const eased = [
    ...before.filter((gate) => !after.some((one) => one.id === gate.id)).map((gate) => `gate ${gate.number} ${gate.name} is gone`),
    ...after.flatMap((gate) => { const old = before.find((one) => one.id === gate.id); return old ? gateEased(state, old, gate) : [] }),
    ...askedThen.filter((line) => !askedNow.has(line.id)).map((line) => `${line.id} is no longer asked`),
    ...state.template.deferred.filter((one) => !revision.deferred.some((other) => other.id === one.id)).map((one) => `the condition “${one.title}” is gone`),
  ]
  for (const item of Object.values(state.items)) {
    const old = oldLines.get(item.id)
    const line = newLines.get(item.id)
    if (!line) continue
    const asked = askedOf(item, old, line)
    const isOther = item.kind !== line.kind || !same([item.isRequired, item.metric, item.ask, item.computed], [asked.isRequired, asked.metric, asked.ask, line.kind === 'computed' ? line.computed : null])
    if (isOther || asked.isRequired !== line.isRequired) changed.push(asked)
    const isLess = item.kind !== line.kind || asksLess(item, asked) || (old?.allowsNotApplicable === false && line.allowsNotApplicable)
    if (isLess && askedNow.has(item.id)) eased.push(`${item.id} asks less`)
  }
  return { changed, eased }
}
