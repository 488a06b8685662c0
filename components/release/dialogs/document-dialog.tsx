'use client'
/** Attaches a shared document by its address: kind, owner team and revision; the service is told from the address. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { useStage } from '@/components/release/stage'
import { Field, Select, TextInput } from '@/components/ui/field'
import { checkAddress } from '@/lib/domain/document/address'
import { DOCUMENT_KIND_NAMES, DOCUMENT_KINDS, providerOf, suggestKind, type DocumentKind } from '@/lib/domain/document/document'

export function DocumentDialog({ gateId, itemId, ...frame }: DialogProps & { gateId?: string | undefined; itemId?: string | undefined }) {
  const { view } = useStage()
  const [url, setUrl] = useState('')
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<DocumentKind | null>(null)
  const [team, setTeam] = useState(view.viewer.teams[0] ?? view.teams[0]?.id ?? '')
  const [revision, setRevision] = useState<string | null>(null)
  const [gate, setGate] = useState(gateId ?? '')
  const address = checkAddress(url)
  const provider = address.ok ? providerOf(address.href) : null
  const shownKind = kind ?? (address.ok ? suggestKind(address.href, title) : 'other')
  const shownRevision = revision ?? provider?.pinnedRevision ?? ''
  return (
    <CommandDialog
      {...frame} title="Attach a document" description="It stays where it is; everyone reads the same one. It is linked and not fetched." confirm="Attach"
      missing={url === '' ? 'Paste the address first.' : !address.ok ? address.problem : title.trim() === '' ? 'Give it a title.' : null}
      build={() => (address.ok ? [{
        type: 'attach-document', documentId: uuid(), title: title.trim(), url: address.href, kind: shownKind, provider: provider?.name ?? '', ownerTeam: team,
        pinnedRevision: shownRevision.trim() === '' ? null : shownRevision.trim(), gateId: gate || null, itemId: itemId ?? null,
      }] : [])}
    >
      <Field label="Address" error={url !== '' && !address.ok ? address.problem : undefined} hint={provider?.name}>{(control) => <TextInput {...control} autoFocus inputMode="url" placeholder="https://" value={url} onChange={(event) => setUrl(event.target.value)} />}</Field>
      <Field label="Title">{(control) => <TextInput {...control} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind">{(control) => <Select {...control} value={shownKind} onChange={(event) => setKind(DOCUMENT_KINDS.find((one) => one === event.target.value) ?? null)}>{DOCUMENT_KINDS.map((one) => <option key={one} value={one}>{DOCUMENT_KIND_NAMES[one]}</option>)}</Select>}</Field>
        <Field label="Owner team">{(control) => <Select {...control} value={team} onChange={(event) => setTeam(event.target.value)}>{view.teams.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Pinned revision" isOptional hint="Commit, version or date; without it the document is shown as unpinned.">{(control) => <TextInput {...control} isMono maxLength={200} value={shownRevision} onChange={(event) => setRevision(event.target.value)} />}</Field>
        <Field label="Belongs to">{(control) => <Select {...control} value={gate} onChange={(event) => setGate(event.target.value)}><option value="">the whole release</option>{view.gates.map((one) => <option key={one.id} value={one.id}>{one.number} {one.name}</option>)}</Select>}</Field>
      </div>
    </CommandDialog>
  )
}
