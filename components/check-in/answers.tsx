'use client'
/** A check-in in writing: until when, what each team said, and the form in which one answers for one's team. */
import { useEffect, useRef, useState } from 'react'
import { v7 as uuid } from 'uuid'
import { TeamMark } from '@/components/gate/team-mark'
import { Button } from '@/components/ui/button'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import type { AnswerView, CheckInView } from '@/lib/domain/check-in/view'

const PARTS = [
  ['conditions', 'Conditions', 'What has to hold before you agree.'], ['actions', 'Actions', 'What you will do, and by when.'], ['needs', 'Needs', 'What you wait for, and from whom.'],
] as const

export function Answers({ view, answerBy }: { view: CheckInView; answerBy: string }) {
  const open = view.answers.filter((one) => one.answer === null)
  const isOver = view.status === 'closed'
  return (
    <Surface aria-label="Answers" className="mb-4 px-4 py-3 md:px-6">
      <h2 className="text-13">Answers</h2>
      <p className="mt-1 text-ink-2">
        {isOver ? <>In writing, until <Time at={answerBy} as="moment" releaseZone={view.zone} />. A late answer stands below the minutes.</>
          : <>In writing, until <Time at={answerBy} as="moment" releaseZone={view.zone} />. {open.length === 0 ? 'Everybody has answered.' : <>Waiting for {open.map((one) => one.teamName).join(', ')}.</>} It closes by itself at the deadline, or when every team has answered.</>}
      </p>
      <ul role="list" className="mt-3 grid gap-x-6 gap-y-4 md:grid-cols-2 xl:grid-cols-3">
        {view.answers.map((one) => <li key={one.team} className="min-w-0 border-t border-line pt-3"><TeamAnswer view={view} one={one} /></li>)}
      </ul>
    </Surface>
  )
}

function TeamAnswer({ view, one }: { view: CheckInView; one: AnswerView }) {
  const [isWriting, setWriting] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const wrote = useRef(false)
  useEffect(() => {
    if (wrote.current && !isWriting) opener.current?.focus()
    wrote.current = isWriting
  }, [isWriting])
  const shape = view.teams.find((team) => team.id === one.team)?.shape
  const { answer } = one
  const said = answer ? PARTS.filter(([part]) => answer[part].trim() !== '') : []
  const isOver = view.status === 'closed'
  return (
    <section aria-label={`Answer of ${one.teamName}`} className="flex flex-col gap-2">
      <h3 className="flex items-center gap-2 text-13 font-medium">{shape && <TeamMark shape={shape} name={one.teamName} isNameHidden />}{one.teamName}</h3>
      {answer ? (
        <>
          {said.length === 0 && <p className="text-ink-2">Nothing to report.</p>}
          {said.map(([part, title]) => <div key={part}><p className="text-12 text-ink-2">{title}</p><p className="break-words whitespace-pre-wrap">{answer[part]}</p></div>)}
          <p className="text-12 text-ink-2">{answer.by}, <Time at={answer.at} as="moment" /></p>
        </>
      ) : !isWriting && <p className="text-ink-2">{isOver ? 'Did not answer in time.' : 'Has not answered yet.'}</p>}
      {isWriting ? <AnswerForm view={view} one={one} onDone={() => setWriting(false)} /> : one.refusal === null && (
        <p><Button ref={opener} size="s" look={answer === null && !isOver ? 'primary' : 'plain'} onClick={() => setWriting(true)}>{isOver ? (answer ? 'Add to the answer' : 'Answer late') : answer ? 'Change the answer' : `Answer for ${one.teamName}`}</Button></p>
      )}
    </section>
  )
}

function AnswerForm({ view, one, onDone }: { view: CheckInView; one: AnswerView; onDone: () => void }) {
  const { run, pending, refusal } = useCommand('check-in', view.id)
  const [answerId] = useState(() => uuid())
  const form = useRef<HTMLFormElement>(null)
  // the button that opened it is gone, and the keyboard goes on in the form
  useEffect(() => form.current?.querySelector('textarea')?.focus(), [])
  const isOver = view.status === 'closed'
  const [words, setWords] = useState(() => ({ conditions: isOver ? '' : (one.answer?.conditions ?? ''), actions: isOver ? '' : (one.answer?.actions ?? ''), needs: isOver ? '' : (one.answer?.needs ?? '') }))
  const isEmpty = PARTS.every(([part]) => words[part].trim() === '')
  const send = async () => { if ((await run({ type: 'answer', answerId, team: one.team, ...words })).ok) onDone() }
  return (
    <form ref={form} className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); void send() }}>
      {PARTS.map(([part, title, hint]) => (
        <Field key={part} label={title} hint={hint} isOptional>{(control) => <TextArea {...control} maxLength={5_000} value={words[part]} onChange={(event) => setWords({ ...words, [part]: event.target.value })} />}</Field>
      ))}
      <Problem refusal={refusal} />
      <p className="flex flex-wrap gap-2"><Button type="submit" look="primary" isBusy={pending}>{isEmpty ? 'Nothing to report' : 'Send the answer'}</Button><Button onClick={onDone}>Leave it</Button></p>
    </form>
  )
}
