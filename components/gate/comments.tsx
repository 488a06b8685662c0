'use client'
/** Comments on a gate or an item, and the line to write one; `@` offers people, who are told. */
import { useId, useState } from 'react'
import { useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { classes } from '@/components/ui/class-names'
import { Problem } from '@/components/ui/problem'
import { Time } from '@/components/ui/time'
import type { Refusal } from '@/lib/domain/aggregate'
import type { CommentView, ReleaseView } from '@/lib/domain/release/view'

interface CommentsProps {
  about: { readonly gateId: string | null; readonly itemId: string | null }
  comments: readonly CommentView[]
  label: string
  className?: string
}

/** The people that a text names with `@`. Longer names win, so that "@Mara Lindqvist" is not "@Mara". */
function mentioned(text: string, people: ReleaseView['people']): string[] {
  let rest = text
  const found: string[] = []
  for (const person of people.toSorted((a, b) => b.name.length - a.name.length)) {
    if (!rest.includes(`@${person.name}`)) continue
    found.push(person.id)
    rest = rest.replaceAll(`@${person.name}`, '')
  }
  return found.slice(0, 30)
}

/** In: what they are about, the comments, the label of the field. */
export function Comments({ about, comments, label, className }: CommentsProps) {
  const { view, send } = useStage()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isWriting, setWriting] = useState(false)
  const id = useId()
  const no = why(view, 'comment')
  const partial = /@([\p{L} ]{0,30})$/u.exec(text)?.[1]
  const offers = partial === undefined ? [] : view.people.filter((p) => p.name.toLowerCase().includes(partial.toLowerCase()) && p.name !== partial).slice(0, 6)
  const post = async () => {
    setBusy(true)
    const answer = await send({ type: 'comment', commentId: crypto.randomUUID(), ...about, text: text.trim(), mentions: mentioned(text, view.people) })
    setBusy(false)
    setRefusal(answer)
    if (answer) return
    setText('')
    setWriting(false)
  }
  return (
    <div className={classes('flex flex-col gap-2', className)}>
      {comments.length > 0 && (
        <ul role="list" aria-label="Comments" className="flex flex-col gap-2">
          {comments.map((comment) => (
            <li key={comment.id}>
              <span className="font-medium">{comment.by.name}</span> <span className="text-12 text-ink-2"><Time at={comment.at} /></span>
              <p className="break-words whitespace-pre-wrap">{comment.text}</p>
            </li>
          ))}
        </ul>
      )}
      {isWriting ? (
        <form className="relative flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '' && !isBusy) void post() }}>
          <label htmlFor={id} className="sr-only">{label}</label>
          <textarea id={id} autoFocus rows={2} className="control field-sizing-content" placeholder="Write; @ names people, who are told" value={text} onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => { if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && text.trim() !== '' && !isBusy) void post() }} />
          {offers.length > 0 && (
            <div role="group" aria-label="People to name" className="flex flex-wrap gap-1">
              {offers.map((person) => <Button key={person.id} size="s" onClick={() => { setText(text.replace(/@[\p{L} ]{0,30}$/u, `@${person.name} `)); document.getElementById(id)?.focus() }}>@{person.name}</Button>)}
            </div>
          )}
          <Problem refusal={refusal} />
          <div className="flex gap-2"><Button size="s" look="primary" type="submit" isBusy={isBusy} refusal={text.trim() === '' ? 'Write something first.' : null} reasonAt="start">Comment</Button><Button size="s" onClick={() => { setWriting(false); setText('') }}>Leave it</Button></div>
        </form>
      ) : <div><Button size="s" look="quiet" reasonAt="start" className="-ml-2" refusal={no} onClick={() => setWriting(true)}>{label}</Button></div>}
    </div>
  )
}
