'use client'
/** Chooses people by their names; each is a toggle, so that nothing has to be typed. */
import { classes } from '@/components/ui/class-names'
import type { ReleaseView } from '@/lib/domain/release/view'

interface PeopleFieldProps {
  label: string
  people: ReleaseView['people']
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

export function PeopleField({ label, people, chosen, onChange }: PeopleFieldProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      <div className="flex max-h-32 flex-wrap gap-1 overflow-y-auto">
        {people.map((person) => {
          const isOn = chosen.includes(person.id)
          return (
            <label key={person.id} className={classes('inline-flex h-7 cursor-pointer items-center rounded-control border px-2 text-12 has-focus-visible:outline-2 has-focus-visible:outline-focus', isOn ? 'border-ink font-medium' : 'border-line text-ink-2')}>
              <input type="checkbox" className="sr-only" checked={isOn} onChange={() => onChange(isOn ? chosen.filter((id) => id !== person.id) : [...chosen, person.id])} />
              {person.name}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
