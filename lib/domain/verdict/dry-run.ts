/** What a specification would have said: the past judged step by step with the rules of the evaluator, before anything is saved. Pure. */

import type { Advice } from './advice'
import type { Answer } from './answer'
import type { Exchange, ExchangeRole } from './exchange'
import { DEFAULT_PLAN, foldSnapshot, foldStanding } from './fold'
import { judge, type Asked } from './judge'
import type { MetricSpec } from './metric-spec'
import type { KeptPoint, Verdict } from './verdict'

export interface ReplayedStep {
  /** Unix seconds. */
  readonly at: number
  /** What this one measurement says. */
  readonly verdict: Verdict
  /** What the item would say after it. */
  readonly standing: Verdict
  readonly value: number | null
  readonly stable: number | null
  readonly compared: number | null
}

export interface Frame {
  readonly start: number
  readonly end: number
  readonly stepSeconds: number
}

/** The answer of a range query as it was at one of its steps: what an instant query then would have said. */
function answerAt(answer: Answer, at: number, stepSeconds: number): Answer {
  const series = answer.series.flatMap((one) => {
    // Compatible backends may shift a time by less than a step.
    const sample = one.samples.find((each) => Math.abs(each.at - at) < stepSeconds / 2)
    return sample ? [{ ...one, samples: [sample], histograms: 0 }] : one.histograms > 0 && one.samples.length === 0 ? [{ ...one, histograms: 1 }] : []
  })
  return { ...answer, type: 'vector', series }
}

/** Every step's answer at once, so that a long range is walked once. */
function byStep(asked: Asked, frame: Frame): (at: number) => Asked {
  if (!asked.ok) return () => asked
  const steps = new Map<number, Answer>()
  const { answer } = asked
  const place = (at: number) => Math.round((at - frame.start) / frame.stepSeconds)
  const found = new Map<number, { labels: Readonly<Record<string, string>>; histograms: number; samples: Answer['series'][number]['samples'][number][] }[]>()
  for (const one of answer.series) {
    for (const sample of one.samples) found.set(place(sample.at), [...(found.get(place(sample.at)) ?? []), { labels: one.labels, histograms: 0, samples: [sample] }])
  }
  if (answer.type === 'scalar' || answer.series.some((one) => one.histograms > 0 && one.samples.length === 0)) return (at) => ({ ok: true, answer: answerAt(answer, at, frame.stepSeconds) })
  return (at) => {
    const known = steps.get(place(at)) ?? { ...answer, type: 'vector' as const, series: found.get(place(at)) ?? [] }
    steps.set(place(at), known)
    return { ok: true, answer: known }
  }
}

export interface Replay {
  readonly spec: MetricSpec
  readonly frame: Frame
  /** What each question's range query answered; absent: it is not asked for this rule. `null` for stable: there is none to compare with. */
  readonly asked: Readonly<Partial<Record<ExchangeRole, Asked>>>
  readonly declared?: number | null
  readonly topBucket?: number
}

/**
 * Judges and folds each step. In: the specification, the frame (ends included), the answers by role.
 * Out: one step per point of time, oldest first: the same judge and the same fold as the evaluator's, as if it had measured at these times only.
 */
