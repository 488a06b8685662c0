'use client'
/** What is released: the model, and a version that exists or one that is registered by pasting its reference. */
import { ReferencePreview } from '@/components/model/reference-preview'
import { VersionFields } from '@/components/model/version-fields'
import type { VersionDraft } from '@/components/model/version-draft'
import type { SectionProps } from '@/components/release-form/section-props'
import { Section } from '@/components/release-form/section'
import { Button } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'

interface SubjectProps extends SectionProps {
  readonly pasted: VersionDraft | null
  readonly pastedFaults: Readonly<Partial<Record<keyof VersionDraft, string>>>
  readonly onPaste: (version: VersionDraft | null) => void
  readonly newDraft: VersionDraft
}

export function SubjectSection({ view, draft, set, faults, pasted, pastedFaults, onPaste, newDraft }: SubjectProps) {
  const model = view.models.find((one) => one.id === draft.modelId)
  const version = model?.versions.find((one) => one.id === draft.versionId)
  return (
    <Section title="What">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Model" error={faults['modelId']}>
          {(control) => (
            <Select {...control} value={draft.modelId} onChange={(event) => { const next = view.models.find((one) => one.id === event.target.value); set({ modelId: event.target.value, versionId: next?.versions[0]?.id ?? '' }) }}>
              <option value="">Choose…</option>{view.models.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
            </Select>
          )}
        </Field>
        {pasted === null && (
          <Field label="Candidate version" error={faults['versionId']} hint={model && model.versions.length === 0 ? 'None yet: register one by pasting its reference.' : undefined}>
            {(control) => (
              <Select {...control} value={draft.versionId} onChange={(event) => set({ versionId: event.target.value })}>
                <option value="">Choose…</option>{model?.versions.map((one) => <option key={one.id} value={one.id}>{one.label} · {one.artefactLabel}</option>)}
              </Select>
            )}
          </Field>
        )}
      </div>
      {pasted === null ? (
        <>
          {version && <ReferencePreview text={version.raw} />}
          <div><Button size="s" refusal={draft.modelId === '' ? 'Choose the model first.' : view.allowed.addVersion} reasonAt="start" onClick={() => onPaste(newDraft)}>Paste a new reference instead</Button></div>
        </>
      ) : (
        <div className="rounded-control border border-line p-4">
          <div className="mb-3 flex flex-wrap items-center gap-2"><h3>New version of {model?.name ?? 'the model'}</h3><span className="ml-auto"><Button size="s" look="quiet" onClick={() => onPaste(null)}>Choose an existing one</Button></span></div>
          <VersionFields draft={pasted} onChange={onPaste} faults={pastedFaults} />
        </div>
      )}
      <Field label="Evaluation report" isOptional hint="Hash or reference of the report that sign-offs of model quality rest on; another one makes them stale.">
        {(control) => <TextInput {...control} isMono maxLength={300} value={draft.evaluation} onChange={(event) => set({ evaluation: event.target.value })} />}
      </Field>
    </Section>
  )
}
