/** One release on the board: who it is, its rail, the sentence, who holds the ball and for how long, the metric, the date. */
import { memo, type ReactNode } from 'react'
import { Rail } from '@/components/gate/rail'
import { TeamMark } from '@/components/gate/team-mark'
import { Spark } from '@/components/metrics/spark'
import { sentenceParts } from '@/components/board/sentence'
import { AppLink } from '@/components/ui/app-link'
import { classes } from '@/components/ui/class-names'
import { Pill } from '@/components/ui/pill'
import { Skeleton } from '@/components/ui/small'
import { Since, Time } from '@/components/ui/time'
import type { BoardRow } from '@/lib/domain/board'
import { unpackRail, type RailFrames } from '@/lib/domain/board-rail'
import { markWord, type RailTeam } from '@/lib/domain/rail'

interface RowProps {
  row: BoardRow
  frames: RailFrames
  isFirst: boolean
  isLast: boolean
}

/** The row as a list item. Wide: one line of five columns in a fixed height; narrow: who and when, the sentence, the rail. Its looks are in board.css. */
export const ReleaseRow = memo(function ReleaseRow({ row, frames, isFirst, isLast }: RowProps) {
  const spark = row.spark?.points.some((point) => point !== null) ? row.spark : null
  const rail = unpackRail(frames, row.rail)
  return (
    <div className={classes('row', isFirst && 'row-first', isLast && 'row-last')}>
      <div className="min-w-0">
        <h3 className="row-name">
          <AppLink href={`/releases/${row.code}`} data-row={row.id} className="row-link">
            <span className="mono text-ink-3">{row.code}</span>
            <span className="min-w-0 break-words">{`${row.modelName} ${row.versionLabel}`}</span>
          </AppLink>
        </h3>
        <p className="truncate text-12 text-ink-2">{`${row.environmentName} · ${row.orchestrator}`}</p>
      </div>
      <div className="row-rail">
        <Rail model={rail} size="board" />
      </div>
      <div className={classes('row-said', !spark && 'row-alone')}>
        <p className="row-sentence">{sentenceParts(row.sentence)}</p>
        {ballOf(row, rail.teams)}
      </div>
      {spark && (
        <div className="row-spark" title={spark.name}>
          <Spark points={spark.points} limit={spark.limit} />
          <span className="mono whitespace-nowrap"><span className="sr-only">{`${spark.name} `}</span>{spark.label}</span>
        </div>
      )}
      <div className="row-end">
        <Pill state={row.state.state}>{row.state.label}</Pill>
        {row.targetAt !== null && <Time at={row.targetAt} as="day" className="mt-1" />}
        {row.targetNote !== '' && <span className="text-ink-3">{row.targetNote}</span>}
      </div>
    </div>
  )
})

/** The place of a row that is on its way. */
export function ComingRow({ isFirst, isLast }: { isFirst: boolean; isLast: boolean }) {
  return (
    <div className={classes('flex h-23 items-center border-x border-b border-line bg-surface px-4', isFirst && 'rounded-t-surface border-t', isLast && 'rounded-b-surface')}>
      <Skeleton className="h-4 w-1/2" />
    </div>
  )
}

const HOLDERS = { clock: 'the clock', hold: 'on hold', freeze: 'frozen', outside: 'someone outside' }

// No component of its own: a board would make hundreds.
function ballOf({ ball }: BoardRow, all: readonly RailTeam[]): ReactNode {
  if (ball.kind === 'nobody') return null
  const teams = all.filter((t) => ball.teams.includes(t.id))
  return (
    <p className={classes('row-ball', ball.isLate ? 'text-waiting' : 'text-ink-3')}>
      {ball.kind === 'team' ? (
        <>
          <span className="sr-only">{`${markWord('waiting')}: `}</span>
          {teams.map((t) => <TeamMark key={t.id} shape={t.shape} name={t.name} isNameHidden />)}
        </>
      ) : (
        <>
          {ball.kind === 'clock' && <ClockMark />}
          <span>{HOLDERS[ball.kind]}</span>
        </>
      )}
      {ball.sinceAt !== null && <Since at={ball.sinceAt} />}
    </p>
  )
}

function ClockMark() {
  return (
    <svg width="11" height="11" viewBox="0 0 12 12" aria-hidden="true" className="shrink-0" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round">
      <circle cx="6" cy="6" r="5" />
      <path d="M6 3.2V6L8 7.4" />
    </svg>
  )
}
