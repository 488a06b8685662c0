'use client'
/** The kept evaluations, newest first, or only the turns: filtered by verdict, drawn as far as they are near, fetched page by page as one scrolls. */
import { useEffect, useRef, useState } from 'react'
import { Mark } from '@/components/gate/mark'
import { Button } from '@/components/ui/button'
import { classes } from '@/components/ui/class-names'
import { useNow, useZone } from '@/components/ui/clock'
import { measuredText, verdictMark, verdictNoun } from '@/components/verdict/words'
import { formatDay, formatExact } from '@/lib/domain/format'
import type { Unit } from '@/lib/domain/preset/unit'
import type { EvaluationLine, VerdictPageView } from '@/lib/domain/verdict/page-view'
import { VERDICTS, type Verdict } from '@/lib/domain/verdict/verdict'

const ROW_PX = 36
/** Rows that the box shows at most, and those that are drawn above and below. */
const BOX_ROWS = 18
const MORE_ROWS = 8

interface VerdictFilterProps {
  kept: VerdictPageView['kept']
  chosen: readonly Verdict[]
  onChoose: (verdicts: readonly Verdict[]) => void
}

/** One chip for each verdict that is kept, with its count; pressed ones are shown, none pressed: all. */
export function VerdictFilter({ kept, chosen, onChoose }: VerdictFilterProps) {
  return (
    <div role="group" aria-label="Show only" className="flex flex-wrap gap-1 border-b border-line px-3 py-2">
      {VERDICTS.filter((one) => (kept.counts[one] ?? 0) > 0 || chosen.includes(one)).map((one) => {
        const isOn = chosen.includes(one)
        return (
          <button key={one} type="button" aria-pressed={isOn} onClick={() => onChoose(isOn ? chosen.filter((other) => other !== one) : [...chosen, one])}
            className={classes('inline-flex h-6 items-center gap-1 rounded-control border px-2 text-12 hover:bg-sunken', isOn ? 'border-ink font-medium' : 'border-line text-ink-2')}>
            <Mark state={verdictMark(one)} size={12} /> {verdictNoun(one)} <span className="text-ink-3">{(kept.counts[one] ?? 0).toLocaleString('en-GB')}</span>
          </button>
        )
      })}
    </div>
  )
}

interface EvaluationListProps {
  lines: readonly EvaluationLine[]
  unit: Unit
  selectedId: string | null
  hasMore: boolean
  isFetching: boolean
  /** Said where the list ends. */
  end: string
  onMore: () => void
  onPick: (id: string) => void
}

/** The rows. Only those near are drawn; the last one that is drawn asks for the next page. */
export function EvaluationList({ lines, unit, selectedId, hasMore, isFetching, end, onMore, onPick }: EvaluationListProps) {
  const box = useRef<HTMLDivElement>(null)
  const [topRow, setTopRow] = useState(0)
  const first = Math.max(0, topRow - MORE_ROWS)
  const after = Math.min(lines.length + 1, topRow + BOX_ROWS + MORE_ROWS)
  useEffect(() => {
    if (hasMore && !isFetching && after >= lines.length - MORE_ROWS) onMore()
  }, [hasMore, isFetching, after, lines.length, onMore])
  const selected = lines.findIndex((line) => line.id === selectedId)
  const shown = useRef(selectedId)
  useEffect(() => {
    // Only another selection moves the list, not new rows.
    if (shown.current === selectedId || selected < 0 || !box.current) return
    shown.current = selectedId
    const { scrollTop, clientHeight } = box.current
    const place = selected * ROW_PX
    if (place < scrollTop) box.current.scrollTop = place
    else if (place + ROW_PX > scrollTop + clientHeight) box.current.scrollTop = place + ROW_PX - clientHeight
  }, [selected, selectedId])
  if (lines.length === 0 && !isFetching) return <p className="px-4 py-6 text-ink-2">{end}</p>
  return (
    <div ref={box} tabIndex={0} role="region" aria-label="Evaluations" className="max-h-96 overflow-y-auto lg:max-h-[40rem]" onScroll={(event) => setTopRow(Math.floor(event.currentTarget.scrollTop / ROW_PX))}>
      <ol role="list" className="relative" style={{ height: (lines.length + 1) * ROW_PX }}>
        {Array.from({ length: Math.max(0, after - first) }, (_, at) => first + at).map((index) => {
          const line = lines[index]
          const style = { transform: `translateY(${index * ROW_PX}px)`, height: ROW_PX }
          if (!line) return <li key="end" className="absolute inset-x-0 top-0 flex items-center px-4 text-12 text-ink-3" style={style}>{hasMore ? 'Reading older ones…' : end}</li>
          return <li key={line.id} className="absolute inset-x-0 top-0" style={style} aria-setsize={hasMore ? -1 : lines.length} aria-posinset={index + 1}><LineRow line={line} before={lines[index + 1]} unit={unit} isOn={line.id === selectedId} onPick={onPick} /></li>
        })}
      </ol>
    </div>
  )
}

function LineRow({ line, before, unit, isOn, onPick }: { line: EvaluationLine; before: EvaluationLine | undefined; unit: Unit; isOn: boolean; onPick: (id: string) => void }) {
  const isTurn = before !== undefined && before.standing !== '' && line.standing !== '' && before.standing !== line.standing
  return (
    <button type="button" aria-current={isOn ? 'true' : undefined} onClick={() => onPick(line.id)} title={line.reason}
      className={classes('flex h-full w-full items-center gap-3 border-b border-line px-4 text-left -outline-offset-2 hover:bg-sunken', isOn && 'bg-sunken font-medium', isTurn && 'border-t-2 border-t-line-strong')}>
      <Mark state={verdictMark(line.verdict)} size={14} label={verdictNoun(line.verdict)} />
      <span className="min-w-0 flex-1 truncate text-ink-2"><Second at={line.at} />{isTurn && <span className="text-ink"> · turned to {verdictNoun(knownVerdict(line.standing))}</span>}</span>
      <span className="mono">{line.value === null ? verdictNoun(line.verdict) : measuredText(line.value, unit)}</span>
    </button>
  )
}

/** An instant to the second; the day beside it unless it is today. */
function Second({ at }: { at: string }) {
  const [now, zone] = [useNow(), useZone()]
  const exact = formatExact(at, zone)
  const day = formatDay(at, now, zone)
  return <time dateTime={at} title={exact}>{day === 'today' ? '' : `${day} `}{exact.split(', ')[1]?.split(' ')[0]}</time>
}

function knownVerdict(text: string): Verdict {
  return VERDICTS.find((one) => one === text) ?? 'no-data'
}

/** Says that newer ones have come while an older one is looked at; nothing moves until it is pressed. */
export function NewerNote({ onShow }: { onShow: () => void }) {
  return <div className="flex items-center gap-3 border-b border-line bg-open-bg px-4 py-1 text-12"><span>Newer measurements have come.</span><Button size="s" look="quiet" onClick={onShow}>Show the newest</Button></div>
}