export function replay({ spec, frame, asked, declared, topBucket }: Replay): readonly ReplayedStep[] {
  const roles = Object.entries(asked).map(([role, one]) => [role, byStep(one, frame)] as const)
  const plan = spec.plan ?? DEFAULT_PLAN
  const verdicts: Verdict[] = []
  const steps: ReplayedStep[] = []
  let standing: Verdict | null = null
  for (let at = frame.start; at <= frame.end; at += frame.stepSeconds) {
    const then: Partial<Record<string, Asked>> = Object.fromEntries(roles.map(([role, find]) => [role, find(at)]))
    const judged = judge({
      candidate: then['candidate'] ?? { ok: false, reason: 'Nothing was asked.' }, now: at,
      ...(then['samples'] ? { samples: then['samples'] } : {}), ...(then['age'] ? { age: then['age'] } : {}), ...(then['short-window'] ? { short: then['short-window'] } : {}),
      ...(then['capacity'] ? { capacity: then['capacity'] } : {}), ...(declared === undefined ? {} : { declared }), ...(topBucket === undefined ? {} : { topBucket }),
      ...(spec.rule.test.kind === 'stable' ? { stable: then['stable'] ?? null } : {}),
    }, spec.rule)
    verdicts.push(judged.verdict)
    // The fold looks back no further than this.
    if (verdicts.length > 200) verdicts.shift()
    standing = (spec.kind === 'standing' ? foldStanding(plan, standing, verdicts) : foldSnapshot(plan, verdicts)).verdict
    steps.push({ at, verdict: judged.verdict, standing, value: judged.value, stable: judged.stable, compared: judged.compared })
  }
  return steps
}

/** The history in one sentence: how often it would have passed, and when it would first have turned to fail. In: the steps; how to say an instant. */
export function replayWords(steps: readonly ReplayedStep[], sayInstant: (at: number) => string): string {
  const total = steps.length
  if (total === 0) return 'There is no past to look at.'
  const count = (verdict: Verdict) => steps.filter((step) => step.standing === verdict).length
  const fails = steps.filter((step, at) => step.standing === 'fail' && steps[at - 1]?.standing !== 'fail')
  const [passed, failed] = [count('pass'), count('fail')]
  const other = total - passed - failed
  const share = (part: number) => (part === total ? 'all the time' : part === 0 ? 'never' : `${Math.min(99, Math.max(1, Math.round((part / total) * 100)))} % of the time`)
  const unmeasured = other > 0 ? ` It could not have been judged ${share(other)}.` : ''
  if (fails.length === 0) return `It would have passed ${share(passed)} and never failed.${unmeasured}`
  const last = fails.at(-1)
  return `It would have passed ${share(passed)} and turned to fail ${fails.length === 1 ? 'once' : `${fails.length} times`}, last ${sayInstant(last?.at ?? 0)}.${unmeasured}`
}

export const DRY_RUN_SPANS = ['1h', '6h', '24h', '7d'] as const
/** How far a dry run looks back. */
export type DryRunSpan = (typeof DRY_RUN_SPANS)[number]

/** What a dry run answers. */
export interface DryRunView {
  /** The rule and the plan in words. */
  readonly rule: string
  readonly plan: string
  readonly now: {
    readonly verdict: Verdict
    readonly reason: string
    readonly value: number | null
    readonly stable: number | null
    readonly samples: number | null
    readonly query: string
    readonly at: string
    readonly exchanges: readonly Exchange[]
    readonly advice: Advice | null
  }
  readonly history: {
    /** Unix seconds. */
    readonly from: number
    readonly to: number
    readonly stepSeconds: number
    readonly steps: readonly ReplayedStep[]
    readonly candidate: readonly KeptPoint[]
    readonly stable: readonly KeptPoint[]
    /** Why there is no past to judge; `null` when there is. */
    readonly trouble: string | null
  }
}

/** What the editor of a metric item begins with. */
export interface MetricItemForm {
  readonly itemId: string
  readonly title: string
  readonly isRequired: boolean
  readonly mode: 'snapshot' | 'standing'
  /** As it is measured now; `null` while no limit is set. */
  readonly spec: MetricSpec | null
  /** What it would begin with when no limit is set. */
  readonly start: MetricSpec
  readonly isOwn: boolean
  /** Where its questions go, for completing names; `null` without a source. */
  readonly sourceId: string | null
  readonly sources: readonly { readonly id: string; readonly name: string }[]
  readonly hasStable: boolean
  /** The candidate's labels, which fill `$sel`. */
  readonly labels: Readonly<Record<string, string>>
  readonly declared: Readonly<Record<string, number>>
  /** Why the caller may not write PromQL, or may not change the item at all; `null` when they may. */
  readonly ownQueryRefusal: string | null
  readonly changeRefusal: string | null
}
