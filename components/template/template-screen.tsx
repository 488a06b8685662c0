'use client'
/** One template: its gates with items, rules and rubric codes, its revisions, and a revision that waits for its second person. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { CopyTemplate } from '@/components/template/copy-template'
import { GateCard } from '@/components/template/gate-card'
import { UnmetRules } from '@/components/template/unmet-rules'
import { Button, ButtonLink } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import { templateQuery } from '@/lib/client/scene'
import { markdownAddress } from '@/lib/client/templates'
import { formatPlural } from '@/lib/domain/format'
import type { TemplateDifference } from '@/lib/domain/template/difference'
import { TIERS } from '@/lib/domain/template/template'
import type { TemplateView } from '@/lib/domain/template/view'
import { unansweredTests } from '@/lib/domain/template/validate'

const CompareRevisions = lazy(() => import('@/components/template/compare-revisions').then((m) => ({ default: m.CompareRevisions })))

export function TemplateScreen({ initial }: { initial: TemplateView }) {
  const { data: view } = useQuery({ ...templateQuery(initial.id), initialData: initial })
  const [isComparing, setComparing] = useState(false)
  const [isCopying, setCopying] = useState(false)
  const { run, pending, refusal } = useCommand('template', view.id)
  const { content } = view
  const open = unansweredTests(content.gates)
  return (
    <>
      <PageHead title={<span className="flex flex-wrap items-center gap-3">{content.name}<span className="text-13 font-normal text-ink-3">revision {content.revision}</span>{view.isArchived && <Pill state="idle">archived</Pill>}</span>}
        lead={<>{content.purpose} {formatPlural(content.gates.length, 'gate')}; {open.length === 0 ? 'answers all 28 tests of the ML Test Score.' : `answers ${28 - open.length} of the 28 tests of the ML Test Score.`}</>}>
        {view.isArchived
          ? <Button refusal={view.allowed.archive} isBusy={pending} onClick={() => void run({ type: 'restore-template' })}>Restore</Button>
          : <Button look="quiet" refusal={view.allowed.archive} isBusy={pending} onClick={() => void run({ type: 'archive-template' })}>Archive</Button>}
        <Button refusal={view.allowed.copy} onClick={() => setCopying(true)}>Copy</Button>
        <ButtonLink href={markdownAddress(view.id, content.revision)} download>Export</ButtonLink>
        {view.allowed.revise === null ? <ButtonLink look="primary" href={`/settings/templates/${view.id}/edit`}>Revise</ButtonLink> : <Button look="primary" refusal={view.allowed.revise}>Revise</Button>}
      </PageHead>
      <div className="mb-4 flex flex-col gap-3">
        <Problem refusal={refusal} />
        <Proposal view={view} />
        {TIERS.filter((tier, index) => !TIERS.slice(0, index).some((lower) => view.separation[lower] === view.separation[tier])).map((tier) => (
          <UnmetRules key={tier} rules={view.unmet[tier]} when={`under ${view.separation[tier]} separation (risk ${TIERS.filter((one) => view.separation[one] === view.separation[tier]).join(', ')})`} />
        ))}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
        <div className="flex min-w-0 flex-col gap-4">{content.gates.map((gate) => <GateCard key={gate.id} gate={gate} gates={content.gates} teams={view.teams} />)}</div>
        <div className="flex min-w-0 flex-col gap-4">
          <Surface>
            <SurfaceHead title="Rollout offered" />
            <ol className="flex flex-col gap-1 px-4 py-3">{content.steps.map((step) => <li key={step.share} className="flex justify-between gap-3"><span>{step.share} %</span><span className="text-ink-2">{step.soakMinutes / 60} h, {step.minimumRequests.toLocaleString('en-GB')} requests</span></li>)}</ol>
          </Surface>
          {content.deferred.length > 0 && (
            <Surface>
              <SurfaceHead title="Becomes a condition of the go" />
              <ul role="list" className="flex flex-col gap-2 px-4 py-3 text-12">{content.deferred.map((one) => <li key={one.id}>{one.title}<span className="text-ink-3"> · due in {formatPlural(one.dueDays, 'day')}</span></li>)}</ul>
            </Surface>
          )}
          <Surface>
            <SurfaceHead title="Revisions" note={view.revisions.length}>{view.revisions.length > 1 && <Button size="s" look="quiet" onClick={() => setComparing(true)}>Compare two</Button>}</SurfaceHead>
            <ol role="list" className="divide-y divide-line">
              {view.revisions.map((one) => (
                <li key={one.revision} className="px-4 py-3 text-12">
                  <p className="font-medium">Revision {one.revision} <span className="font-normal text-ink-3">{one.byName}{one.confirmedByName !== null && `, confirmed by ${one.confirmedByName}`}, <Time at={one.at} /></span></p>
                  {one.reason !== null && <p className="text-ink-2">{one.reason}</p>}
                  {one.difference !== null && <Difference difference={one.difference} />}
                </li>
              ))}
            </ol>
          </Surface>
        </div>
      </div>
      {isCopying && <CopyTemplate view={view} onClose={() => setCopying(false)} />}
      {isComparing && <Suspense><CompareRevisions view={view} onClose={() => setComparing(false)} /></Suspense>}
    </>
  )
}

function Proposal({ view }: { view: TemplateView }) {
  const { run, pending, refusal } = useCommand('template', view.id)
  const { proposal } = view
  if (proposal === null) return null
  return (
    <Surface aria-label="Waiting revision">
      <SurfaceHead title={`Revision ${proposal.revision} waits for its second person`} note={<>{proposal.byName}, <Time at={proposal.at} /></>}>
        <Button size="s" look="quiet" isBusy={pending} onClick={() => void run({ type: 'withdraw-revision' })}>Withdraw</Button>
        <Button size="s" look="primary" isBusy={pending} refusal={view.allowed.confirm} onClick={() => void run({ type: 'confirm-revision', revision: proposal.revision })}>Confirm</Button>
      </SurfaceHead>
      <div className="flex flex-col gap-2 px-4 py-3 text-12">
        <p>It changes who must sign: {proposal.changedRules.join(', ')}. Reason: {proposal.reason}</p>
        <Difference difference={proposal.difference} />
        <Problem refusal={refusal} />
      </div>
    </Surface>
  )
}

function Difference({ difference }: { difference: TemplateDifference }) {
  const lines = [
    ['Added', [...difference.addedGates, ...difference.addedItems]], ['Removed', [...difference.removedGates, ...difference.removedItems]],
    ['Changed', difference.changedItems], ['Sign-off rule of', difference.changedRules],
  ] as const
  return (
    <ul role="list" className="mt-1 text-ink-2">
      {lines.filter(([, what]) => what.length > 0).map(([word, what]) => <li key={word}><span className="text-ink-3">{word}:</span> {what.join('; ')}</li>)}
    </ul>
  )
}
