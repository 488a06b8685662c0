/** Measures one metric item: asks what its rule needs, at one instant for all of it, and judges; what was asked and answered goes with it. */
import 'server-only'
import type { Advice } from '@/lib/domain/verdict/advice'
import { exchangeOf, type Exchange, type ExchangeRole } from '@/lib/domain/verdict/exchange'
import { judge, type Asked } from '@/lib/domain/verdict/judge'
import { bucketsOf, planQuestions, type Question } from '@/lib/domain/verdict/questions'
import type { Judgement, KeptPoint, Verdict } from '@/lib/domain/verdict/verdict'
import { compareWithStable } from './advise'
import { alignedTo, type AskedAnswer, type Asker } from './asker'
import type { MetricTarget } from './target'

export interface Measurement {
  readonly judgement: Judgement
  /** The candidate's query as sent; empty when nothing could be asked. */
  readonly query: string
  /** Unix seconds of the evaluation. */
  readonly at: number
  readonly sourceId: string | null
  /** Everything that was asked, with the answers as received. */
  readonly exchanges: readonly Exchange[]
  /** A statistical comparison beside the verdict; `null` where none is made. */
  readonly advice: Advice | null
}

/** Points of the series that is kept with a turn. */
const KEPT_POINTS = 60
const USUAL_SCRAPE_SECONDS = 15

function unmeasured(verdict: Verdict, reason: string): Judgement {
  return { verdict, reason, value: null, raw: null, stable: null, compared: null, samples: null, series: 0, warnings: [], infos: [] }
}

/** Highest finite bucket among the series behind a histogram quantile, in the unit of the rule; `undefined` when it is none. */
export function topBucketOf(asked: Asked | undefined, candidate: string): number | undefined {
  const scale = bucketsOf(candidate)?.scale
  if (!asked?.ok || scale === undefined) return undefined
  const bounds = asked.answer.series.map((series) => Number(series.labels['le'])).filter(Number.isFinite)
  return bounds.length === 0 ? undefined : Math.max(...bounds) / scale
}

/** The instant at which items are evaluated: aligned, and one scrape back, so that no series is half-scraped. */
export function evaluationTime(nowMs: number, scrapeIntervalSeconds: number): number {
  return alignedTo(nowMs, scrapeIntervalSeconds) - scrapeIntervalSeconds
}

/** The questions that a target leads to. In: the target, the scrape interval of its source in seconds. */
export function questionsOf(target: MetricTarget, scrapeSeconds: number): ReturnType<typeof planQuestions> {
  const isStableElsewhere = target.stableSourceId !== null && target.stableSourceId !== target.sourceId
  return planQuestions(target.spec, { stacks: target.stacks, selectors: target.selectors, stableSelectors: target.stableSelectors, isStableElsewhere, scrapeSeconds })
}

/** What the release declares of the resource that the rule names; `undefined` when the rule names none. */
export function declaredOf(target: MetricTarget): number | null | undefined {
  const { test } = target.spec.rule
  return test.kind === 'declared' ? (target.declared?.[test.resource] ?? null) : undefined
}

interface Reply {
  readonly asked: AskedAnswer
  readonly exchange: Exchange
}

/** Measures a target now (unix ms), with the comparison of its last hour when that is asked for. Out: the judgement with its exchanges; never throws. What could not be asked is `error` or `no-data` with the reason. */
export async function measure(asker: Asker, target: MetricTarget, nowMs: number, withAdvice = false): Promise<Measurement> {
  const { spec, sourceId } = target
  const nothing = { query: '', sourceId, exchanges: [], advice: null }
  if (sourceId === null) return { ...nothing, judgement: unmeasured('no-data', 'The environment has no metrics source.'), at: nowMs / 1000 }
  const scrapeSeconds = (await asker.source(sourceId))?.scrapeIntervalSeconds ?? USUAL_SCRAPE_SECONDS
  const at = evaluationTime(nowMs, scrapeSeconds)
  const planned = questionsOf(target, scrapeSeconds)
  if (!planned.ok) return { ...nothing, judgement: unmeasured(planned.verdict, planned.reason), at }

  const put = async ({ role, query }: Question): Promise<Reply> => {
    const asksOf = role === 'stable' ? (target.stableSourceId ?? sourceId) : sourceId
    // Bounds hardly ever change, so a minute-aligned time lets many evaluations share one question.
    const time = role === 'bounds' ? at - (at % 60) : at
    const begun = performance.now()
    const asked = await asker.instant(asksOf, query, time)
    return { asked, exchange: exchangeOf(role, query, time, asked, performance.now() - begun) }
  }
  const [replies, compared] = await Promise.all([
    Promise.all(planned.questions.map(put)),
    withAdvice ? compareWithStable(asker, target, planned.questions, at, scrapeSeconds) : null,
  ])
  const of = (role: ExchangeRole): AskedAnswer | undefined => replies.find((reply) => reply.exchange.role === role)?.asked
  const query = planned.questions[0]?.query ?? ''
  const [candidate, samples, age, short, capacity] = [of('candidate'), of('samples'), of('age'), of('short-window'), of('capacity')]
  const bound = topBucketOf(of('bounds'), query)
  const declared = declaredOf(target)
  const judgement = judge({
    candidate: candidate ?? { ok: false, reason: 'Nothing was asked.' },
    now: nowMs / 1000,
    ...(samples === undefined ? {} : { samples }),
    ...(age === undefined ? {} : { age }),
    ...(short === undefined ? {} : { short }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(declared === undefined ? {} : { declared }),
    ...(bound === undefined ? {} : { topBucket: bound }),
    ...(spec.rule.test.kind === 'stable' ? { stable: of('stable') ?? null } : {}),
  }, spec.rule)
  return { judgement, query, at, sourceId, exchanges: [...replies.map((reply) => reply.exchange), ...(compared?.exchanges ?? [])], advice: compared?.advice ?? null }
}

/** The last stretch of the measured series, for the record: at most 60 points over the item's window, or an hour. Empty when it cannot be read. */
export async function keptSeries(asker: Asker, measurement: Measurement, windowSeconds: number): Promise<readonly KeptPoint[]> {
  const { sourceId, query, at } = measurement
  if (sourceId === null || query === '') return []
  const span = Math.max(3600, windowSeconds)
  const stepSeconds = Math.ceil(span / KEPT_POINTS)
  const end = Math.floor(at / stepSeconds) * stepSeconds
  const answer = await asker.range(sourceId, query, { start: end - span, end, stepSeconds })
  if (!answer.ok || answer.answer.series.length !== 1) return []
  return (answer.answer.series[0]?.samples ?? []).map(({ at: time, value }): KeptPoint => [time, Number.isFinite(value) ? value : null])
}
