'use client'
/** What a metric item of a template measures and is held against, with the rule in words while it is written. */
import { useState } from 'react'
import type { Draft } from '@/components/metric-item/draft'
import { Choice, FormProvider } from '@/components/metric-item/form-parts'
import { TestFields } from '@/components/metric-item/test-fields'
import { askOfDraft, draftOfAsk } from '@/components/template/studio/metric-draft'
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import { UNITS } from '@/lib/domain/preset/unit'
import { metricText } from '@/lib/domain/template/changes'
import { PRESET_ROLES, type MetricAsk, type PresetRole } from '@/lib/domain/template/template'
import { subjectWords } from '@/lib/domain/verdict/rule-words'

const sentence = (role: PresetRole) => { const words = subjectWords({ query: { kind: 'signal', signal: role } }); return words.slice(0, 1).toUpperCase() + words.slice(1) }
/** A template knows no release: nothing is declared yet, and a stable version may be there. */
const NO_RELEASE = { hasStable: true, declared: {} } as const

export function MetricForm({ ask, change }: { ask: MetricAsk; change: (ask: MetricAsk) => void }) {
  const [draft, setDraft] = useState<Draft>(() => draftOfAsk(ask))
  const { faults } = askOfDraft(draft, ask)
  const isWhole = Object.keys(faults).length === 0
  const set = (patch: Partial<Draft>) => {
    const next = { ...draft, ...patch }
    setDraft(next)
    const read = askOfDraft(next, ask)
    if (Object.keys(read.faults).length === 0) change(read.ask)
  }
  const { validDays, ...rule } = ask.rule
  const { shownBeside: _beside, isAfterLabelDelay: _after, ...plain } = ask
  return (
    <FormProvider value={{ draft, faults, set }}>
      <div className="flex flex-col gap-3">
        <p role="status" aria-label="The rule in words" className="rounded-control border border-line bg-surface px-3 py-2">{isWhole ? metricText(ask) : <span className="text-waiting">{Object.values(faults)[0]} Until then the rule stays: {metricText(ask)}</span>}</p>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Signal" hint="Whatever stack a release has answers it.">{(control) => <Select {...control} value={ask.presetRole} onChange={(event) => change({ ...ask, presetRole: PRESET_ROLES.find((role) => role === event.target.value) ?? ask.presetRole })}>{PRESET_ROLES.map((role) => <option key={role} value={role}>{sentence(role)}</option>)}</Select>}</Field>
          <Choice field="unit" label="Unit" options={UNITS.map((unit) => [unit, unit === 'score' ? 'plain number' : unit] as const)} />
          <Field label="Where">{(control) => <Select {...control} value={ask.binding} onChange={(event) => change({ ...ask, binding: event.target.value === 'staging' ? 'staging' : 'target' })}><option value="staging">in staging</option><option value="target">in the target environment</option></Select>}</Field>
          <Field label="When">{(control) => <Select {...control} value={ask.mode} onChange={(event) => change({ ...ask, mode: event.target.value === 'snapshot' ? 'snapshot' : 'standing' })}><option value="snapshot">measured, and frozen when the gate is signed</option><option value="standing">watched from the start of the rollout</option></Select>}</Field>
        </div>
        <TestFields form={NO_RELEASE} isTemplate />
        <div className="grid gap-3 sm:grid-cols-2">
          {ask.mode === 'snapshot'
            ? <Whole label="A pass counts for, days" isOptional value={validDays ?? null} most={730} set={(days) => change({ ...ask, rule: days === null ? rule : { ...rule, validDays: days } })} />
            : <Whole label="Fails after so many failures in a row" value={ask.rule.failureLimit} most={1000} set={(failureLimit) => { if (failureLimit !== null) change({ ...ask, rule: { ...ask.rule, failureLimit } }) }} />}
          <Checkbox label="Due after the label delay" hint="Until then it is planned: neither pass nor fail." checked={ask.isAfterLabelDelay === true} onChange={(event) => change({ ...plain, ...(ask.shownBeside ? { shownBeside: ask.shownBeside } : {}), ...(event.target.checked ? { isAfterLabelDelay: true } : {}) })} />
          <Field label="Shown beside it" isOptional hint="Not judged.">{(control) => <Select {...control} value={ask.shownBeside?.[0] ?? ''} onChange={(event) => { const role = PRESET_ROLES.find((one) => one === event.target.value); change({ ...plain, ...(ask.isAfterLabelDelay === undefined ? {} : { isAfterLabelDelay: ask.isAfterLabelDelay }), ...(role ? { shownBeside: [role] } : {}) }) }}><option value="">nothing</option>{PRESET_ROLES.map((role) => <option key={role} value={role}>{sentence(role)}</option>)}</Select>}</Field>
        </div>
      </div>
    </FormProvider>
  )
}

/** A whole number from 1. */
function Whole({ label, value, most, isOptional = false, set }: { label: string; value: number | null; most: number; isOptional?: boolean; set: (value: number | null) => void }) {
  const [text, setText] = useState(value === null ? '' : String(value))
  const number = Number(text)
  const isBad = text.trim() === '' ? !isOptional : !Number.isInteger(number) || number < 1 || number > most
  return (
    <Field label={label} isOptional={isOptional} error={isBad ? `Write a whole number from 1 to ${most}.` : undefined}>
      {(control) => <TextInput {...control} inputMode="numeric" value={text} onChange={(event) => { setText(event.target.value); const next = Number(event.target.value); if (event.target.value.trim() === '') { if (isOptional) set(null) } else if (Number.isInteger(next) && next >= 1 && next <= most) set(next) }} />}
    </Field>
  )
}
