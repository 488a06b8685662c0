'use client'
/** Creates an API token and shows its secret, once. */
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { textOf } from '@/components/people/post'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { SecretDialog } from '@/components/ui/secret-dialog'
import type { TokensView } from '@/lib/domain/token/view'

const SCOPES = [
  { id: 'evidence', hint: 'Post evidence, values and versions.' },
  { id: 'ask', hint: 'Ask whether a release may proceed.' },
  { id: 'observe', hint: 'Report what the pipeline has deployed.' },
  { id: 'alert', hint: 'Hand in alerts from Alertmanager.' },
  { id: 'read', hint: 'Read what a person without a team may read.' },
]

export function TokenDialog({ models, onClose }: { models: TokensView['models']; onClose: () => void }) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly string[]>(['ask'])
  const [modelIds, setModelIds] = useState<readonly string[]>([])
  const [days, setDays] = useState('90')
  const [secret, setSecret] = useState<string | null>(null)
  const { run, isBusy, failure } = useAct()
  const toggled = (list: readonly string[], id: string, isOn: boolean) => (isOn ? [...list, id] : list.filter((one) => one !== id))

  const create = async () => {
    const answer = await run('/tokens', { name, scopes, modelIds, days: Number(days) })
    if (answer) setSecret(textOf(answer.value, 'secret'))
  }

  if (secret !== null) return <SecretDialog title={`Token ${name}`} description="Keep it where your pipeline keeps secrets. It is shown only now." label="Secret" secret={secret} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      isBusy={isBusy}
      onSubmit={() => void create()}
      title="Create a token"
      footer={<><Button onClick={onClose}>Cancel</Button><Button type="submit" look="primary" isBusy={isBusy} refusal={scopes.length === 0 ? 'Choose at least one scope.' : null}>Create</Button></>}
    >
      {failure !== null && <Problem refusal={{ message: failure.message }} />}
      <Field label="Name" hint="The pipeline that uses it." error={failure?.fields['name']}>
        {(control) => <TextInput {...control} required maxLength={60} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">Scopes</legend>
        {SCOPES.map((scope) => <Checkbox key={scope.id} label={scope.id} hint={scope.hint} checked={scopes.includes(scope.id)} onChange={(event) => setScopes(toggled(scopes, scope.id, event.target.checked))} />)}
      </fieldset>
      {models.length > 0 && (
        <fieldset className="flex max-h-44 flex-col gap-1 overflow-y-auto">
          <legend className="mb-1 font-medium">Models <span className="font-normal text-ink-3">none chosen means all</span></legend>
          {models.map((model) => <Checkbox key={model.id} label={model.slug} checked={modelIds.includes(model.id)} onChange={(event) => setModelIds(toggled(modelIds, model.id, event.target.checked))} />)}
        </fieldset>
      )}
      <Field label="Expires in">
        {(control) => (
          <Select {...control} value={days} onChange={(event) => setDays(event.target.value)}>
            <option value="7">7 days</option>
            <option value="30">30 days</option>
            <option value="90">90 days</option>
            <option value="365">a year</option>
          </Select>
        )}
      </Field>
    </Dialog>
  )
}
