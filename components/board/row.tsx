/** One release on the board: who it is, its rail, the sentence, who holds the ball and for how long, the metric, the date. */
import { memo } from 'react'
import { Rail } from '@/components/gate/rail'
import { TeamMark } from '@/components/gate/team-mark'
import { Spark } from '@/components/metrics/spark'
import { Sentence } from '@/components/board/sentence'
import { AppLink } from '@/components/ui/app-link'
import { classes } from '@/components/ui/class-names'
import { Pill } from '@/components/ui/pill'
import { Skeleton } from '@/components/ui/small'
import { Since, Time } from '@/components/ui/time'
import type { BoardRow } from '@/lib/domain/board'
import { markWord } from '@/lib/domain/rail'

interface RowProps {
  row: BoardRow
  isFirst: boolean
  isLast: boolean
}

/** The row as a list item. Wide: one line of five columns in a fixed height; narrow: who and when, the sentence, the rail. */
export const ReleaseRow = memo(function ReleaseRow({ row, isFirst, isLast }: RowProps) {
  // A metric that nobody has measured yet leaves its room to the sentence.
  const spark = row.spark?.points.some((point) => point !== null) ? row.spark : null
  return (
    <div
      className={classes(
        'relative border-x border-b border-line bg-surface [--rail-halo:var(--surface)]',
        'hover:bg-sunken hover:[--rail-halo:var(--sunken)] has-[a:focus-visible]:bg-sunken has-[a:focus-visible]:shadow-[inset_2px_0_0_var(--ink)] has-[a:focus-visible]:[--rail-halo:var(--sunken)]',
        'grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 px-4 py-3',
        '@2xl:grid-cols-[minmax(0,264px)_minmax(0,1fr)_auto]',
        '@wide:min-h-23 @wide:grid-cols-[minmax(0,22fr)_minmax(0,28fr)_minmax(0,30fr)_88px_104px] @wide:items-center @wide:gap-x-5 @wide:py-1',
        isFirst && 'rounded-t-surface border-t',
        isLast && 'rounded-b-surface',
      )}
    >
      <div className="min-w-0">
        <h3 className="text-14 font-medium tracking-normal">
          <AppLink href={`/releases/${row.code}`} data-row={row.id} className="flex flex-wrap items-baseline gap-x-2 outline-none after:absolute after:inset-0 @wide:@max-6xl:flex-col">
            <span className="mono text-ink-3">{row.code}</span>
            <span className="min-w-0 break-words">{row.modelName} {row.versionLabel}</span>
          </AppLink>
        </h3>
        <p className="truncate text-12 text-ink-2">{row.environmentName} · {row.orchestrator}</p>
      </div>
      <div className="order-3 col-span-2 w-full max-w-105 min-w-0 @2xl:order-none @2xl:col-span-1 @2xl:@max-wide:row-start-2 @wide:order-none @wide:max-w-none">
        <Rail model={row.rail} size="board" />
      </div>
      <div className={classes('order-2 col-span-2 min-w-0 @2xl:order-none @2xl:col-span-1 @2xl:@max-wide:row-span-2', !spark && '@wide:col-span-2')}>
        <Sentence parts={row.sentence} className="@wide:line-clamp-3" />
        <Ball row={row} />
      </div>
      {spark && (
        <div className="hidden min-w-0 flex-col items-end @wide:flex" title={spark.name}>
          <Spark points={spark.points} limit={spark.limit} />
          <span className="mono whitespace-nowrap"><span className="sr-only">{spark.name} </span>{spark.label}</span>
        </div>
      )}
      <div className="flex max-w-26 flex-col items-end text-right text-12 @2xl:@max-wide:row-span-2">
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

function Ball({ row }: { row: BoardRow }) {
  const { ball } = row
  if (ball.kind === 'nobody') return null
  const teams = row.rail.teams.filter((t) => ball.teams.includes(t.id))
  return (
    <p className={classes('mt-px flex flex-wrap items-center gap-x-2 text-12 font-medium', ball.isLate ? 'text-waiting' : 'text-ink-3')}>
      {ball.kind === 'team' ? (
        <>
          <span className="sr-only">{markWord('waiting')}: </span>
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
