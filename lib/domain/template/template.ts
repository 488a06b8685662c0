/** The words of a checklist template: what a gate asks, of whom, on which parts it rests. Zod-free, because screens and the release read it. */
import type { TeamId } from '@/lib/domain/actor'
import type { MetricTest } from '@/lib/domain/verdict/rule'

/** The parts of a release's fingerprint that a judgement can rest on, in the order in which screens list them. */
export const PARTS = ['artefact', 'code', 'data', 'behaviour', 'evaluation', 'serving', 'claim', 'last-stable'] as const
export type Part = (typeof PARTS)[number]

/** Open, because a team's own template may add gates. */
export type GateId = string

/** Where in the life of a release a gate stands: what it must precede. */
export type GatePhase = 'before-decision' | 'decision' | 'rollout' | 'final' | 'follow-up'

export const TIERS = ['low', 'medium', 'high'] as const
export type Tier = (typeof TIERS)[number]

/** The six themes of the product, see PRODUCT: resources, environment, monitoring, versions and roll-back, data, collaboration. */
export type Theme = 'T1' | 'T2' | 'T3' | 'T4' | 'T5' | 'T6'

/** The 28 tests of the ML Test Score (Breck et al., 2017). */
export const RUBRIC_CODES = [
  'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7',
  'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7',
  'I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7',
  'O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'O7',
] as const
export type RubricCode = (typeof RUBRIC_CODES)[number]

/** What a metric item measures; a metric preset offers one query per role, and a panel is bound to an item by it. */
export const PRESET_ROLES = [
  'latency-p95', 'error-ratio', 'throughput', 'drift', 'skew', 'invalid-predictions', 'quality', 'live-quality',
  'memory-use', 'cpu-throttling', 'gpu-memory', 'gpu-use', 'volume-use', 'series-exist', 'drift-exported',
  'pipeline-freshness', 'version-share', 'ttft-p95', 'itl-p95', 'cost-per-1000', 'groundedness',
] as const
export type PresetRole = (typeof PRESET_ROLES)[number]

export type ItemKind = 'check' | 'evidence' | 'value' | 'metric' | 'computed'

/** Which of the product's own facts satisfies a computed item. */
export type ComputedSource =
  | 'environment-choice' // a choice decision that compares at least two environments
  | 'observed-against-declared' // resources seen in staging or canary beside the claim
  | 'steps-soaked' // every rollout step before full traffic met its soak and its requests
  | 'final-soak' // full traffic was steady for the final soak
  | 'conditions-closed' // every condition of the go is met
  | 'waivers-closed' // no waiver of the release is open without renewal

/** How a measured number is judged. `threshold` null: the number is asked when the release is opened (it depends on the model). */
export interface MetricRule {
  readonly comparison: 'at-most' | 'at-least'
  /** Absolute limit, in `unit`; used alone, or where there is no stable version to compare with (rule 13). */
  readonly threshold: number | null
  /** `s`, `ratio`, `1`, `currency`, `bytes`, `req/s`. */
  readonly unit: string
  /** With a stable version live beside it: the candidate's value may be at most (or must be at least) this many times the stable's. */
  readonly timesStable?: number
  /** With `timesStable`: a value at or below this passes whatever the stable shows, so that a stable at zero does not condemn a single error. */
  readonly ignoreBelow?: number
  /** Length of the window that a value is computed over, minutes. */
  readonly windowMinutes: number
  /** Fewer requests in the window than this is inconclusive, never a pass. */
  readonly minimumSamples: number
  /** Consecutive failing evaluations after which a standing item counts as failed. */
  readonly failureLimit: number
  /** Days for which a frozen snapshot stays good. */
  readonly validDays?: number
}

export interface MetricAsk {
  readonly presetRole: PresetRole
  /** Where the series come from: the staging environment or the target one. */
  readonly binding: 'staging' | 'target'
  /** `snapshot` is frozen at sign-off; `standing` is watched from the start of the rollout (rule 7). */
  readonly mode: 'snapshot' | 'standing'
  readonly rule: MetricRule
  /** What it is held against where that is no plain limit: freshness, burn rate, headroom, the claim. It wins over the limits of the rule. */
  readonly test?: MetricTest
  /** Shown beside it, not judged. */
  readonly shownBeside?: readonly PresetRole[]
  /** Not due before the release's label delay has passed: until then planned, neither pass nor fail. */
  readonly isAfterLabelDelay?: boolean
}

export interface ValueAsk {
  readonly unit: string
  /** Null: whoever opens the release sets it; `record`: any number does. */
  readonly target: number | null
  readonly direction: 'at-most' | 'at-least' | 'record'
  /** Days for which the value stays good; after that it must be measured again. */
  readonly validDays?: number
}

