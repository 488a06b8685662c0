'use client'
/** What the public may know of one model: off by default, then a public name, fields and environments, one tick each. */
import { Checkbox, Field, TextInput } from '@/components/ui/field'
import { Pill } from '@/components/ui/pill'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import type { StatusEditorView } from '@/lib/domain/status/editor-view'
import type { Audience } from '@/lib/domain/incident/state'
import type { InternalField, InternalPublication, PublicField } from '@/lib/domain/model/publication'

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
  { field: 'roll-backs', label: 'Roll-backs', hint: 'That there was one, without the reason.' },
  { field: 'record', label: 'Ninety days', hint: 'One bar a day: good, bad, or not measured.' },
]

// Only the internal page can show these.
const INTERNAL: readonly { readonly field: InternalField; readonly label: string; readonly hint: string }[] = [
  { field: 'code', label: 'Release code', hint: 'With a link, for whoever can sign in.' },
  { field: 'sentence', label: 'What blocks it', hint: 'The sentence of the board, word for word, reasons included.' },
  { field: 'reasons', label: 'Reasons', hint: 'Of holds and roll-backs, as they were written.' },
  { field: 'values', label: 'Values past their limit', hint: 'The titles of what failed.' },
]
const TEXT = {
  public: { show: (name: string) => `Show ${name} on the status page`, name: 'Public name', nameOf: (name: string) => `Public name of ${name}; empty shows none`, on: 'Public', off: 'Private' },
  internal: { show: (name: string) => `Show ${name} on the internal page`, name: 'Name there', nameOf: (name: string) => `Name of ${name} on the internal page; empty shows none`, on: 'Shown', off: 'Not shown' },
} as const

/** A publication to either audience; the server takes only the fields that its audience may get. */
type AnyPublication = InternalPublication

interface PublicationFieldsProps {
  model: StatusEditorView['models'][number]
  audience: Audience
  environments: StatusEditorView['environments']
  publication: AnyPublication | null
  onChange: (publication: AnyPublication | null) => void
}

export function PublicationFields({ model, audience, environments, publication, onChange }: PublicationFieldsProps) {
  const text = TEXT[audience]
  const stored = audience === 'public' ? model.publication : model.internal
  return (
    <Surface aria-label={model.name}>
      <SurfaceHead title={model.name} note={<span className="mono">{model.slug}</span>}>
        <Pill state={publication === null ? 'idle' : 'open'} hasMark>{publication === null ? text.off : text.on}</Pill>
      </SurfaceHead>
      <div className="flex flex-col gap-4 p-4">
        <Checkbox
          label={text.show(model.name)}
          checked={publication !== null}
          onChange={(event) => onChange(event.target.checked ? (stored ?? { name: model.name, fields: [], environments: [] }) : null)}
        />
        {publication !== null && <Choices audience={audience} environments={environments} publication={publication} onChange={onChange} />}
      </div>
    </Surface>
  )
}

function Choices({ audience, environments, publication, onChange }: Omit<PublicationFieldsProps, 'model' | 'publication'> & { publication: AnyPublication }) {
  const fields: readonly { readonly field: InternalField; readonly label: string; readonly hint: string }[] = audience === 'public' ? FIELDS : [...FIELDS, ...INTERNAL]
  const tick = (field: InternalField, isOn: boolean) => onChange({ ...publication, fields: fields.map((one) => one.field).filter((one) => (one === field ? isOn : publication.fields.includes(one))) })
  return (
    <>
      <Field label={TEXT[audience].name} hint="Stands in for the model's own name.">
        {(control) => <TextInput {...control} maxLength={80} required value={publication.name} onChange={(event) => onChange({ ...publication, name: event.target.value })} />}
      </Field>
      <fieldset>
        <legend className="mb-1 font-medium">Environments</legend>
        <ul className="flex flex-col gap-2">
          {environments.map((environment) => <EnvironmentChoice key={environment.id} audience={audience} environment={environment} publication={publication} onChange={onChange} />)}
        </ul>
      </fieldset>
      <fieldset>
        <legend className="mb-1 font-medium">Fields</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {fields.map(({ field, label, hint }) => <Checkbox key={field} label={label} hint={hint} checked={publication.fields.includes(field)} onChange={(event) => tick(field, event.target.checked)} />)}
        </div>
      </fieldset>
    </>
  )
}

function EnvironmentChoice({ audience, environment, publication, onChange }: { audience: Audience; environment: StatusEditorView['environments'][number]; publication: AnyPublication; onChange: (publication: AnyPublication) => void }) {
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
          aria-label={TEXT[audience].nameOf(environment.name)}
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
