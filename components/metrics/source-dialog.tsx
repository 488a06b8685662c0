'use client'
/** The form of a metrics source: where it is, how to sign in, and a test of the connection before it is saved. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { ApiError, post, put } from '@/lib/client/api'
import type { Refusal } from '@/lib/domain/aggregate'
import type { AuthKind } from '@/lib/domain/source/state'
import type { ConnectionTest, SourceView } from '@/lib/domain/source/view'
import { ConnectionResult } from './connection-result'
import { SourceCredentials } from './source-credentials'
import { bodyOf, draftOf, testBodyOf, type SourceDraft } from './source-draft'

interface SourceDialogProps {
  /** The source to change; `null` adds one. */
  source: SourceView | null
  isOpen: boolean
  onClose: () => void
}

const AUTH_NAMES: Readonly<Record<AuthKind, string>> = { none: 'None', basic: 'User and password', bearer: 'Bearer token' }

function isAuth(value: string): value is AuthKind {
  return value in AUTH_NAMES
}

function refusalOf(error: unknown): Refusal {
  return error instanceof ApiError ? error.refusal : { code: 'conflict', message: 'The server could not be reached. Try again.' }
}

export function SourceDialog({ source, isOpen, onClose }: SourceDialogProps) {
  const client = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(source))
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [result, setResult] = useState<ConnectionTest | null>(null)
  const [busy, setBusy] = useState<'test' | 'save' | null>(null)
  const change = (part: Partial<SourceDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setResult(null)
  }

  async function during(what: 'test' | 'save', work: () => Promise<void>) {
    setBusy(what)
    setRefusal(null)
    try {
      await work()
    } catch (error) {
      setRefusal(refusalOf(error))
    }
    setBusy(null)
  }
  const test = () => during('test', async () => {
    // The stored credentials are known to the server only, and only for what is saved.
    const found = draft.keepsSecret && source ? await post<ConnectionTest>(`/sources/${source.id}/test`, {}) : await post<ConnectionTest>('/sources/test', testBodyOf(draft))
    setResult(found)
    const { reachable } = found
    if (reachable && found.scrapeIntervalSeconds !== null) setDraft((before) => ({ ...before, scrapeIntervalSeconds: String(Math.max(1, Math.round(found.scrapeIntervalSeconds ?? 15))) }))
  })
  const save = () => during('save', async () => {
    if (source) await put(`/sources/${source.id}`, bodyOf(draft))
    else await post('/sources/add', { secret: null, ...bodyOf(draft) })
    await Promise.all([client.invalidateQueries({ queryKey: ['source'] }), client.invalidateQueries({ queryKey: ['environment'] })])
    onClose()
  })

  const isOtherPlace = draft.keepsSecret && source !== null && draft.url.trim() !== source.url

  return (
    <Dialog
      open={isOpen} onClose={onClose} isBusy={busy !== null} onSubmit={() => void save()}
      title={source ? `Change ${source.name}` : 'Add a metrics source'}
      description="A Prometheus, or a relative of it that answers PromQL. This server asks it; browsers never do."
      footer={
        <>
          <Button reasonAt="start" refusal={isOtherPlace ? 'The stored credentials are tried at the saved address only. Save first, or give them again.' : null} onClick={() => void test()} isBusy={busy === 'test'} busyLabel="Testing…">Test connection</Button>
          <span className="flex-1" />
          <Button look="quiet" onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isBusy={busy === 'save'}>{source ? 'Save' : 'Add source'}</Button>
        </>
      }
    >
      <Problem refusal={refusal} />
      <Field label="Name">{(control) => <TextInput {...control} required maxLength={80} value={draft.name} onChange={(event) => change({ name: event.target.value })} placeholder="Production EU" />}</Field>
      <Field label="URL" hint="With its path prefix, without /api/v1.">{(control) => <TextInput {...control} isMono required inputMode="url" value={draft.url} onChange={(event) => change({ url: event.target.value })} placeholder="http://prometheus:9090" />}</Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Sign-in">
          {(control) => (
            <Select {...control} value={draft.auth} onChange={(event) => { if (isAuth(event.target.value)) change({ auth: event.target.value, keepsSecret: false }) }}>
              {Object.entries(AUTH_NAMES).map(([kind, name]) => <option key={kind} value={kind}>{name}</option>)}
            </Select>
          )}
        </Field>
        <Field label="Scrape interval, seconds" hint="Rate windows and steps follow it; a test fills it in.">{(control) => <TextInput {...control} inputMode="numeric" required value={draft.scrapeIntervalSeconds} onChange={(event) => change({ scrapeIntervalSeconds: event.target.value })} />}</Field>
      </div>
      {source?.hasSecret && <Checkbox label="Keep the stored credentials, header values and certificates" hint="They are encrypted and cannot be shown. They stay with this host only." checked={draft.keepsSecret} onChange={(event) => change({ keepsSecret: event.target.checked })} />}
      {!draft.keepsSecret && <SourceCredentials draft={draft} change={change} />}
      {result && <ConnectionResult result={result} />}
    </Dialog>
  )
}
