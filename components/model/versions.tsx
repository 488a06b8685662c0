'use client'
/** The versions of a model: what each is, what pins it, where it is live or held. */
import { useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea } from '@/components/ui/field'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Facts, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import type { ModelView, VersionView } from '@/lib/domain/model/view'
import { KIND_NAMES } from '@/lib/domain/reference/model-reference'

export function Versions({ model }: { model: ModelView }) {
  const [withdrawing, setWithdrawing] = useState<VersionView | null>(null)
  const add = <ButtonLink href={`/models/${model.slug}/versions/new`} refusal={model.allowed.addVersion}>Add a version</ButtonLink>
  return (
    <Surface aria-label="Versions">
      <SurfaceHead title="Versions" note={model.versions.length}>{model.versions.length > 0 && add}</SurfaceHead>
      {model.versions.length === 0
        ? <EmptyState title="No version yet" action={add}>Paste the reference of what runs today; a version never changes once it is registered.</EmptyState>
        : <ul role="list" className="divide-y divide-line">{model.versions.map((version) => <VersionRow key={version.id} version={version} onWithdraw={() => setWithdrawing(version)} />)}</ul>}
      {withdrawing !== null && <Withdraw model={model} version={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Surface>
  )
}

function VersionRow({ version, onWithdraw }: { version: VersionView; onWithdraw: () => void }) {
  const { artefact, behaviour } = version
  const named = [['Prompt', behaviour.prompt], ['Tools', behaviour.tools], ['Index', behaviour.index], ['Guard-rails', behaviour.guardRails], ['Provider version', behaviour.providerVersion], ['Retired on', behaviour.retiresOn]] as const
  const facts = [
    { term: KIND_NAMES[artefact.kind], value: <span className="mono text-12 break-all">{version.href === null ? artefact.raw : <a href={version.href} rel="noreferrer noopener" target="_blank" className="text-link">{artefact.raw}</a>}</span> },
    ...(artefact.digest === null || artefact.raw.includes(artefact.digest) ? [] : [{ term: 'Digest', value: <span className="mono text-12 break-all">{artefact.digest}</span> }]),
    ...(version.codeCommit === null ? [] : [{ term: 'Code', value: <span className="mono text-12 break-all">{version.codeCommit}</span> }]),
    ...(version.data === null ? [] : [{ term: 'Data', value: <span className="mono text-12 break-all">{version.data.raw}{!version.data.pinned && <span className="font-sans text-waiting"> can move</span>}</span> }]),
    ...named.flatMap(([term, value]) => (value === null ? [] : [{ term, value: <span className="mono text-12 break-all">{value}</span> }])),
  ]
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-14">{version.label}</h3>
        {version.liveIn.map((place) => <Pill key={place} state="passed" hasMark>stable in {place}</Pill>)}
        {version.heldIn.map((place) => <Pill key={place} state="held" hasMark>held in {place}</Pill>)}
        {version.withdrawn !== null && <Pill state="idle">withdrawn</Pill>}
        {!artefact.pinned && <Pill state="waiting" hasMark>reference can move</Pill>}
        <span className="ml-auto flex flex-wrap items-center gap-2 text-12 text-ink-3">
          <span>{version.registeredByName}, <Time at={version.registeredAt} /></span>
          <CopyButton text={artefact.digest ?? artefact.raw} label="Copy digest" />
          {version.withdrawn === null && <Button size="s" look="quiet" refusal={version.allowed.withdraw} onClick={onWithdraw}>Withdraw</Button>}
        </span>
      </div>
      <Facts items={facts} className="mt-2 text-12" />
      {version.withdrawn !== null && <p className="mt-1 text-12 text-ink-2">Withdrawn by {version.withdrawn.byName}: {version.withdrawn.reason}</p>}
    </li>
  )
}

function Withdraw({ model, version, onClose }: { model: ModelView; version: VersionView; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const { run, pending, refusal } = useCommand('model', model.id)
  const send = async () => { if ((await run({ type: 'withdraw-version', versionId: version.id, reason })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="s" title={`Withdraw version ${version.label}`} description="It stays in the record and can no longer be chosen for a release."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="danger" type="submit" isBusy={pending}>Withdraw</Button></>}>
      <Problem refusal={refusal} />
      <Field label="Reason">{(control) => <TextArea {...control} required maxLength={1000} autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </Dialog>
  )
}
