'use client'
/** The resource claim, which staging and canary are compared with, and the serving configuration. */
import { CLAIM_FIELDS, type ClaimField, type ServingField } from '@/components/release-form/draft'
import type { SectionProps } from '@/components/release-form/section-props'
import { Section } from '@/components/release-form/section'
import { Field, TextInput } from '@/components/ui/field'

const CLAIM: Readonly<Record<ClaimField, { readonly label: string; readonly hint: string }>> = {
  memoryGiB: { label: 'Memory, GiB', hint: 'Of each replica, at peak.' },
  cpuCores: { label: 'CPU, cores', hint: 'Of each replica.' },
  gpuCount: { label: 'GPUs', hint: '0 without.' },
  gpuMemoryGiB: { label: 'Memory of each GPU, GiB', hint: 'That the model may take.' },
  storageGiB: { label: 'Storage, GiB', hint: 'Artefacts, caches, index.' },
  peakPerSecond: { label: 'Expected peak, requests/s', hint: 'The busiest minute.' },
  growthPercent: { label: 'Growth in six months, %', hint: 'May be negative.' },
}

export function ClaimSection({ draft, set, faults }: SectionProps) {
  const fields = CLAIM_FIELDS.filter((field) => field !== 'gpuMemoryGiB' || Number(draft.claim.gpuCount) > 0)
  return (
    <Section title="Resource claim" note="compared with what is observed">
      <div className="grid gap-4 sm:grid-cols-2 md:grid-cols-3">
        {fields.map((field) => (
          <Field key={field} label={CLAIM[field].label} hint={CLAIM[field].hint} error={faults[field]}>
            {(control) => <TextInput {...control} inputMode="decimal" maxLength={20} value={draft.claim[field]} onChange={(event) => set({ claim: { ...draft.claim, [field]: event.target.value } })} />}
          </Field>
        ))}
        {Number(draft.claim.gpuCount) > 0 && <Field label="GPU type" hint="Such as L4 or H100.">{(control) => <TextInput {...control} maxLength={80} value={draft.gpuType} onChange={(event) => set({ gpuType: event.target.value })} />}</Field>}
      </div>
    </Section>
  )
}

const SERVING: readonly (readonly [ServingField, string, string])[] = [
  ['image', 'Image', 'registry/image@sha256:…'], ['runtime', 'Runtime', 'Triton 24.10, vLLM 0.8, own server'],
  ['precision', 'Precision', 'fp16, int8'], ['batching', 'Batching', 'dynamic, at most 16, 5 ms'],
]

export function ServingSection({ draft, set }: SectionProps) {
  return (
    <Section title="Serving" note="a change of it makes sign-offs that rest on it stale">
      <div className="grid gap-4 sm:grid-cols-2">
        {SERVING.map(([field, label, placeholder]) => (
          <Field key={field} label={label} isOptional>
            {(control) => <TextInput {...control} isMono={field === 'image'} maxLength={field === 'image' ? 500 : field === 'precision' ? 40 : 120} placeholder={placeholder} value={draft.serving[field]} onChange={(event) => set({ serving: { ...draft.serving, [field]: event.target.value } })} />}
          </Field>
        ))}
      </div>
    </Section>
  )
}
