'use client'
/** The dialog that adds an environment or changes one. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { Button } from '@/components/ui/button'
import { useZone } from '@/components/ui/clock'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import { ENVIRONMENT_KIND_NAMES, ENVIRONMENT_KINDS, ORCHESTRATOR_NAMES, ORCHESTRATORS } from '@/lib/domain/environment/state'
import type { EnvironmentsView, EnvironmentView } from '@/lib/domain/environment/view'

export function EnvironmentForm({ view, environment, onClose }: { view: EnvironmentsView; environment: EnvironmentView | null; onClose: () => void }) {
  const viewerZone = useZone()
  const [id] = useState(() => environment?.id ?? uuid())
  const [slug, setSlug] = useState(environment?.slug ?? '')
  const [name, setName] = useState(environment?.name ?? '')
  const [kind, setKind] = useState(environment?.kind ?? 'cloud')
  const [orchestrator, setOrchestrator] = useState(environment?.orchestrator ?? 'kubernetes')
  const [sourceId, setSourceId] = useState(environment?.sourceId ?? view.sources[0]?.id ?? '')
  const [zone, setZone] = useState(environment?.zone ?? viewerZone)
  const { run, pending, refusal } = useCommand('environment', id)
  const send = async () => {
    const fields = { name, kind, orchestrator, sourceId: sourceId === '' ? null : sourceId, zone }
    if ((await run(environment ? { type: 'edit-environment', ...fields } : { type: 'add-environment', slug, ...fields })).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} title={environment ? `Change ${environment.name}` : 'Add an environment'}
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>{environment ? 'Save' : 'Add'}</Button></>}>
      <Problem refusal={refusal} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name">{(control) => <TextInput {...control} required maxLength={80} autoFocus placeholder="Production EU" value={name} onChange={(event) => setName(event.target.value)} />}</Field>
        {environment === null && <Field label="Slug" hint="Lower case letters, digits, dashes; stays.">{(control) => <TextInput {...control} isMono required maxLength={40} pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*" placeholder="prod-eu" value={slug} onChange={(event) => setSlug(event.target.value)} />}</Field>}
        <Field label="Kind">{(control) => <Select {...control} value={kind} onChange={(event) => setKind(ENVIRONMENT_KINDS.find((one) => one === event.target.value) ?? kind)}>{ENVIRONMENT_KINDS.map((one) => <option key={one} value={one}>{ENVIRONMENT_KIND_NAMES[one]}</option>)}</Select>}</Field>
        <Field label="Orchestrator">{(control) => <Select {...control} value={orchestrator} onChange={(event) => setOrchestrator(ORCHESTRATORS.find((one) => one === event.target.value) ?? orchestrator)}>{ORCHESTRATORS.map((one) => <option key={one} value={one}>{ORCHESTRATOR_NAMES[one]}</option>)}</Select>}</Field>
        <Field label="Metrics source" hint={view.sources.length === 0 ? 'None yet: an admin adds a Prometheus in the settings.' : 'The Prometheus that scrapes it.'}>
          {(control) => <Select {...control} value={sourceId} onChange={(event) => setSourceId(event.target.value)}><option value="">None</option>{view.sources.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}
        </Field>
        <Field label="Zone" hint="For freezes and times of this environment.">{(control) => <TextInput {...control} required maxLength={64} value={zone} onChange={(event) => setZone(event.target.value)} />}</Field>
      </div>
    </Dialog>
  )
}
