/** Compares the candidate's series with the stable version's over the last hour, as advice that is kept beside a verdict. */
import 'server-only'
import type { Advice } from '@/lib/domain/verdict/advice'
import { exchangeOf, type Exchange } from '@/lib/domain/verdict/exchange'
import { advise } from '@/lib/domain/verdict/mann-whitney'
import type { Question } from '@/lib/domain/verdict/questions'
import type { AskedAnswer, Asker } from './asker'
import type { MetricTarget } from './target'

/** Kayenta's users are told to bring fifty points per side; an hour of a metric gives them. */
const POINTS = 60
const LEAST_SECONDS = 3600

export interface Comparison {
  readonly advice: Advice | null
  readonly exchanges: readonly Exchange[]
}

const NOTHING: Comparison = { advice: null, exchanges: [] }

function valuesOf(asked: AskedAnswer): readonly number[] | null {
  if (!asked.ok || asked.answer.warnings.length > 0 || asked.answer.series.length > 1) return null
  return asked.answer.series[0]?.samples.map((sample) => sample.value) ?? []
}

/**
 * In: the target, its questions, the instant of the evaluation (unix s), the scrape interval. Out: the advice with what was asked for it;
 * none where the item is not compared with stable, or one side has several series. Never throws.
 */
export async function compareWithStable(asker: Asker, target: MetricTarget, questions: readonly Question[], at: number, scrapeSeconds: number): Promise<Comparison> {
  const [own, beside] = (['candidate', 'stable'] as const).map((role) => questions.find((one) => one.role === role)?.query)
  if (target.sourceId === null || own === undefined || beside === undefined) return NOTHING
  const span = Math.max(LEAST_SECONDS, target.spec.windowSeconds)
  const stepSeconds = Math.max(scrapeSeconds, Math.ceil(span / POINTS))
  const end = Math.floor(at / stepSeconds) * stepSeconds
  const range = { start: end - span, end, stepSeconds }
  const begun = performance.now()
  const [ours, theirs] = await Promise.all([asker.range(target.sourceId, own, range), asker.range(target.stableSourceId ?? target.sourceId, beside, range)])
  const tookMs = performance.now() - begun
  const exchanges = [exchangeOf('history', own, end, ours, tookMs), exchangeOf('stable-history', beside, end, theirs, tookMs)]
  const [candidate, stable] = [valuesOf(ours), valuesOf(theirs)]
  return { exchanges, advice: candidate && stable ? advise(candidate, stable, target.spec.rule) : null }
}
