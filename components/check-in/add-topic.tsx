'use client'
/** Puts a topic on the agenda: in own words, or what came up on a release since the start. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { topicName, TopicTitle } from '@/components/check-in/agenda-list'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { CheckInView } from '@/lib/domain/check-in/view'

export function AddTopic({ view }: { view: CheckInView }) {
  const { run, pending, refusal } = useCommand('check-in', view.id)
  const [title, setTitle] = useState('')
  const add = async () => {
    if (title.trim() === '') return
    if ((await run({ type: 'add-topic', topicId: uuid(), title, releaseId: null, gateId: null })).ok) setTitle('')
  }
  if (view.allowed.note !== null) return null
  return (
    <div className="mt-3 flex flex-col gap-3 border-t border-line px-2 pt-3">
      {view.fresh.length > 0 && (
        <details>
          <summary className="text-12 text-ink-2">{view.fresh.length} came up since the start</summary>
          <ul role="list" className="mt-1 flex flex-col gap-1">
            {view.fresh.map((line) => (
              <li key={line.id} className="flex items-center gap-2">
                <span className="min-w-0 flex-1 text-12 break-words"><TopicTitle topic={line} /></span>
                <Button size="s" aria-label={`Add ${topicName(line)}`} onClick={() => void run({ type: 'add-line', key: line.key })}>Add</Button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); void add() }}>
        <Field label="A further topic" isLabelHidden className="flex-1">{(control) => <TextInput {...control} maxLength={200} placeholder="A further topic" value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
        <Button type="submit" isBusy={pending} refusal={title.trim() === '' ? 'Say what it is about.' : null}>Add</Button>
      </form>
      <Problem refusal={refusal} />
    </div>
  )
}
