'use client'
/** The dialog that declares a freeze, stated in the viewer's zone and kept in UTC. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { Button } from '@/components/ui/button'
import { useZone } from '@/components/ui/clock'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { EnvironmentView } from '@/lib/domain/environment/view'

export function FreezeForm({ environment, onClose }: { environment: EnvironmentView; onClose: () => void }) {
  const zone = useZone()
  const [freezeId] = useState(() => uuid())
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const { run, pending, refusal } = useCommand('environment', environment.id)
  const send = async () => { if ((await run({ type: 'add-freeze', freezeId, from: new Date(from).toISOString(), to: new Date(to).toISOString(), zone, reason })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} title={`Freeze ${environment.name}`} description="Refuses the start and the next step of every rollout into it. Sign-offs, decisions and roll-backs go on."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Declare</Button></>}>
      <Problem refusal={refusal} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="From" hint={`In your zone, ${zone}.`}>{(control) => <TextInput {...control} type="datetime-local" required value={from} onChange={(event) => setFrom(event.target.value)} />}</Field>
        <Field label="To" hint={`In your zone, ${zone}.`}>{(control) => <TextInput {...control} type="datetime-local" required value={to} onChange={(event) => setTo(event.target.value)} />}</Field>
      </div>
      <Field label="Reason">{(control) => <TextArea {...control} required maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </Dialog>
  )
}
