'use client'
/** What turns of the watch asked for and nobody has answered yet. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import type { LiveView } from '@/lib/domain/live/view'

/** Nothing where nothing is open. */
export function ActionsCard({ view }: { view: LiveView }) {
  const [closing, setClosing] = useState<LiveView['actions'][number] | null>(null)
  if (view.actions.length === 0) return null
  return (
    <Surface id="actions" aria-label="Actions">
      <SurfaceHead title="Waits for an answer" />
      <Rows>
        {view.actions.map((action) => (
          <li key={action.id} className="flex flex-wrap items-center gap-2 px-4 py-2">
            <div className="min-w-0 flex-1 basis-40 break-words">{action.title}<p className="text-12 text-ink-2">{action.ownerName ?? 'Ops'}{action.dueAt !== null && <>, due <Time at={action.dueAt} as="moment" /></>}</p></div>
            <Button size="s" refusal={view.allowed.answer} onClick={() => setClosing(action)}>Answer</Button>
          </li>
        ))}
      </Rows>
      {closing !== null && <Answer liveId={view.id} action={closing} onClose={() => setClosing(null)} />}
    </Surface>
  )
}

function Answer({ liveId, action, onClose }: { liveId: string; action: LiveView['actions'][number]; onClose: () => void }) {
  const { run, pending, refusal } = useCommand('live', liveId)
  const [note, setNote] = useState('')
  const send = async () => { if ((await run({ type: 'complete-action', actionId: action.id, note })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="s" title="Answer the watch" description={action.title}
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Close it</Button></>}>
      <Problem refusal={refusal} />
      <Field label="What it was, and what was done">{(control) => <TextArea {...control} required maxLength={10000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
    </Dialog>
  )
}
