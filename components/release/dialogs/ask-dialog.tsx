'use client'
/** One text, sometimes an end, and the command that they become. */
import { useState } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { dayIn, endOfDay } from '@/components/release/dialogs/day'
import type { Ask } from '@/components/release/dialog-request'
import { Field, selectAll, TextArea, TextInput } from '@/components/ui/field'

export function AskDialog({ ask, ...frame }: DialogProps & { ask: Ask }) {
  const [text, setText] = useState(ask.start ?? '')
  const [until, setUntil] = useState(() => dayIn(ask.until?.days ?? 0))
  const isMissing = !ask.isOptional && text.trim() === ''
  return (
    <CommandDialog
      {...frame} title={ask.title} description={ask.description} confirm={ask.confirm} look={ask.look ?? 'primary'}
      missing={isMissing ? `Fill in “${ask.label}” first; it goes into the record.` : ask.until && until === '' ? 'Choose a day first.' : null}
      build={() => [ask.build(text.trim(), ask.until ? endOfDay(until) : '')]}
    >
      <Field label={ask.label} hint={ask.hint} isOptional={ask.isOptional ?? false}>
        {(control) => ask.isOneLine
          ? <TextInput {...control} autoFocus onFocus={selectAll} maxLength={300} value={text} onChange={(event) => setText(event.target.value)} />
          : <TextArea {...control} autoFocus maxLength={10_000} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      {ask.until && <Field label={ask.until.label} hint={ask.until.hint} className="max-w-56">{(control) => <input {...control} type="date" className="control" min={dayIn(0)} value={until} onChange={(event) => setUntil(event.target.value)} />}</Field>}
    </CommandDialog>
  )
}
