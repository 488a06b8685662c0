'use client'
/** The fields of a new version: what runs, by which code, from which data, behaving how. */
import { useId } from 'react'
import { digestHint, ReferencePreview } from '@/components/model/reference-preview'
import { withArtefact, type VersionDraft } from '@/components/model/version-draft'
import { Field, TextInput } from '@/components/ui/field'

interface VersionFieldsProps {
  draft: VersionDraft
  onChange: (draft: VersionDraft) => void
  /** By field; shown only for what the person has tried to send. */
  faults: Readonly<Partial<Record<keyof VersionDraft, string>>>
}

export function VersionFields({ draft, onChange, faults }: VersionFieldsProps) {
  const previewId = useId()
  const set = (field: keyof VersionDraft) => (event: { target: { value: string } }) => onChange({ ...draft, [field]: event.target.value })
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <Field label="Model reference" error={faults.artefact}>
          {(control) => (
            <TextInput {...control} isMono required maxLength={1000} spellCheck={false} placeholder="models:/fraud/7" aria-describedby={`${previewId} ${control['aria-describedby'] ?? ''}`.trim()}
              value={draft.artefact} onChange={(event) => onChange(withArtefact(draft, event.target.value))} />
          )}
        </Field>
        <div id={previewId}><ReferencePreview text={draft.artefact} /></div>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Label" hint="As people say it: 7, v3.2, 2026.11.1." error={faults.label}>
          {(control) => <TextInput {...control} required maxLength={60} value={draft.label} onChange={set('label')} />}
        </Field>
        <Field label="Digest" isOptional hint={digestHint(draft.artefact)} error={faults.digest}>
          {(control) => <TextInput {...control} isMono maxLength={300} spellCheck={false} value={draft.digest} onChange={set('digest')} />}
        </Field>
        <Field label="Code commit" isOptional hint="Of the training and serving code, whole." error={faults.codeCommit}>
          {(control) => <TextInput {...control} isMono maxLength={40} spellCheck={false} value={draft.codeCommit} onChange={set('codeCommit')} />}
        </Field>
        <Field label="Training data" isOptional hint="DVC file with md5, snapshot, versioned object." error={faults.data}>
          {(control) => <TextInput {...control} isMono maxLength={1000} spellCheck={false} value={draft.data} onChange={set('data')} />}
        </Field>
      </div>
      <details className="rounded-control border border-line px-3 py-2">
        <summary className="cursor-pointer font-medium">Behaviour: prompt, tools, index, guard-rails, provider</summary>
        <p className="mt-1 text-12 text-ink-2">For language and hosted models. A commit or digest each; what is not named here can change under a sign-off.</p>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <Field label="Prompt" isOptional>{(control) => <TextInput {...control} isMono maxLength={300} value={draft.prompt} onChange={set('prompt')} />}</Field>
          <Field label="Tools" isOptional>{(control) => <TextInput {...control} isMono maxLength={300} value={draft.tools} onChange={set('tools')} />}</Field>
          <Field label="Retrieval index" isOptional>{(control) => <TextInput {...control} isMono maxLength={300} value={draft.index} onChange={set('index')} />}</Field>
          <Field label="Guard-rails" isOptional>{(control) => <TextInput {...control} isMono maxLength={300} value={draft.guardRails} onChange={set('guardRails')} />}</Field>
          <Field label="Provider version" isOptional>{(control) => <TextInput {...control} isMono maxLength={120} value={draft.providerVersion} onChange={set('providerVersion')} />}</Field>
          <Field label="Retired by the provider on" isOptional>{(control) => <TextInput {...control} type="date" value={draft.retiresOn} onChange={set('retiresOn')} />}</Field>
        </div>
      </details>
    </div>
  )
}
