'use client'
/** The form that registers a version; what is pasted is read while it is typed. */
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { EMPTY_VERSION, versionCommand, versionFaults } from '@/components/model/version-draft'
import { VersionFields } from '@/components/model/version-fields'
import { useGo } from '@/components/model/use-go'
import { Button, ButtonLink } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { PageHead, Surface } from '@/components/ui/surface'
import { useCommand } from '@/lib/client/commands'
import type { ModelView } from '@/lib/domain/model/view'

export function NewVersion({ model }: { model: ModelView }) {
  const go = useGo()
  const [id] = useState(() => uuid())
  const [draft, setDraft] = useState(EMPTY_VERSION)
  const [isTried, setTried] = useState(false)
  const { run, pending, refusal } = useCommand('model', model.id)
  const faults = versionFaults(draft)
  const send = async () => {
    setTried(true)
    if (Object.keys(faults).length > 0 || pending) return
    if ((await run(versionCommand(draft, id))).ok) go(`/models/${model.slug}`)
  }
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); void send() }} className="max-w-3xl">
      <PageHead title={`New version of ${model.name}`} lead="A version never changes once it is registered: sign-offs rest on it." />
      <Surface className="flex flex-col gap-4 p-4">
        <VersionFields draft={draft} onChange={setDraft} faults={isTried ? faults : {}} />
        <Problem refusal={refusal} />
        <div className="flex justify-end gap-2">
          <ButtonLink look="quiet" href={`/models/${model.slug}`}>Cancel</ButtonLink>
          <Button look="primary" type="submit" isBusy={pending} refusal={model.allowed.addVersion}>Register the version</Button>
        </div>
      </Surface>
    </form>
  )
}
