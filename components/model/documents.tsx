'use client'
/** The documents that all teams share about a model: attach by address, review per team, pin a revision. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { TeamMark } from '@/components/gate/team-mark'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import { checkAddress } from '@/lib/domain/document/address'
import { DOCUMENT_KIND_NAMES, DOCUMENT_KINDS, providerOf, suggestKind, type DocumentKind } from '@/lib/domain/document/document'
import type { DocumentView, ModelView } from '@/lib/domain/model/view'

export function ModelDocuments({ model }: { model: ModelView }) {
  const [isAttaching, setAttaching] = useState(false)
  const { run, pending, refusal } = useCommand('model', model.id)
  const attach = <Button refusal={model.allowed.attach} onClick={() => setAttaching(true)}>Attach a document</Button>
  return (
    <Surface aria-label="Documents">
      <SurfaceHead title="Documents" note={model.documents.length}>{model.documents.length > 0 && attach}</SurfaceHead>
      {refusal && <div className="px-4 pt-3"><Problem refusal={refusal} /></div>}
      {model.documents.length === 0
        ? <EmptyState title="No document yet" action={attach}>Model card, data sheet, runbook, dashboard: linked by address, so that all teams read the same one.</EmptyState>
        : <Rows>{model.documents.map((document) => <DocumentRow key={document.id} document={document} model={model} isBusy={pending} onRun={(command) => void run(command)} />)}</Rows>}
      {isAttaching && <Attach model={model} onClose={() => setAttaching(false)} />}
    </Surface>
  )
}

type DocumentCommand = { type: 'remove-document'; documentId: string } | { type: 'review-document'; documentId: string; team: string }

function DocumentRow({ document, model, isBusy, onRun }: { document: DocumentView; model: ModelView; isBusy: boolean; onRun: (command: DocumentCommand) => void }) {
  const teamOf = (id: string) => model.teams.find((team) => team.id === id)
  return (
    <Row
      title={document.href === null ? document.title : <a href={document.href} target="_blank" rel="noreferrer noopener" className="title-link">{document.title}</a>}
      detail={<>{document.kindName} · {document.providerName} · {document.pinnedRevision === null ? <span className="text-waiting">unpinned</span> : <span className="mono">{document.pinnedRevision.slice(0, 12)}</span>} · {document.byName}, <Time at={document.at} /></>}
      aside={
        <span className="flex flex-wrap items-center gap-2 text-12">
          {document.reviewedBy.map((review) => { const team = teamOf(review.team); return team && <span key={review.team} className="inline-flex items-center gap-1 text-passed" title={`${review.byName} reviewed it for ${team.name}`}><TeamMark shape={team.shape} name={`reviewed by ${team.name}`} isNameHidden />reviewed</span> })}
          {document.allowed.reviewFor.map((team) => <Button key={team} size="s" isBusy={isBusy} onClick={() => onRun({ type: 'review-document', documentId: document.id, team })}>Reviewed for {teamOf(team)?.name ?? team}</Button>)}
          <Button size="s" look="quiet" refusal={document.allowed.remove} isBusy={isBusy} onClick={() => onRun({ type: 'remove-document', documentId: document.id })}>Remove</Button>
        </span>
      }
    />
  )
}

function Attach({ model, onClose }: { model: ModelView; onClose: () => void }) {
  const [documentId] = useState(() => uuid())
  const [url, setUrl] = useState('')
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<DocumentKind | null>(null)
  const [ownerTeam, setOwnerTeam] = useState(model.ownerTeam)
  const [pinnedRevision, setPinnedRevision] = useState('')
  const [isTried, setTried] = useState(false)
  const { run, pending, refusal } = useCommand('model', model.id)
  const checked = checkAddress(url)
  const provider = checked.ok ? providerOf(checked.href) : null
  const chosen = kind ?? suggestKind(url, title)
  const send = async () => {
    setTried(true)
    if (!checked.ok) return
    if ((await run({ type: 'attach-document', documentId, title, url: checked.href, kind: chosen, ownerTeam, pinnedRevision: pinnedRevision.trim() === '' ? null : pinnedRevision.trim() })).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} title="Attach a document" description="The address is kept, not its content; nobody’s rights on it change."
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Attach</Button></>}>
      <Problem refusal={refusal} />
      <Field label="Address" hint={provider === null ? 'Begins with https://.' : `Recognised: ${provider.name}${provider.pinnedRevision === null ? '' : ', pinned by its address'}.`} error={isTried && !checked.ok ? checked.problem : undefined}>
        {(control) => <TextInput {...control} type="url" required maxLength={2000} autoFocus value={url} onChange={(event) => setUrl(event.target.value)} />}
      </Field>
      <Field label="Title">{(control) => <TextInput {...control} required maxLength={160} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind">
          {(control) => <Select {...control} value={chosen} onChange={(event) => setKind(DOCUMENT_KINDS.find((one) => one === event.target.value) ?? 'other')}>{DOCUMENT_KINDS.map((one) => <option key={one} value={one}>{DOCUMENT_KIND_NAMES[one]}</option>)}</Select>}
        </Field>
        <Field label="Owner team">
          {(control) => <Select {...control} value={ownerTeam} onChange={(event) => setOwnerTeam(event.target.value)}>{model.teams.map((team) => <option key={team.id} value={team.id}>{team.name}</option>)}</Select>}
        </Field>
      </div>
      <Field label="Pinned revision" isOptional hint="Revision, version or commit that was meant; without it the document is shown as unpinned.">
        {(control) => <TextInput {...control} isMono maxLength={200} value={pinnedRevision} onChange={(event) => setPinnedRevision(event.target.value)} />}
      </Field>
    </Dialog>
  )
}
