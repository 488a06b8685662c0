/** How the score came about over the releases: a small step chart, and the same as a table. */
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { TestScoreView } from '@/lib/domain/test-score/view'

type Point = TestScoreView['history'][number]

const WIDTH = 320
const HEIGHT = 72
const FULL = 7
const LINES = [0, 2, 4, 6]

function y(score: number): number {
  return HEIGHT - (score / FULL) * HEIGHT
}

/** A step line: the score holds until something says otherwise. */
function pathOf(points: readonly Point[]): string {
  const first = Date.parse(points[0]?.at ?? '')
  const span = Math.max(1, Date.parse(points.at(-1)?.at ?? '') - first)
  const x = (at: string) => ((Date.parse(at) - first) / span) * WIDTH
  return points.map((point, i) => (i === 0 ? `M${x(point.at).toFixed(1)} ${y(point.score).toFixed(1)}` : `H${x(point.at).toFixed(1)}V${y(point.score).toFixed(1)}`)).join('')
}

export function ScoreHistory({ history, sections }: { history: readonly Point[]; sections: readonly string[] }) {
  if (history.length < 2) return <p className="text-12 text-ink-2">Its history begins when a release becomes stable.</p>
  return (
    <div>
      <h3>Over {history.length - 1} {history.length === 2 ? 'release' : 'releases'} that became stable</h3>
      <svg role="img" aria-label={`The score was ${history.map((point) => `${point.score} at ${point.code ?? 'this moment'}`).join(', ')}.`} viewBox={`-1 -4 ${WIDTH + 22} ${HEIGHT + 8}`} className="mt-2 h-20 w-full max-w-96">
        {LINES.map((line) => <g key={line}><line x1={0} x2={WIDTH} y1={y(line)} y2={y(line)} className="stroke-line" strokeWidth={1} /><text x={WIDTH + 6} y={y(line) + 4} className="fill-ink-3 text-11">{line}</text></g>)}
        <path d={pathOf(history)} className="fill-none stroke-candidate" strokeWidth={2} />
      </svg>
      <details className="mt-2">
        <summary className="text-12 text-ink-2">As a table</summary>
        <Table caption="The score over the releases" rows={history.toReversed()} rowKey={(point) => `${point.at} ${point.code ?? ''}`} columns={[
          { key: 'at', head: 'When', cell: (point) => (point.code === null ? 'Now' : <Time at={point.at} as="day" />) },
          { key: 'release', head: 'Stable', cell: (point) => (point.code === null ? '' : <><span className="mono">{point.code}</span> {point.label}</>) },
          { key: 'score', head: 'Score', isNumber: true, cell: (point) => <b>{point.score}</b> },
          ...sections.map((name, i) => ({ key: name, head: name, isNumber: true, cell: (point: Point) => point.sections[i] ?? '' })),
        ]} />
      </details>
    </div>
  )
}
