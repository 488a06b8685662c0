'use client'
/** Swaps the candidate for another version of the model; only sign-offs that rest on what differs become stale. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { useStage } from '@/components/release/stage'
import { AppLink } from '@/components/ui/app-link'
import { Field, Select, TextArea } from '@/components/ui/field'
import { modelQuery } from '@/lib/client/scene'

export function CandidateDialog(frame: DialogProps) {
  const { view } = useStage()
  const { data, isError } = useQuery(modelQuery(view.model.id))
  const [versionId, setVersionId] = useState('')
  const [reason, setReason] = useState('')
  const versions = (data?.versions ?? []).filter((version) => version.id !== view.candidate.versionId && !version.withdrawn)
  const chosen = versionId || versions[0]?.id || ''
  return (
    <CommandDialog
      {...frame} title="Replace the candidate" confirm="Replace"
      description={`${view.candidate.label} stays in the record. Sign-offs that rest on a part that differs become stale, with the difference; the others stay.`}
      missing={isError ? 'The versions could not be read. Close this and try again.' : !data ? 'The versions are being read.' : chosen === '' ? 'There is no other version; register it on the model first.' : reason.trim() === '' ? 'Say why.' : null}
      build={() => [{ type: 'replace-candidate', versionId: chosen, reason: reason.trim() }]}
    >
      <Field label="Version" hint={<AppLink className="text-link" href={`/models/${data?.slug ?? view.model.id}`}>Register another one on the model</AppLink>}>
        {(control) => <Select {...control} value={chosen} onChange={(event) => setVersionId(event.target.value)}>{versions.map((version) => <option key={version.id} value={version.id}>{version.label} · {version.artefact.raw}</option>)}</Select>}
      </Field>
      <Field label="Reason">{(control) => <TextArea {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </CommandDialog>
  )
}
