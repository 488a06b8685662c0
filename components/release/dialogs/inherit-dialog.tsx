'use client'
/** Takes a gate over from another release of the model whose parts are the same (rule 16). */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { gateOf, useStage } from '@/components/release/stage'
import { Field, Select } from '@/components/ui/field'
import { modelQuery } from '@/lib/client/scene'

export function InheritDialog({ gateId, ...frame }: DialogProps & { gateId: string }) {
  const { view } = useStage()
  const { data } = useQuery(modelQuery(view.model.id))
  const [from, setFrom] = useState('')
  const gate = gateOf(view, gateId)
  const releases = (data?.releases ?? []).filter((release) => release.releaseId !== view.id)
  const chosen = from || releases[0]?.releaseId || ''
  if (!gate) return null
  return (
    <CommandDialog
      {...frame} title={`Take over gate ${gate.number} ${gate.name}`} confirm="Take it over"
      description={`The parts that it rests on (${gate.parts.length === 0 ? 'none' : gate.parts.join(', ')}) have to be the same there. It is shown as taken over, and each team affirms it once.`}
      missing={!data ? 'The releases are being read.' : chosen === '' ? 'There is no other release of this model.' : null}
      build={() => [{ type: 'inherit-gate', gateId, fromReleaseId: chosen }]}
    >
      <Field label="From">{(control) => <Select {...control} value={chosen} onChange={(event) => setFrom(event.target.value)}>{releases.map((release) => <option key={release.releaseId} value={release.releaseId}>{release.code} · {release.environmentName} · {release.phase}</option>)}</Select>}</Field>
    </CommandDialog>
  )
}
