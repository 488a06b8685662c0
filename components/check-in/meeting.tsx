'use client'
/** The meeting: agenda, topic and what is taken; every screen shows the topic that somebody moved to, at once and after a reload. */
import { useEffect, useRef, useState } from 'react'
import { TopicFacts, topicName } from '@/components/check-in/agenda-list'
import { Answers } from '@/components/check-in/answers'
import { CloseDialog } from '@/components/check-in/close-dialog'
import { MeetingAgenda } from '@/components/check-in/meeting-agenda'
import { NoteEditor } from '@/components/check-in/note-editor'
import { useNote, useNotes } from '@/components/check-in/notes'
import { Owed } from '@/components/check-in/owed'
import { OwnActionDialog } from '@/components/check-in/own-action-dialog'
import { Presence, usePresence } from '@/components/check-in/presence'
import { SideCards } from '@/components/check-in/side-cards'
import { prepared } from '@/components/check-in/prepared'
import { isElsewhere, TakeBar } from '@/components/check-in/take-bar'
import { Timer } from '@/components/check-in/timer'
import { TopicRelease } from '@/components/check-in/topic-release'
import { ButtonKey } from '@/components/release/button-key'
import { showToast } from '@/components/shell/toasts'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/small'
import { Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import type { CheckInView, TopicView } from '@/lib/domain/check-in/view'
import { formatPlural } from '@/lib/domain/format'

export function Meeting({ view }: { view: CheckInView }) {
  const { run, saving } = useCommand('check-in', view.id)
  const notes = useNotes(view)
  usePresence(view.id, notes.writesOn)
  const [isClosing, setClosing] = useState(false)
  const topic = view.topics.find((one) => one.id === view.currentTopicId)
  // A check-in in writing waits for answers first; to close it before is possible, and not what it asks for.
  const isAwaited = view.answerBy !== null && view.answers.some((one) => one.answer === null)
  const elsewhere = notes.unsent.filter((id) => id !== topic?.id)
  const send = (command: { readonly type: string; readonly [word: string]: unknown }) => {
    void run(command).then((ran) => {
      // "Exists" says that somebody went on at the same moment; the screen already shows where everybody is.
      if (!ran.ok && ran.refusal.code !== 'exists') showToast({ message: ran.refusal.message, isFailure: true })
    })
  }
  const topicPlace = useRef<HTMLDivElement>(null)
  const choose = (chosen: TopicView) => {
    send({ type: 'move-to-topic', topicId: chosen.id })
    // on a phone the agenda lies below the topic that one has just asked for
    const top = topicPlace.current?.getBoundingClientRect().top ?? 0
    if (top < 0) topicPlace.current?.scrollIntoView({ block: 'start' })
  }
  const next = () => { if (topic && view.allowed.run === null) send({ type: 'resolve-topic', topicId: topic.id }) }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'ArrowRight' || isElsewhere(event)) return
      event.preventDefault()
      next()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  return (
    <>
      <header className="mb-4">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <h1 className="min-w-0 flex-1 basis-48 break-words">{view.title}</h1>
          {view.answerBy === null && <Timer since={view.startedAt} limitMs={view.durationMinutes * 60_000} className="text-20 font-semibold tracking-tight" />}
          <div className="flex flex-wrap gap-2">
            <Button look={topic || isAwaited ? 'plain' : 'primary'} refusal={view.allowed.close} onClick={() => setClosing(true)}>Close the minutes</Button>
            {topic && <Button look="primary" refusal={view.allowed.run} isBusy={saving === 'resolve-topic'} onClick={next}>Next topic <ButtonKey>→</ButtonKey></Button>}
          </div>
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-64 text-ink-2">
            {view.startedAt !== null && <>Since <Time at={view.startedAt} as="moment" className="whitespace-nowrap" /></>}, {view.answerBy === null ? `planned for ${view.durationMinutes}\u00a0min` : 'in writing'} · {view.isAll ? 'all releases' : formatPlural(view.releases.length, 'release')}
            {view.movedBy !== null && <> · every screen follows {view.movedBy}</>}
          </p>
          <Presence view={view} />
        </div>
      </header>
      {elsewhere.map((id) => (
        <p key={id} role="status" className="mb-3 rounded-control bg-waiting-bg px-3 py-2">
          Your words on “{view.topics.find((one) => one.id === id)?.title ?? 'a topic'}” are not sent yet; they are kept in this browser.
        </p>
      ))}
      {view.answerBy !== null && <Answers view={view} answerBy={view.answerBy} />}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[264px_minmax(0,1fr)] xl:grid-cols-[264px_minmax(0,1fr)_260px]">
        <MeetingAgenda view={view} onChoose={view.allowed.run === null ? choose : null} onReorder={view.allowed.run === null ? (topicIds) => send({ type: 'reorder', topicIds }) : undefined} />
        <div ref={topicPlace} className="min-w-0 scroll-mt-16 max-lg:order-1">
          <Surface aria-label="Topic" className="px-4 py-4 md:px-6">
            {topic ? <Topic key={topic.id} view={view} topic={topic} notes={notes} onPark={() => send({ type: 'park-topic', topicId: topic.id })} />
              : view.answerBy !== null ? <EmptyState title="Nobody has to meet.">{view.answers.some((one) => one.answer === null && one.refusal === null) && 'Answer for your team above. '}Take up a topic to write a note on it, or to record something on its release.</EmptyState>
              : <EmptyState title="Every topic is spoken of." action={<Button look="primary" refusal={view.allowed.close} onClick={() => setClosing(true)}>Close the minutes</Button>}>Close the minutes, take up a topic again, or add one.</EmptyState>}
          </Surface>
        </div>
        <aside aria-label="Beside the topic" className="flex min-w-0 flex-col gap-3 max-lg:order-3 lg:max-xl:col-span-2 lg:max-xl:grid lg:max-xl:grid-cols-2 lg:max-xl:items-start"><SideCards view={view} /></aside>
      </div>
      {isClosing && <CloseDialog view={view} unsaved={notes.unsent.length} onClose={() => setClosing(false)} />}
    </>
  )
}

