'use client'
/** The note of an item, edited in place; when somebody else saved first, both texts are shown and the writer chooses or joins them. */
import { useState } from 'react'
import { useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Saving } from '@/components/ui/small'
import { Time } from '@/components/ui/time'
import type { Refusal } from '@/lib/domain/aggregate'
import type { ItemView } from '@/lib/domain/release/view'

interface Draft {
  readonly text: string
  /** The version that the writer began with; the server refuses the save when it is another one by then. */
  readonly expects: number
}

/** In: the item. */
export function Note({ item }: { item: ItemView }) {
  const { view, send } = useStage()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const version = item.note?.version ?? 0
  const save = async (text: string, expects: number) => {
    setState('saving')
    const no = await send({ type: 'set-note', itemId: item.id, text, expects })
    setState(no ? 'idle' : 'saved')
    setRefusal(no)
    if (!no) setDraft(null)
  }
  const no = why(view, `set-note:${item.id}`)
  if (draft === null) {
    return (
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        {item.note && item.note.text !== '' ? (
          <div className="min-w-0 flex-1 basis-64">
            <p className="break-words whitespace-pre-wrap">{item.note.text}</p>
            <p className="text-12 text-ink-2">Note by {item.note.by.name} <Time at={item.note.at} /> <Saving state={state} /></p>
          </div>
        ) : null}
        <Button size="s" look={item.note ? 'quiet' : 'plain'} reasonAt="start" refusal={no} onClick={() => { setState('idle'); setDraft({ text: item.note?.text ?? '', expects: version }) }}>{item.note ? 'Edit note' : 'Write a note'}</Button>
        {(!item.note || item.note.text === '') && <Saving state={state} />}
      </div>
    )
  }
  const isMet = refusal?.code === 'stale' && draft.expects !== version
  if (isMet && item.note) {
    return (
      <div className="flex flex-col gap-2 rounded-control border border-line bg-surface p-3">
        <Problem refusal={{ message: `${item.note.by.name} saved this note while you wrote. Keep one of the two, or join them.` }} />
        <div className="grid gap-3 sm:grid-cols-2">
          <div><p className="text-12 text-ink-2">Saved by {item.note.by.name} <Time at={item.note.at} /></p><p className="mt-1 break-words whitespace-pre-wrap">{item.note.text || '(empty)'}</p></div>
          <Field label="Yours">{(control) => <TextArea {...control} value={draft.text} onChange={(event) => setDraft({ ...draft, text: event.target.value })} />}</Field>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="s" onClick={() => { setDraft(null); setRefusal(null) }}>Keep theirs</Button>
          <Button size="s" onClick={() => setDraft({ ...draft, text: `${item.note?.text ?? ''}\n\n${draft.text}` })}>Join both texts</Button>
          <Button size="s" look="primary" isBusy={state === 'saving'} onClick={() => void save(draft.text, version)}>Save mine</Button>
        </div>
      </div>
    )
  }
  return (
    <form className="flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); void save(draft.text, draft.expects) }}>
      <Field label={`Note on ${item.id}`} isLabelHidden>
        {(control) => <TextArea {...control} autoFocus value={draft.text} onChange={(event) => setDraft({ ...draft, text: event.target.value })} onKeyDown={(event) => { if (event.key === 'Escape') setDraft(null); if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save(draft.text, draft.expects) }} />}
      </Field>
      <Problem refusal={refusal} />
      <div className="flex gap-2"><Button size="s" look="primary" type="submit" isBusy={state === 'saving'}>Save note</Button><Button size="s" onClick={() => setDraft(null)}>Leave it</Button></div>
    </form>
  )
}
