'use client'
/** Opens an incident: what is said to whom, how bad it is, and what it affects. The words are for readers outside. */
import { useState } from 'react'
import { AUDIENCE_TEXT, IMPACT_TEXT, STATUS_TEXT } from '@/components/incident/words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { Audience, Impact, IncidentPlace, IncidentStatus } from '@/lib/domain/incident/state'
import type { IncidentsView } from '@/lib/domain/status/editor-view'

export interface IncidentDraft {
  /** The key of what the product found; null for an incident of its own. */
  readonly about: string | null
  readonly name: string
  readonly impact: Impact
  readonly status: IncidentStatus
  readonly audience: Audience
}

export function IncidentDialog({ draft, view, onClose }: { draft: IncidentDraft; view: IncidentsView; onClose: () => void }) {
  const [id] = useState(() => crypto.randomUUID())
  const command = useCommand('incident', id)
  const [title, setTitle] = useState(draft.name)
  const [text, setText] = useState('')
  const [status, setStatus] = useState(draft.status)
  const [impact, setImpact] = useState(draft.impact)
  const [audience, setAudience] = useState(draft.audience)
  const [places, setPlaces] = useState<readonly IncidentPlace[]>([])
  const save = async () => {
    const ran = await command.run({ type: 'open-incident', about: draft.about, audience, title, impact, status, text, places, startedAt: null })
    if (ran.ok) onClose()
  }
  const missing = title.trim() === '' ? 'Say what is wrong.' : text.trim() === '' ? 'Write the first update.' : null
  return (
    <Dialog
      open
      onClose={onClose}
      isBusy={command.pending}
      size="l"
      onSubmit={() => { if (missing === null) void save() }}
      title={draft.about === null ? 'Write an incident' : 'Write about it'}
      description={draft.about === null ? 'It appears on the page as soon as it is saved.' : 'Your words stand in place of the fixed ones. While the product still sees it, the page says so.'}
      footer={<><Button onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={command.pending} refusal={missing}>Put it on the page</Button></>}
    >
      <Field label="What is wrong">{(control) => <TextInput {...control} data-autofocus maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <div className="grid gap-3 sm:grid-cols-3">
        <Choice label="Status" value={status} options={STATUS_TEXT} onChange={setStatus} />
        <Choice label="Impact" value={impact} options={IMPACT_TEXT} onChange={setImpact} />
        <Choice label="Who reads it" value={audience} options={AUDIENCE_TEXT} onChange={setAudience} />
      </div>
      <Field label="First update" hint="Every reader gets these words as they are. No names, links or internals that should stay inside.">{(control) => <TextArea {...control} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
      {draft.about === null && <Places view={view} places={places} onChange={setPlaces} />}
      <Problem refusal={command.refusal} />
    </Dialog>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: Readonly<Record<T, string>>
  onChange: (value: T) => void
}

/** A select over the keys of a table of words. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const keys: T[] = []
  for (const key in options) keys.push(key)
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => { const found = keys.find((key) => key === event.target.value); if (found !== undefined) onChange(found) }}>
          {keys.map((key) => <option key={key} value={key}>{options[key]}</option>)}
        </Select>
      )}
    </Field>
  )
}

/** What is affected: models and where they run. Only what is published is named on the page. */
export function Places({ view, places, onChange }: { view: Pick<IncidentsView, 'models' | 'environments'>; places: readonly IncidentPlace[]; onChange: (places: readonly IncidentPlace[]) => void }) {
  const [modelId, setModelId] = useState(view.models[0]?.id ?? '')
  if (view.models.length === 0 || view.environments.length === 0) return null
  const isOn = (environmentId: string) => places.some((one) => one.modelId === modelId && one.environmentId === environmentId)
  const toggle = (environmentId: string) => onChange(isOn(environmentId) ? places.filter((one) => one.modelId !== modelId || one.environmentId !== environmentId) : [...places, { modelId, environmentId }])
  const nameOf = (list: IncidentsView['models'], id: string) => list.find((one) => one.id === id)?.name ?? 'something that was archived'
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">What is affected <span className="font-normal text-ink-3">optional; only what is published is named</span></legend>
      <Field label="Model" isLabelHidden>{(control) => <Select {...control} value={modelId} onChange={(event) => setModelId(event.target.value)}>{view.models.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {view.environments.map((one) => <Checkbox key={one.id} label={one.name} checked={isOn(one.id)} onChange={() => toggle(one.id)} />)}
      </div>
      {places.length > 0 && <p className="text-ink-2">{places.map((one) => `${nameOf(view.models, one.modelId)} in ${nameOf(view.environments, one.environmentId)}`).join('; ')}</p>}
    </fieldset>
  )
}
