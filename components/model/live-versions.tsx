'use client'
/** What is live of a model in each environment: last stable, held versions, and the way to record what was live before the product knew. */
import { useState } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import type { LiveVersionView, ModelView } from '@/lib/domain/model/view'

const HOW = { released: 'released', adopted: 'adopted', 'rolled-back-to': 'rolled back to' } as const

export function LiveVersions({ model }: { model: ModelView }) {
  const [isAdopting, setAdopting] = useState(false)
  const [lifting, setLifting] = useState<{ live: LiveVersionView; versionId: string; label: string } | null>(null)
  const refusal = model.environments.length === 0 ? 'Add an environment first.' : model.allowed.adopt
  const adopt = <Button size="s" refusal={refusal} onClick={() => setAdopting(true)}>Adopt what is live</Button>
  return (
    <Surface aria-label="Live versions">
      <SurfaceHead title="Live">{model.live.length > 0 && adopt}</SurfaceHead>
      {model.live.length === 0 ? (
        <EmptyState title="Nothing recorded as live" action={adopt}>Record what runs today: it becomes the last stable version that a release is compared with and rolled back to.</EmptyState>
      ) : (
        <ul role="list" className="divide-y divide-line">
          {model.live.map((live) => (
            <li key={live.environmentId} className="flex flex-col gap-1 px-4 py-3">
              <div className="flex flex-wrap items-center gap-2">
                <AppLink href={`/live/${encodeURIComponent(model.slug)}/${encodeURIComponent(live.environmentSlug)}`} className="title-link">{live.environmentName}</AppLink>
                {live.lastStable === null ? <Pill state="no-data" hasMark>no stable version</Pill> : <Pill state={live.watch?.isAtRisk === true ? 'risk' : 'passed'} hasMark>{live.lastStable.label}</Pill>}
              </div>
              {live.lastStable !== null && (
                <p className="text-12 text-ink-2">
                  {HOW[live.lastStable.how]}{live.lastStable.releaseId !== null && <> by <AppLink href={`/releases/${live.lastStable.releaseId}`} className="text-link">{live.lastStable.releaseCode}</AppLink></>}, live since <Time at={live.lastStable.since} as="moment" />
                  {live.lastStable.recordedAt !== live.lastStable.since && <>, recorded <Time at={live.lastStable.recordedAt} as="moment" /></>}
                </p>
              )}
              {live.rollingOut !== null && <p className="text-12"><AppLink href={`/releases/${live.rollingOut.releaseId}`} className="text-link">{live.rollingOut.code}</AppLink> is rolling out.</p>}
              {live.watch !== null && <p className="text-12 text-ink-2">{live.watch.isAtRisk ? <span className="font-medium text-risk">at risk</span> : 'steady'}, watched since <Time at={live.watch.startedAt} /></p>}
              {live.watch?.reviewAt && <p className="text-12 text-ink-2">Review due <Time at={live.watch.reviewAt} as="day" /></p>}
              {live.held.filter((held) => !held.isLifted).map((held) => (
                <div key={held.versionId} className="flex flex-wrap items-center gap-2 text-12">
                  <Pill state="held" hasMark>{held.label} held</Pill><span className="min-w-0 break-words text-ink-2">{held.reason}</span>
                  <Button size="s" refusal={model.allowed.liftHold} onClick={() => setLifting({ live, versionId: held.versionId, label: held.label })}>Write down the cause</Button>
                </div>
              ))}
            </li>
          ))}
        </ul>
      )}
      {isAdopting && <Adopt model={model} onClose={() => setAdopting(false)} />}
      {lifting !== null && <LiftHold model={model} held={lifting} onClose={() => setLifting(null)} />}
    </Surface>
  )
}

function Adopt({ model, onClose }: { model: ModelView; onClose: () => void }) {
  const [environmentId, setEnvironmentId] = useState(model.environments[0]?.id ?? '')
  const choices = model.versions.filter((version) => version.withdrawn === null)
  const [versionId, setVersionId] = useState(choices.at(-1)?.id ?? '')
  const [day, setDay] = useState('')
  const [time, setTime] = useState('12:00')
  const [note, setNote] = useState('')
  const { run, pending, refusal } = useCommand('live', `${model.id}:${environmentId}`)
  const send = async () => { if ((await run({ type: 'adopt', versionId, since: new Date(`${day}T${time}`).toISOString(), note })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} title="Adopt what is live" description="A lead records what runs today. It becomes the last stable version there; when it happened and when it was recorded are kept apart."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Record as last stable</Button></>}>
      <Problem refusal={refusal} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Environment">{(control) => <Select {...control} value={environmentId} onChange={(event) => setEnvironmentId(event.target.value)}>{model.environments.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Version">{(control) => <Select {...control} value={versionId} onChange={(event) => setVersionId(event.target.value)}>{choices.map((one) => <option key={one.id} value={one.id}>{one.label}</option>)}</Select>}</Field>
        <Field label="Live since" hint="The day on which it took the traffic.">{(control) => <TextInput {...control} type="date" required value={day} onChange={(event) => setDay(event.target.value)} />}</Field>
        <Field label="Time" hint="In your zone.">{(control) => <TextInput {...control} type="time" required value={time} onChange={(event) => setTime(event.target.value)} />}</Field>
      </div>
      <Field label="How you know" hint="Where it was seen: deployment, dashboard, registry.">{(control) => <TextArea {...control} required maxLength={10000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
    </Dialog>
  )
}

function LiftHold({ model, held, onClose }: { model: ModelView; held: { live: LiveVersionView; versionId: string; label: string }; onClose: () => void }) {
  const [cause, setCause] = useState('')
  const { run, pending, refusal } = useCommand('live', `${model.id}:${held.live.environmentId}`)
  const send = async () => { if ((await run({ type: 'lift-hold', versionId: held.versionId, cause })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="s" title={`Cause of the roll-back of ${held.label}`} description={`With the cause written down, ${held.label} may be released into ${held.live.environmentName} again.`}
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Lift the hold</Button></>}>
      <Problem refusal={refusal} />
      <Field label="Cause">{(control) => <TextArea {...control} required maxLength={10000} autoFocus value={cause} onChange={(event) => setCause(event.target.value)} />}</Field>
    </Dialog>
  )
}
