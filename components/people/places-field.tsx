/** The places of a person in the teams: none, member or lead; a place that may not be changed says why. */
import { TeamMark } from '@/components/gate/team-mark'
import { Field, Select } from '@/components/ui/field'
import type { Membership } from '@/lib/domain/actor'
import type { PeopleView } from '@/lib/domain/person/view'

interface PlacesFieldProps {
  teams: PeopleView['teams']
  value: readonly Membership[]
  onChange: (value: readonly Membership[]) => void
  /** Per team: why its place cannot be changed. */
  refusals?: Readonly<Record<string, string | null>>
}

export function PlacesField({ teams, value, onChange, refusals = {} }: PlacesFieldProps) {
  const set = (team: string, role: string) => {
    const others = value.filter((place) => place.team !== team)
    onChange(role === 'member' || role === 'lead' ? [...others, { team, role }] : others)
  }
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Teams</legend>
      {teams.map((team) => {
        const refusal = refusals[team.id] ?? null
        return (
          <Field key={team.id} label={<TeamMark shape={team.shape} name={team.name} />} hint={refusal}>
            {(control) => (
              <Select {...control} disabled={refusal !== null} value={value.find((place) => place.team === team.id)?.role ?? 'none'} onChange={(event) => set(team.id, event.target.value)}>
                <option value="none">not in this team</option>
                <option value="member">member</option>
                <option value="lead">lead</option>
              </Select>
            )}
          </Field>
        )
      })}
    </fieldset>
  )
}
