'use client'
/** What the public may know of one model: off by default, then a public name, fields and environments, one tick each. */
import { Checkbox, Field, TextInput } from '@/components/ui/field'
import { Pill } from '@/components/ui/pill'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import type { StatusEditorView } from '@/lib/domain/status/editor-view'
import type { Publication, PublicField } from '@/lib/domain/model/publication'

// The order is that of the page. The list is written here, because the domain's own brings its schema along.
const FIELDS: readonly { readonly field: PublicField; readonly label: string; readonly hint: string }[] = [
  { field: 'version', label: 'Version label', hint: 'Of the live version, and of releases on their way.' },
  { field: 'state', label: 'State', hint: 'Stable, at risk, rolling back, not measured.' },
  { field: 'releases', label: 'Releases in flight', hint: 'That something is on its way.' },
  { field: 'phase', label: 'Phase', hint: 'How far a release is, and its share of traffic.' },
  { field: 'team', label: 'Blocking team', hint: 'Which team a release waits for.' },
  { field: 'target', label: 'Target date', hint: 'When a release is planned.' },
  { field: 'rail', label: 'Gate rail', hint: 'The picture of its gates, without their names.' },
  { field: 'holds', label: 'Holds', hint: 'That a release is on hold, without the reason.' },
  { field: 'roll-backs', label: 'Roll-backs', hint: 'For two weeks, without the reason.' },
  { field: 'record', label: 'Ninety days', hint: 'One bar a day: good, bad, or not measured.' },
]

interface PublicationFieldsProps {
  model: StatusEditorView['models'][number]
  environments: StatusEditorView['environments']
  publication: Publication | null
  onChange: (publication: Publication | null) => void
}

export function PublicationFields({ model, environments, publication, onChange }: PublicationFieldsProps) {
  return (
    <Surface aria-label={model.name}>
      <SurfaceHead title={model.name} note={<span className="mono">{model.slug}</span>}>
        <Pill state={publication === null ? 'idle' : 'open'} hasMark>{publication === null ? 'Private' : 'Public'}</Pill>
      </SurfaceHead>
      <div className="flex flex-col gap-4 p-4">
        <Checkbox
          label={`Show ${model.name} on the status page`}
          checked={publication !== null}
          onChange={(event) => onChange(event.target.checked ? (model.publication ?? { name: model.name, fields: [], environments: [] }) : null)}
        />
        {publication !== null && <Choices environments={environments} publication={publication} onChange={onChange} />}
      </div>
    </Surface>
  )
}

function Choices({ environments, publication, onChange }: Omit<PublicationFieldsProps, 'model' | 'publication'> & { publication: Publication }) {
  const tick = (field: PublicField, isOn: boolean) => onChange({ ...publication, fields: FIELDS.map((one) => one.field).filter((one) => (one === field ? isOn : publication.fields.includes(one))) })
  return (
    <>
      <Field label="Public name" hint="Stands in for the model's own name.">
        {(control) => <TextInput {...control} maxLength={80} required value={publication.name} onChange={(event) => onChange({ ...publication, name: event.target.value })} />}
      </Field>
      <fieldset>
        <legend className="mb-1 font-medium">Environments</legend>
        <ul className="flex flex-col gap-2">
          {environments.map((environment) => <EnvironmentChoice key={environment.id} environment={environment} publication={publication} onChange={onChange} />)}
        </ul>
      </fieldset>
      <fieldset>
        <legend className="mb-1 font-medium">Fields</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {FIELDS.map(({ field, label, hint }) => <Checkbox key={field} label={label} hint={hint} checked={publication.fields.includes(field)} onChange={(event) => tick(field, event.target.checked)} />)}
        </div>
      </fieldset>
    </>
  )
}

function EnvironmentChoice({ environment, publication, onChange }: { environment: StatusEditorView['environments'][number]; publication: Publication; onChange: (publication: Publication) => void }) {
  const chosen = publication.environments.find((one) => one.environmentId === environment.id)
  const others = publication.environments.filter((one) => one.environmentId !== environment.id)
  const set = (name: string | null) => onChange({ ...publication, environments: publication.environments.map((one) => (one.environmentId === environment.id ? { ...one, name } : one)) })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Checkbox
        className="basis-40"
        label={environment.name}
        checked={chosen !== undefined}
        onChange={(event) => onChange({ ...publication, environments: event.target.checked ? [...others, { environmentId: environment.id, name: environment.name }] : others })}
      />
      {chosen !== undefined && (
        <TextInput
          aria-label={`Public name of ${environment.name}; empty shows none`}
          placeholder="not named"
          className="w-auto min-w-0 flex-1"
          maxLength={60}
          value={chosen.name ?? ''}
          onChange={(event) => set(event.target.value === '' ? null : event.target.value)}
        />
      )}
    </li>
  )
}
