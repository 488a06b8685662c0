'use client'
/** What differs between the candidate and the last stable version, as far as both are known here. */
import { shortDigest } from '@/components/gate/digest'
import { Card } from '@/components/release/card'
import { ThenNow } from '@/components/gate/then-now'
import { useStage } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'

export function DifferenceCard() {
  const { view, open } = useStage()
  const { candidate, lastStable } = view
  const canReplace = !view.end && !view.stableAt && view.steps.every((step) => step.status === 'later')
  return (
    <Card title={lastStable ? `Against ${lastStable.label}` : 'Candidate'} action={canReplace && <Button look="quiet" size="s" onClick={() => open({ kind: 'candidate' })}>Replace</Button>}>
      {lastStable ? (
        <ThenNow
          thenLabel={lastStable.label} nowLabel={candidate.label}
          rows={[{ name: 'version', then: lastStable.label, now: candidate.label }, { name: 'artefact', then: lastStable.artefact, now: candidate.artefact }]}
        />
      ) : <p className="text-12 text-ink-2">Nothing is stable in {view.environment.name} yet, so items are judged by absolute targets.</p>}
      <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 text-12">
        {([['code', candidate.code], ['data', candidate.data], ['behaviour', candidate.behaviour], ['registered by', candidate.registeredBy.name]] as const).filter(([, value]) => value !== '').map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid"><dt className="text-ink-2">{name}</dt><dd className={name === 'registered by' ? undefined : 'mono wrap-anywhere'} title={value}>{shortDigest(value)}</dd></div>
        ))}
      </dl>
      {view.previousCandidates.length > 0 && (
        <details className="mt-1 text-12 text-ink-2">
          <summary>{view.previousCandidates.length} earlier {view.previousCandidates.length === 1 ? 'candidate' : 'candidates'}</summary>
          <ul role="list">{view.previousCandidates.map((one) => <li key={one.replacedAt}>{one.label}, replaced <Time at={one.replacedAt} />: {one.reason}</li>)}</ul>
        </details>
      )}
    </Card>
  )
}
