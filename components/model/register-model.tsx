'use client'
/** The dialog that registers a model, or changes the name, purpose and owner of one. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { useGo } from '@/components/model/use-go'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { ModelsView, ModelView } from '@/lib/domain/model/view'

interface RegisterModelProps {
  isOpen: boolean
  onClose: () => void
  view: Pick<ModelsView, 'teams'>
  /** The model to change; a new one is registered without it. */
  model?: ModelView
}

/** A slug out of a name: "Fraud score 2" → "fraud-score-2". */
function slugOf(name: string): string {
  return name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 40)
}

/** A code out of a slug: its first word in upper case. */
function codeOf(slug: string): string {
  return (slug.split('-')[0] ?? '').toUpperCase().slice(0, 12)
}

export function RegisterModel(props: RegisterModelProps) {
  return props.isOpen ? <ModelDialog {...props} /> : null
}

function ModelDialog({ onClose, view, model }: RegisterModelProps) {
  const go = useGo()
  const [id] = useState(() => model?.id ?? uuid())
  const [name, setName] = useState(model?.name ?? '')
  const [slug, setSlug] = useState(model?.slug ?? '')
  const [codePrefix, setCodePrefix] = useState(model?.codePrefix ?? '')
  const [ownerTeam, setOwnerTeam] = useState(model?.ownerTeam ?? view.teams.find((team) => team.id === 'data-science')?.id ?? view.teams[0]?.id ?? '')
  const [purpose, setPurpose] = useState(model?.purpose ?? '')
  const { run, pending, refusal } = useCommand('model', id)

  const rename = (text: string) => {
    const follows = slug === slugOf(name)
    setName(text)
    if (model || !follows) return
    setSlug(slugOf(text))
    if (codePrefix === codeOf(slug)) setCodePrefix(codeOf(slugOf(text)))
  }
  const send = async () => {
    const fields = { name, purpose, ownerTeam }
    const done = await run(model ? { type: 'edit-model', ...fields } : { type: 'register-model', slug, codePrefix, ...fields })
    if (!done.ok) return
    onClose()
    if (!model) go(`/models/${slug}`)
  }

  return (
    <Dialog
      open onClose={onClose} onSubmit={() => void send()} isBusy={pending}
      title={model ? `Change ${model.name}` : 'Register a model'}
      description={model ? 'Slug and code stay, because links and release codes carry them.' : 'Its releases carry the code, such as FRAUD-12; slug and code cannot be changed later.'}
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>{model ? 'Save' : 'Register'}</Button></>}
    >
      <Problem refusal={refusal} />
      <Field label="Name">{(control) => <TextInput {...control} required maxLength={80} autoFocus value={name} onChange={(event) => rename(event.target.value)} />}</Field>
      {!model && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Slug" hint="Lower case letters, digits, dashes.">{(control) => <TextInput {...control} isMono required maxLength={40} pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*" value={slug} onChange={(event) => setSlug(event.target.value)} />}</Field>
          <Field label="Release code" hint="2 to 12 upper case letters and digits.">{(control) => <TextInput {...control} isMono required maxLength={12} pattern="[A-Z][A-Z0-9]+" value={codePrefix} onChange={(event) => setCodePrefix(event.target.value.toUpperCase())} />}</Field>
        </div>
      )}
      <Field label="Owner team">
        {(control) => <Select {...control} value={ownerTeam} onChange={(event) => setOwnerTeam(event.target.value)}>{view.teams.map((team) => <option key={team.id} value={team.id}>{team.name}</option>)}</Select>}
      </Field>
      <Field label="Purpose" isOptional hint="Whom it serves, and with what.">{(control) => <TextArea {...control} maxLength={2000} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}</Field>
    </Dialog>
  )
}
