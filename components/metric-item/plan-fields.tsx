'use client'
/** How often it is measured, what is tolerated, and how long a pass counts. */
import { Line, Part, useForm } from '@/components/metric-item/form-parts'
import { Field, TextInput } from '@/components/ui/field'
import type { MetricItemForm } from '@/lib/domain/verdict/dry-run'

export function PlanFields({ mode }: { mode: MetricItemForm['mode'] }) {
  const { draft, faults, set } = useForm()
  const isStanding = mode === 'standing'
  return (
    <Part title="How often, and what is tolerated">
      <Field label="Measured every" error={faults.interval} hint={draft.isPaced ? 'Every two scrapes where that is sooner. An own interval is kept as written.' : 'Never more often than the source is scraped.'}>
        {(control) => <TextInput {...control} value={draft.interval} onChange={(event) => set({ interval: event.target.value, isPaced: false })} />}
      </Field>
      <Line field="count" label={isStanding ? 'Passes in a row that end a failure' : 'Measurements of a run'} isNumber />
      <Line field="failureLimit" label={isStanding ? 'Failures in a row that are tolerated' : 'Failures that are tolerated'} isNumber />
      {!isStanding && <Line field="inconclusiveLimit" label="Inconclusive ones that are tolerated" isNumber hint="Idle and empty answers count as such." />}
      <Line field="errorLimit" label="Errors in a row that are tolerated" isNumber />
      {!isStanding && <Line field="validDays" label="A pass counts for, days" isNumber isOptional hint="Then it is expired, and measured again." />}
    </Part>
  )
}
