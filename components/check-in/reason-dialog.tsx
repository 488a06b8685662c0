'use client'
/** One text and the command that it becomes. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand, type CommandWords } from '@/lib/client/commands'

interface ReasonDialogProps {
  id: string
  title: string
  description?: string
  label: string
  confirm: string
  build: (text: string) => CommandWords
  onClose: () => void
}

export function ReasonDialog({ id, title, description, label, confirm, build, onClose }: ReasonDialogProps) {
  const { run, pending, refusal } = useCommand('check-in', id)
  const [text, setText] = useState('')
  const send = async () => { if ((await run(build(text))).ok) onClose() }
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} title={title} description={description}
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} refusal={text.trim() === '' ? `Fill in “${label}” first; it goes into the record.` : null}>{confirm}</Button></>}>
      <Field label={label}>{(control) => <TextArea {...control} maxLength={10_000} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
      <Problem refusal={refusal} />
    </Dialog>
  )
}
