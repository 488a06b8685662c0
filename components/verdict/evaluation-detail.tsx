'use client'
/** One evaluation in full: which doubt decided it, how it moved the verdict, what was asked and what came back. */
import { Mark } from '@/components/gate/mark'
import { said } from '@/components/ui/said'
import { ExchangeCard, QueryText } from '@/components/verdict/exchange-card'
import { Ladder } from '@/components/verdict/ladder'
import { comparedText, measuredText, verdictMark, verdictNoun } from '@/components/verdict/words'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Pill } from '@/components/ui/pill'
import { Facts, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { formatPlural } from '@/lib/domain/format'
import type { EvaluationDetail as Detail, FoldView, RuleView } from '@/lib/domain/verdict/page-view'

interface EvaluationDetailProps {
  detail: Detail
  rule: RuleView | null
  /** Whether it is the newest one and moves on by itself. */
  isNewest: boolean
  onPick: (id: string) => void
  onNewest: () => void
}

/** In: the evaluation. The cards keep their places from one to the next, so that walking through them compares them. */
export function EvaluationDetail({ detail, rule, isNewest, onPick, onNewest }: EvaluationDetailProps) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Surface aria-labelledby="why-title">
        <SurfaceHead title={<span id="why-title">Why it {isNewest ? 'says' : 'said'} “{verdictNoun(detail.verdict)}”</span>} note={<>{isNewest ? 'the newest measurement, ' : 'measured '}<Time at={detail.at} as="exact" /></>}>
          {!isNewest && <Button size="s" look="quiet" onClick={onNewest}>Show the newest</Button>}
          <Pill state={verdictMark(detail.verdict)} hasMark>{verdictNoun(detail.verdict)}</Pill>
        </SurfaceHead>
        <div className="px-4 py-3">
          <p className="mb-2 max-w-prose text-14 break-words">{said(detail.reason)}</p>
          <Ladder rungs={detail.ladder} verdict={detail.verdict} />
          <RuleThen then={detail.rule} now={rule?.words ?? null} />
        </div>
        {detail.fold && <Fold fold={detail.fold} own={detail.id} rule={rule} onPick={onPick} />}
      </Surface>
      {detail.advice && <AdviceCard advice={detail.advice} rule={rule} />}
      <Asked detail={detail} rule={rule} />
    </div>
  )
}

function RuleThen({ then, now }: { then: string | null; now: string | null }) {
  if (then === null) return <p className="mt-2 max-w-prose text-12 text-ink-2">{now} <span className="text-ink-3">(The rule was not kept with this measurement; this is today’s.)</span></p>
  return <p className="mt-2 max-w-prose text-12 text-ink-2">{then}{now !== null && now !== then && <b className="font-medium text-ink"> The rule is another one today.</b>}</p>
}

function Fold({ fold, own, rule, onPick }: { fold: FoldView; own: string; rule: RuleView | null; onPick: (id: string) => void }) {
  const turned = fold.before !== fold.after
  return (
    <div className="border-t border-line px-4 py-3">
      <h3>From measurements to the verdict that stands</h3>
      <ol role="list" className="my-2 flex flex-wrap items-center gap-1" aria-label="The measurements that were counted, oldest first">
        {fold.looked.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onPick(one.id)} aria-current={one.id === own ? 'true' : undefined} title={`${verdictNoun(one.verdict)}, ${one.at}`}
              className={one.id === own ? 'inline-flex size-6 items-center justify-center rounded-control border border-ink' : 'inline-flex size-6 items-center justify-center rounded-control border border-transparent hover:bg-sunken'}>
              <Mark state={verdictMark(one.verdict)} size={14} label={`${verdictNoun(one.verdict)}, measured ${one.at}`} />
            </button>
          </li>
        ))}
        <li className="flex items-center gap-2 pl-2"><span aria-hidden="true" className="text-ink-3">→</span><Pill state={verdictMark(fold.after)} hasMark>{verdictNoun(fold.after)}</Pill></li>
      </ol>
      <p className="max-w-prose">
        {fold.reason}{' '}
        {turned ? <b className="font-medium">With it the verdict turned{fold.before === null ? '' : ` from ${verdictNoun(fold.before)}`} to {verdictNoun(fold.after)}.</b> : <span className="text-ink-2">It stayed {verdictNoun(fold.after)}.</span>}
      </p>
      {rule && <p className="mt-1 max-w-prose text-12 text-ink-2">{rule.plan}</p>}
    </div>
  )
}

