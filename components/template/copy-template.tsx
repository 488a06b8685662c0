'use client'
/** The dialog that begins an own template as a copy of one. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { useGo } from '@/components/model/use-go'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { TemplateView } from '@/lib/domain/template/view'

export function CopyTemplate({ view, onClose }: { view: TemplateView; onClose: () => void }) {
  const go = useGo()
  const [id] = useState(() => uuid())
  const [name, setName] = useState(`${view.content.name} copy`.slice(0, 60))
  const [purpose, setPurpose] = useState(view.content.purpose)
  const { run, pending, refusal } = useCommand('template', id)
  const send = async () => {
    const { templateId: _id, revision: _revision, ...content } = view.content
    if ((await run({ type: 'create-template', content: { ...content, name, purpose } })).ok) go(`/settings/templates/${id}`)
  }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="s" title={`Copy ${view.content.name}`} description="The copy begins at revision 1 and goes its own way."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Create</Button></>}>
      <Problem refusal={refusal} />
      <Field label="Name">{(control) => <TextInput {...control} required maxLength={60} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <Field label="When to use it">{(control) => <TextInput {...control} maxLength={300} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}</Field>
    </Dialog>
  )
}
