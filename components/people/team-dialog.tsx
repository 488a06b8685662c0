'use client'
/** Adds or changes a team: its name, its mark, and when it works. */
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { ZoneField } from '@/components/people/zone-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { TEAM_SHAPES } from '@/lib/domain/installation/state'
import type { TeamView } from '@/lib/domain/person/view'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

interface TeamDialogProps {
  /** Null adds a team. */
  team: TeamView | null
  onClose: () => void
}

export function TeamDialog({ team, onClose }: TeamDialogProps) {
  const [name, setName] = useState(team?.name ?? '')
  const [shape, setShape] = useState<string>(team?.shape ?? 'triangle')
  const [hours, setHours] = useState(team?.workingHours ?? { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' })
  const { run, isBusy, failure } = useAct()

  const save = async () => {
    const type = team ? 'change-team' : 'add-team'
    const command = { type, team: team?.id ?? idOf(name), name, shape, workingHours: hours }
    if (await run('/installation/installation/commands', command)) onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      isBusy={isBusy}
      onSubmit={() => void save()}
      title={team ? `Change ${team.name}` : 'Add a team'}
      footer={<><Button onClick={onClose}>Cancel</Button><Button type="submit" look="primary" isBusy={isBusy}>{team ? 'Save' : 'Add'}</Button></>}
    >
      {failure !== null && <Problem refusal={{ message: failure.message }} />}
      <Field label="Name" error={failure?.fields['name']}>
        {(control) => <TextInput {...control} required maxLength={40} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label="Mark" hint="Teams are told apart by shape, never by colour.">
        {(control) => (
          <Select {...control} value={shape} onChange={(event) => setShape(event.target.value)}>
            {TEAM_SHAPES.map((one) => <option key={one}>{one}</option>)}
          </Select>
        )}
      </Field>
      <ZoneField label="Time zone of the team" value={hours.zone} onChange={(zone) => setHours({ ...hours, zone: zone ?? 'UTC' })} />
      <div className="grid grid-cols-2 gap-3">
        <Field label="Works from">
          {(control) => <TextInput {...control} type="time" required value={hours.from} onChange={(event) => setHours({ ...hours, from: event.target.value })} />}
        </Field>
        <Field label="until" error={failure?.fields['workingHours.to']}>
          {(control) => <TextInput {...control} type="time" required value={hours.to} onChange={(event) => setHours({ ...hours, to: event.target.value })} />}
        </Field>
      </div>
      <fieldset className="grid grid-cols-2 gap-1">
        <legend className="mb-1 font-medium">Working days</legend>
        {DAYS.map((day, index) => (
          <Checkbox
            key={day}
            label={day}
            checked={hours.days.includes(index + 1)}
            onChange={(event) => setHours({ ...hours, days: event.target.checked ? [...hours.days, index + 1].toSorted() : hours.days.filter((one) => one !== index + 1) })}
          />
        ))}
      </fieldset>
    </Dialog>
  )
}

// "Trust & Safety" becomes trust-safety; the server refuses what is left empty or taken.
function idOf(name: string): string {
  return name.toLowerCase().normalize('NFKD').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[-0-9]+|-+$/g, '').slice(0, 40)
}
