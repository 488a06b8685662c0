'use client'
/** Closes an action from the list of work, wherever it is kept. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import { workQuery } from '@/lib/client/queries'
import type { WorkAction, WorkLine } from '@/lib/domain/work/view'

export function CloseAction({ line, action, onClose }: { line: WorkLine; action: WorkAction; onClose: () => void }) {
  const client = useQueryClient()
  const { run, pending, refusal } = useCommand(action.kind, action.ownerId)
  const [note, setNote] = useState('')
  const send = async () => {
    const ran = await run({ type: 'complete-action', actionId: action.actionId, note })
    if (!ran.ok) return
    await client.invalidateQueries({ queryKey: workQuery().queryKey })
    onClose()
  }
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} size="s" title="Close the action" description={line.title}
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} refusal={action.needsNote && note.trim() === '' ? 'Write the cause down first; it goes into the record.' : null}>Close it</Button></>}>
      <Field label={action.needsNote ? 'The cause, and the options' : 'What was done'} isOptional={!action.needsNote}>{(control) => <TextArea {...control} maxLength={4_000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
      <Problem refusal={refusal} />
    </Dialog>
  )
}
