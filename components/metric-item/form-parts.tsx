'use client'
/** The small controls of the metric item's form: each bound to one field of the draft, with its fault below it. */
import { createContext, useContext, type ReactNode } from 'react'
import { Field, Select, TextInput } from '@/components/ui/field'
import type { Draft, DraftField, Faults } from '@/components/metric-item/draft'

export interface FormState {
  readonly draft: Draft
  readonly faults: Faults
  readonly set: (change: Partial<Draft>) => void
}

const FormContext = createContext<FormState | null>(null)
export const FormProvider = FormContext.Provider

export function useForm(): FormState {
  const state = useContext(FormContext)
  if (!state) throw new Error('This field stands outside of the form.')
  return state
}

interface LineProps {
  field: DraftField
  label: string
  hint?: ReactNode
  isOptional?: boolean
  isNumber?: boolean
  isMono?: boolean
  className?: string
}

/** One line of text or a number. */
export function Line({ field, label, hint, isOptional = false, isNumber = false, isMono = false, className }: LineProps) {
  const { draft, faults, set } = useForm()
  return (
    <Field label={label} hint={hint} error={faults[field]} isOptional={isOptional} className={className}>
      {(control) => <TextInput {...control} isMono={isMono} spellCheck={false} {...(isNumber ? { inputMode: 'decimal' as const } : {})} value={String(draft[field])} onChange={(event) => set({ [field]: event.target.value })} />}
    </Field>
  )
}

/** One of several. */
export function Choice({ field, label, hint, options, className, children }: { field: DraftField; label: string; hint?: ReactNode; options?: readonly (readonly [string, string])[]; className?: string; children?: ReactNode }) {
  const { draft, faults, set } = useForm()
  return (
    <Field label={label} hint={hint} error={faults[field]} className={className}>
      {(control) => (
        <Select {...control} value={String(draft[field])} onChange={(event) => set({ [field]: event.target.value })}>
          {options?.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
          {children}
        </Select>
      )}
    </Field>
  )
}

/** A titled part of the form. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0 border-t border-line pt-3">
      <legend className="float-left mb-2 w-full text-13 font-medium text-ink-2">{title}</legend>
      <div className="clear-both grid gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  )
}
