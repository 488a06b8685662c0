'use client'
/** The feedback loop, by which labels the metrics are found, and who owns it in each team. */
import { SourceDiscover } from '@/components/metrics/source-discover'
import { readLabels } from '@/components/release-form/draft'
import type { SectionProps } from '@/components/release-form/section-props'
import { Section } from '@/components/release-form/section'
import { Button } from '@/components/ui/button'
import { Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { formatPlural } from '@/lib/domain/format'

export function FeedbackSection({ draft, set, faults }: SectionProps) {
  return (
    <Section title="Feedback loop">
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,3fr)]">
        <Field label="Label delay, days" hint="Until the truth about a prediction is known." error={faults['labelDelayDays']}>
          {(control) => <TextInput {...control} inputMode="numeric" maxLength={4} value={draft.labelDelayDays} onChange={(event) => set({ labelDelayDays: event.target.value })} />}
        </Field>
        <Field label="Where labels come from" isOptional hint="Chargebacks, reviews, clicks; how large a share is labelled.">
          {(control) => <TextArea {...control} maxLength={10000} value={draft.feedback} onChange={(event) => set({ feedback: event.target.value })} />}
        </Field>
      </div>
    </Section>
  )
}

export function MetricsSection({ view, draft, set, faults }: SectionProps) {
  const environment = view.environments.find((one) => one.id === draft.environmentId)
  const stack = view.stacks.find((one) => one.id === draft.stackId)
  const { labels, fault } = readLabels(draft.candidateLabels)
  return (
    <Section title="Live metrics" note={environment && !environment.hasSource ? 'no source in this environment' : undefined}>
      <Field label="Serving stack" hint={stack && `Panels for ${stack.panels.map((panel) => panel.title.toLowerCase()).join(', ')}; beside them memory, CPU and GPU.`}>
        {(control) => <Select {...control} value={draft.stackId} onChange={(event) => set({ stackId: event.target.value, foundPanels: null })}>{view.stacks.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Labels of the candidate" hint="One name=value a line; for resources add namespace and pod, a value may end in *." error={faults['candidateLabels']}>
          {(control) => <TextArea {...control} className="mono" spellCheck={false} maxLength={4000} value={draft.candidateLabels} onChange={(event) => set({ candidateLabels: event.target.value })} />}
        </Field>
        <Field label="Labels of the stable version" isOptional hint="Both are asked at the same time." error={faults['stableLabels']}>
          {(control) => <TextArea {...control} className="mono" spellCheck={false} maxLength={4000} value={draft.stableLabels} onChange={(event) => set({ stableLabels: event.target.value })} />}
        </Field>
      </div>
      {draft.foundPanels ? (
        <p className="flex flex-wrap items-center gap-2" role="status">
          <span>{formatPlural(draft.foundPanels.length, 'panel')} from discovery: {draft.foundPanels.map((panel) => panel.title).join(', ')}.</span>
          <Button size="s" look="quiet" onClick={() => set({ foundPanels: null })}>Use the stack’s instead</Button>
        </p>
      ) : (
        <SourceDiscover sourceId={environment?.sourceId ?? null} selector={fault === null ? labels : null} onChoose={(foundPanels) => set({ foundPanels })} />
      )}
    </Section>
  )
}

export function PeopleSection({ view, draft, set }: SectionProps) {
  return (
    <Section title="Owners and on-call">
      <div className="grid gap-4 sm:grid-cols-2">
        {view.teams.map((team) => (
          <Field key={team.id} label={`Owner in ${team.name}`} isOptional>
            {(control) => (
              <Select {...control} value={draft.owners[team.id] ?? ''} onChange={(event) => set({ owners: { ...draft.owners, [team.id]: event.target.value } })}>
                <option value="">Nobody named</option>{view.people.filter((one) => one.teams.includes(team.id)).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
              </Select>
            )}
          </Field>
        ))}
        <Field label="On-call" isOptional hint="May start a roll-back, whatever team.">
          {(control) => <Select {...control} value={draft.onCallId} onChange={(event) => set({ onCallId: event.target.value })}><option value="">Nobody named</option>{view.people.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}
        </Field>
      </div>
    </Section>
  )
}
