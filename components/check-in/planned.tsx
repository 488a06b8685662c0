'use client'
/** A check-in before it starts: its agenda as it would be now, and what can be done with the plan. */
import { useState } from 'react'
import { AddTopic } from '@/components/check-in/add-topic'
import { AgendaList, topicName } from '@/components/check-in/agenda-list'
import { PlanDialog } from '@/components/check-in/plan-dialog'
import { Presence, usePresence } from '@/components/check-in/presence'
import { ReasonDialog } from '@/components/check-in/reason-dialog'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { useNow } from '@/components/ui/clock'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Facts, PageHead, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { showToast } from '@/components/shell/toasts'
import { useCommand } from '@/lib/client/commands'
import type { CheckInView, TopicView } from '@/lib/domain/check-in/view'
import { formatPlural } from '@/lib/domain/format'

export function Planned({ view }: { view: CheckInView }) {
  const { run, saving, refusal } = useCommand('check-in', view.id)
  const [dialog, setDialog] = useState<'plan' | 'cancel' | null>(null)
  const now = useNow()
  usePresence(view.id, null)
  const isLate = Date.parse(view.startsAt) + view.durationMinutes * 60_000 < now
  return (
    <>
      <PageHead
        title={view.title}
        lead={<><b>{formatPlural(view.topics.length, 'line')}</b> on the agenda for <Time at={view.startsAt} as="moment" releaseZone={view.zone} />.{isLate && view.answerBy === null && ' Nobody started it at its time.'}{view.answerBy !== null && ' It opens by itself, and teams answer in writing.'}</>}
      >
        <Presence view={view} />
        <Button look="primary" refusal={view.allowed.run} isBusy={saving === 'start'} busyLabel="Starting…" onClick={() => void run({ type: 'start' })}>Start</Button>
      </PageHead>
      <Problem refusal={refusal} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_280px]">
        <Surface aria-label="Agenda" className="p-2">
          <h2 className="px-3 pt-2 text-13">Agenda</h2>
          <p className="px-3 pb-2 text-12 text-ink-2">as it is now; made from what changed since <Time at={view.since} as="day" />, and fixed at the start{view.topics.some((topic) => topic.status === 'parked') && '; parked lines come back next time'}</p>
          {view.topics.length === 0 ? <EmptyState title="Nothing to speak of">Nothing blocks, nothing is late, nothing changed. What comes up until the start stands here by itself; you can add a topic too.</EmptyState> : <PlannedAgenda view={view} />}
          <AddTopic view={view} />
        </Surface>
        <Surface aria-label="Plan" className="px-4 py-3">
          <h2 className="mb-2 text-13">Plan</h2>
          <Facts items={[
            { term: 'When', value: <Time at={view.startsAt} as="moment" releaseZone={view.zone} /> }, view.answerBy === null ? { term: 'For', value: `${view.durationMinutes} min` } : { term: 'Answers until', value: <Time at={view.answerBy} as="moment" releaseZone={view.zone} /> },
            { term: 'Releases', value: view.isAll ? 'all in flight' : view.releases.map((one) => one.code).join(', ') },
            { term: 'Teams', value: view.teams.filter((team) => team.isAsked).map((team) => team.name).join(', ') },
            ...(view.series ? [{ term: 'Series', value: <AppLink className="text-link" href={`/calendar?month=${view.series.month}`}>{view.series.title}</AppLink> }] : []),
            ...(view.previous ? [{ term: 'Continues', value: <AppLink className="text-link" href={`/check-ins/${view.previous.id}`}>{view.previous.title}</AppLink> }] : []),
          ]} />
          <div className="mt-3 flex flex-wrap gap-2">
            <Button size="s" reasonAt="start" refusal={view.allowed.plan} onClick={() => setDialog('plan')}>Change</Button>
            {isLate && <Button size="s" refusal={view.allowed.plan} isBusy={saving === 'mark-missed'} onClick={() => void run({ type: 'mark-missed' })}>It was missed</Button>}
            <Button size="s" look="quiet" refusal={view.allowed.plan} onClick={() => setDialog('cancel')}>Cancel it</Button>
          </div>
        </Surface>
      </div>
      {dialog === 'plan' && (
        <PlanDialog
          id={view.id} releases={view.releases} teams={view.teams} onClose={() => setDialog(null)} onDone={() => setDialog(null)}
          start={{ title: view.title, startsAt: view.startsAt, durationMinutes: view.durationMinutes, releaseIds: view.isAll ? 'all' : view.releases.map((one) => one.id), teams: view.teams.filter((team) => team.isAsked).map((team) => team.id), previousId: null, answerBy: view.answerBy }}
        />
      )}
      {dialog === 'cancel' && <ReasonDialog id={view.id} onClose={() => setDialog(null)} title={`Cancel ${view.title}`} confirm="Cancel it" label="Reason" build={(reason) => ({ type: 'cancel', reason })} />}
    </>
  )
}

/** The agenda as people lay it out before the start: each line can be moved and parked; what comes up later stands where it belongs. */
function PlannedAgenda({ view }: { view: CheckInView }) {
  const { run } = useCommand('check-in', view.id)
  const send = (command: { readonly type: string; readonly [word: string]: unknown }) => {
    void run(command).then((ran) => { if (!ran.ok && ran.refusal.code !== 'exists') showToast({ message: ran.refusal.message, isFailure: true }) })
  }
  if (view.allowed.run !== null) return <AgendaList view={view} onChoose={null} />
  const matters = new Map(view.topics.map((topic) => [topic.id, topic.matter]))
  const park = (topic: TopicView) => send({ type: 'set-aside', matter: topic.matter, isAside: topic.status !== 'parked' })
  return (
    <AgendaList
      view={view} onChoose={null} onReorder={(topicIds) => send({ type: 'arrange', order: topicIds.flatMap((id) => matters.get(id) ?? []) })}
      beside={(topic, index, move) => (
        <p className="flex shrink-0 flex-wrap justify-end gap-1 px-2 pb-1 md:py-1">
          <Button size="s" look="quiet" className="md:hidden" aria-label={`Move ${topicName(topic)} up`} refusal={index === 0 ? 'It is the first one.' : null} onClick={() => move(-1)}>Up</Button>
          <Button size="s" look="quiet" className="md:hidden" aria-label={`Move ${topicName(topic)} down`} refusal={index === view.topics.length - 1 ? 'It is the last one.' : null} onClick={() => move(1)}>Down</Button>
          <Button size="s" look="quiet" aria-label={`${topic.status === 'parked' ? 'Put back' : 'Park'} ${topicName(topic)}`} onClick={() => park(topic)}>{topic.status === 'parked' ? 'Put back' : 'Park'}</Button>
        </p>
      )}
    />
  )
}