const NOTHING = () => undefined

function Topic({ view, topic, notes, onPark }: { view: CheckInView; topic: TopicView; notes: ReturnType<typeof useNotes>; onPark: () => void }) {
  const [isAdding, setAdding] = useState(false)
  const noteText = useNote(notes.room, topic.id, NOTHING)?.text ?? topic.note?.text ?? ''
  const refusal = view.allowed.run
  const none = refusal ?? 'This topic concerns no release. Go to the release to record it there.'
  const editor = <div className="mt-4 border-t border-line pt-4"><NoteEditor topic={topic} notes={notes} refusal={view.allowed.note} /></div>
  const capital = topic.title.charAt(0).toUpperCase() + topic.title.slice(1)
  return (
    <>
      {topic.code !== null && <p className="mono text-ink-2">{topic.code}{topic.gateNumber !== null && ` · gate ${topic.gateNumber}`}</p>}
      <h2 className="text-20! leading-7! break-words" aria-label={topicName(topic)}>{capital}</h2>
      <p className="mt-1 mb-2 text-ink-2"><TopicFacts topic={topic} /></p>
      {topic.code !== null && topic.releaseId !== null ? (
        <TopicRelease checkInId={view.id} topic={topic} code={topic.code} refusal={refusal} onPark={onPark} noteText={noteText}>{editor}</TopicRelease>
      ) : (
        <>
          <Owed topic={topic} refusal={refusal} />
          {editor}
          <TakeBar refusals={{ decision: none, action: refusal, 'sign-off': none, hold: none, park: refusal }} onAct={(key) => (key === 'park' ? onPark() : setAdding(true))} isPaused={isAdding} />
        </>
      )}
      {isAdding && <OwnActionDialog view={view} topicId={topic.id} start={prepared(topic, '').title} onClose={() => setAdding(false)} />}
    </>
  )
}
