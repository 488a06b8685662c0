'use client'
/** Where it goes and how: environment and staging, risk with its separation policy, template, target date; and what is stable there now. */
import type { SectionProps } from '@/components/release-form/section-props'
import { stepDrafts } from '@/components/release-form/draft'
import { Section } from '@/components/release-form/section'
import { UnmetRules } from '@/components/template/unmet-rules'
import { AppLink } from '@/components/ui/app-link'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Pill } from '@/components/ui/pill'
import { Time } from '@/components/ui/time'
import { ENVIRONMENT_KIND_NAMES, ORCHESTRATOR_NAMES } from '@/lib/domain/environment/state'
import type { OpeningPlace } from '@/lib/domain/opening/view'
import { TIERS } from '@/lib/domain/template/template'

const TIER_NAMES = { low: 'Low', medium: 'Medium', high: 'High' } as const
const POLICY_WORDS = {
  strict: 'Strict separation: authors are not the only approvers, nobody stands for two teams in one gate.',
  'small-team': 'Small-team separation: one person may stand for two teams; a go always has two people.',
} as const

export function PlaceSection({ view, draft, set, faults, place }: SectionProps & { place: OpeningPlace | null }) {
  const template = view.templates.find((one) => one.id === draft.templateId)
  const environment = view.environments.find((one) => one.id === draft.environmentId)
  const policy = view.separation[draft.risk]
  return (
    <Section title="Where and how">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Environment" error={faults['environmentId']} hint={environment && `${ENVIRONMENT_KIND_NAMES[environment.kind]}, ${ORCHESTRATOR_NAMES[environment.orchestrator]}${environment.hasSource ? '' : '; no metrics source'}`}>
          {(control) => <Select {...control} value={draft.environmentId} onChange={(event) => set({ environmentId: event.target.value })}><option value="">Choose…</option>{view.environments.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}
        </Field>
        <Field label="Staging environment" isOptional error={faults['stagingEnvironmentId']} hint="Where load test and snapshots are taken.">
          {(control) => <Select {...control} value={draft.stagingEnvironmentId} onChange={(event) => set({ stagingEnvironmentId: event.target.value })}><option value="">None</option>{view.environments.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}
        </Field>
      </div>
      <Baseline draft={draft} place={place} environmentName={environment?.name ?? ''} />
      {environment?.freezes.map((freeze) => <p key={freeze.from} className="flex flex-wrap items-center gap-2 text-12"><Pill state="held" hasMark>freeze</Pill><span><Time at={freeze.from} as="moment" releaseZone={environment.zone} /> to <Time at={freeze.to} as="moment" releaseZone={environment.zone} />: {freeze.reason}</span></p>)}
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Template" error={faults['templateId']} hint={template?.purpose}>
          {(control) => (
            <Select {...control} value={draft.templateId} onChange={(event) => { const next = view.templates.find((one) => one.id === event.target.value); set({ templateId: event.target.value, ...(next ? { steps: stepDrafts(next.steps) } : {}) }) }}>
              {view.templates.map((one) => <option key={one.id} value={one.id}>{one.name}, revision {one.revision}</option>)}
            </Select>
          )}
        </Field>
        <Field label="Risk" hint={POLICY_WORDS[policy]}>
          {(control) => <Select {...control} value={draft.risk} onChange={(event) => set({ risk: TIERS.find((one) => one === event.target.value) ?? draft.risk })}>{TIERS.map((one) => <option key={one} value={one}>{TIER_NAMES[one]}</option>)}</Select>}
        </Field>
        <Field label="Target date" isOptional hint="When it should be stable.">
          {(control) => <TextInput {...control} type="date" value={draft.targetDay} onChange={(event) => set({ targetDay: event.target.value })} />}
        </Field>
      </div>
      {template && <UnmetRules rules={template.unmet[policy]} when={`at risk ${draft.risk}`} />}
    </Section>
  )
}

function Baseline({ draft, place, environmentName }: { draft: SectionProps['draft']; place: OpeningPlace | null; environmentName: string }) {
  if (draft.environmentId === '' || draft.modelId === '') return null
  if (!place?.lastStable) {
    return <p className="flex flex-wrap items-center gap-2" role="note"><Pill state="no-data" hasMark>no baseline</Pill><span className="text-ink-2">Nothing is recorded as stable in {environmentName}. Comparisons use absolute targets, and the way back is to switch off or to degrade. If something is live, adopt it on the model first.</span></p>
  }
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Pill state="passed" hasMark>last stable {place.lastStable.label}</Pill>
      <span className="text-ink-2">live since <Time at={place.lastStable.since} as="moment" />; the candidate is compared with it and rolled back to it.</span>
      {place.rollingOut && <span className="text-waiting">Now rolling out: <AppLink href={`/releases/${place.rollingOut.releaseId}`} className="text-link">{place.rollingOut.code}</AppLink>. Both may prepare; one may roll out.</span>}
    </p>
  )
}
