'use client'
/** What a specification would say now and would have said: the verdict with its reason, the values with the limit, and the verdicts below them. */
import { Mark } from '@/components/gate/mark'
import { Chart } from '@/components/metrics/chart'
import { useNow, useZone } from '@/components/ui/clock'
import { said } from '@/components/ui/said'
import { comparedText, limitText, verdictMark, verdictNoun } from '@/components/verdict/words'
import { formatMoment } from '@/lib/domain/format'
import { bandsOf } from '@/lib/domain/verdict/bands'
import { replayWords, type DryRunView } from '@/lib/domain/verdict/dry-run'
import { limitOf } from '@/lib/domain/verdict/limit'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { KeptPoint, Verdict } from '@/lib/domain/verdict/verdict'

/** Colour and height together, so that no verdict is told by colour alone. */
const BANDS: Readonly<Record<Verdict, readonly [string, number]>> = {
  fail: ['var(--failed)', 12], pass: ['var(--passed)', 6], inconclusive: ['var(--waiting)', 9], error: ['var(--stale)', 9], 'no-data': ['var(--idle)', 2], idle: ['var(--idle)', 2],
}

/** In: the answer, the specification that was tried, whether it is compared with a stable version. */
export function DryRunResult({ answer, spec, hasStable }: { answer: DryRunView; spec: MetricSpec; hasStable: boolean }) {
  const [now, zone] = [useNow(), useZone()]
  const { history } = answer
  const { steps } = history
  const limit = limitOf(spec.rule.test, hasStable)
  const rule = { unit: spec.rule.unit, limit, words: answer.rule }
  const points = limit?.of === 'compared' ? steps.map((step): KeptPoint => [step.at, step.compared]) : history.candidate
  const sayInstant = (at: number) => formatMoment(at * 1000, now, zone)
  const known = points.flatMap(([, value]) => (value === null ? [] : [value]))
  return (
    <section aria-label="What it would say" className="flex flex-col gap-2 rounded-surface border border-line p-4">
      <p className="flex items-start gap-2">
        <span className="pt-0.5"><Mark state={verdictMark(answer.now.verdict)} size={16} /></span>
        <span className="min-w-0 break-words"><b className="font-medium">Now: {verdictNoun(answer.now.verdict)}.</b> {said(answer.now.reason)}</span>
      </p>
      {answer.now.advice && <p className="text-12 text-ink-2">Advice beside it: {answer.now.advice.words} {answer.now.advice.caution}</p>}
      {history.trouble !== null && <p className="text-ink-2">The past cannot be judged: {history.trouble}</p>}
      {history.trouble === null && (
        <>
          <p>{replayWords(steps, sayInstant)}</p>
          <div className="relative pt-4">
            {known.length > 0 && <span className="absolute top-0 left-0 text-11 text-ink-3">{comparedText(Math.max(...known), rule)} at most, {comparedText(Math.min(...known), rule)} at least</span>}
            {limit && <span className="absolute top-0 right-0 text-11 text-failed">limit {limitText(limit, rule)}</span>}
            {known.length > 0
              ? <Chart className="h-28" panel={{ candidate: points, stable: limit?.of === 'compared' ? [] : history.stable, threshold: limit && { comparator: limit.comparator, value: limit.limit } }} from={history.from} to={history.to} stepSeconds={history.stepSeconds} marks={[]} />
              : <p className="flex h-16 items-center justify-center text-ink-3">No value in this time.</p>}
            <Strip steps={steps} from={history.from} to={history.to} stepSeconds={history.stepSeconds} />
          </div>
          <div className="flex justify-between text-11 text-ink-3"><span>{sayInstant(history.from)}</span><span>{sayInstant(history.to)}</span></div>
          <p className="text-12 text-ink-3">Judged at {steps.length} points of time by the same rules; between them nothing is looked at, so tolerances count points, not measurements.</p>
        </>
      )}
      <details className="text-12 text-ink-2">
        <summary className="cursor-pointer">What was asked just now</summary>
        <ul className="mt-1 flex flex-col gap-1">
          {answer.now.exchanges.map((one) => (
            <li key={`${one.role} ${one.query}`} className="min-w-0"><code className="mono break-all">{one.query}</code> → {one.ok ? `${one.series[0]?.value ?? 'nothing'}${one.totalSeries > 1 ? ` and ${one.totalSeries - 1} more series` : ''}` : one.error?.message}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}

function Strip({ steps, from, to, stepSeconds }: Pick<DryRunView['history'], 'steps' | 'from' | 'to' | 'stepSeconds'>) {
  const bands = bandsOf(steps.map((step) => ({ at: step.at, verdict: step.standing })), { every: stepSeconds * 1.5, least: 0, to })
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * 1000
  return (
    <svg viewBox="0 0 1000 12" preserveAspectRatio="none" className="mt-1 block h-3 w-full" role="img" aria-label={`Verdicts over this time: ${tally(steps)}`}>
      {bands.map((band) => <rect key={band.from} x={x(band.from)} width={Math.max(1, x(band.to) - x(band.from))} y={12 - BANDS[band.verdict][1]} height={BANDS[band.verdict][1]} fill={BANDS[band.verdict][0]} />)}
    </svg>
  )
}

function tally(steps: DryRunView['history']['steps']): string {
  const counts = new Map<Verdict, number>()
  for (const step of steps) counts.set(step.standing, (counts.get(step.standing) ?? 0) + 1)
  return [...counts].map(([verdict, count]) => `${verdictNoun(verdict)} ${count}`).join(', ') || 'none'
}
