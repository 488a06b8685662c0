'use client'
/** The facts of the release that people set and change in place: claim, serving, steps, roll-back plan, feedback, owners, dates; and the ways to end it. */
import type { ReactNode } from 'react'
import { Card } from '@/components/release/card'
import { CommandButton } from '@/components/release/command-button'
import { useAsk } from '@/components/release/use-ask'
import type { ChangePart } from '@/components/release/dialog-request'
import { applies, teamName, useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { said } from '@/components/ui/said'
import { Time } from '@/components/ui/time'
import { formatDuration } from '@/lib/domain/format'

const WAYS = { 'last-stable': 'back to the last stable version', 'switch-off': 'switch off', degraded: 'degraded mode' }

function Detail({ term, part, children }: { term: string; part?: ChangePart; children: ReactNode }) {
  const { view, open } = useStage()
  return (
    <div className="flex items-baseline gap-3 py-1">
      <dt className="w-24 shrink-0 text-12 text-ink-2">{term}</dt>
      <dd className="min-w-0 flex-1 break-words">{children}</dd>
      {part && !view.end && <dd><Button look="quiet" size="s" className="-my-1" aria-label={`Change ${term.toLowerCase()}`} refusal={why(view, 'change')} onClick={() => open({ kind: 'change', part })}>Edit</Button></dd>}
    </div>
  )
}

export function DetailsCard() {
  const { view, open } = useStage()
  const ask = useAsk()
  const { serving, rollbackPlan, feedback } = view
  const served = [serving.image, serving.runtime, serving.precision, serving.batching].filter((word) => word !== '')
  return (
    <Card title="Details" action={!view.end && <Button look="quiet" size="s" refusal={why(view, 'change-risk')} onClick={() => open({ kind: 'risk' })}>Change the risk</Button>}>
      <dl className="divide-y divide-line">
        <Detail term="Target" part="target">{view.targetAt === null ? 'no date' : <Time at={view.targetAt} as="moment" />}</Detail>
        <Detail term="Owners" part="owners">
          {view.owners.length === 0 ? 'nobody named' : view.owners.map((owner) => `${owner.person.name} (${teamName(view, owner.team)})`).join(', ')}
          <span className="block text-12 text-ink-2">on call: {view.onCall?.name ?? 'nobody named'}</span>
        </Detail>
        <Detail term="Claim" part="claim">{said(view.claimWords)}</Detail>
        <Detail term="Serving" part="serving">{served.length === 0 ? 'not said' : <span className="mono wrap-anywhere">{served.join(' · ')}</span>}</Detail>
        <Detail term="Evaluation" part="evaluation">{view.evaluation === '' ? 'no report named' : <span className="mono wrap-anywhere">{view.evaluation}</span>}</Detail>
        <Detail term="Steps" part="steps">{said(view.steps.map((step) => `${step.share} %${step.soakMinutes > 0 ? ` ${formatDuration(step.soakMinutes * 60_000)}` : ''}`).join(' → '))}</Detail>
        <Detail term="Roll-back" part="rollback-plan">
          {WAYS[rollbackPlan.way]}{rollbackPlan.restoreMinutes !== null && said(`, restores in ${rollbackPlan.restoreMinutes} min`)}
          <span className="block text-12 text-ink-2">{rollbackPlan.rehearsedAt === null ? 'not rehearsed' : <>rehearsed <Time at={rollbackPlan.rehearsedAt} as="day" /></>}{rollbackPlan.deciderId !== null && ` · decides: ${view.people.find((p) => p.id === rollbackPlan.deciderId)?.name ?? 'someone'}`}</span>
          {(rollbackPlan.conditions ?? []).length > 0 && <span className="block text-12 text-ink-2">proposed by: {(rollbackPlan.conditions ?? []).map((one) => one.title).join('; ')}</span>}
          {rollbackPlan.triggers !== '' && <span className="block whitespace-pre-wrap">{rollbackPlan.triggers}</span>}
        </Detail>
        <Detail term="Feedback" part="feedback">{feedback.description || 'not said'}<span className="block text-12 text-ink-2">labels after {feedback.labelDelayDays} {feedback.labelDelayDays === 1 ? 'day' : 'days'}</span></Detail>
        <Detail term="Checklist">{view.template.name}, revision {view.template.revision} · {view.separation === 'strict' ? 'strict separation' : 'small team'}{applies(view, 'adopt-separation') && view.can['adopt-separation'] === null && <> · <CommandButton size="s" look="quiet" command={{ type: 'adopt-separation' }}>Adopt the policy of today</CommandButton></>}</Detail>
        {view.siblings.length > 0 && <Detail term="Beside it">{view.siblings.map((one) => <a key={one.id} className="text-link mr-2" href={`/releases/${one.code}`}>{one.code} {one.label}, {one.phase}</a>)}</Detail>}
      </dl>
      {!view.end && !view.stableAt && (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="s" look="quiet" reasonAt="start" className="-ml-2" refusal={why(view, 'cancel')} onClick={() => ask((asks) => asks.ASK_CANCEL)}>Cancel the release</Button>
          <Button size="s" look="quiet" reasonAt="start" refusal={why(view, 'cancel')} onClick={() => ask((asks) => asks.ASK_SUPERSEDE)}>Mark as superseded</Button>
        </div>
      )}
    </Card>
  )
}
