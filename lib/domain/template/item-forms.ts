/** Short forms in which the shipped templates are written down: every line states only what differs from an ordinary required one. */
import type {
  ComputedSource, ItemTemplate, MetricAsk, MetricRule, PresetRole, RubricCode, Theme, Tier, ValueAsk,
} from './template'
import type { TeamId } from '@/lib/domain/actor'
import { SHORT_TITLES } from './short-titles'

interface Extra {
  readonly rubric?: readonly RubricCode[]
  readonly minTier?: Tier
  readonly mayBeNotApplicable?: boolean
  readonly ownerTeam?: TeamId
  readonly titleWithoutBaseline?: string
}

function base(id: string, theme: Theme, title: string, hint: string, extra: Extra) {
  const inShort = SHORT_TITLES[id]
  return {
    id, title, hint, theme,
    minTier: extra.minTier ?? 'low',
    isRequired: true,
    allowsNotApplicable: extra.mayBeNotApplicable ?? false,
    rubric: extra.rubric ?? [],
    ...(inShort === undefined ? {} : { inShort }),
    ...(extra.ownerTeam === undefined ? {} : { ownerTeam: extra.ownerTeam }),
    ...(extra.titleWithoutBaseline === undefined ? {} : { titleWithoutBaseline: extra.titleWithoutBaseline }),
  }
}

/** A line that a person ticks, with a note. */
export function check(id: string, theme: Theme, title: string, hint: string, extra: Extra = {}): ItemTemplate {
  return { ...base(id, theme, title, hint, extra), kind: 'check' }
}

/** A line that a link, a document or a stored file answers. */
export function evidence(id: string, theme: Theme, title: string, hint: string, extra: Extra = {}): ItemTemplate {
  return { ...base(id, theme, title, hint, extra), kind: 'evidence' }
}

/** A line that a number against a target answers. */
export function value(id: string, theme: Theme, title: string, hint: string, ask: ValueAsk, extra: Extra = {}): ItemTemplate {
  return { ...base(id, theme, title, hint, extra), kind: 'value', value: ask }
}

/** A line that the product answers from its own state. */
export function computed(id: string, theme: Theme, title: string, hint: string, source: ComputedSource, extra: Extra = {}): ItemTemplate {
  return { ...base(id, theme, title, hint, extra), kind: 'computed', computed: source }
}

/** A line that Prometheus answers. */
export function metric(id: string, theme: Theme, title: string, hint: string, ask: MetricAsk, extra: Extra = {}): ItemTemplate {
  return { ...base(id, theme, title, hint, extra), kind: 'metric', metric: ask }
}

type RuleExtra = Partial<Omit<MetricRule, 'comparison' | 'threshold' | 'unit'>>

/** The value may be at most the threshold. */
export function atMost(threshold: number, unit: string, extra: RuleExtra = {}): MetricRule {
  return { comparison: 'at-most', threshold, unit, windowMinutes: 10, minimumSamples: 100, failureLimit: 3, ...extra }
}

/** The value must be at least the threshold. */
export function atLeast(threshold: number, unit: string, extra: RuleExtra = {}): MetricRule {
  return { comparison: 'at-least', threshold, unit, windowMinutes: 10, minimumSamples: 100, failureLimit: 3, ...extra }
}

/** Measured in staging and frozen when the gate is signed; good for 30 days. */
export function inStaging(presetRole: PresetRole, rule: MetricRule, shownBeside: readonly PresetRole[] = []): MetricAsk {
  const dated = { validDays: 30, ...rule }
  return { presetRole, binding: 'staging', mode: 'snapshot', rule: dated, ...(shownBeside.length > 0 ? { shownBeside } : {}) }
}

/** Watched in the target environment from the start of the rollout. */
export function watched(presetRole: PresetRole, rule: MetricRule): MetricAsk {
  return { presetRole, binding: 'target', mode: 'standing', rule }
}