function AdviceCard({ advice, rule }: { advice: NonNullable<Detail['advice']>; rule: RuleView | null }) {
  const unit = rule?.unit ?? 'score'
  return (
    <Surface aria-labelledby="advice-title">
      <SurfaceHead title={<span id="advice-title">Advice beside the verdict</span>} note="Mann-Whitney, two-sided; decides nothing" />
      <div className="px-4 py-3">
        <p className="max-w-prose">{said(advice.words)}</p>
        <Facts className="mt-2 text-12" items={[
          { term: 'Points', value: `${advice.points.candidate} of the candidate, ${advice.points.stable} of stable` },
          ...(advice.p === null ? [] : [{ term: 'p', value: advice.p < 0.001 ? 'below 0.001' : advice.p.toFixed(3) }]),
          ...(advice.shift === null ? [] : [{ term: 'Shift', value: `${measuredText(advice.shift, unit)}${advice.interval ? ` (${measuredText(advice.interval[0], unit)} to ${measuredText(advice.interval[1], unit)} at ${Math.round(advice.confidence * 100)} %)` : ''}` }]),
          ...(advice.effect === null ? [] : [{ term: 'Mean', value: `${advice.effect.toFixed(2)} × stable` }]),
        ]} />
        <p className="mt-2 max-w-prose text-12 text-ink-2">{advice.caution}</p>
      </div>
    </Surface>
  )
}

function Asked({ detail, rule }: { detail: Detail; rule: RuleView | null }) {
  const { exchanges, query, raw, stable, compared, samples, series } = detail
  return (
    <Surface aria-labelledby="asked-title">
      <SurfaceHead title={<span id="asked-title">Asked and answered</span>} note={exchanges ? `${formatPlural(exchanges.length, 'question')}${detail.sourceName ? ` to ${detail.sourceName}` : ''}` : 'not kept in full'}>
        <CopyButton text={JSON.stringify(detail, null, 2)} label="Copy as JSON" />
      </SurfaceHead>
      {exchanges !== null && exchanges.length === 0 && <p className="px-4 py-3 text-ink-2">Nothing was asked: {detail.reason}</p>}
      {exchanges !== null && exchanges.length > 0 && <ul role="list" className="divide-y divide-line">{exchanges.map((one) => <ExchangeCard key={one.role} exchange={one} graphUrl={detail.graphUrl} />)}</ul>}
      {exchanges === null && (
        <div className="flex flex-col gap-2 px-4 py-3">
          <p className="text-ink-2">The answers are not kept: those of passes go after a day. This is what is left:</p>
          {query !== '' && <><QueryText query={query} /><CopyButton text={query} label="Copy query" /></>}
          <Facts className="text-12" items={[
            { term: 'Value as received', value: raw ?? 'none' }, { term: 'Stable', value: measuredText(stable, rule?.unit ?? 'score') },
            ...(rule && compared !== null ? [{ term: 'Held against the limit', value: comparedText(compared, rule) }] : []),
            { term: 'Series', value: String(series) }, { term: 'Samples', value: samples.toLocaleString('en-GB') },
            ...detail.warnings.map((text) => ({ term: 'Warning', value: text })), ...detail.infos.map((text) => ({ term: 'Info', value: text })),
          ]} />
        </div>
      )}
    </Surface>
  )
}
