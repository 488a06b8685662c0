'use client'
/** The turns of a watch, newest first: what, with which value, from when until when, and the stretch that was kept with it. */
import { useState } from 'react'
import { VerdictPill } from '@/components/live/standing'
import { Spark } from '@/components/metrics/spark'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { said } from '@/components/ui/said'
import { EmptyState } from '@/components/ui/small'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { formatDuration } from '@/lib/domain/format'
import type { TurnView } from '@/lib/domain/live/view'

const FIRST = 12

export function TurnsCard({ turns }: { turns: readonly TurnView[] }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? turns : turns.slice(0, FIRST)
  return (
    <Surface id="turns" aria-label="Turns">
      <SurfaceHead title="Turns" note={turns.length === 0 ? undefined : `${turns.length === 100 ? 'the last 100' : turns.length}`} />
      {turns.length === 0 ? <EmptyState title="No turn yet">The evaluator measures all the time; only a verdict that turns is written down here, with what was seen.</EmptyState> : (
        <ol role="list" className="divide-y divide-line">
          {shown.map((turn) => (
            <li key={turn.id} id={`turn-${turn.id}`} className="flex scroll-mt-16 flex-wrap items-start gap-x-4 gap-y-1 px-4 py-3 target:bg-open-bg">
              <div className="w-32 text-12 text-ink-2">
                <a href={`#turn-${turn.id}`} className="hover:underline"><Time at={turn.at} as="moment" /></a>
                <p className="text-11 text-ink-3">{turn.until === null ? 'stands' : <>for {formatDuration(Math.max(60_000, Date.parse(turn.until) - Date.parse(turn.at)))}</>}</p>
              </div>
              <div className="min-w-0 flex-1 basis-64">
                <p className="flex flex-wrap items-center gap-2"><span className="font-medium break-words">{turn.title}</span><VerdictPill verdict={turn.verdict} />{turn.label !== '' && <span className="mono text-ink-3">{turn.label}</span>}</p>
                <p className="text-12 break-words text-ink-2">{said(turn.reason)}</p>
                {turn.query !== '' && <details className="text-12"><summary className="text-ink-3">Query as sent</summary><p className="mono mt-1 break-all">{turn.query}</p><CopyButton text={turn.query} /></details>}
              </div>
              {turn.series.length > 1 && <Spark points={turn.series.map(([, value]) => value)} width={120} label={`${turn.title}, as it was then`} />}
            </li>
          ))}
        </ol>
      )}
      {turns.length > FIRST && !isWhole && <div className="border-t border-line px-4 py-2"><Button size="s" look="quiet" onClick={() => setWhole(true)}>Show all {turns.length}</Button></div>}
    </Surface>
  )
}
