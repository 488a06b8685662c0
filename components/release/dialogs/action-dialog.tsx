'use client'
/** Adds something that somebody promises to do. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import type { Prepared } from '@/components/release/dialog-request'
import { dayIn, endOfDay } from '@/components/release/dialogs/day'
import { useStage } from '@/components/release/stage'
import type { ReleaseView } from '@/lib/domain/release/view'
import { Field, selectAll, Select, TextInput } from '@/components/ui/field'

/** What an action of this release may follow from: decisions in force, rejections that hold a gate, waivers. */
function sourcesOf(view: ReleaseView): readonly { readonly key: string; readonly kind: 'decision' | 'rejection' | 'waiver'; readonly id: string; readonly words: string }[] {
  const sources = [
    ...view.decisions.filter((one) => one.supersededBy === null).map((one) => ({ kind: 'decision' as const, id: `D-${one.number}`, words: `D-${one.number} ${one.title}` })),
    ...view.gates.flatMap((gate) => gate.rejections.filter((one) => one.lifted === null).map((one) => ({ kind: 'rejection' as const, id: one.id, words: `Rejection of ${gate.number} ${gate.name} by ${one.by.name}` }))),
    ...view.gates.flatMap((gate) => gate.items.filter((item) => item.waiver !== null).map((item) => ({ kind: 'waiver' as const, id: item.id, words: `Waiver of ${item.id} ${item.title}` }))),
  ]
  return sources.map((one) => ({ ...one, key: `${one.kind} ${one.id}` }))
}

export function ActionDialog({ prepared, ...frame }: DialogProps & { prepared?: Prepared | undefined }) {
  const { view } = useStage()
  const [title, setTitle] = useState(prepared?.title ?? '')
  const [ownerId, setOwner] = useState(view.viewer.personId ?? '')
  const [team, setTeam] = useState('')
  const [due, setDue] = useState(dayIn(3))
  const [from, setFrom] = useState('')
  const sources = sourcesOf(view)
  const source = sources.find((one) => one.key === from)
  return (
    <CommandDialog
      {...frame} title="Add an action" confirm="Add" missing={title.trim() === '' ? 'Say what is to be done.' : null}
      build={() => [{ type: 'add-action', actionId: uuid(), title: title.trim(), ownerId: ownerId || null, team: team || null, dueAt: due === '' ? null : endOfDay(due), checkInId: null, ...(source ? { from: { kind: source.kind, id: source.id } } : {}) }]}
    >
      <Field label="What">{(control) => <TextInput {...control} autoFocus onFocus={selectAll} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Owner">{(control) => <Select {...control} value={ownerId} onChange={(event) => setOwner(event.target.value)}><option value="">nobody yet</option>{view.people.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Team" isOptional>{(control) => <Select {...control} value={team} onChange={(event) => setTeam(event.target.value)}><option value="">none</option>{view.teams.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Due" isOptional>{(control) => <input {...control} type="date" className="control" value={due} onChange={(event) => setDue(event.target.value)} />}</Field>
      </div>
      {sources.length > 0 && <Field label="Follows from" isOptional>{(control) => <Select {...control} value={from} onChange={(event) => setFrom(event.target.value)}><option value="">nothing in particular</option>{sources.map((one) => <option key={one.key} value={one.key}>{one.words}</option>)}</Select>}</Field>}
    </CommandDialog>
  )
}
