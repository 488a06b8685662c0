/** Tries a specification before it is saved: one measurement now, and a stretch of the past (seven days usually) by one range query per question, judged step by step. */
import 'server-only'
import { replay, type DryRunSpan, type DryRunView, type Frame } from '@/lib/domain/verdict/dry-run'
import type { ExchangeRole } from '@/lib/domain/verdict/exchange'
import type { Asked } from '@/lib/domain/verdict/judge'
import { planWords, ruleWords } from '@/lib/domain/verdict/rule-words'
import type { KeptPoint } from '@/lib/domain/verdict/verdict'
import type { Asker } from './asker'
import { declaredOf, measure, questionsOf, topBucketOf } from './measure'
import type { MetricTarget } from './target'

/** Length and step of each look back, in seconds: some three hundred points, few enough for any source. */
const SPANS: Readonly<Record<DryRunSpan, readonly [number, number]>> = { '1h': [3600, 15], '6h': [21_600, 60], '24h': [86_400, 300], '7d': [604_800, 1800] }

function frameOf(span: DryRunSpan, nowMs: number, scrapeSeconds: number): Frame {
  const [length, usual] = SPANS[span]
  const stepSeconds = Math.max(usual, scrapeSeconds)
  // Aligned, so that the same look a moment later is answered from memory.
  const end = Math.floor(nowMs / 1000 / stepSeconds) * stepSeconds
  return { start: end - Math.floor(length / stepSeconds) * stepSeconds, end, stepSeconds }
}

function pointsOf(asked: Asked | undefined): readonly KeptPoint[] {
  if (!asked?.ok || asked.answer.series.length !== 1) return []
  return (asked.answer.series[0]?.samples ?? []).map(({ at, value }): KeptPoint => [at, Number.isFinite(value) ? value : null])
}

/** In: the target with the specification to try, how far to look back, now in unix ms. Out: what it says now and would have said; never throws. */
export async function dryRun(asker: Asker, target: MetricTarget, span: DryRunSpan, nowMs: number): Promise<DryRunView> {
  const { spec, sourceId } = target
  const [measured, history] = await Promise.all([measure(asker, target, nowMs, spec.rule.test.kind === 'stable'), past(asker, target, span, nowMs)])
  const { judgement, exchanges, advice, query, at } = measured
  const { verdict, reason, value, stable, samples } = judgement
  return {
    rule: ruleWords(spec), plan: planWords(spec),
    now: { verdict, reason, value, stable, samples, query, at: new Date(at * 1000).toISOString(), exchanges, advice },
    history: sourceId === null ? { ...history, trouble: 'The environment has no metrics source.' } : history,
  }
}

async function past(asker: Asker, target: MetricTarget, span: DryRunSpan, nowMs: number): Promise<DryRunView['history']> {
  const { sourceId, spec } = target
  const scrapeSeconds = sourceId === null ? 15 : ((await asker.source(sourceId))?.scrapeIntervalSeconds ?? 15)
  const frame = frameOf(span, nowMs, scrapeSeconds)
  const empty = { from: frame.start, to: frame.end, stepSeconds: frame.stepSeconds, steps: [], candidate: [], stable: [] }
  if (sourceId === null) return { ...empty, trouble: null }
  const planned = questionsOf(target, scrapeSeconds)
  if (!planned.ok) return { ...empty, trouble: planned.reason }
  const asked: Partial<Record<ExchangeRole, Asked>> = {}
  await Promise.all(planned.questions.map(async ({ role, query }) => {
    const asksOf = role === 'stable' ? (target.stableSourceId ?? sourceId) : sourceId
    // Bounds hardly ever change: those of now stand for the week.
    asked[role] = role === 'bounds' ? await asker.instant(asksOf, query, frame.end) : await asker.range(asksOf, query, { start: frame.start, end: frame.end, stepSeconds: frame.stepSeconds })
  }))
  const { bounds, ...rest } = asked
  const failed = Object.values(rest).find((one) => !one.ok)
  if (failed && !failed.ok) return { ...empty, trouble: failed.reason }
  const top = topBucketOf(bounds, planned.questions[0]?.query ?? '')
  const declared = declaredOf(target)
  const steps = replay({ spec, frame, asked: rest, ...(declared === undefined ? {} : { declared }), ...(top === undefined ? {} : { topBucket: top }) })
  return { ...empty, steps, candidate: pointsOf(rest.candidate), stable: pointsOf(rest.stable), trouble: null }
}
