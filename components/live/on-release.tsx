'use client'
/** What the watch has to say on a release: proposed roll-backs above everything, and the alerts that came in for it. */
import { lazy, Suspense, useState } from 'react'
import { AlertsCard } from '@/components/live/alerts-card'
import { useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'

// Few releases have a proposal or set their own labels, so that what they need does not come with every page.
const ProposalBanners = lazy(async () => ({ default: (await import('@/components/live/proposals')).ProposalBanners }))
const AlertingDialog = lazy(async () => ({ default: (await import('@/components/live/dialogs')).AlertingDialog }))

const FeedbackOnGate = lazy(async () => ({ default: (await import('@/components/live/feedback-on-gate')).FeedbackOnGate }))

/** Below the follow-up gate once the version is stable: its labels, declared against measured. */
export function ReleaseFeedback({ gateId }: { gateId: string }) {
  const { view } = useStage()
  const isFollowUp = view.gates.find((gate) => gate.id === gateId)?.items.some((item) => item.metric?.isAfterLabelDelay === true) === true
  if (!isFollowUp || view.stableAt === null) return null
  return <Suspense fallback={null}><FeedbackOnGate liveId={`${view.model.id}:${view.environment.id}`} declaredDelayDays={view.feedback.labelDelayDays} /></Suspense>
}

export function ReleaseProposals() {
  const { view } = useStage()
  const open = view.rollBackProposals.filter((one) => one.ended === null)
  const [first] = open
  if (!first || (view.end !== null && view.end.kind !== 'closed')) return null
  return (
    <Suspense fallback={<div className="mb-4 rounded-surface border border-failed bg-failed-bg px-4 py-3 font-medium">A roll-back is proposed: {first.title}.</div>}>
      <ProposalBanners proposals={view.rollBackProposals} owner={{ kind: 'release', id: view.id }} release={{ id: view.id, code: view.code }} to={view.stableAt === null ? (view.lastStable?.label ?? null) : null}
        refusals={{ rollBack: why(view, 'roll-back'), dismiss: why(view, `dismiss-proposal:${first.id}`) }} />
    </Suspense>
  )
}

/** Shown from the first step of the rollout on, and before it when an alert came in. */
export function ReleaseAlerts() {
  const { view } = useStage()
  const [isOpen, setOpen] = useState(false)
  const isMoving = view.phase === 'rolling-out' || view.phase === 'soaking' || view.phase === 'stable'
  if (view.alerts.length === 0 && !isMoving) return null
  return (
    <AlertsCard alerts={view.alerts}>
      <Button size="s" look="quiet" refusal={why(view, 'set-alerting')} onClick={() => setOpen(true)}>Matching</Button>
      {isOpen && <Suspense fallback={null}><AlertingDialog owner={{ kind: 'release', id: view.id, name: view.code }} alerting={view.alerting} onClose={() => setOpen(false)} /></Suspense>}
    </AlertsCard>
  )
}
