'use client'
/** A check-in that is over: its minutes with their hash, addenda, and the next one; or why it was not held. */
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { Minutes } from '@/components/check-in/markdown'
import { PlanDialog } from '@/components/check-in/plan-dialog'
import { ReasonDialog } from '@/components/check-in/reason-dialog'
import { Answers } from '@/components/check-in/answers'
import { UnsentNotes } from '@/components/check-in/unsent-notes'
import { SideCards } from '@/components/check-in/side-cards'
import { AppLink, isRoute } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { useNow } from '@/components/ui/clock'
import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import type { CheckInView } from '@/lib/domain/check-in/view'
import { formatPlural } from '@/lib/domain/format'

const WEEK_MS = 7 * 86_400_000

export function Over({ view }: { view: CheckInView }) {
  const router = useRouter()
  const now = useNow()
  const [dialog, setDialog] = useState<'addendum' | 'next' | null>(null)
  const go = (id: string) => {
    const href = `/check-ins/${id}`
    if (isRoute(href)) router.push(href)
  }
  return (
    <>
      <PageHead title={view.title} lead={<Lead view={view} />}>
        {view.minutes && <CopyButton text={view.minutes.markdown} label="Copy Markdown" />}
        {view.minutes && <Button refusal={view.allowed.close} onClick={() => setDialog('addendum')}>Write an addendum</Button>}
        {/* the next one of a series opens by itself */}
        {view.next ? <ButtonLink href={`/check-ins/${view.next.id}`}>Next one</ButtonLink> : view.series ? <ButtonLink href={`/calendar?month=${view.series.month}`}>Its series</ButtonLink> : <Button look="primary" refusal={view.allowed.plan} onClick={() => setDialog('next')}>Plan the next one</Button>}
      </PageHead>
      <UnsentNotes view={view} />
      {view.answerBy !== null && view.minutes && <Answers view={view} answerBy={view.answerBy} />}
      {view.minutes ? (
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_280px]">
          <Surface aria-label="Minutes" className="px-4 py-4 md:px-6">
            <h2>Minutes</h2>
            <div className="mt-2 max-w-prose"><Minutes markdown={view.minutes.markdown} /></div>
            <p className="mt-6 border-t border-line pt-3 text-12 break-all text-ink-2">Closed by {view.minutes.by} <Time at={view.minutes.at} as="exact" />. They do not change. <span className="mono">sha256 {view.minutes.hash}</span></p>
            {view.addenda.length > 0 && (
              <section aria-label="Addenda" className="mt-4 border-t border-line pt-4">
                <h2>Addenda</h2>
                <ul role="list" className="mt-2 flex flex-col gap-3">
                  {view.addenda.map((one) => <li key={one.id}><p className="break-words whitespace-pre-wrap">{one.text}</p><p className="text-12 text-ink-2">{one.by}, <Time at={one.at} as="moment" /></p></li>)}
                </ul>
              </section>
            )}
          </Surface>
          <aside aria-label="Beside the minutes" className="flex min-w-0 flex-col gap-3"><SideCards view={view} /></aside>
        </div>
      ) : (
        <Surface>
          <EmptyState title={view.status === 'cancelled' ? 'It was cancelled.' : 'It was missed.'}>
            {view.cancelled ? <>{view.cancelled.by}, <Time at={view.cancelled.at} as="moment" />: {view.cancelled.reason}</> : 'Nobody started it. What stood on its agenda stands on the next one, as long as it holds.'}
          </EmptyState>
        </Surface>
      )}
      {dialog === 'addendum' && (
        <ReasonDialog id={view.id} title="Write an addendum" description="The minutes stay as they are; this stands below them with your name." label="Addendum" confirm="Add it" onClose={() => setDialog(null)}
          build={(text) => ({ type: 'add-addendum', addendumId: uuid(), text })} />
      )}
      {dialog === 'next' && (
        <PlanDialog
          releases={view.releases} teams={view.teams} earlier={[{ id: view.id, title: view.title, startsAt: view.startsAt }]} onClose={() => setDialog(null)} onDone={go}
          start={{ title: view.title, startsAt: new Date(Math.max(Date.parse(view.startsAt) + WEEK_MS, now)).toISOString(), durationMinutes: view.durationMinutes, releaseIds: view.isAll ? 'all' : view.releases.map((one) => one.id), teams: view.teams.filter((team) => team.isAsked).map((team) => team.id), previousId: view.id }}
        />
      )}
    </>
  )
}

function Lead({ view }: { view: CheckInView }) {
  if (view.status === 'closed' && view.startedAt !== null) {
    const isWritten = view.answerBy !== null
    return <>{isWritten ? 'Held in writing from' : 'Held'} <Time at={view.startedAt} as="moment" className="whitespace-nowrap" />{isWritten && view.closedAt !== null && <> to <Time at={view.closedAt} as="moment" className="whitespace-nowrap" /></>}: {formatPlural(view.topics.length, 'topic')}, {view.taken.length === 0 ? 'nothing' : view.taken.length} taken.{view.previous && <> It continued <AppLink className="text-link" href={`/check-ins/${view.previous.id}`}>{view.previous.title}</AppLink>.</>}</>
  }
  return <>Planned for <Time at={view.startsAt} as="moment" />.</>
}
