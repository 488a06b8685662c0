'use client'
/** Whether a decision held: how and when it is checked, what the checks said, and the way to say it. */
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import type { DecisionView, ReleaseView } from '@/lib/domain/release/view'

const ConfirmDialog = lazy(async () => ({ default: (await import('@/components/decision/confirm-dialog')).ConfirmDialog }))

/** How its confirmation stands, in a word; nothing where nothing was planned or said. */
export function StandingPill({ decision }: { decision: DecisionView }) {
  switch (decision.standing) {
    case 'due': return <Pill state="stale">due for confirmation</Pill>
    case 'held': return <Pill state="passed">held</Pill>
    case 'not-held': return <Pill state="failed">did not hold</Pill>
    default: return null
  }
}

export function Confirmation({ decision, view }: { decision: DecisionView; view: ReleaseView }) {
  const [isAsking, setAsking] = useState(false)
  const { confirmation, checks, confirmAt } = decision
  const refusal = decision.supersededBy !== null ? `D-${decision.supersededBy} supersedes it; confirm that one.` : (view.can['confirm-decision']?.message ?? null)
  return (
    <Surface id="confirmation" aria-label="Confirmation">
      <SurfaceHead title="Confirmation" note={confirmAt === null ? undefined : <>{decision.standing === 'due' ? 'was due' : 'due'} <Time at={confirmAt} as="day" /></>}>
        <Button size="s" {...(decision.standing === 'due' ? { look: 'primary' as const } : {})} refusal={refusal} onClick={() => setAsking(true)}>Say whether it held</Button>
      </SurfaceHead>
      <div className="flex flex-col gap-3 px-4 py-3">
        <p className={confirmation ? 'max-w-prose break-words whitespace-pre-wrap' : 'text-ink-2'}>{confirmation ? confirmation.how : 'Nobody planned how it would be confirmed.'}{confirmation && confirmation.dueAt !== null && checks.length > 0 && <span className="text-12 text-ink-2"> Planned for <Time at={confirmation.dueAt} as="day" />.</span>}</p>
        {checks.length > 0 && (
          <ol className="flex flex-col gap-2" role="list">
            {checks.map((check, i) => (
              <li key={i} className="flex flex-wrap items-baseline gap-2">
                <Pill state={check.outcome === 'held' ? 'passed' : 'failed'}>{check.outcome === 'held' ? 'held' : 'did not hold'}</Pill>
                <span className="min-w-0 flex-1 basis-56 break-words">{check.note}</span>
                <span className="text-12 text-ink-2">{check.by.name}, <Time at={check.at} as="day" />{check.nextAt !== null && <>, again <Time at={check.nextAt} as="day" /></>}</span>
              </li>
            ))}
          </ol>
        )}
      </div>
      <Suspense>{isAsking && <ConfirmDialog decision={decision} releaseId={view.id} onClose={() => setAsking(false)} />}</Suspense>
    </Surface>
  )
}
