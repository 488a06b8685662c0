'use client'
/** Evidence for an item: a link, a document of the release, a file that is stored, or a validation result that is counted. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { countWords } from '@/components/gate/evidence-link'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { itemOf, useStage } from '@/components/release/stage'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { classes } from '@/components/ui/class-names'
import { ApiError, upload } from '@/lib/client/api'
import { checkAddress } from '@/lib/domain/document/address'
import { providerOf, suggestKind } from '@/lib/domain/document/document'
import type { Refusal } from '@/lib/domain/aggregate'
import type { CommandOf, ReleaseCommand } from '@/lib/domain/release/commands'

type Way = 'link' | 'document' | 'file' | 'result'
type Evidence = CommandOf<'add-evidence'>['evidence']

interface StoredFile { readonly hash: string; readonly size: number; readonly name: string; readonly mediaType: string }
interface ReadResult extends StoredFile { readonly format: 'great-expectations' | 'junit' | 'gatehouse'; readonly passed: number; readonly failed: number; readonly skipped: number }

const WAYS: readonly (readonly [Way, string])[] = [['link', 'Link'], ['document', 'Document'], ['file', 'File'], ['result', 'Test result']]

export function EvidenceDialog({ itemId, ...frame }: DialogProps & { itemId: string }) {
  const { view } = useStage()
  const item = itemOf(view, itemId)
  const [way, setWay] = useState<Way>('link')
  const [title, setTitle] = useState('')
  const [url, setUrl] = useState('')
  const [documentId, setDocumentId] = useState('')
  const [file, setFile] = useState<StoredFile | null>(null)
  const [result, setResult] = useState<ReadResult | null>(null)
  const [isReading, setReading] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  if (!item) return null
  const address = checkAddress(url)
  const name = title.trim() || (way === 'link' ? nameOf(url) : way === 'document' ? (view.documents.find((d) => d.id === documentId)?.title ?? 'Document') : (way === 'file' ? file : result)?.name ?? '')
  const isNew = way === 'document' && documentId === ''
  const missing = isReading ? 'The file is being read.'
    : way === 'link' || isNew ? (url === '' ? 'Paste the address first.' : address.ok ? null : address.problem)
    : way === 'document' ? null
    : (way === 'file' ? file : result) ? null : 'Choose a file first.'
  const evidence = (): { before: readonly ReleaseCommand[]; evidence: Evidence } | null => {
    if (way === 'link') return address.ok ? { before: [], evidence: { kind: 'link', title: name, url: address.href } } : null
    if (way === 'document') {
      if (!isNew) return { before: [], evidence: { kind: 'document', title: name, documentId } }
      if (!address.ok) return null
      const id = uuid()
      const provider = providerOf(address.href)
      const words = title.trim() || nameOf(url)
      return {
        before: [{ type: 'attach-document', documentId: id, title: words, url: address.href, kind: suggestKind(address.href, `${words} ${item.title}`), provider: provider.name, ownerTeam: view.gates.find((gate) => gate.id === item.gateId)?.ownerTeams[0] ?? view.viewer.teams[0] ?? 'ops', pinnedRevision: provider.pinnedRevision, gateId: item.gateId, itemId: item.id }],
        evidence: { kind: 'document', title: words, documentId: id },
      }
    }
    if (way === 'file') return file && { before: [], evidence: { kind: 'file', title: name, hash: file.hash, size: file.size, mediaType: file.mediaType } }
    return result && { before: [], evidence: { kind: 'result', title: name, hash: result.hash, format: result.format, passed: result.passed, failed: result.failed, skipped: result.skipped } }
  }
  const read = async (chosen: File | undefined) => {
    setRefusal(null)
    setFile(null)
    setResult(null)
    if (!chosen) return
    if (chosen.size > 20 * 1024 * 1024) return setRefusal({ code: 'invalid', message: 'A stored file has at most 20 MB. Link it where it lies instead.' })
    setReading(true)
    try {
      if (way === 'file') setFile(await upload<StoredFile>('/files', chosen))
      else setResult(await upload<ReadResult>('/import-result', chosen))
    } catch (error) {
      setRefusal(error instanceof ApiError ? error.refusal : { code: 'invalid', message: 'The file could not be sent. Try again.' })
    }
    setReading(false)
  }
  return (
    <CommandDialog
      {...frame} title={`Evidence for ${item.id}`} description={`${item.title}. ${item.hint}`} confirm="Add evidence" missing={missing}
      build={() => {
        const made = evidence()
        return made ? [...made.before, { type: 'add-evidence', itemId: item.id, evidenceId: uuid(), evidence: made.evidence }] : []
      }}
    >
      <div role="radiogroup" aria-label="Kind of evidence" className="flex flex-wrap gap-1">
        {WAYS.map(([one, words]) => (
          <label key={one} className={classes('inline-flex h-8 cursor-pointer items-center rounded-control border px-3 has-focus-visible:outline-2 has-focus-visible:outline-focus', way === one ? 'border-ink font-medium' : 'border-line text-ink-2')}>
            <input type="radio" name="way" className="sr-only" checked={way === one} onChange={() => { setWay(one); setRefusal(null) }} />{words}
          </label>
        ))}
      </div>
      {way === 'document' && (
        <Field label="Document">{(control) => (
          <Select {...control} value={documentId} onChange={(event) => setDocumentId(event.target.value)}>
            <option value="">A new one, by its address</option>
            {view.documents.map((document) => <option key={document.id} value={document.id}>{document.title} · {document.provider}</option>)}
          </Select>
        )}</Field>
      )}
      {(way === 'link' || isNew) && (
        <Field label="Address" error={url !== '' && !address.ok ? address.problem : undefined} hint={address.ok ? providerOf(address.href).name : 'It is linked and not fetched.'}>
          {(control) => <TextInput {...control} autoFocus inputMode="url" value={url} onChange={(event) => setUrl(event.target.value)} placeholder="https://" />}
        </Field>
      )}
      {(way === 'file' || way === 'result') && (
        <Field key={way} label={way === 'file' ? 'File' : 'Report'} hint={way === 'file' ? 'At most 20 MB, stored by its content hash.' : 'Great Expectations JSON, JUnit XML, or {"format":"gatehouse","passed":12,"failed":0}.'}>
          {(control) => <input {...control} type="file" className="control" onChange={(event) => void read(event.target.files?.[0])} />}
        </Field>
      )}
      <p role="status" className="empty:hidden">{isReading ? 'Reading…' : way === 'file' && file ? <>Stored: <span className="mono">sha256 {file.hash.slice(0, 12)}…</span></> : way === 'result' && result ? <b className="font-medium">{countWords(result)}{result.failed > 0 && ': the item stays open while its result has failures.'}</b> : null}</p>
      <Problem refusal={refusal} />
      {!(way === 'document' && !isNew) && <Field label="Title" isOptional hint={name && title === '' ? `“${name}” when it is left empty.` : undefined}>{(control) => <TextInput {...control} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>}
    </CommandDialog>
  )
}

/** A name for an address that got none: its last part, else its host. */
function nameOf(address: string): string {
  if (!URL.canParse(address)) return ''
  const url = new URL(address)
  const last = url.pathname.split('/').filter(Boolean).at(-1) ?? ''
  return (last.length > 2 ? decodeURIComponent(last.replace(/%(?![0-9a-f]{2})/gi, '%25')) : url.host).slice(0, 300)
}
