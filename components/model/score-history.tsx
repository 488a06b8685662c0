'use client'
/** How the score came about over the releases: a small step chart, and the same as a table; earlier releases on request. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { scoreHistoryQuery } from '@/lib/client/scene'
import { formatPlural } from '@/lib/domain/format'
import type { ScorePoint, TestScoreView } from '@/lib/domain/test-score/view'

const WIDTH = 320
const HEIGHT = 72
const FULL = 7
const LINES = [0, 2, 4, 6]

function y(score: number): number {
  return HEIGHT - (score / FULL) * HEIGHT
}

/** Where each point stands. */
function placesOf(points: readonly ScorePoint[]): readonly { readonly x: string; readonly y: string }[] {
  const first = Date.parse(points[0]?.at ?? '')
  const span = Math.max(1, Date.parse(points.at(-1)?.at ?? '') - first)
  return points.map((point) => ({ x: (((Date.parse(point.at) - first) / span) * WIDTH).toFixed(1), y: y(point.score).toFixed(1) }))
}

export function ScoreHistory({ score: { modelId, history, earlier, stableCount, sections } }: { score: TestScoreView }) {
  const list = useInfiniteQuery(scoreHistoryQuery(modelId, earlier))
  const points = [...(list.data?.pages.toReversed().flatMap((page) => page.points) ?? []), ...history]
  const isMore = list.data ? list.hasNextPage : earlier !== null
  if (points.length < 2) return <p className="text-12 text-ink-2">Its history begins when a release becomes stable.</p>
  const shown = points.length - 1
  const places = placesOf(points)
  // A step line: the score holds until something says otherwise.
  const path = places.map((at, i) => (i === 0 ? `M${at.x} ${at.y}` : `H${at.x}V${at.y}`)).join('')
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3>Over {isMore ? `the last ${shown} of ${formatPlural(stableCount, 'release')}` : formatPlural(shown, 'release')} that became stable</h3>
        {isMore && <Button size="s" isBusy={list.isFetching} onClick={() => void list.fetchNextPage()}>Show earlier</Button>}
      </div>
      <Problem refusal={list.isError ? { message: 'The earlier ones could not be read. Try again.' } : null} />
      <svg role="img" aria-label={`The score was ${points.map((point) => `${point.score} at ${point.code ?? 'this moment'}`).join(', ')}.`} viewBox={`-1 -4 ${WIDTH + 22} ${HEIGHT + 8}`} preserveAspectRatio="xMinYMid" className="mt-2 h-auto w-full max-w-96 overflow-visible">
        {LINES.map((line) => <g key={line}><line x1={0} x2={WIDTH} y1={y(line)} y2={y(line)} className="stroke-line" strokeWidth={1} /><text x={WIDTH + 6} y={y(line) + 4} className="fill-ink-3 text-11">{line}</text></g>)}
        <path d={path} className="fill-none stroke-candidate" strokeWidth={2} />
        {places.map((at, i) => <circle key={i} cx={at.x} cy={at.y} r={2.5} className="fill-candidate" />)}
      </svg>
      <p aria-hidden="true" className="flex max-w-96 justify-between pr-6 text-12 text-ink-3"><Time at={points[0]?.at ?? ''} as="day" /><span>now</span></p>
      <details className="mt-2">
        <summary className="text-12 text-ink-2">As a table</summary>
        <Table caption="The score over the releases" rows={points.toReversed()} rowKey={(point) => `${point.at} ${point.code ?? ''}`} columns={[
          { key: 'at', head: 'When', cell: (point) => (point.code === null ? 'Now' : <Time at={point.at} as="day" />) },
          { key: 'release', head: 'Stable', cell: (point) => (point.code === null ? '' : <><span className="mono">{point.code}</span> {point.label}</>) },
          { key: 'score', head: 'Score', isNumber: true, cell: (point) => <b>{point.score}</b> },
          ...sections.map(({ key, name }, i) => ({ key, head: name, isNumber: true, cell: (point: ScorePoint) => point.sections[i] ?? '' })),
        ]} />
      </details>
    </div>
  )
}