interface ItemBase {
  /** Number of the gate and of the line, such as `5.3`; the same line keeps it in every template and revision. */
  readonly id: string
  readonly title: string
  /** One line that helps who fills it in. */
  readonly hint: string
  /** Asked from this risk tier up. */
  readonly minTier: Tier
  readonly isRequired: boolean
  /** Rule 11: not-applicable only where this is true, and counter-signed by another team. */
  readonly allowsNotApplicable: boolean
  readonly rubric: readonly RubricCode[]
  readonly theme: Theme
  /** Team that answers this line when it is not the gate's owner. */
  readonly ownerTeam?: TeamId
  /** How the sentence names it, in two or three words; without it the title is said. */
  readonly inShort?: string
  /** Title where the release has no baseline. */
  readonly titleWithoutBaseline?: string
}

export type ItemTemplate =
  | (ItemBase & { readonly kind: 'check' | 'evidence' })
  | (ItemBase & { readonly kind: 'value'; readonly value: ValueAsk })
  | (ItemBase & { readonly kind: 'metric'; readonly metric: MetricAsk })
  | (ItemBase & { readonly kind: 'computed'; readonly computed: ComputedSource })

/** Who must sign: so many distinct people from each team, and counter-signatures from anyone else. */
export interface SignOffRule {
  readonly teams: readonly { readonly team: TeamId; readonly count: number }[]
  /** Signatures from any further person, of any team. */
  readonly counterSignatures?: number
  /** Team that chairs the decision. */
  readonly chair?: TeamId
}

export interface GateTemplate {
  readonly id: GateId
  /** Number on the rail; a shorter template keeps the numbers of the gates that it has. */
  readonly number: number
  readonly name: string
  readonly shortName: string
  readonly ownerTeam: TeamId
  /** Teams that own it together with the first. */
  readonly coOwnerTeams?: readonly TeamId[]
  readonly rule: SignOffRule
  /** Stands in for `rule` while the tier's separation policy is small-team. */
  readonly smallTeamRule?: SignOffRule
  /** Gates that must be passed first. */
  readonly needs: readonly GateId[]
  readonly parts: readonly Part[]
  /** Judged in one environment, therefore never inherited from another release (rule 16). */
  readonly isEnvironmentBound: boolean
  readonly isDecision?: boolean
  readonly phase: GatePhase
  readonly items: readonly ItemTemplate[]
}

/** What a shorter template leaves for later: becomes a condition of the go, due so many days after it. */
export interface DeferredCondition {
  readonly id: string
  readonly title: string
  readonly ownerTeam: TeamId
  readonly dueDays: number
}

export interface RolloutStepTemplate {
  /** Share of the traffic in percent, above 0; the step with 100 is full traffic and has the final soak. */
  readonly share: number
  readonly soakMinutes: number
  readonly minimumRequests: number
}

export interface TemplateRevision {
  readonly templateId: string
  readonly revision: number
  readonly name: string
  /** One sentence: when to use it. */
  readonly purpose: string
  readonly gates: readonly GateTemplate[]
  /** Offered when a release is opened; the last step is full traffic. */
  readonly steps: readonly RolloutStepTemplate[]
  readonly deferred: readonly DeferredCondition[]
}

/** What of a revision a person writes: all but its place in the row of revisions. */
export type TemplateContent = Omit<TemplateRevision, 'templateId' | 'revision'>

export function bareContent({ name, purpose, gates, steps, deferred }: TemplateRevision): TemplateContent {
  return { name, purpose, gates, steps, deferred }
}

/** The items of a gate that a release of this tier is asked. */
export function itemsForTier(gate: GateTemplate, tier: Tier): readonly ItemTemplate[] {
  return gate.items.filter((item) => TIERS.indexOf(item.minTier) <= TIERS.indexOf(tier))
}

/** Whether whoever opens a release says the target or limit of this line, because it depends on the model. */
export function asksLimit(item: ItemTemplate): boolean {
  if (item.kind === 'value') return item.value.target === null && item.value.direction !== 'record'
  return item.kind === 'metric' && item.metric.rule.threshold === null && item.metric.test === undefined
}

/** The rule that counts under the tier's separation policy (rule 3). */
export function ruleUnder(gate: GateTemplate, policy: 'strict' | 'small-team'): SignOffRule {
  return policy === 'small-team' ? (gate.smallTeamRule ?? gate.rule) : gate.rule
}

/** Signatures that a rule asks for in all. */
export function signatureCount(rule: SignOffRule): number {
  return rule.teams.reduce((sum, entry) => sum + entry.count, 0) + (rule.counterSignatures ?? 0)
}
