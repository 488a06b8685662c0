'use client'
/** One live version: what is proposed, what is watched, what turned, and its record of ninety days. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionsCard } from '@/components/live/actions-card'
import { AlertsCard } from '@/components/live/alerts-card'
import { AlertingDialog, ReviewDialog } from '@/components/live/dialogs'
import { ProposalBanners, RollBack } from '@/components/live/proposals'
import { RecordDetail } from '@/components/live/record'
import { FactsCard, FeedbackCard, ReviewCard } from '@/components/live/side-cards'
import { StandingPill } from '@/components/live/standing'
import { TurnsCard } from '@/components/live/turns-card'
import { WatchCard } from '@/components/live/watch-card'
import { WatchDialog } from '@/components/live/watch-dialog'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { liveQuery } from '@/lib/client/live-versions'
import type { LiveView } from '@/lib/domain/live/view'

type Open = 'watch' | 'review' | 'alerting' | 'roll-back' | null

function lead(view: LiveView) {
  if (view.label === null) return <>Nothing is stable here yet{view.rollingOut && <>; <AppLink href={`/releases/${view.rollingOut.code}`} className="text-link">{view.rollingOut.code}</AppLink> is rolling out</>}.</>
  const why = view.why === '' ? '' : `: ${view.why}`
  const words = { 'at-risk': `At risk${why}`, steady: view.why === '' ? 'Steady' : `Steady, ${view.why}`, unmeasured: `Live, and not measured${why}`, unwatched: 'Live, and nobody watches it', 'nothing-live': 'Nothing is live' }[view.standing]
  return <><b>{words}.</b> {view.isReviewOverdue && view.reviewAt !== null && <>Its review is overdue since <Time at={view.reviewAt} as="day" />. </>}{view.rollingOut && <><AppLink href={`/releases/${view.rollingOut.code}`} className="text-link">{view.rollingOut.code}</AppLink> is rolling out.</>}</>
}

export function LivePage({ id }: { id: string }) {
  const { data: view } = useSuspenseQuery(liveQuery(id))
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const isReleased = view.watch !== null && !view.watch.isOwn
  return (
    <>
      <nav aria-label="Where you are" className="mb-3 flex flex-wrap gap-2 text-12 text-ink-2">
        <AppLink href="/live" className="hover:text-ink">Live</AppLink><span aria-hidden="true">/</span><span>{view.modelName} in {view.environmentName}</span>
      </nav>
      <PageHead title={<>{view.modelName} <span className="mono text-16">{view.label ?? ''}</span> <span className="font-normal text-ink-2">in {view.environmentName}</span></>} lead={lead(view)}>
        <StandingPill standing={view.standing} />
        {view.label !== null && <Button look="danger" refusal={view.allowed.rollBack} onClick={() => setOpen('roll-back')}>Roll back</Button>}
      </PageHead>
      <ProposalBanners proposals={view.proposed} owner={isReleased && view.release ? { kind: 'release', id: view.release.id } : { kind: 'live', id: view.id }} release={view.release} to={view.rollBackTo}
        refusals={{ rollBack: view.allowed.rollBack, dismiss: view.allowed.dismiss }} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-4">
          <WatchCard view={view} onChoose={() => setOpen('watch')} />
          <Surface id="record" aria-label="Record of 90 days"><SurfaceHead title="90 days" note="days in UTC" /><RecordDetail record={view.record} /></Surface>
          <TurnsCard turns={view.turns} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ActionsCard view={view} />
          <ReviewCard view={view} onReview={() => setOpen('review')} />
          <AlertsCard alerts={view.alerts}>{view.label !== null && <Button size="s" refusal={view.allowed.setAlerting} onClick={() => setOpen('alerting')}>Matching</Button>}</AlertsCard>
          {view.label !== null && <FeedbackCard id={view.id} declaredDelayDays={view.declaredDelayDays} posted={view.feedback} />}
          <FactsCard view={view} />
        </div>
      </div>
      {open === 'watch' && <WatchDialog view={view} onClose={close} />}
      {open === 'review' && <ReviewDialog view={view} onClose={close} />}
      {open === 'alerting' && <AlertingDialog owner={{ kind: 'live', id: view.id, name: `${view.modelName} ${view.label ?? ''}` }} alerting={view.alerting} onClose={close} />}
      {open === 'roll-back' && view.release && <RollBack release={view.release} to={view.rollBackTo} reason="" onClose={close} />}
    </>
  )
}
