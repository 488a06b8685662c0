'use client'
/** The note of the current topic, written by everybody; when two wrote at once, both texts stand side by side and one chooses or joins them. */
import type { Notes } from '@/components/check-in/notes'
import { Button } from '@/components/ui/button'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Time } from '@/components/ui/time'
import type { TopicView } from '@/lib/domain/check-in/view'

const SAID = { typing: 'Saved when you pause.', saving: 'Saving…', unsent: 'Not saved yet: the server cannot be reached. Your words are kept here and sent again.', conflict: '', refused: 'Not saved.' }

export function NoteEditor({ topic, notes, refusal }: { topic: TopicView; notes: Notes; refusal: string | null }) {
  const draft = notes.drafts[topic.id]
  if (draft?.state === 'conflict') return <Conflict topic={topic} notes={notes} mine={draft.text} />
  const text = draft?.text ?? topic.note?.text ?? ''
  if (refusal !== null) {
    return (
      <section aria-label="Notes on the topic">
        <p className="break-words whitespace-pre-wrap">{text || <span className="text-ink-2">No notes yet.</span>}</p>
        <p className="mt-2 text-12 text-ink-2">{refusal}</p>
      </section>
    )
  }
  return (
    <section aria-label="Notes on the topic">
      <Field label={`Notes on ${topic.title}`} isLabelHidden>
        {(control) => (
          <TextArea
            {...control} rows={8} maxLength={20_000} value={text} placeholder="Notes. Everybody in the check-in sees them and can write."
            className="min-h-48 resize-none border-transparent! bg-transparent! px-0! text-14 leading-6 hover:border-line! focus-visible:border-line!"
            onChange={(event) => notes.write(topic.id, event.target.value)}
          />
        )}
      </Field>
      <p role="status" className="min-h-5 text-12 text-ink-2">
        {draft ? SAID[draft.state] : topic.note ? <>Saved by {topic.note.by} <Time at={topic.note.at} /></> : ''}
      </p>
      {draft?.state === 'refused' && <Problem refusal={draft.refusal} />}
    </section>
  )
}

function Conflict({ topic, notes, mine }: { topic: TopicView; notes: Notes; mine: string }) {
  const theirs = topic.note
  return (
    <section aria-label="Two notes met" className="flex flex-col gap-3 rounded-control border border-line p-3">
      <Problem refusal={{ message: `${theirs?.by ?? 'Somebody'} changed this note while you wrote. Both texts are here: keep one, or join them.` }} />
      <div className="grid gap-3 sm:grid-cols-2">
        <div className="min-w-0">
          <p className="text-12 text-ink-2">Saved by {theirs?.by} {theirs && <Time at={theirs.at} />}</p>
          <p className="mt-1 break-words whitespace-pre-wrap">{theirs?.text || '(empty)'}</p>
        </div>
        <Field label="Yours">{(control) => <TextArea {...control} value={mine} onChange={(event) => notes.write(topic.id, event.target.value)} />}</Field>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="s" onClick={() => notes.drop(topic.id)}>Keep theirs</Button>
        <Button size="s" onClick={() => notes.settle(topic.id, `${theirs?.text ?? ''}\n\n${mine}`.trim())}>Join both</Button>
        <Button size="s" look="primary" onClick={() => notes.settle(topic.id, mine)}>Save mine</Button>
      </div>
    </section>
  )
}
