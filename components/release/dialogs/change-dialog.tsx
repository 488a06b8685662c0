'use client'
/** Changes one fact of the release; what rests on it becomes stale, and nothing else. */
import { useState, type ReactNode } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { TriggersEditor } from '@/components/live/triggers-editor'
import { dayOf, endOfDay } from '@/components/release/dialogs/day'
import type { Change, FormProps } from '@/components/release/dialogs/change-form'
import { OwnersForm } from '@/components/release/dialogs/owners-form'
import { StepsForm } from '@/components/release/dialogs/steps-form'
import type { ChangePart } from '@/components/release/dialog-request'
import { useStage } from '@/components/release/stage'
import { Field, Select, TextArea, TextInput } from '@/components/ui/field'

const TITLES: Readonly<Record<ChangePart, string>> = {
  claim: 'Resource claim', serving: 'Serving configuration', evaluation: 'Evaluation report', steps: 'Rollout steps', 'rollback-plan': 'Roll-back plan', feedback: 'Feedback loop', target: 'Target date', owners: 'Owners and on-call',
}
const PARTS = new Set<ChangePart>(['claim', 'serving', 'evaluation'])

export function ChangeDialog({ part, ...frame }: DialogProps & { part: ChangePart }) {
  const { view } = useStage()
  const [changes, setChanges] = useState<readonly Change[] | null>(null)
  const [reason, setReason] = useState('')
  const resting = view.gates.filter((gate) => gate.parts.some((one) => one === part) && gate.signOffs.some((signOff) => signOff.state === 'valid'))
  return (
    <CommandDialog
      {...frame} title={TITLES[part]} confirm="Change it" missing={changes === null ? 'Change something first, and fill in what is missing.' : null}
      {...(PARTS.has(part) ? { description: resting.length > 0 ? `Sign-offs of ${resting.map((gate) => `${gate.number} ${gate.shortName}`).join(', ')} rest on it and become stale.` : 'No sign-off rests on it yet.' } : {})}
      build={() => (changes ?? []).map((change) => ({ type: 'change', change, reason: reason.trim() }))}
    >
      {formOf(part, { view, onChange: setChanges })}
      <Field label="Reason" isOptional>{(control) => <TextInput {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </CommandDialog>
  )
}

function formOf(part: ChangePart, props: FormProps): ReactNode {
  switch (part) {
    case 'claim': return <ClaimForm {...props} />
    case 'serving': return <ServingForm {...props} />
    case 'evaluation': return <EvaluationForm {...props} />
    case 'steps': return <StepsForm {...props} />
    case 'rollback-plan': return <RollbackForm {...props} />
    case 'feedback': return <FeedbackForm {...props} />
    case 'target': return <TargetForm {...props} />
    case 'owners': return <OwnersForm {...props} />
  }
}

const CLAIM = [
  ['memoryGiB', 'Memory, GiB'], ['cpuCores', 'CPU, cores'], ['gpuCount', 'GPUs'], ['gpuMemoryGiB', 'GPU memory, GiB each'],
  ['storageGiB', 'Storage, GiB'], ['peakPerSecond', 'Expected peak, requests a second'], ['growthPercent', 'Growth in six months, %'],
] as const

function ClaimForm({ view, onChange }: FormProps) {
  const [texts, setTexts] = useState(() => Object.fromEntries(CLAIM.map(([key]) => [key, String(view.claim[key])])))
  const [gpuType, setGpuType] = useState(view.claim.gpuType)
  const tell = (next: Record<string, string>, type: string) => {
    const number = (key: string) => Number((next[key] ?? '').replace(',', '.') || 'x')
    const value = {
      memoryGiB: number('memoryGiB'), cpuCores: number('cpuCores'), gpuCount: number('gpuCount'), gpuType: type.trim(), gpuMemoryGiB: number('gpuMemoryGiB'),
      storageGiB: number('storageGiB'), peakPerSecond: number('peakPerSecond'), growthPercent: number('growthPercent'),
    }
    onChange(CLAIM.every(([key]) => Number.isFinite(value[key])) ? [{ part: 'claim', value }] : null)
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {CLAIM.map(([key, label]) => (
        <Field key={key} label={label}>{(control) => <TextInput {...control} inputMode="decimal" value={texts[key] ?? ''} onChange={(event) => {
          const next = { ...texts, [key]: event.target.value }
          setTexts(next)
          tell(next, gpuType)
        }} />}</Field>
      ))}
      <Field label="GPU type" isOptional>{(control) => <TextInput {...control} maxLength={80} value={gpuType} onChange={(event) => { setGpuType(event.target.value); tell(texts, event.target.value) }} />}</Field>
    </div>
  )
}

const SERVING = [['image', 'Image, by digest'], ['runtime', 'Runtime'], ['precision', 'Precision'], ['batching', 'Batching']] as const

function ServingForm({ view, onChange }: FormProps) {
  const [value, setValue] = useState(view.serving)
  return SERVING.map(([key, label]) => (
    <Field key={key} label={label} isOptional>{(control) => <TextInput {...control} isMono value={value[key]} onChange={(event) => {
      const next = { ...value, [key]: event.target.value }
      setValue(next)
      onChange([{ part: 'serving', value: next }])
    }} />}</Field>
  ))
}

function EvaluationForm({ view, onChange }: FormProps) {
  return <Field label="Hash or address of the report" hint="Something that cannot move; quality rests on it.">{(control) => <TextInput {...control} isMono maxLength={300} defaultValue={view.evaluation} onChange={(event) => onChange([{ part: 'evaluation', value: event.target.value.trim() }])} />}</Field>
}

function TargetForm({ view, onChange }: FormProps) {
  return <Field label="Day" hint="Empty: no date." className="max-w-56">{(control) => <input {...control} type="date" className="control" defaultValue={dayOf(view.targetAt)} onChange={(event) => onChange([{ part: 'target', value: event.target.value === '' ? null : endOfDay(event.target.value) }])} />}</Field>
}

function FeedbackForm({ view, onChange }: FormProps) {
  const [value, setValue] = useState(view.feedback)
  const set = (next: typeof value) => {
    setValue(next)
    onChange(Number.isInteger(next.labelDelayDays) && next.labelDelayDays >= 0 ? [{ part: 'feedback', value: { description: next.description.trim(), labelDelayDays: next.labelDelayDays } }] : null)
  }
  return (
    <>
      <Field label="How the truth comes back" isOptional>{(control) => <TextArea {...control} value={value.description} onChange={(event) => set({ ...value, description: event.target.value })} />}</Field>
      <Field label="Days until a label is known" className="max-w-56">{(control) => <input {...control} type="number" min={0} max={3650} className="control" value={Number.isNaN(value.labelDelayDays) ? '' : value.labelDelayDays} onChange={(event) => set({ ...value, labelDelayDays: event.target.valueAsNumber })} />}</Field>
    </>
  )
}

const WAYS = [['last-stable', 'Back to the last stable version'], ['switch-off', 'Switch off'], ['degraded', 'Degraded mode']] as const

function RollbackForm({ view, onChange }: FormProps) {
  const [plan, setPlan] = useState(view.rollbackPlan)
  const set = (next: typeof plan) => {
    setPlan(next)
    const { conditions, ...plan } = next
    onChange([{ part: 'rollback-plan', value: { ...plan, triggers: next.triggers.trim(), ...(conditions ? { conditions: conditions.map((one) => ({ ...one })) } : {}) } }])
  }
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Way back">{(control) => <Select {...control} value={plan.way} onChange={(event) => set({ ...plan, way: WAYS.find(([way]) => way === event.target.value)?.[0] ?? plan.way })}>{WAYS.map(([way, words]) => <option key={way} value={way} disabled={way === 'last-stable' && !view.lastStable}>{words}</option>)}</Select>}</Field>
        <Field label="Who decides">{(control) => <Select {...control} value={plan.deciderId ?? ''} onChange={(event) => set({ ...plan, deciderId: event.target.value || null })}><option value="">any member of ops</option>{view.people.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
        <Field label="Rehearsed on" isOptional>{(control) => <input {...control} type="date" className="control" value={dayOf(plan.rehearsedAt)} onChange={(event) => set({ ...plan, rehearsedAt: event.target.value === '' ? null : new Date(`${event.target.value}T12:00:00`).toISOString() })} />}</Field>
        <Field label="Restores in, minutes" isOptional>{(control) => <input {...control} type="number" min={0} max={100_000} className="control" value={plan.restoreMinutes ?? ''} onChange={(event) => set({ ...plan, restoreMinutes: Number.isFinite(event.target.valueAsNumber) ? event.target.valueAsNumber : null })} />}</Field>
      </div>
      <Field label="Triggers" isOptional hint="At which numbers, or on whose word.">{(control) => <TextArea {...control} value={plan.triggers} onChange={(event) => set({ ...plan, triggers: event.target.value })} />}</Field>
      <TriggersEditor view={view} triggers={plan.conditions ?? []} onChange={(conditions) => set({ ...plan, conditions })} />
    </>
  )
}
