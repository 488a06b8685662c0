'use client'
/** The steps of the rollout, and the way back. */
import type { StepDraft } from '@/components/release-form/draft'
import type { SectionProps } from '@/components/release-form/section-props'
import { Section } from '@/components/release-form/section'
import { Button } from '@/components/ui/button'
import { Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { formatDuration } from '@/lib/domain/format'
import type { OpeningPlace } from '@/lib/domain/opening/view'

const COLUMNS: readonly (readonly [keyof StepDraft, string])[] = [['share', 'Share, %'], ['soakMinutes', 'Soak, minutes'], ['minimumRequests', 'Minimum requests']]

export function StepsSection({ draft, set, faults }: SectionProps) {
  const { steps } = draft
  const change = (index: number, patch: Partial<StepDraft>) => set({ steps: steps.map((step, at) => (at === index ? { ...step, ...patch } : step)) })
  const add = () => {
    const before = steps.at(-2)
    const share = String(Math.min(99, Math.round((Number(before?.share ?? 0) + 100) / 2)))
    const step = { share, soakMinutes: before?.soakMinutes ?? '60', minimumRequests: before?.minimumRequests ?? '1000' }
    set({ steps: [...steps.slice(0, -1), step, ...steps.slice(-1)] })
  }
  const total = steps.reduce((sum, step) => sum + (Number(step.soakMinutes) || 0), 0)
  return (
    <Section title="Rollout steps" note={`at least ${formatDuration(total * 60_000)} in all`}>
      <ol role="list" className="flex flex-col gap-3">
        {steps.map((step, index) => (
          <li key={index} className="grid grid-cols-[repeat(3,minmax(0,1fr))_auto] items-end gap-2">
            {COLUMNS.map(([field, label]) => (
              <Field key={field} label={index === 0 ? label : `${label} of step ${index + 1}`} isLabelHidden={index > 0}>
                {(control) => <TextInput {...control} inputMode="numeric" maxLength={12} value={step[field]} onChange={(event) => change(index, { [field]: event.target.value })} />}
              </Field>
            ))}
            <Button look="quiet" aria-label={`Remove step ${index + 1}`} refusal={steps.length === 1 ? 'A rollout has at least one step.' : null} onClick={() => set({ steps: steps.filter((_, at) => at !== index) })}>Remove</Button>
          </li>
        ))}
      </ol>
      {faults['steps'] !== undefined && <p role="alert" className="text-12 text-failed">{faults['steps']}</p>}
      <div className="flex flex-wrap items-center gap-3"><Button size="s" onClick={add}>Add a step</Button><span className="text-12 text-ink-3">A soak counts while its metrics pass, and ends at its duration and its minimum requests. The last step is full traffic.</span></div>
    </Section>
  )
}

const WAYS = { 'last-stable': 'Back to the last stable version', 'switch-off': 'Switch it off', degraded: 'Run in degraded mode' } as const

export function RollbackSection({ view, draft, set, faults, place }: SectionProps & { place: OpeningPlace | null }) {
  const ways = place?.lastStable ? (['last-stable', 'degraded', 'switch-off'] as const) : (['switch-off', 'degraded'] as const)
  return (
    <Section title="Way back" note={place?.lastStable ? `last stable is ${place.lastStable.label}` : 'without a baseline'}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Plan" hint={place?.lastStable ? undefined : 'There is nothing to go back to: switch off or degrade, and rehearse it.'}>
          {(control) => <Select {...control} value={draft.way} onChange={(event) => set({ way: ways.find((one) => one === event.target.value) ?? draft.way })}>{ways.map((way) => <option key={way} value={way}>{WAYS[way]}</option>)}</Select>}
        </Field>
        <Field label="Who decides" isOptional hint="Any member of ops may start a roll-back as well.">
          {(control) => <Select {...control} value={draft.deciderId} onChange={(event) => set({ deciderId: event.target.value })}><option value="">Nobody named</option>{view.people.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}
        </Field>
        <Field label="Rehearsed on" isOptional hint="Good for 90 days.">{(control) => <TextInput {...control} type="date" value={draft.rehearsedDay} onChange={(event) => set({ rehearsedDay: event.target.value })} />}</Field>
        <Field label="Measured restore time, minutes" isOptional error={faults['restoreMinutes']}>{(control) => <TextInput {...control} inputMode="decimal" maxLength={10} value={draft.restoreMinutes} onChange={(event) => set({ restoreMinutes: event.target.value })} />}</Field>
      </div>
      <Field label="Triggers" isOptional hint="At which numbers it is rolled back: error ratio, latency, drift, the guard-rail metric.">
        {(control) => <TextArea {...control} maxLength={10000} value={draft.triggers} onChange={(event) => set({ triggers: event.target.value })} />}
      </Field>
    </Section>
  )
}
