'use client'
/** One name for each team, and who is on call during the rollout. */
import { useState } from 'react'
import type { Change, FormProps } from '@/components/release/dialogs/change-form'
import { Field, Select } from '@/components/ui/field'

export function OwnersForm({ view, onChange }: FormProps) {
  const [owners, setOwners] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(view.owners.map((owner) => [owner.team, owner.person.id])))
  const [onCall, setOnCall] = useState(view.onCall?.id ?? '')
  const tell = (next: Readonly<Record<string, string>>, call: string) => {
    const value = Object.fromEntries(Object.entries(next).filter(([, id]) => id !== ''))
    const changes: Change[] = [{ part: 'owners', value }]
    onChange(call === (view.onCall?.id ?? '') ? changes : [...changes, { part: 'on-call', value: call || null }])
  }
  const people = (team: string) => view.people.toSorted((a, b) => Number(b.teams.includes(team)) - Number(a.teams.includes(team)))
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {view.teams.map((team) => (
        <Field key={team.id} label={team.name}>{(control) => (
          <Select {...control} value={owners[team.id] ?? ''} onChange={(event) => {
            const next = { ...owners, [team.id]: event.target.value }
            setOwners(next)
            tell(next, onCall)
          }}><option value="">nobody named</option>{people(team.id).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>
        )}</Field>
      ))}
      <Field label="On call">{(control) => <Select {...control} value={onCall} onChange={(event) => { setOnCall(event.target.value); tell(owners, event.target.value) }}><option value="">nobody named</option>{people('ops').map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
    </div>
  )
}
