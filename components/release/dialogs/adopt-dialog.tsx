'use client'
/** Takes the newest checklist into the release: first what it would add, take away and ask otherwise, and which sign-offs would have to be affirmed. */
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { useStage } from '@/components/release/stage'
import { Field, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Skeleton } from '@/components/ui/small'
import { ApiError } from '@/lib/client/api'
import { adoptionQuery } from '@/lib/client/templates'
import { formatPlural } from '@/lib/domain/format'
import type { AdoptionPreview, ChangedLine } from '@/lib/domain/release/adoption-preview'

export function AdoptDialog(frame: DialogProps) {
  const { view } = useStage()
  const [reason, setReason] = useState('')
  const newest = view.template.newestRevision ?? view.template.revision
  const { data, error } = useQuery(adoptionQuery(view.id, view.template.revision, newest))
  const revision = data?.to ?? newest
  const why = data?.needsReason === true && reason.trim() === '' ? `Say why the release takes revision ${revision}.` : null
  return (
    <CommandDialog
      {...frame} size="l" title={`Adopt revision ${revision} of the checklist`} confirm={data && data.eased.length > 0 ? 'Propose it' : 'Adopt it'} missing={data || error ? why : 'One moment.'}
      description="New lines are asked. Lines that are asked otherwise lose their verdict, and sign-offs on them have to be affirmed: that needs a reason. Where it asks less, it waits for someone of another team."
      build={() => [{ type: 'adopt-template', revision, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }]}
    >
      {error && <Problem refusal={error instanceof ApiError ? error.refusal : { message: 'What it would do cannot be read now. Close this and try again.' }} />}
      {!data && !error && <Skeleton className="h-48 w-full" />}
      {data && <What preview={data} />}
      <Field label="Reason" isOptional={data !== undefined && !data.needsReason}>{(control) => <TextArea {...control} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </CommandDialog>
  )
}

function What({ preview }: { preview: AdoptionPreview }) {
  const isQuiet = [preview.added, preview.removed, preview.changed, preview.gates, preview.addedGates, preview.removedGates, preview.eased, preview.stale].every((list) => list.length === 0)
  const line = (one: { readonly itemId: string; readonly title: string }) => <><span className="mono text-12 text-ink-3">{one.itemId}</span> {one.title}</>
  return (
    <div className="flex flex-col gap-3">
      {isQuiet && <p>Revision {preview.to} asks this release nothing else than revision {preview.from}.</p>}
      <Part title="Sign-offs that have to be affirmed" isGrave list={preview.stale.map((one) => <>{one.gateNumber}. {one.gateName}: {one.by}{one.isGone && ' (the gate goes)'}</>)} />
      <Part title="Asks less, so that a second team decides" isGrave list={preview.eased} />
      <Part title="Gates added" list={preview.addedGates} />
      <Part title="Gates removed" list={preview.removedGates} />
      <Part title={`${formatPlural(preview.added.length, 'line')} added`} list={preview.added.map(line)} />
      <Part title={`${formatPlural(preview.removed.length, 'line')} removed`} list={preview.removed.map(line)} />
      <Part title={`${formatPlural(preview.changed.length, 'line')} asked otherwise`} list={preview.changed.map((one) => <>{line(one)}{one.isCleared && <span className="text-waiting"> begins unmeasured</span>}<Changes changes={one.changes} /></>)} />
      <Part title="Gates that change" list={preview.gates.map((gate) => <>{gate.number}. {gate.name}<Changes changes={gate.changes} /></>)} />
    </div>
  )
}

function Changes({ changes }: { changes: ChangedLine['changes'] }) {
  return <span className="block text-12 text-ink-2">{changes.map((one) => <span key={one.what} className="block break-words">{one.what}: <del className="text-ink-3">{one.before || 'nothing'}</del> → <ins className="no-underline">{one.after || 'nothing'}</ins></span>)}</span>
}

function Part({ title, list, isGrave = false }: { title: string; list: readonly ReactNode[]; isGrave?: boolean }) {
  if (list.length === 0) return null
  return (
    <section aria-label={title} className={isGrave ? 'rounded-control border border-waiting bg-waiting-bg px-3 py-2' : undefined}>
      <h3 className={isGrave ? 'text-13 text-waiting' : 'text-13 text-ink-2'}>{title}</h3>
      <ul role="list" className="mt-1 flex flex-col gap-1">{list.map((one, at) => <li key={at} className="break-words">{one}</li>)}</ul>
    </section>
  )
}
