'use client'
/** An action that concerns no release: who does what by when, kept by the check-in. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { dayIn, endOfDay } from '@/components/release/dialogs/day'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, selectAll, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { CheckInView } from '@/lib/domain/check-in/view'

export function OwnActionDialog({ view, topicId, start, onClose }: { view: CheckInView; topicId: string | null; start: string; onClose: () => void }) {
  const { run, pending, refusal } = useCommand('check-in', view.id)
  const [actionId] = useState(() => uuid())
  const [title, setTitle] = useState(start)
  const [ownerId, setOwner] = useState(view.viewer.personId ?? '')
  const [team, setTeam] = useState('')
  const [due, setDue] = useState(dayIn(3))
  const send = async () => {
    const ran = await run({ type: 'add-action', actionId, topicId, title, ownerId: ownerId || null, team: team || null, dueAt: due === '' ? null : endOfDay(due) })
    if (ran.ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} title="Add an action" description="Kept by this check-in; it stands in the owner's work until it is done."
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} refusal={title.trim() === '' ? 'Say what is to be done.' : null}>Add</Button></>}>
      <Field label="What">{(control) => <TextInput {...control} onFocus={selectAll} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Owner">{(control) => <Select {...control} value={ownerId} onChange={(event) => setOwner(event.target.value)}><option value="">nobody yet</option>{view.people.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Team" isOptional>{(control) => <Select {...control} value={team} onChange={(event) => setTeam(event.target.value)}><option value="">none</option>{view.teams.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Due" isOptional>{(control) => <input {...control} type="date" className="control" value={due} onChange={(event) => setDue(event.target.value)} />}</Field>
      </div>
      <Problem refusal={refusal} />
    </Dialog>
  )
}
