'use client'
/** The note of the current topic, in which everybody writes at once; what others write appears without moving the place where one writes. */
import { useCallback, useLayoutEffect, useRef } from 'react'
import { useNote, type Notes } from '@/components/check-in/notes'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import type { NoteShown } from '@/lib/client/note-room'
import { editBetween, MOST_NOTE, placeAfter } from '@/lib/domain/check-in/note'
import type { TopicView } from '@/lib/domain/check-in/view'
import { formatPlural } from '@/lib/domain/format'

interface Place {
  readonly text: string
  readonly from: number
  readonly to: number
}

export function NoteEditor({ topic, notes, refusal }: { topic: TopicView; notes: Notes; refusal: string | null }) {
  const { room } = notes
  const area = useRef<HTMLTextAreaElement>(null)
  const place = useRef<Place | null>(null)
  const hold = useCallback(() => {
    const { current } = area
    if (current && document.activeElement === current) place.current ??= { text: current.value, from: current.selectionStart, to: current.selectionEnd }
  }, [])
  const note = useNote(room, topic.id, hold)
  const isReady = note?.isFresh === true
  const text = isReady ? note.text : (topic.note?.text ?? '')

  useLayoutEffect(() => {
    const { current } = area
    const held = place.current
    place.current = null
    const edit = held && editBetween(held.text, text)
    if (!current || !edit || document.activeElement !== current) return
    current.setSelectionRange(placeAfter(held.from, edit), placeAfter(held.to, edit))
  }, [text])

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
            {...control} ref={area} rows={8} maxLength={MOST_NOTE} value={text} readOnly={!isReady} placeholder="Notes. Everybody in the check-in writes in the same text."
            className="-mx-3 min-h-48 w-[calc(100%+24px)]! resize-none border-transparent! bg-transparent! px-3! text-14 leading-6 hover:border-line! focus-visible:border-line!"
            onKeyDown={(event) => { if (event.key === 'Escape' && !event.nativeEvent.isComposing) event.currentTarget.blur() }}
            onCompositionStart={() => room?.compose(topic.id, true)} onCompositionEnd={() => room?.compose(topic.id, false)}
            onChange={(event) => {
              // what one types oneself stands where the browser has put it
              place.current = { text: event.target.value, from: event.target.selectionStart, to: event.target.selectionEnd }
              room?.edit(topic.id, event.target.value)
              notes.wrote(topic.id)
            }}
          />
        )}
      </Field>
      <p role="status" className={note?.isAway ? 'mt-1 rounded-control bg-waiting-bg px-3 py-2' : 'mt-1 min-h-5 text-12 text-ink-2'}>{note && said(note)}</p>
      {note?.refusal && (
        <div className="mt-2 flex flex-col gap-2">
          <Problem refusal={note.refusal} />
          <p className="flex flex-wrap gap-2"><CopyButton text={note.text} label="Copy your text" /><Button size="s" onClick={() => room?.discard(topic.id)}>Discard mine, show theirs</Button></p>
        </div>
      )}
    </section>
  )
}

function said({ isAway, unsent, isFresh, refusal, text }: NoteShown): string {
  if (isAway) return unsent > 0 ? `Offline: ${formatPlural(unsent, 'change')} will be sent when the server can be reached. Your words are kept in this browser.` : 'Offline: what you write is kept in this browser and sent later.'
  if (refusal) return 'Not saved.'
  if (unsent > 0) return 'Saving…'
  return isFresh && text !== '' ? 'Saved. Everybody here writes in this text.' : ''
}
