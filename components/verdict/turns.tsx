'use client'
/** The turns of a verdict, as the log has them for ever; an opened one shows what was seen at it, also when Prometheus and the table have forgotten. */
import { useState } from 'react'
import { Mark } from '@/components/gate/mark'
import { said } from '@/components/ui/said'
import { QueryText } from '@/components/verdict/exchange-card'
import { ReadingPicture } from '@/components/verdict/reading-picture'
import { measuredText, verdictMark, verdictNoun } from '@/components/verdict/words'
import { Time } from '@/components/ui/time'
import { formatDuration, formatPlural } from '@/lib/domain/format'
import type { RuleView, TurnView } from '@/lib/domain/verdict/page-view'

/** In: the turns, newest first; the rule, for units and the limit. */
export function Turns({ turns, rule, most }: { turns: readonly TurnView[]; rule: RuleView | null; most: number }) {
  if (turns.length === 0) return <p className="px-4 py-6 text-ink-2">The verdict has never turned: there is none yet.</p>
  return (
    <>
      <ol role="list" className="divide-y divide-line">{turns.map((turn, at) => <TurnRow key={turn.seq} turn={turn} newer={turns[at - 1]} rule={rule} />)}</ol>
      {turns.length >= most && <p className="border-t border-line px-4 py-2 text-12 text-ink-3">Older turns stand in the timeline.</p>}
    </>
  )
}

function TurnRow({ turn, newer, rule }: { turn: TurnView; newer: TurnView | undefined; rule: RuleView | null }) {
  const [isOpen, setOpen] = useState(false)
  const unit = rule?.unit ?? 'score'
  return (
    <li>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex w-full items-start gap-3 px-4 py-2 text-left hover:bg-sunken">
        <span className="pt-1"><Mark state={verdictMark(turn.verdict)} size={14} label={true} /></span>
        <span className="min-w-0 flex-1">
          <span className="block"><b className="font-medium">{verdictNoun(turn.verdict)}</b> <Time at={turn.at} as="moment" /> <span className="text-ink-3">{newer ? `for ${formatDuration(Date.parse(newer.at) - Date.parse(turn.at))}` : 'until now'}</span></span>
          <span className="line-clamp-2 block text-12 break-words text-ink-2">{said(turn.reason)}</span>
        </span>
        <span className="mono pt-px">{turn.value === null ? '' : measuredText(turn.value, unit)}</span>
      </button>
      {isOpen && (
        <div className="flex flex-col gap-2 px-4 pb-3 pl-10">
          <ReadingPicture series={turn.series} limit={rule?.limit?.of === 'value' ? rule.limit : null} unit={unit} />
          <p className="text-12 break-words text-ink-2">{said(turn.reason)} {turn.samples > 0 && `${formatPlural(turn.samples, 'sample')}. `}Entry {turn.seq} of the log.</p>
          {turn.query !== '' && <QueryText query={turn.query} />}
        </div>
      )}
    </li>
  )
}
