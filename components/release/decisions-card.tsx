'use client'
/** The decisions of a release, newest first; a superseded one stays and points to its successor. */
import { Card, CardRow } from '@/components/release/card'
import { decisionKindName } from '@/components/decision/kind'
import { useStage, why } from '@/components/release/stage'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'

const MOST = 6

export function DecisionsCard() {
  const { view, open } = useStage()
  const shown = view.decisions.slice(0, MOST)
  return (
    <Card title="Decisions" count={view.decisions.length} action={!view.end && <Button look="quiet" size="s" refusal={why(view, 'decide:choice')} onClick={() => open({ kind: 'decision', decide: 'choice' })}>Record</Button>}>
      {shown.length === 0 && <p className="text-12 text-ink-2">What is decided about this release stands here with its reason, and never changes.</p>}
      <ul role="list">
        {shown.map((decision) => (
          <CardRow key={decision.number} aside={<><Time at={decision.at} as="day" />{decision.until !== null ? <> · ends <Time at={decision.until} as="day" /></> : ` · ${decision.deciders.length} ${decision.deciders.length === 1 ? 'decider' : 'deciders'}`}</>}>
            <AppLink href={`/releases/${view.code}/decisions/${decision.number}`} className="group">
              <span className="mono text-ink-3">D-{decision.number}</span> <span className={decision.supersededBy === null ? 'group-hover:underline' : 'text-ink-2 line-through'}>{decisionKindName(decision.kind)}: {decision.title}</span>
            </AppLink>
            {decision.supersededBy !== null && <span className="text-12 text-ink-2"> now D-{decision.supersededBy}</span>}
          </CardRow>
        ))}
      </ul>
      {view.decisions.length > MOST && <AppLink className="text-link text-12" href={`/decisions?q=${encodeURIComponent(view.code)}`}>All {view.decisions.length}</AppLink>}
    </Card>
  )
}
