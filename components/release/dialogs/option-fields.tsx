'use client'
/** The options that a decision compares, one of them chosen; for an environment with the five points that it is compared on. */
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextArea, TextInput } from '@/components/ui/field'

/** What environments are compared on (theme T2). */
const POINTS = ['Control and security', 'Latency', 'Cost', 'Expertise of the team', 'Orchestration'] as const

export interface OptionDraft {
  readonly title: string
  readonly pros: string
  readonly cons: string
  readonly points: Readonly<Record<string, string>>
  readonly isChosen: boolean
}

export function emptyOption(title: string, isChosen: boolean): OptionDraft {
  return { title, pros: '', cons: '', points: {}, isChosen }
}

/** The option as the command carries it: the points become lines before what else speaks for it. */
export function optionOf(draft: OptionDraft): { title: string; pros: string; cons: string; isChosen: boolean } {
  const lines = POINTS.flatMap((point) => (draft.points[point]?.trim() ? [`${point}: ${draft.points[point].trim()}`] : []))
  return { title: draft.title.trim(), pros: [...lines, draft.pros.trim()].filter(Boolean).join('\n'), cons: draft.cons.trim(), isChosen: draft.isChosen }
}

interface OptionFieldsProps {
  options: readonly OptionDraft[]
  onChange: (options: readonly OptionDraft[]) => void
  isEnvironment: boolean
}

export function OptionFields({ options, onChange, isEnvironment }: OptionFieldsProps) {
  const group = useId()
  const set = (at: number, change: Partial<OptionDraft>) => onChange(options.map((option, i) => (i === at ? { ...option, ...change } : option)))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">Options compared</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {options.map((option, i) => (
          <div key={i} className="flex min-w-0 flex-col gap-2 rounded-control border border-line p-3">
            <Field label={`Option ${i + 1}`}>{(control) => <TextInput {...control} maxLength={300} value={option.title} placeholder={isEnvironment && i === 1 ? 'On-premises, another cloud, …' : undefined} onChange={(event) => set(i, { title: event.target.value })} />}</Field>
            <label className="flex items-center gap-2"><input type="radio" name={group} className="accent-ink" checked={option.isChosen} onChange={() => onChange(options.map((one, at) => ({ ...one, isChosen: at === i })))} />This one is chosen</label>
            {isEnvironment && POINTS.map((point) => <Field key={point} label={point} isOptional>{(control) => <TextInput {...control} maxLength={500} value={option.points[point] ?? ''} onChange={(event) => set(i, { points: { ...option.points, [point]: event.target.value } })} />}</Field>)}
            <Field label={isEnvironment ? 'Speaks for it besides' : 'Speaks for it'} isOptional>{(control) => <TextArea {...control} rows={2} value={option.pros} onChange={(event) => set(i, { pros: event.target.value })} />}</Field>
            <Field label="Speaks against it" isOptional hint={i === 0 ? 'Each line is a point of its own.' : undefined}>{(control) => <TextArea {...control} rows={2} value={option.cons} onChange={(event) => set(i, { cons: event.target.value })} />}</Field>
          </div>
        ))}
      </div>
      <div className="flex gap-2">
        <Button size="s" refusal={options.length >= 20 ? 'A decision compares at most 20 options.' : null} onClick={() => onChange([...options, emptyOption('', false)])}>Add an option</Button>
        {options.length > 2 && <Button size="s" look="quiet" onClick={() => onChange(options.slice(0, -1))}>Remove the last</Button>}
      </div>
    </fieldset>
  )
}
