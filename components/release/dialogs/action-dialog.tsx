'use client'
/** Adds something that somebody promises to do. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import type { Prepared } from '@/components/release/dialog-request'
import { dayIn, endOfDay } from '@/components/release/dialogs/day'
import { useStage } from '@/components/release/stage'
import { Field, selectAll, Select, TextInput } from '@/components/ui/field'

export function ActionDialog({ prepared, ...frame }: DialogProps & { prepared?: Prepared | undefined }) {
  const { view } = useStage()
  const [title, setTitle] = useState(prepared?.title ?? '')
  const [ownerId, setOwner] = useState(view.viewer.personId ?? '')
  const [team, setTeam] = useState('')
  const [due, setDue] = useState(dayIn(3))
  return (
    <CommandDialog
      {...frame} title="Add an action" confirm="Add" missing={title.trim() === '' ? 'Say what is to be done.' : null}
      build={() => [{ type: 'add-action', actionId: uuid(), title: title.trim(), ownerId: ownerId || null, team: team || null, dueAt: due === '' ? null : endOfDay(due), checkInId: null }]}
    >
      <Field label="What">{(control) => <TextInput {...control} autoFocus onFocus={selectAll} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Owner">{(control) => <Select {...control} value={ownerId} onChange={(event) => setOwner(event.target.value)}><option value="">nobody yet</option>{view.people.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Team" isOptional>{(control) => <Select {...control} value={team} onChange={(event) => setTeam(event.target.value)}><option value="">none</option>{view.teams.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Due" isOptional>{(control) => <input {...control} type="date" className="control" value={due} onChange={(event) => setDue(event.target.value)} />}</Field>
      </div>
    </CommandDialog>
  )
}
