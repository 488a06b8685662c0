/** The six verdicts of a metric, what each means, and the one rule on top of all others: only `pass` passes (PRODUCT rule 6). */

export const VERDICTS = ['pass', 'fail', 'inconclusive', 'no-data', 'idle', 'error'] as const

export type Verdict = (typeof VERDICTS)[number]

/** Whether the verdict lets a gate or a step go on. Nothing but `pass` does. */
export function isPass(verdict: Verdict | null | undefined): boolean {
  return verdict === 'pass'
}

/** Whether the metric says nothing about the model: not bad, and not good either (PRODUCT rule 7, "not measured"). */
export function isUnmeasured(verdict: Verdict | null | undefined): boolean {
  return verdict !== 'pass' && verdict !== 'fail'
}

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'passes',
  fail: 'fails',
  inconclusive: 'inconclusive',
  'no-data': 'no data',
  idle: 'idle, no traffic',
  error: 'could not be measured',
}

/** The verdict as a screen, a message or the record says it. */
export function verdictWords(verdict: Verdict): string {
  return WORDS[verdict]
}

/** What one evaluation found. Numbers are in the unit of the rule; `raw` is the value as Prometheus wrote it. */
export interface Judgement {
  readonly verdict: Verdict
  /** The candidate's value; `null` when there is no finite one. */
  readonly value: number | null
  readonly raw: string | null
  /** The stable version's value at the same instant, when it was asked for and is finite. */
  readonly stable: number | null
  /** What was held against the limit: the value itself, or its ratio to or difference from stable. */
  readonly compared: number | null
  /** Requests (or points) that the value rests on; `null` when nobody counted. */
  readonly samples: number | null
  /** Series in the answer, before a reducer. */
  readonly series: number
  /** One sentence: what was seen and which rule fired. */
  readonly reason: string
  readonly warnings: readonly string[]
  readonly infos: readonly string[]
}

/** One point of a down-sampled series kept in the record: unix seconds, and the value (`null` where it was not finite). */
export type KeptPoint = readonly [number, number | null]
