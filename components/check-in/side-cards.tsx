'use client'
/** Beside the topic: what was taken so far, and what is carried from one check-in to the next. */
import type { ReactNode } from 'react'
import { TopicTitle } from '@/components/check-in/agenda-list'
import { TeamMark } from '@/components/gate/team-mark'
import { AppLink } from '@/components/ui/app-link'
import { Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { isLeft } from '@/lib/domain/check-in/state'
import type { CheckInView, TakenView } from '@/lib/domain/check-in/view'

/** Beside the minutes so many lines are named. */
const MOST_BESIDE = 5

function SideCard({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <Surface className="px-4 py-3" aria-label={title}>
      <h2 className="flex justify-between text-13"><span>{title}</span><span className="font-normal text-ink-2">{count}</span></h2>
      {children}
    </Surface>
  )
}

function TakenRow({ taken, view }: { taken: TakenView; view: CheckInView }) {
  const team = view.teams.find((one) => one.id === (taken.team ?? view.people.find((person) => taken.people.includes(person.name))?.teams[0]))
  const isNumbered = taken.kind === 'decision' || taken.kind === 'hold'
  return (
    <li className="border-t border-line py-2">
      <p className="break-words">
        {isNumbered && <AppLink href={taken.href} className="mono text-ink-2 underline decoration-line-strong underline-offset-2">{taken.reference}</AppLink>}{isNumbered && ' '}
        {taken.kind === 'sign-off' ? <AppLink href={taken.href} className="underline decoration-line-strong underline-offset-2">{taken.code} {taken.word}</AppLink> : taken.title}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-2 text-12 text-ink-2">
        {taken.kind === 'action' && team && <TeamMark shape={team.shape} name={team.name} isNameHidden />}
        <span>
          {taken.kind === 'action' ? (taken.people.join(', ') || team?.name || 'nobody yet') : taken.kind === 'sign-off' ? `signed by ${taken.by}` : `${taken.word.replaceAll('-', ' ')}${taken.people.length > 0 ? ` · ${taken.people.join(', ')}` : ''}`}
          {taken.dueAt !== null && <> · due <Time at={taken.dueAt} as="day" /></>}
          {taken.isDone && ' · done'}
        </span>
      </p>
    </li>
  )
}

/** Both cards. */
export function SideCards({ view }: { view: CheckInView }) {
  const carried = view.topics.filter((topic) => topic.carried !== null || topic.status === 'parked' || (view.status === 'closed' && isLeft(topic)))
  return (
    <>
      <SideCard title={view.status === 'closed' ? 'Taken' : view.answerBy === null ? 'Taken today' : 'Taken so far'} count={view.taken.length}>
        {view.taken.length === 0 ? <p className="mt-1 text-12 text-ink-2">Decisions, actions and sign-offs of this check-in stand here.</p>
          : <ul role="list" className="mt-2">{view.taken.map((one) => <TakenRow key={one.id} taken={one} view={view} />)}</ul>}
      </SideCard>
      {/* the minutes end with the same list, and this one may be long */}
      <SideCard title="Carried over" count={carried.length}>
        {carried.length === 0 ? <p className="mt-1 text-12 text-ink-2">What is parked or left open comes back at the next one.</p> : (
          <ul role="list" className="mt-2">
            {carried.slice(0, view.status === 'closed' ? MOST_BESIDE : undefined).map((topic) => (
              <li key={topic.id} className="border-t border-line py-2">
                <p className="break-words"><TopicTitle topic={topic} /></p>
                <p className="mt-1 text-12 text-ink-2">{topic.carried ? <>since <Time at={topic.carried.since} as="day" />{topic.carried.times > 1 && `, ${topic.carried.times} times`}</> : topic.status === 'parked' ? (view.status === 'closed' ? 'parked' : 'parked now') : 'left open'}{topic.carried && topic.status === 'parked' && ', parked again'}{topic.status === 'done' && ', done now'}</p>
              </li>
            ))}
            {view.status === 'closed' && carried.length > MOST_BESIDE && <li className="border-t border-line pt-2 text-12 text-ink-2">and {carried.length - MOST_BESIDE} more, at the end of the minutes</li>}
          </ul>
        )}
      </SideCard>
    </>
  )
}
