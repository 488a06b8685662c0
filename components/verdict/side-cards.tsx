'use client'
/** What stands beside the evaluations: the rule, when it is measured, what ends when, and the judgements into which the metric was frozen, then beside now. */
import { said } from '@/components/ui/said'
import { ReadingPicture } from '@/components/verdict/reading-picture'
import { limitText, measuredText, VERDICT_MEANS, verdictMark, verdictNoun } from '@/components/verdict/words'
import { AppLink } from '@/components/ui/app-link'
import { Pill } from '@/components/ui/pill'
import { Facts, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { formatPlural, withoutStop } from '@/lib/domain/format'
import { spanWords } from '@/lib/domain/verdict/rule-words'
import type { JudgementView, VerdictPageView } from '@/lib/domain/verdict/page-view'
import { VERDICTS } from '@/lib/domain/verdict/verdict'

export function RuleCard({ page }: { page: VerdictPageView }) {
  const { rule, measuring, source, endings, kept } = page
  return (
    <Surface aria-labelledby="rule-title">
      <SurfaceHead title={<span id="rule-title">The rule</span>} note={rule ? (rule.mode === 'standing' ? 'watched for as long as it is live' : 'a snapshot, frozen at sign-off') : undefined} />
      <div className="flex flex-col gap-2 px-4 py-3">
        {rule ? <><p className="max-w-prose">{said(rule.words)}</p><p className="max-w-prose text-12 text-ink-2">{said(rule.plan)}</p></> : <p className="text-ink-2">No limit is set yet, so nothing can be judged. Set one on the item.</p>}
        <Facts className="text-12" items={[
          ...(rule?.limit ? [{ term: 'Limit', value: limitText(rule.limit, rule) }] : []),
          { term: 'Measured', value: <>{withoutStop(measuring.words)}{measuring.everySeconds !== null && <>, every {spanWords(measuring.everySeconds)}</>}{measuring.nextAt !== null && <>; next <Time at={measuring.nextAt} /></>}</> },
          { term: 'Asked of', value: source ? <>{source.name}{source.isUp === false && <span className="text-failed">, which does not answer</span>}</> : 'no metrics source' },
          ...endings.map((one) => ({ term: one.words, value: <Time at={one.at} as="moment" /> })),
          { term: 'Kept', value: kept.since === null ? 'No single measurement is kept.' : <>{formatPlural(kept.total, 'measurement')} since <Time at={kept.since} as="moment" />. Each is kept for {kept.days} days; turns and judgements for ever. Nothing is known from before.</> },
        ]} />
        <details className="text-12 text-ink-2">
          <summary>What the six verdicts mean</summary>
          <dl className="mt-2 flex flex-col gap-1">{VERDICTS.map((one) => <div key={one} className="flex gap-2"><dt className="w-24 shrink-0"><Pill state={verdictMark(one)} hasMark>{verdictNoun(one)}</Pill></dt><dd>{VERDICT_MEANS[one]}</dd></div>)}</dl>
        </details>
      </div>
    </Surface>
  )
}

export function JudgementsCard({ page }: { page: VerdictPageView }) {
  const { judgements, rule } = page
  if (page.owner.kind === 'live') return null
  return (
    <Surface aria-labelledby="frozen-title">
      <SurfaceHead title={<span id="frozen-title">Frozen into</span>} note={judgements.length === 0 ? undefined : 'then, beside now'} />
      {judgements.length === 0 && <p className="px-4 py-3 text-ink-2">No sign-off, decision or waiver rests on it yet. Each will keep the value, the rule, the query and a short series as they were.</p>}
      <ul role="list" className="divide-y divide-line">{judgements.map((one) => <Judgement key={`${one.kind} ${one.at} ${one.title}`} judgement={one} now={page.newest?.value ?? page.verdict?.value ?? null} nowVerdict={page.verdict?.verdict ?? null} rule={rule} />)}</ul>
    </Surface>
  )
}

function Judgement({ judgement, now, nowVerdict, rule }: { judgement: JudgementView; now: number | null; nowVerdict: JudgementView['verdict'] | null; rule: VerdictPageView['rule'] }) {
  const unit = rule?.unit ?? 'score'
  const { title, by, at, href, state, verdict, value, samples, series, measuredAt, query } = judgement
  return (
    <li className="px-4 py-3">
      <p><AppLink className="text-link" href={href}>{title}</AppLink> <span className="text-ink-2">by {by} <Time at={at} as="moment" />{state && ` · ${state}`}</span></p>
      <dl className="my-2 grid max-w-sm grid-cols-2 gap-3">
        <div><dt className="text-12 text-ink-3">Then</dt><dd className="flex flex-wrap items-center gap-2"><span className="mono">{measuredText(value, unit)}</span><Pill state={verdictMark(verdict)} hasMark>{verdictNoun(verdict)}</Pill></dd></div>
        <div><dt className="text-12 text-ink-3">Now</dt><dd className="flex flex-wrap items-center gap-2"><span className="mono">{measuredText(now, unit)}</span>{nowVerdict && <Pill state={verdictMark(nowVerdict)} hasMark>{verdictNoun(nowVerdict)}</Pill>}</dd></div>
      </dl>
      <ReadingPicture series={series} limit={judgement.limit?.of === 'value' ? judgement.limit : null} unit={unit} />
      <details className="mt-1 text-12 text-ink-2">
        <summary>How it was measured then</summary>
        <p className="mt-1">{samples > 0 && `${formatPlural(samples, 'sample')}, `}measured <Time at={measuredAt} as="exact" />.</p>
        <p>{judgement.rule ?? 'The rule in words was not kept then.'}</p>
        {query !== '' && <code className="mono block break-all">{query}</code>}
      </details>
    </li>
  )
}
