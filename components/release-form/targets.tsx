'use client'
/** The targets and limits that depend on the model: whoever opens the release says them, or leaves them for the gate. */
import { limitsAsked } from '@/components/release-form/draft'
import type { SectionProps } from '@/components/release-form/section-props'
import { Section } from '@/components/release-form/section'
import { Field, TextInput } from '@/components/ui/field'

/** Nothing where the template fixes every number. */
export function TargetsSection({ view, draft, set, faults }: SectionProps) {
  const limits = limitsAsked(view, draft)
  if (limits.length === 0) return null
  return (
    <Section title="Targets" note="a gate waits for those that are left empty">
      <div className="grid gap-4 sm:grid-cols-2">
        {limits.map(({ itemId, title, hint, unit, direction }) => (
          <Field key={itemId} label={`${itemId} ${title}, ${direction === 'at-most' ? 'at most' : 'at least'} (${unit})`} hint={hint} isOptional error={faults[`limit-${itemId}`]}>
            {(control) => <TextInput {...control} inputMode="decimal" maxLength={20} value={draft.limits[itemId] ?? ''} onChange={(event) => set({ limits: { ...draft.limits, [itemId]: event.target.value } })} />}
          </Field>
        ))}
      </div>
    </Section>
  )
}
