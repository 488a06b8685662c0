'use client'
/** Chooses when ordinary messages go to a place: always, in the working hours of a team, or in hours of its own. */
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import type { DeliveryHours } from '@/lib/domain/destination/state'
import type { DestinationsView } from '@/lib/domain/destination/view'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const URGENT = 'Outside of them messages wait and then come as one per release. Roll-backs, holds, at risk, a go and break-glass never wait.'

export function HoursFields({ hours, teams, onChange }: { hours: DeliveryHours | null; teams: DestinationsView['teams']; onChange: (hours: DeliveryHours | null) => void }) {
  const choose = (value: string): void => {
    const team = teams.find((one) => `team ${one.id}` === value)
    if (team) onChange({ kind: 'team', team: team.id })
    else if (value === 'own') onChange({ kind: 'own', hours: { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } })
    else onChange(null)
  }
  const own = hours?.kind === 'own' ? hours.hours : null
  return (
    <>
      <Field label="When" hint={hours === null ? 'What happens to one release within a minute comes as one message.' : URGENT}>
        {(control) => (
          <Select {...control} value={hours === null ? '' : hours.kind === 'own' ? 'own' : `team ${hours.team}`} onChange={(event) => choose(event.target.value)}>
            <option value="">At any time</option>
            {teams.map((team) => <option key={team.id} value={`team ${team.id}`}>In the working hours of {team.name} ({team.hoursText})</option>)}
            <option value="own">In hours of its own</option>
          </Select>
        )}
      </Field>
      {own && (
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-1 font-medium">Hours of its own</legend>
          <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
            {DAYS.map((name, index) => (
              <Checkbox key={name} label={name} checked={own.days.includes(index + 1)} onChange={({ target }) => onChange({ kind: 'own', hours: { ...own, days: target.checked ? [...own.days, index + 1].toSorted((a, b) => a - b) : own.days.filter((day) => day !== index + 1) } })} />
            ))}
          </div>
          <div className="grid gap-3 sm:grid-cols-3">
            <Field label="From">{(control) => <TextInput {...control} type="time" required value={own.from} onChange={({ target }) => onChange({ kind: 'own', hours: { ...own, from: target.value } })} />}</Field>
            <Field label="To">{(control) => <TextInput {...control} type="time" required value={own.to} onChange={({ target }) => onChange({ kind: 'own', hours: { ...own, to: target.value } })} />}</Field>
            <Field label="Time zone">{(control) => <TextInput {...control} required maxLength={64} value={own.zone} onChange={({ target }) => onChange({ kind: 'own', hours: { ...own, zone: target.value } })} />}</Field>
          </div>
        </fieldset>
      )}
    </>
  )
}
