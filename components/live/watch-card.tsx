'use client'
/** What a live version is watched for: each line with its rule, what it says now, and its last hours. */
import { VerdictPill } from '@/components/live/standing'
import { Spark } from '@/components/metrics/spark'
import { AppLink } from '@/components/ui/app-link'
import { Chip, EmptyState } from '@/components/ui/small'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { said } from '@/components/ui/said'
import { Time } from '@/components/ui/time'
import { Button } from '@/components/ui/button'
import type { LiveView } from '@/lib/domain/live/view'

export function WatchCard({ view, onChoose }: { view: LiveView; onChoose: () => void }) {
  const choose = <Button size="s" refusal={view.allowed.setWatch} onClick={onChoose}>{view.watch?.isOwn ? 'Change what is watched' : 'Choose what is watched'}</Button>
  return (
    <Surface id="watch" aria-label="Standing watch">
      <SurfaceHead title="Standing watch" note={view.watch && <>since <Time at={view.watch.startedAt} as="day" /></>}>{(view.watch === null || view.watch.isOwn) && view.label !== null && choose}</SurfaceHead>
      {view.lines.length === 0 ? (
        <EmptyState title={view.label === null ? 'Nothing is live here' : 'Nobody watches it'} action={view.label === null ? undefined : choose}>
          {view.label === null ? 'When a version is stable here, its standing items are watched on.' : 'No release brought this version, so no checklist says what to watch. Choose lines with their limits; until then its days count as “no data”.'}
        </EmptyState>
      ) : (
        <ul role="list" className="divide-y divide-line">
          {view.lines.map((line) => (
            <li key={line.itemId} id={`item-${line.itemId}`} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
              <div className="min-w-0 flex-1 basis-64">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {line.verdictHref === null ? <span className="break-words">{line.title}</span> : <AppLink href={line.verdictHref} className="title-link break-words">{line.title}</AppLink>}
                  {line.isTrigger && <Chip>proposes a roll-back</Chip>}
                </p>
                <p className="text-12 break-words text-ink-2">{said(line.rule)}</p>
                {line.verdict !== 'pass' && <p className="text-12 break-words">{said(line.reason)}</p>}
              </div>
              <Spark points={line.points} limit={line.limit} width={120} label={line.points.length > 1 ? `${line.title}, the last hours` : `${line.title}: no values to draw`} />
              <div className="ml-auto flex flex-col items-end gap-1 text-right sm:w-40">
                <VerdictPill verdict={line.verdict} />
                {line.at !== null && <span className="text-11 text-ink-3">since <Time at={line.at} as="moment" /></span>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Surface>
  )
}
